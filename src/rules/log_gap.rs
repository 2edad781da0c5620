//! Systems whose log is missing, does not reach over the period, or is silent in it.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::ingest::ledger::FileEntry;
use crate::model::columns::SourceKind;
use crate::model::finding::Severity;
use crate::model::hours::Hours;
use crate::model::instant::Instant;
use crate::model::origin::{FileId, Origin};
use crate::time;

/// See `log-gap.md`.
pub struct LogGap;

impl Rule for LogGap {
    fn facts(&self) -> Facts {
        Facts {
            id: "log-gap",
            title: "Every system has a log of the whole period",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("log-gap.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let (start, end) = examined.case.period;
        let from = time::day_start(start, examined.case.zone);
        let until = time::day_end(end, examined.case.zone).min(examined.case.as_of);
        for (id, system) in examined.systems() {
            let of_system = |(_, f): &(u32, &FileEntry)| f.system == Some(id) && f.kind == SourceKind::Events;
            let logs: Vec<(u32, &FileEntry)> = (0..).zip(examined.files).filter(of_system).collect();
            let mut told = silences(&logs, from, until, examined.case.as_of);
            if logs.is_empty() && examined.listed.snapshots[usize::from(id.0)].is_empty() {
                // That nothing at all is known of the system is told once, by `system-without-dump`.
                verdict(Verdict::NotEvaluable);
                continue;
            }
            if logs.is_empty() {
                told.push("is missing: when an account was cut is known between lists of accounts only".to_owned());
            }
            if told.is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            let lines = logs.iter().map(|(file, _)| Origin::whole(FileId(*file)));
            verdict(Verdict::Finding(Draft {
                severity: logs.is_empty().then_some(Severity::Low),
                because: if logs.is_empty() { "no log of the system was given at all" } else { "" },
                system: Some(id),
                detail: format!("The log of {} {}", system.name, told.join("; it ")),
                evidence_at: lines.collect(),
                case_line: logs.is_empty().then_some(system.line),
                ..Draft::default()
            }));
        }
    }
}

/// Where the log is silent, the stretches before its first and behind its last line included: for far longer than is usual there, or
/// where too few lines tell what is usual, for more than a quarter of the period.
fn silences(logs: &[(u32, &FileEntry)], from: Instant, until: Instant, as_of: Instant) -> Vec<String> {
    let mut hours = Hours::default();
    for (_, file) in logs {
        hours.absorb(&file.hours);
    }
    let first = logs.iter().filter_map(|(_, f)| f.first_at).min();
    let last = logs.iter().filter_map(|(_, f)| f.last_at).max();
    let (Some(first), Some(last)) = (first, last) else {
        return if logs.is_empty() { Vec::new() } else { vec!["has no line that could be read".to_owned()] };
    };
    if !hours.tells_what_is_usual() {
        let much = until.seconds_since(from) / 4;
        let edges = [(first.seconds_since(from), "before", first), (until.seconds_since(last), "after", last)];
        let edges = edges.into_iter().filter(|(length, ..)| *length > much);
        return edges.map(|(_, side, at)| format!("has no line {side} {at}")).collect();
    }
    // What lies before the period is not asked for: a silence that reaches into it counts from its first hour on.
    hours.note(from);
    hours.note(until.max(last));
    let within = hours.silences().into_iter().filter(|(after, before)| *before > from && *after < as_of);
    within.map(|(after, before)| format!("is silent from {after} to {before}, far longer than is usual there")).collect()
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "8.15"),
    Control("NIST SP 800-53r5", "AU-12"),
    Control("SOC 2", "CC7.2"),
    Control("PCI DSS v4.0.1", "10.5.1"),
];
