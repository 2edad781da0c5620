//! How an organisation builds logins from names, learnt from the accounts that are linked by keys: `g` a given name, `s` a surname,
//! `i` and `j` their initials, separators as they are; numbers behind are left out. `i.s` is `a.example` or `a.example2`.

use std::collections::BTreeMap;

use super::built::Parts;
use super::fold::bare_vowels;
use crate::model::system::SystemId;

/// From fewer logins nothing is concluded.
const ENOUGH: u32 = 20;
/// A pattern is one of the organisation's where this share of the logins has it, and as many of them.
const SHARE: f64 = 0.05;
const SUPPORT: u32 = 5;
/// The shares of patterns that are assumed where nothing is known: one in ten.
const ASSUMED: f64 = 0.1;

/// The patterns of a case, by system and overall.
#[derive(Default)]
pub struct Patterns {
    overall: Counts,
    systems: BTreeMap<SystemId, Counts>,
}

#[derive(Default)]
struct Counts {
    all: u32,
    each: BTreeMap<String, u32>,
}

impl Counts {
    fn of(&self, pattern: &str) -> u32 {
        self.each.get(pattern).copied().unwrap_or(0)
    }
}

impl Patterns {
    /// Takes a login of a system whose holder is known.
    pub fn learn(&mut self, system: SystemId, user: &str, parts: &Parts) {
        let Some(pattern) = pattern(user, parts) else { return };
        for counts in [&mut self.overall, self.systems.entry(system).or_default()] {
            counts.all += 1;
            *counts.each.entry(pattern.clone()).or_default() += 1;
        }
    }

    /// Whether a login is built from a name as others of the organisation are, and how much likelier that makes it to be that person's:
    /// the pattern's share in the system, on top of that in all systems, beside one in ten.
    #[must_use]
    pub fn tell(&self, system: SystemId, user: &str, parts: &Parts) -> (bool, f64) {
        if self.overall.all < ENOUGH {
            return (false, 1.0);
        }
        let Some(pattern) = pattern(user, parts) else { return (false, 1.0) };
        let overall = f64::from(self.overall.of(&pattern)) / f64::from(self.overall.all);
        let (own, all) = self.systems.get(&system).map_or((0, 0), |counts| (counts.of(&pattern), counts.all));
        let share = (f64::from(own) + 5.0 * overall) / (f64::from(all) + 5.0);
        (share >= SHARE && self.overall.of(&pattern) >= SUPPORT, (share / ASSUMED).clamp(0.05, 10.0))
    }
}

/// The pattern of a login's user part (folded, with its separators) in a name.
fn pattern(user: &str, parts: &Parts) -> Option<String> {
    let mut text = String::new();
    let mut word = String::new();
    let end = |word: &mut String, text: &mut String| -> Option<()> {
        if !word.is_empty() {
            text.push_str(letters(word, parts)?);
            word.clear();
        }
        Some(())
    };
    for c in user.trim_end_matches(|c: char| c.is_ascii_digit()).chars() {
        if c.is_ascii_alphabetic() {
            word.push(c);
        } else {
            end(&mut word, &mut text)?;
            text.push(c);
        }
    }
    end(&mut word, &mut text)?;
    (!text.is_empty()).then_some(text)
}

fn letters(word: &str, parts: &Parts) -> Option<&'static str> {
    let (given, surname) = (parts.given, parts.surname);
    let (i, j) = (given.get(..1)?, surname.get(..1)?);
    let shapes: [(&[&str], &str); 9] = [
        (&[given], "g"),
        (&[surname], "s"),
        (&[i], "i"),
        (&[j], "j"),
        (&[i, surname], "is"),
        (&[given, surname], "gs"),
        (&[surname, given], "sg"),
        (&[given, j], "gj"),
        (&[surname, i], "si"),
    ];
    let word = bare_vowels(&[word]);
    shapes.into_iter().find(|(words, _)| bare_vowels(words) == word).map(|(_, shape)| shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Parts = Parts { given: "ann", middle: "", surname: "example", second: "", particles: "" };

    #[test]
    fn a_login_has_the_pattern_that_its_parts_and_separators_make() {
        for (user, shape) in [
            ("ann.example", Some("g.s")),
            ("aexample2", Some("is")),
            ("a_example", Some("i_s")),
            ("anne", Some("gj")),
            ("example.ann07", Some("s.g")),
            ("robot", None),
            ("42", None),
        ] {
            assert_eq!(pattern(user, &ANN).as_deref(), shape, "{user}");
        }
    }

    #[test]
    fn a_pattern_counts_with_support_alone() {
        let mut patterns = Patterns::default();
        assert_eq!(patterns.tell(SystemId(0), "aexample", &ANN), (false, 1.0));
        for _ in 0..30 {
            patterns.learn(SystemId(0), "aexample", &ANN);
        }
        let (usual, factor) = patterns.tell(SystemId(0), "aexample", &ANN);
        assert!(usual && factor > 5.0);
        let (usual, factor) = patterns.tell(SystemId(0), "ann.example", &ANN);
        assert!(!usual && factor < 0.1);
    }
}
