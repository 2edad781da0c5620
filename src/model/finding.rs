//! Findings: what a rule has to say about one subject. They are kept end to end in few texts: of a large case there are many hundred thousand, and
//! each would take a dozen small allocations.

use std::cmp::Reverse;
use std::ops::Deref;

use rayon::prelude::*;

use super::text::{Pool, Together, together};
use crate::model::instant::Instant;

/// How bad it is; the order is that of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Tidy it up.
    Low,
    /// A deficiency.
    Medium,
    /// A control failed.
    High,
    /// Access that must be cut now.
    Critical,
}

impl Severity {
    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

together! {
    /// What is told of a finding; what is empty does not apply.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Told<'a> {
        /// The same for the same thing, this quarter and next.
        pub finding_id: &'a str,
        /// Why it is that bad, in a few words.
        pub why: &'a str,
        /// HR's number of the person whom it concerns.
        pub person_id: &'a str,
        /// The name.
        pub person: &'a str,
        /// The system that it concerns.
        pub system: &'a str,
        /// The id of the account that it concerns.
        pub account_id: &'a str,
        /// The login.
        pub login: &'a str,
        /// What tells it from others of its rule on the same account; where it concerns no account, its subject.
        pub key: &'a str,
        /// What was found, in a sentence.
        pub detail: &'a str,
        /// The rows that show it, as `file:line; file:line`.
        pub evidence_at: &'a str,
    }
}

/// One thing that a rule found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Whether a waiver of the case covers it.
    pub waived: bool,
    /// Since when.
    pub since: Option<Instant>,
    /// What is told of it.
    pub told: Told<'a>,
}

impl<'a> Deref for Finding<'a> {
    type Target = Told<'a>;

    fn deref(&self) -> &Told<'a> {
        &self.told
    }
}

impl<'a> Finding<'a> {
    /// `open` or `waived`.
    #[must_use]
    pub fn status(&self) -> &'static str {
        if self.waived { "waived" } else { "open" }
    }

    /// What it is of: the system, the account (or what else is the rule's subject), the person, and what tells several findings on
    /// one account apart.
    #[must_use]
    pub fn subject(&self) -> [&'a str; 4] {
        let of = if self.account_id.is_empty() { [self.key, ""] } else { [self.account_id, self.key] };
        [self.system, of[0], self.person_id, of[1]]
    }
}

/// Findings in their order.
#[derive(Default)]
pub struct Findings {
    lines: Vec<Packed>,
    /// What is told of them.
    texts: Vec<Pool>,
}

/// A finding whose texts are kept elsewhere.
#[derive(Clone, Copy)]
struct Packed {
    rule: &'static str,
    since: Option<Instant>,
    told: Together,
    /// In which of the texts.
    part: u32,
    severity: Severity,
    waived: bool,
}

impl Findings {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The one at a place; `None` where there is none.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Finding<'_>> {
        Some(unpacked(self.lines.get(place)?, &self.texts))
    }

    /// All, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        self.lines.iter().map(|line| unpacked(line, &self.texts))
    }

    /// Puts one behind the others.
    pub fn push(&mut self, finding: &Finding) {
        let Finding { rule, severity, waived, since, told } = finding;
        if self.texts.is_empty() {
            self.texts.push(Pool::default());
        }
        let part = self.texts.len() - 1;
        let told = told.keep(&mut self.texts[part]);
        self.lines.push(Packed { rule, since: *since, told, part: short(part), severity: *severity, waived: *waived });
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.lines.reserve_exact(more);
    }

    /// Puts all of `more` behind the others, without copying what they say.
    pub fn append(&mut self, more: Self) {
        let before = short(self.texts.len());
        self.lines.extend(more.lines.into_iter().map(|line| Packed { part: before + line.part, ..line }));
        self.texts.extend(more.texts);
    }

    /// Puts the worst first and waived ones last, those of a severity by rule and by subject: in an order of which nothing depends on how
    /// they were found.
    pub fn sort(&mut self) {
        let texts = &self.texts;
        let rank = |line: &Packed| (line.waived, Reverse(line.severity), line.rule);
        self.lines.par_sort_by_key(rank);
        // Those of one rank after the other: what is unpacked of all together would take as much room as they do.
        for some in self.lines.chunk_by_mut(|one, next| rank(one) == rank(next)) {
            some.par_sort_by_cached_key(|line| {
                let finding = unpacked(line, texts);
                (finding.subject(), finding.told.detail, finding.told.evidence_at)
            });
        }
    }
}

fn unpacked<'a>(line: &Packed, texts: &'a [Pool]) -> Finding<'a> {
    let Packed { rule, since, told, part, severity, waived } = *line;
    Finding { rule, severity, waived, since, told: Told::of(&texts[part as usize], told) }
}

/// A place in 32 bits: there are no more texts than rules, each of which has its own.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl<'a> FromIterator<Finding<'a>> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding<'a>>>(all: I) -> Self {
        let mut findings = Self::default();
        all.into_iter().for_each(|finding| findings.push(&finding));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEVERITIES: [Severity; 5] = [Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

    /// A finding of these texts.
    fn finding(texts: &[String; 10], number: u8) -> Finding<'_> {
        let [finding_id, why, person_id, person, system, account_id, login, key, detail, evidence_at] =
            texts.each_ref().map(String::as_str);
        Finding {
            rule: ["a", "b"][usize::from(number / 5 % 2)],
            severity: SEVERITIES[usize::from(number % 5)],
            waived: number.is_multiple_of(3),
            since: (number > 20).then(|| Instant::from_seconds(number.into()).unwrap()),
            told: Told { finding_id, why, person_id, person, system, account_id, login, key, detail, evidence_at },
        }
    }

    proptest::proptest! {
        /// What is kept comes back, whether it was put there one by one or in parts; and in parts it is put in the same order.
        #[test]
        fn findings_come_back_as_they_were(
            rows in proptest::collection::vec((proptest::array::uniform10("[aé\u{1F980}]{0,2}"), 0_u8..40), 0..12),
            cut in 0_usize..12,
        ) {
            let all: Vec<Finding> = rows.iter().map(|(texts, number)| finding(texts, *number)).collect();
            let (before, behind) = all.split_at(cut.min(all.len()));
            let mut kept: Findings = before.iter().copied().collect();
            kept.append(behind.iter().copied().collect());
            proptest::prop_assert_eq!(kept.len(), all.len());
            proptest::prop_assert_eq!(kept.iter().collect::<Vec<_>>(), all.clone());
            let mut turned: Findings = all.iter().rev().copied().collect();
            kept.sort();
            turned.sort();
            let order = |f: &Finding| (f.waived, Reverse(f.severity), f.rule, f.subject().map(str::to_owned), f.detail.to_owned());
            let sorted: Vec<_> = kept.iter().map(|f| order(&f)).collect();
            proptest::prop_assert!(sorted.is_sorted());
            proptest::prop_assert_eq!(turned.iter().map(|f| order(&f)).collect::<Vec<_>>(), sorted);
        }
    }
}
