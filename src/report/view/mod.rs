//! The one view of a result: everything that any report prints, computed once. The formats only lay it out.

mod leavers;

pub use leavers::{LeaverLine, RevocationLine, StepLine};

use std::collections::BTreeMap;

use serde::Serialize;

use super::frameworks::FrameworkLine;
use super::licences::LicenceCosts;
use super::linking::Links;
use super::process::ProcessLine;
use crate::compare::Earlier;
use crate::latency::Statistics;
use crate::latency::statistics::Span;
use crate::model::finding::{Findings, Severity};
use crate::model::instant::Instant;
use crate::model::step::Stage;
use crate::process::ProcessFigures;
use crate::process::maturity::Both;
use crate::rules::Control;

/// Everything that a report prints.
pub struct View {
    /// The review's name.
    pub name: String,
    /// The tool's version.
    pub version: &'static str,
    /// First and last local date of the period.
    pub period: (String, String),
    /// The "now" of the analysis.
    pub as_of: Instant,
    /// The SHA-256 of the case file, in hex.
    pub case_sha256: String,
    /// The review's zone.
    pub zone: String,
    /// The verdict in one sentence.
    pub verdict: String,
    /// The counts.
    pub counts: Counts,
    /// On time among on time, late and open.
    pub within_target_share: Option<f64>,
    /// The figures of the latencies, overall and by group.
    pub statistics: Statistics,
    /// The results of earlier periods, oldest first.
    pub earlier: Vec<Earlier>,
    /// The policy's target in seconds.
    pub target_seconds: i64,
    /// All known latencies in seconds, sorted.
    pub latencies: Vec<i64>,
    /// The systems, by name.
    pub systems: Vec<SystemLine>,
    /// The leavers of the period, and those who left before and have an account open; worst first.
    pub leavers: Vec<LeaverLine>,
    /// The steps of the leavers of the period, in figures.
    pub process: ProcessFigures,
    /// When each leaver of the period reached each step after the departure, in seconds after it; steps of which nothing is known left out.
    pub steps: Vec<(Stage, Vec<Span>)>,
    /// The rows of `joiners.csv`, what is late first.
    pub joiners: Vec<ProcessLine>,
    /// The rows of `movers.csv`, what is still held first.
    pub movers: Vec<ProcessLine>,
    /// The rows of `revocations.csv`.
    pub revocations: Vec<RevocationLine>,
    /// The rows of `findings.csv`, worst first.
    pub findings: Findings,
    /// The rules, with what each came to.
    pub rules: Vec<RuleLine>,
    /// What accounts of people who left still cost, where the case has prices.
    pub licences: Option<LicenceCosts>,
    /// How mature giving and taking access are.
    pub maturity: Option<Both>,
    /// The result by the frameworks that the case names.
    pub frameworks: Vec<FrameworkLine>,
    /// The rows of `reconciliation.csv`.
    pub files: Vec<FileLine>,
    /// The first rejected rows.
    pub rejects: Vec<RejectLine>,
    /// How many rows were rejected in all.
    pub rejected: u64,
    /// How many of them are of the HR list.
    pub rejected_people: u64,
    /// Sources of which no file was found.
    pub missing: Vec<String>,
    /// What was assumed, as sentences.
    pub assumptions: Vec<String>,
}

impl View {
    /// The controls that ask for what each rule checks.
    pub fn controls(&self) -> BTreeMap<&str, &str> {
        self.rules.iter().map(|rule| (rule.id, rule.controls.as_str())).collect()
    }

    /// The accounts of the period's leavers: those that the statistics are of.
    pub fn of_period(&self) -> impl Iterator<Item = &RevocationLine> {
        self.revocations.iter().filter(|row| !row.before_period)
    }
}

/// `counts` of `summary.json`.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// People in the HR list.
    pub people: usize,
    /// People who left within the period.
    pub leavers: usize,
    /// Accounts of all systems.
    pub accounts: usize,
    /// Usable, unmatched and not declared.
    pub orphaned: usize,
    /// Rows of `revocations.csv`.
    pub revocations: usize,
    /// Of these: revoked within the target.
    pub on_time: usize,
    /// Revoked later.
    pub late: usize,
    /// Still usable.
    pub open: usize,
    /// Still usable, the target not yet reached.
    pub pending: usize,
    /// Not decided by the evidence.
    pub undetermined: usize,
    /// Accounts used after the departure.
    pub used_after_departure: usize,
}

/// One system.
pub struct SystemLine {
    /// Its name.
    pub name: String,
    /// Its type, where the case says.
    pub kind: String,
    /// Its owner's name, where the case says.
    pub owner: String,
    /// Its target in seconds.
    pub target_seconds: i64,
    /// When its dumps were exported, oldest first.
    pub dumps: Vec<Instant>,
    /// First and last event of its log.
    pub log: Option<(Instant, Instant)>,
    /// Its accounts.
    pub accounts: usize,
    /// Of these: orphaned.
    pub orphaned: usize,
    /// How its accounts are linked to people.
    pub links: Links,
    /// Rows of `revocations.csv`, by outcome in the order of [`crate::model::revocation::Outcome::ALL`].
    pub outcomes: [usize; 5],
    /// What of the period its evidence leaves open, as sentences.
    pub lacks: Vec<String>,
    /// Stretches in which its log is silent for far longer than is usual there.
    pub silences: Vec<(Instant, Instant)>,
    /// Which exports would decide the outcomes that are open, as sentences.
    pub settled_by: Vec<String>,
    /// The median latency, where there are accounts enough for one.
    pub median: Option<Span>,
}

/// A rule and what it came to.
pub struct RuleLine {
    /// Its id.
    pub id: &'static str,
    /// The compliant state.
    pub title: &'static str,
    /// How bad a breach is at most.
    pub severity: Severity,
    /// The controls that ask for it.
    pub controls: String,
    /// The same one by one.
    pub asked_by: &'static [Control],
    /// Its prose, in Markdown.
    pub prose: &'static str,
    /// Subjects that passed.
    pub passed: usize,
    /// Findings, waived ones left out.
    pub found: usize,
    /// Findings that are waived.
    pub waived: usize,
    /// Subjects for which the evidence does not suffice.
    pub not_evaluable: usize,
}

/// A row of `reconciliation.csv`.
pub struct FileLine {
    /// The file.
    pub file: String,
    /// What it holds.
    pub kind: &'static str,
    /// Of which system.
    pub system: String,
    /// Read by which preset.
    pub preset: String,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The size.
    pub bytes: u64,
    /// Rows read: the sum of the next four.
    pub read: u64,
    /// Rows accepted.
    pub accepted: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Rows that repeat another.
    pub duplicate: u64,
    /// Rows out of scope.
    pub out_of_scope: u64,
    /// First time.
    pub first_at: Option<Instant>,
    /// Last time.
    pub last_at: Option<Instant>,
    /// Words for a status, kind or outcome that are not known, with how often: `status: "frozen" 3 times`.
    pub unknown_words: Vec<String>,
}

/// A rejected row.
pub struct RejectLine {
    /// `file:line`.
    pub at: String,
    /// The column.
    pub column: String,
    /// The value.
    pub value: String,
    /// The reason.
    pub reason: String,
    /// The row.
    pub raw: String,
}
