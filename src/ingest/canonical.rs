//! What a mapping makes of an export: every row in canonical columns as text, in the order of the file. For looking at a
//! preset or a mapping of one's own; the audit itself reads through the same tables.

use std::collections::HashSet;
use std::path::Path;

use chrono_tz::Tz;

use super::ledger::{Ledger, Verdict};
use super::row::Row;
use super::table::Table;
use super::{accounts, content, events, open};
use crate::case::Source;
use crate::error::Result;
use crate::model::account::{Kind, Status};
use crate::model::columns::{SourceKind, is_time};
use crate::model::event::Success;
use crate::model::origin::Origin;
use crate::presets::Presets;
use crate::time::Moment;

/// A row in canonical columns.
pub struct CanonicalRow {
    /// The line on which it begins.
    pub line: u32,
    /// The columns of its kind, in the contract's order; empty for null.
    pub cells: Vec<String>,
}

/// Rows of one file that are accepted, `most` of them at most; the books say what became of all up to the last of these.
pub fn canonical(
    source: &Source,
    shown: &str,
    path: &Path,
    presets: &Presets,
    zone: Tz,
    ledger: &mut Ledger,
    most: usize,
) -> Result<Vec<CanonicalRow>> {
    let export = open::open(source, shown, path, presets, zone, ledger)?;
    let mut rows: Vec<CanonicalRow> = Vec::new();
    let mut seen: HashSet<Vec<String>> = HashSet::new();
    export.each(ledger, |table, row, place, origin, ledger| {
        if rows.len() >= most {
            return Ok(Verdict::OutOfScope);
        }
        Ok(match cells(table, row, ledger, origin) {
            Err(fault) => Verdict::Rejected(fault),
            Ok(None) => Verdict::OutOfScope,
            Ok(Some(cells)) => {
                let id = if source.kind == SourceKind::Events && cells.last().is_none_or(String::is_empty) {
                    let mut scratch = Vec::new();
                    let (kind, bytes) = content::bytes(row, place, &mut scratch);
                    vec![format!("{kind} {bytes:?}")]
                } else {
                    cells.clone()
                };
                if seen.insert(id) {
                    rows.push(CanonicalRow { line: origin.line, cells });
                    Verdict::Accepted
                } else {
                    Verdict::Duplicate
                }
            }
        })
    })?;
    Ok(rows)
}

fn cells(table: &Table, row: &Row, ledger: &mut Ledger, origin: Origin) -> Result<Option<Vec<String>>, super::ledger::Fault> {
    if table.kind == SourceKind::Events && events::read_row(table, row, ledger, origin)?.is_none() {
        return Ok(None);
    }
    let mut cells = Vec::new();
    for (place, name) in table.kind.columns().iter().enumerate() {
        if table.kind.required().contains(name) && *name != "departs_at" {
            table.required(place, row)?;
        }
        let text = if is_time(name) {
            // What the audit reads as not known, and rejects no row for.
            let lenient = (table.kind, *name) == (SourceKind::Accounts, "password_changed_at");
            match table.moment(place, row).or_else(|fault| if lenient { Ok(None) } else { Err(fault) })? {
                None => String::new(),
                Some(Moment::At(at)) => at.to_string(),
                Some(Moment::On(date)) => date.to_string(),
            }
        } else {
            // A status that is empty is unknown, which the audit reads it as.
            let empty = if (table.kind, *name) == (SourceKind::Accounts, "status") && table.has(place) { "unknown" } else { "" };
            table.text(place, row).map_or_else(|| empty.to_owned(), |text| canonical_word(table.kind, name, &text))
        };
        cells.push(text);
    }
    Ok(Some(cells))
}

fn canonical_word(kind: SourceKind, column: &str, text: &str) -> String {
    match (kind, column) {
        (SourceKind::Accounts, "status") => Status::from_word(text).unwrap_or(Status::Unknown).word().to_owned(),
        (SourceKind::Accounts, "kind") => Kind::from_word(text).map(Kind::word).unwrap_or_default().to_owned(),
        (SourceKind::Accounts, "privileged" | "mfa") => accounts::yes(text).map(|yes| yes.to_string()).unwrap_or_default(),
        (SourceKind::Events, "action") => text.to_lowercase(),
        (SourceKind::Events, "outcome") => Success::from_word(text).word().to_owned(),
        _ => text.to_owned(),
    }
}
