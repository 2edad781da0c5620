//! Sources that no rule rests on yet: grants, tickets, checklists, devices and roles. They are read, held to their
//! required columns and times, and counted, so that the reconciliation is whole.

use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::Case;
use crate::error::Result;
use crate::model::columns::{SourceKind, is_time};
use crate::presets::Presets;

/// Reads and counts them.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger) -> Result<()> {
    let read_elsewhere = |kind| matches!(kind, SourceKind::People | SourceKind::Accounts | SourceKind::Events);
    for source in case.sources.iter().filter(|s| !read_elsewhere(s.kind)) {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, _, origin, ledger| {
                Ok(match check(table, row) {
                    Ok(()) => {
                        for strange in unknown_words(table, row) {
                            *ledger.file(origin.file).unknown_words.entry(strange).or_default() += 1;
                        }
                        Verdict::Accepted
                    }
                    Err(fault) => Verdict::Rejected(fault),
                })
            })?;
        }
    }
    Ok(())
}

/// The words that the contract has for a column; none where any text will do.
fn known_words(kind: SourceKind, column: &str) -> Option<&'static [&'static str]> {
    match (kind, column) {
        (SourceKind::Tickets, "kind") => Some(&["joiner", "mover", "leaver"]),
        (SourceKind::Checklists, "kind") => Some(&["onboarding", "offboarding"]),
        (SourceKind::Devices, "status") => Some(&["held", "returned", "wiped"]),
        _ => None,
    }
}

/// Words of a row that stand where the contract has others.
fn unknown_words(table: &Table, row: &Row) -> Vec<String> {
    let mut strange = Vec::new();
    for (place, column) in table.kind.columns().iter().enumerate() {
        let Some(known) = known_words(table.kind, column) else { continue };
        if let Some(word) = table.text(place, row).filter(|word| !known.iter().any(|k| k.eq_ignore_ascii_case(word))) {
            strange.push(format!("{column}: {word}"));
        }
    }
    strange
}

fn check(table: &Table, row: &Row) -> Result<(), Fault> {
    for (place, column) in table.kind.columns().iter().enumerate() {
        if table.kind.required().contains(column) {
            table.required(place, row)?;
        }
        if is_time(column) {
            table.moment(place, row)?;
        }
    }
    Ok(())
}
