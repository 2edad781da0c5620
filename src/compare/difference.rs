//! The difference between two results. A finding that is gone counts as resolved only where the newer result shows that
//! its account cannot be used any more; else what became of it is told as far as it is known.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::result::{self, FindingRow, Outcome, Statuses};
use crate::error::Result;

/// Two results, compared.
#[derive(Debug)]
pub struct Comparison {
    /// The older one.
    pub old: Outcome,
    /// The newer one.
    pub new: Outcome,
    /// Findings that only the newer one has, worst first.
    pub appeared: Vec<FindingRow>,
    /// Findings that both have, as the newer one tells them, worst first; with the older status where it changed.
    pub stayed: Vec<(FindingRow, Option<String>)>,
    /// Findings that only the older one has, worst first.
    pub gone: Vec<Gone>,
    /// What explains the difference between the populations, in sentences.
    pub explained: Vec<String>,
}

/// A finding that is gone.
#[derive(Debug)]
pub struct Gone {
    /// As the older result told it.
    pub finding: FindingRow,
    /// What became of it.
    pub fate: Fate,
    /// By what that is known, in a sentence.
    pub why: String,
}

/// What became of a finding that the newer result does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The newer result examined the same thing and found it in order.
    Resolved,
    /// The newer result does not examine it: nothing can be said.
    NotExamined,
}

impl Comparison {
    /// Compares the results in two folders.
    pub fn of(old: &Path, new: &Path) -> Result<Self> {
        let (older, newer) = (result::read(old)?, result::read(new)?);
        let gone: Vec<&FindingRow> = older.findings.values().filter(|f| !newer.findings.contains_key(&f.finding_id)).collect();
        let accounts = gone.iter().filter(|f| !f.account_id.is_empty()).map(|f| (f.system.as_str(), f.account_id.as_str()));
        let accounts = accounts.collect();
        let statuses = [result::statuses(old, &accounts)?, result::statuses(new, &accounts)?];
        let moved = older.summary.period != newer.summary.period;
        let mut gone: Vec<Gone> = gone.into_iter().map(|finding| judge(finding, &newer, &statuses, moved)).collect();
        gone.sort_by(|a, b| worst_first(&a.finding, &b.finding));
        let mut appeared: Vec<FindingRow> =
            newer.findings.values().filter(|f| !older.findings.contains_key(&f.finding_id)).cloned().collect();
        appeared.sort_by(worst_first);
        let both = newer.findings.values().filter_map(|now| Some((now, older.findings.get(&now.finding_id)?)));
        let mut stayed: Vec<_> =
            both.map(|(now, then)| (now.clone(), (then.status != now.status).then(|| then.status.clone()))).collect();
        stayed.sort_by(|a, b| worst_first(&a.0, &b.0));
        let explained = explain(&older, &newer);
        Ok(Self { old: older, new: newer, appeared, stayed, gone, explained })
    }
}

fn worst_first(a: &FindingRow, b: &FindingRow) -> std::cmp::Ordering {
    b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.finding_id.cmp(&b.finding_id))
}

/// What became of a finding that is gone, as far as the newer result shows it. `moved`: it is of another period, in which
/// what was done too late before is not examined again.
fn judge(finding: &FindingRow, newer: &Outcome, statuses: &[Option<Statuses>; 2], moved: bool) -> Gone {
    let told = |fate, why: String| Gone { finding: finding.clone(), fate, why };
    if !finding.system.is_empty() && !newer.summary.systems.iter().any(|s| s.system == finding.system) {
        return told(Fate::NotExamined, format!("the newer result reads nothing of {}", finding.system));
    }
    if finding.account_id.is_empty() {
        return if moved {
            told(Fate::NotExamined, "the newer result is of another period".to_owned())
        } else {
            told(Fate::Resolved, "the rule finds nothing now".to_owned())
        };
    }
    let [Some(before), Some(after)] = statuses else {
        let why = "one of the results has no list of accounts that would show what became of it";
        return told(Fate::NotExamined, why.to_owned());
    };
    let account = (finding.system.clone(), finding.account_id.clone());
    match (before.get(&account).map(String::as_str), after.get(&account).map(String::as_str)) {
        (_, None) => told(Fate::Resolved, "the account is listed no more".to_owned()),
        (_, Some("unknown")) => told(Fate::NotExamined, "the account's status is unknown now".to_owned()),
        (Some(then), Some(now)) if then != now => told(Fate::Resolved, format!("the account was {then}, and is {now}")),
        _ if moved => told(Fate::NotExamined, "the account is as it was, and the newer result is of another period".to_owned()),
        _ => told(Fate::Resolved, "the rule finds nothing now".to_owned()),
    }
}

/// What explains that the populations differ: the period, the files, the systems.
fn explain(old: &Outcome, new: &Outcome) -> Vec<String> {
    let mut told = Vec::new();
    if old.summary.period != new.summary.period {
        let words = |period: &[String; 2]| period.join(" to ");
        told.push(format!("The period was {}, and is {}.", words(&old.summary.period), words(&new.summary.period)));
    }
    let names = |outcome: &Outcome| outcome.summary.systems.iter().map(|s| s.system.clone()).collect::<BTreeSet<String>>();
    let (before, after) = (names(old), names(new));
    for system in before.difference(&after) {
        told.push(format!("{system} is not read any more."));
    }
    for system in after.difference(&before) {
        told.push(format!("{system} is read for the first time."));
    }
    for now in &new.summary.systems {
        let then = old.summary.systems.iter().find(|s| s.system == now.system);
        if let Some(then) = then.filter(|then| then.accounts != now.accounts) {
            told.push(format!("{} had {} accounts, and has {}.", now.system, then.accounts, now.accounts));
        }
    }
    for (path, then) in &old.files {
        match new.files.get(path) {
            None => told.push(format!("The file {path} ({}, {} rows) is not read any more.", then.kind, then.rows_accepted)),
            Some(now) if now.sha256 != then.sha256 => {
                told.push(format!(
                    "The file {path} is another one: {} rows then, {} now.",
                    then.rows_accepted, now.rows_accepted
                ));
            }
            Some(_) => {}
        }
    }
    for (path, now) in new.files.iter().filter(|(path, _)| !old.files.contains_key(*path)) {
        told.push(format!("The file {path} ({}, {} rows) is new.", now.kind, now.rows_accepted));
    }
    told
}
