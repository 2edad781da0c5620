//! The test of one leaver: what was measured of the accounts comes in, PASS, FAIL or NOT EVALUABLE of each goes out, with why and with
//! the rows that show it, as text, as JSON and as a page.

use std::fmt::Write as _;

use askama::Template;
use serde_json::json;

use super::charts::embed;
use super::charts::words::{duration, stamp};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::identity::{Dispute, Link};
use crate::ingest::ledger::Ledger;
use crate::latency::Measured;
use crate::model::person::{People, PersonId};
use crate::model::revocation::{Departure, Outcome, Revocation, Revoked};
use crate::model::span::State;
use crate::timeline::Collected;

/// What a test comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Cut in time, and not used after the departure.
    Pass,
    /// Cut late, not cut, or used after the departure.
    Fail,
    /// The evidence does not decide it.
    NotEvaluable,
}

impl Verdict {
    /// As it is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::NotEvaluable => "NOT EVALUABLE",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotEvaluable => "unknown",
        }
    }
}

/// One account.
struct Account {
    verdict: Verdict,
    system: String,
    login: String,
    why: String,
    /// What is known of it from when to when, each with its rows.
    timeline: Vec<(String, String)>,
    evidence_at: String,
    matched: String,
}

/// The test of a leaver.
pub struct Test {
    review: String,
    as_of: String,
    person: String,
    person_id: String,
    departed: String,
    hr_row: String,
    accounts: Vec<Account>,
    /// Systems in which no account of the person was found, those whose accounts are not known marked.
    without: Vec<String>,
}

#[derive(Template)]
#[template(path = "leaver.html", whitespace = "minimize")]
struct Page<'a> {
    css: &'static str,
    fonts: &'static str,
    version: &'static str,
    verdict: Verdict,
    summary: String,
    test: &'a Test,
}

impl Test {
    /// Judges each account of a person.
    #[must_use]
    pub fn of(
        case: &Case,
        people: &People,
        (person, departure): (PersonId, Departure),
        collected: &Collected,
        disputes: &[Dispute],
        measured: &Measured,
        ledger: &Ledger,
    ) -> Self {
        let accounts = &collected.listed.accounts;
        let rows: Vec<&Revocation> = measured.revocations.iter().filter(|row| row.person == person).collect();
        let account = |row: &Revocation| {
            let account = accounts.get(row.account);
            let link = collected.links[row.account.0 as usize];
            Account {
                verdict: verdict(row),
                system: case.system_name(account.system).to_owned(),
                login: accounts.names(account).shown().to_owned(),
                why: why(row),
                timeline: row.timeline.iter().map(|span| (stretch(span), rows_of(span, ledger))).collect(),
                evidence_at: ledger.cite(&row.evidence_at),
                matched: link.doubt().unwrap_or_default(),
            }
        };
        // Whose these are is not known: they may be this person's.
        let disputed = collected.links.iter().enumerate().filter_map(|(place, link)| {
            let Link::Disputed(dispute) = link else { return None };
            let dispute = &disputes[*dispute as usize];
            dispute.candidates.iter().any(|candidate| candidate.person == person).then_some(())?;
            let account = &accounts.rows[place];
            let row = account.row();
            Some(Account {
                verdict: Verdict::NotEvaluable,
                system: case.system_name(account.system).to_owned(),
                login: accounts.names(account).shown().to_owned(),
                why: self::disputed(dispute),
                timeline: Vec::new(),
                evidence_at: ledger.cite(&row.into_iter().collect::<Vec<_>>()),
                matched: String::new(),
            })
        });
        let tested: Vec<Account> = rows.into_iter().map(account).chain(disputed).collect();
        let none =
            case.systems.iter().zip(&collected.listed.snapshots).filter(|(s, _)| tested.iter().all(|a| a.system != s.name));
        let without = none.map(|(system, dumps)| {
            let unread = if dumps.is_empty() { " (no list of its accounts was read)" } else { "" };
            format!("{}{unread}", system.name)
        });
        let without = without.collect();
        let departed = if departure.earliest == departure.latest {
            format!("{} ({})", stamp(departure.latest), departure.basis.word())
        } else {
            format!("{} to {} (day)", stamp(departure.earliest), stamp(departure.latest))
        };
        Self {
            review: case.name.clone(),
            as_of: stamp(case.as_of),
            person: people.name(person).to_owned(),
            person_id: people.person_id(person).to_owned(),
            departed,
            hr_row: ledger.cite(&[people.get(person).origin]),
            accounts: tested,
            without,
        }
    }

