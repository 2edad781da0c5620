//! The first rows of every file as they are read: a row's canonical columns with the line that they come from, so that a
//! person sees at a glance whether a preset or a mapping of one's own took the right columns.

use std::fmt::Write;

use indicatif::ProgressBar;
use serde_json::{Map, Value, json};

use crate::case::Case;
use crate::error::Result;
use crate::ingest::ledger::Ledger;
use crate::ingest::{CanonicalRow, canonical};
use crate::model::columns::SourceKind;
use crate::presets::Presets;

/// The first rows of a file.
pub(super) struct Shown {
    file: String,
    kind: SourceKind,
    rows: Vec<CanonicalRow>,
}

/// Reads every file of a case once more, for at most this many accepted rows of each.
pub(super) fn rows(case: &Case, presets: &Presets, most: usize) -> Result<Vec<Shown>> {
    let files = case.sources.iter().flat_map(|source| source.files.iter().map(move |file| (source, file)));
    files
        .map(|(source, (shown, path))| {
            let mut ledger = Ledger::new(ProgressBar::hidden());
            let rows = canonical(source, shown, path, presets, case.zone, &mut ledger, most)?;
            Ok(Shown { file: shown.clone(), kind: source.kind, rows })
        })
        .collect()
}

impl Shown {
    /// The columns of a row that say anything.
    fn cells<'a>(&self, row: &'a CanonicalRow) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.kind.columns().iter().copied().zip(row.cells.iter().map(String::as_str)).filter(|(_, cell)| !cell.is_empty())
    }
}

/// For people: a column a line. Columns that a row leaves empty are left out.
pub(super) fn text(shown: &[Shown]) -> String {
    let mut out = String::new();
    if !shown.is_empty() {
        out.push_str("\nHow the first rows are read\n");
    }
    for file in shown {
        if file.rows.is_empty() {
            let _ = writeln!(out, "\n{}: no row is read", file.file);
        }
        for row in &file.rows {
            let _ = writeln!(out, "\n{}:{}", file.file, row.line);
            for (name, cell) in file.cells(row) {
                let _ = writeln!(out, "    {name:13} {}", cell.replace(['\n', '\r'], " "));
            }
        }
    }
    out
}

/// For programs.
pub(super) fn document(shown: &[Shown]) -> Value {
    let row = |file: &Shown, row: &CanonicalRow| {
        let columns: Map<String, Value> = file.cells(row).map(|(name, cell)| (name.to_owned(), json!(cell))).collect();
        json!({ "line": row.line, "columns": columns })
    };
    let files = shown.iter().map(|file| {
        let rows: Vec<Value> = file.rows.iter().map(|r| row(file, r)).collect();
        json!({ "file": file.file, "kind": file.kind.word(), "rows": rows })
    });
    Value::Array(files.collect())
}
