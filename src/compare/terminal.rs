//! A comparison on the terminal.

use std::fmt::Write;

use super::difference::{Comparison, Fate};
use super::result::FindingRow;
use crate::case::duration_words;

/// The figures of the latency, with their words.
const LATENCY: [(&str, &str); 4] = [
    ("median_seconds", "median"),
    ("p90_seconds", "90th percentile"),
    ("p95_seconds", "95th percentile"),
    ("max_seconds", "longest"),
];

/// The comparison as text.
#[must_use]
pub fn screen(comparison: &Comparison) -> String {
    let (old, new) = (&comparison.old.summary, &comparison.new.summary);
    let mut out = format!("{}, as of {}\n  compared with {}, as of {}\n", new.review, new.as_of, old.review, old.as_of);
    let of = |fate: Fate| comparison.gone.iter().filter(move |gone| gone.fate == fate);
    section(&mut out, "New", comparison.appeared.iter().map(|f| (f, String::new())));
    let changed = |was: &Option<String>, now: &str| was.as_ref().map_or_else(String::new, |was| format!("was {was}, is {now}"));
    section(&mut out, "Still there", comparison.stayed.iter().map(|(f, was)| (f, changed(was, &f.status))));
    section(&mut out, "Resolved", of(Fate::Resolved).map(|gone| (&gone.finding, gone.why.clone())));
    section(&mut out, "No longer examined", of(Fate::NotExamined).map(|gone| (&gone.finding, gone.why.clone())));
    let _ = writeln!(out, "\nLatency, then and now");
    for (key, words) in LATENCY {
        let told = |figures: &std::collections::BTreeMap<String, Option<f64>>| {
            figures.get(key).copied().flatten().map_or_else(|| "not known".to_owned(), |s| duration_words(whole(s)))
        };
        let _ = writeln!(out, "  {words:16} {:>16}  {:>16}", told(&old.latency), told(&new.latency));
    }
    let _ = writeln!(out, "\nPopulations, then and now");
    for (key, now) in &new.counts {
        let then = old.counts.get(key).copied();
        let _ = writeln!(
            out,
            "  {:22} {:>10}  {now:>10}",
            key.replace('_', " "),
            then.map_or_else(|| "-".to_owned(), |n| n.to_string())
        );
    }
    if !comparison.explained.is_empty() {
        let _ = writeln!(out, "\nWhat explains the difference");
        for sentence in &comparison.explained {
            let _ = writeln!(out, "  {sentence}");
        }
    }
    out
}

fn section<'a>(out: &mut String, title: &str, findings: impl Iterator<Item = (&'a FindingRow, String)>) {
    let findings: Vec<_> = findings.collect();
    let _ = writeln!(out, "\n{title}: {}", findings.len());
    for (finding, note) in findings {
        let waived = if finding.status == "waived" { ", waived" } else { "" };
        let _ = writeln!(out, "  {:8} {} ({}{waived})", finding.severity.word(), finding.detail, finding.rule);
        if !note.is_empty() {
            let _ = writeln!(out, "           {note}");
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "seconds of a human span")]
fn whole(seconds: f64) -> i64 {
    seconds.round() as i64
}
