//! The table of findings: the view's findings come in, worst first, rows of texts go out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cut::{Cut, clip, cut, references, weight};
use super::leavers::Block;
use crate::model::finding::{Finding, Severity};
use crate::report::charts::words::stamp;
use crate::report::view::View;

const MOST: usize = 1_000;
const BYTES: usize = 1_500_000;
/// The markup around a row's texts.
const MARKUP: usize = 700;

/// A finding as the page shows it.
#[derive(Serialize)]
pub struct Row {
    /// The stable id.
    pub id: String,
    /// The severity's word.
    pub severity: &'static str,
    /// Why it is that bad.
    pub why: String,
    /// Its place in the order, worst highest.
    pub rank: u8,
    /// The rule's id.
    pub rule: &'static str,
    /// `open` or `waived`.
    pub status: &'static str,
    /// The person, or nothing.
    pub person: String,
    /// HR's number.
    pub person_id: String,
    /// The place of the leaver's own entry, where the page has one.
    pub leaver: Option<usize>,
    /// The system.
    pub system: String,
    /// The login, else the account's id.
    pub account: String,
    /// Since when, or nothing.
    pub since: String,
    /// What was found.
    pub detail: String,
    /// The controls.
    pub controls: String,
    /// The rows that show it.
    pub evidence: Vec<String>,
}

/// The findings that the page shows.
pub fn rows(view: &View, leavers: &[Block]) -> Cut<Row> {
    let places: BTreeMap<&str, usize> = leavers.iter().map(|l| (l.person_id.as_str(), l.place)).collect();
    let controls = view.controls();
    cut(view.findings.iter(), MOST, BYTES, |_, finding| row(&finding, &places, &controls), weigh)
}

fn row(finding: &Finding, places: &BTreeMap<&str, usize>, controls: &BTreeMap<&str, &str>) -> Row {
    let account = if finding.login.is_empty() { finding.account_id } else { finding.login };
    Row {
        id: clip(finding.finding_id),
        severity: finding.severity.word(),
        why: clip(finding.why),
        rank: rank(finding.severity),
        rule: finding.rule,
        status: finding.status(),
        person: clip(finding.person),
        person_id: clip(finding.person_id),
        leaver: places.get(finding.person_id).copied(),
        system: clip(finding.system),
        account: clip(account),
        since: finding.since.map(stamp).unwrap_or_default(),
        detail: clip(finding.detail),
        controls: clip(controls.get(finding.rule).unwrap_or(&"")),
        evidence: references(finding.evidence_at),
    }
}

fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Info => 1,
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    }
}

fn weigh(row: &Row) -> usize {
    let texts = [&row.id, &row.why, &row.person, &row.person_id, &row.system, &row.account, &row.detail, &row.controls];
    let evidence: usize = row.evidence.iter().map(|e| 20 + weight(e)).sum();
    MARKUP + evidence + texts.into_iter().map(|t| weight(t)).sum::<usize>()
}
