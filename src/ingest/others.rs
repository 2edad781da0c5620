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
            export.each(ledger, |table, row, _, _, _| {
                Ok(match check(table, row) {
                    Ok(()) => Verdict::Accepted,
                    Err(fault) => Verdict::Rejected(fault),
                })
            })?;
        }
    }
    Ok(())
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