    /// Fails where one account does; passes where all do.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        overall(self.accounts.iter().map(|account| account.verdict))
    }

    fn summary(&self) -> String {
        let count = |verdict| self.accounts.iter().filter(|account| account.verdict == verdict).count();
        if self.accounts.is_empty() {
            return "no account of this person was found in any system that was read".to_owned();
        }
        format!(
            "{} of {} accounts pass, {} fail, {} cannot be evaluated",
            count(Verdict::Pass),
            self.accounts.len(),
            count(Verdict::Fail),
            count(Verdict::NotEvaluable)
        )
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{} ({}), departed {}   {}", self.person, self.person_id, self.departed, self.hr_row);
        let _ = writeln!(out, "{}, as of {}; all times are UTC\n", self.review, self.as_of);
        for account in &self.accounts {
            let _ = writeln!(out, "{:<13}  {}  {}", account.verdict.word(), account.system, account.login);
            let _ = writeln!(out, "               {}   {}", account.why, account.evidence_at);
            if !account.matched.is_empty() {
                let _ = writeln!(out, "               {}", account.matched);
            }
            for (stretch, at) in &account.timeline {
                let _ = writeln!(out, "                 {stretch}   {at}");
            }
        }
        if !self.without.is_empty() {
            let _ = writeln!(out, "\nno account found in: {}", self.without.join(", "));
        }
        let _ = writeln!(out, "\n{}: {}", self.verdict().word(), self.summary());
        out
    }

    /// For a script.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(&self.data()).map_err(Error::fault)? + "\n")
    }

    /// All that is said of the leaver.
    #[must_use]
    pub fn data(&self) -> serde_json::Value {
        let accounts: Vec<_> = self
            .accounts
            .iter()
            .map(|a| {
                let timeline: Vec<_> =
                    a.timeline.iter().map(|(known, at)| json!({ "known": known, "evidence_at": at })).collect();
                json!({
                    "verdict": a.verdict.word(), "system": a.system, "login": a.login, "why": a.why, "matched": a.matched,
                    "timeline": timeline, "evidence_at": a.evidence_at,
                })
            })
            .collect();
        json!({
            "review": self.review, "as_of": self.as_of, "person": self.person, "person_id": self.person_id, "departed": self.departed,
            "evidence_at": self.hr_row, "verdict": self.verdict().word(), "summary": self.summary(), "accounts": accounts,
            "without_account": self.without,
        })
    }

    /// One self-contained page.
    pub fn html(&self) -> Result<String> {
        let page = Page {
            css: include_str!("../../templates/report.css"),
            fonts: embed::font_faces(),
            version: env!("CARGO_PKG_VERSION"),
            verdict: self.verdict(),
            summary: self.summary(),
            test: self,
        };
        page.render().map_err(Error::fault)
    }
}

/// The rows that show a stretch, each once.
fn rows_of(span: &crate::model::span::Span, ledger: &Ledger) -> String {
    let mut rows = span.evidence_at.clone();
    rows.dedup();
    ledger.cite(&rows)
}

/// The verdict on a leaver, of those on the accounts: fails where one does; passes where there is one and all do.
pub(super) fn overall(accounts: impl Iterator<Item = Verdict>) -> Verdict {
    let accounts: Vec<Verdict> = accounts.collect();
    if accounts.contains(&Verdict::Fail) {
        Verdict::Fail
    } else if accounts.is_empty() || accounts.contains(&Verdict::NotEvaluable) {
        Verdict::NotEvaluable
    } else {
        Verdict::Pass
    }
}

/// Why an account whose holder is not known makes no pass.
pub(super) fn disputed(dispute: &Dispute) -> String {
    format!("disputed: it may be this person's, or somebody else's ({})", dispute.why.words())
}

/// The verdict on an account.
pub(super) fn verdict(row: &Revocation) -> Verdict {
    match row.outcome {
        _ if row.uses_after_departure > 0 => Verdict::Fail,
        Outcome::Late | Outcome::Open => Verdict::Fail,
        Outcome::OnTime => Verdict::Pass,
        Outcome::Pending | Outcome::Undetermined => Verdict::NotEvaluable,
    }
}

/// What was measured of an account, in a sentence.
pub(super) fn why(row: &Revocation) -> String {
    let target = duration(row.target_seconds);
    let after = |at: crate::model::instant::Instant| match at.seconds_since(row.departure.latest) {
        seconds if seconds < 0 => format!("{} before the departure", duration(-seconds)),
        seconds => format!("{} after the departure", duration(seconds)),
    };
    let cut = match row.revoked {
        Revoked::At(at) => format!("revoked {}, {}", stamp(at), after(at)),
        Revoked::Between { after: Some(first), before } => {
            format!("revoked between {} and {}, {} at the latest", stamp(first), stamp(before), after(before))
        }
        Revoked::Between { after: None, before } => format!("revoked by {}, {} at the latest", stamp(before), after(before)),
        Revoked::Not { seen, .. } => format!("not revoked: usable on {}, {}", stamp(seen), after(seen)),
        Revoked::Unknown { after: Some(at) } => format!("not known: last seen usable on {}", stamp(at)),
        Revoked::Unknown { after: None } => "not known: nothing shows its state".to_owned(),
    };
    let used = match row.uses_after_departure {
        0 => String::new(),
        1 => "; used once after the departure".to_owned(),
        times => format!("; used {times} times after the departure"),
    };
    let again = if row.reactivations > 0 { "; usable again after the departure" } else { "" };
    format!("{cut}; target {target}{used}{again}")
}

fn stretch(span: &crate::model::span::Span) -> String {
    let state = match span.state {
        State::Usable => "usable",
        State::NotUsable => "not usable",
        State::Unknown => "not known",
    };
    match (span.from, span.to) {
        (Some(from), Some(to)) => format!("{state} from {} to {}", stamp(from), stamp(to)),
        (Some(from), None) => format!("{state} from {}", stamp(from)),
        (None, Some(to)) => format!("{state} until {}", stamp(to)),
        (None, None) => state.to_owned(),
    }
}
