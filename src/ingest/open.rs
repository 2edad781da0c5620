//! Opening an export: bytes to rows by format, the preset recognised, the header held against the mapping.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono_tz::Tz;

use super::cells::CellRow;
use super::csv::Piece;
use super::element::{Record, Records};
use super::format;
use super::ledger::{Fault, Ledger, Verdict};
use super::opener::{Opener, Rows};
use super::order::Look;
use super::path::{self, Step};
use super::recognise::Found;
use super::row::Row;
use super::table::Table;
use crate::case::Source;
use crate::container::{self, Sealing};
use crate::error::{Error, Result};
use crate::model::origin::{FileId, Origin};
use crate::presets::{Preset, Presets};

/// An export that is open: its table and its rows.
pub struct Export {
    /// How its columns are read.
    pub table: Table,
    /// Its place in the books.
    pub file: FileId,
    pub(super) rows: Rows,
    pub(super) inside: Option<String>,
    pub(super) sealing: Sealing,
    pub(super) path: PathBuf,
}

/// Opens one file of a source, recognises it where the case names no preset, and enters it into the books.
/// `zone` is the review's.
pub fn open(source: &Source, shown: &str, path: &Path, presets: &Presets, zone: Tz, ledger: &mut Ledger) -> Result<Export> {
    let io = |e| Error::reading(path, e);
    let (bytes, sealing) = container::open(shown, path, ledger.progress.clone())?;
    let said = source.preset.as_ref().and_then(|p| if let [only] = p.formats[..] { Some(only) } else { None });
    let Some(sniffed) = format::sniff(bytes, source.encoding, said).map_err(io)? else {
        return Err(Error::input(shown, "the file is empty", "export it again; an empty file proves nothing"));
    };
    let (rows, found) = Opener { source, shown, path, presets }.rows(sniffed)?;
    let Found { preset, columns, only, repeated, inside } = found;
    let zone = match (source.zone, preset.as_ref().and_then(|p| p.times.zone.as_deref())) {
        (Some(own), _) => own,
        (None, Some(name)) => name.parse().map_err(|_| Error::fault(format!("a preset names the zone {name}")))?,
        (None, None) => zone,
    };
    let order = source.date_order.or(preset.as_ref().and_then(|p| p.times.date_order));
    let file = ledger.open(shown, source.kind, source.system, preset.as_ref().map_or("", |p| p.id.as_str()));
    let look = look_again(source, shown, path, preset.as_ref(), presets, zone);
    let table = Table::new(source.kind, columns, only, repeated, zone, order, look);
    Ok(Export { table, file, rows, inside, sealing, path: path.to_owned() })
}

/// Reads the export once more, by the preset that it was recognised by. One that cannot be read again decides nothing.
fn look_again(source: &Source, shown: &str, path: &Path, preset: Option<&Arc<Preset>>, presets: &Presets, zone: Tz) -> Look {
    let mut source = source.clone();
    source.preset = preset.cloned();
    let (presets, shown, path) = (presets.clone(), shown.to_owned(), path.to_owned());
    Box::new(move |visit| {
        let mut books = Ledger::new(indicatif::ProgressBar::hidden());
        if let Ok(export) = open(&source, &shown, &path, &presets, zone, &mut books) {
            // What goes wrong here went wrong, and was told, when the rows were read.
            let _ = export.each(&mut books, |table, row, _, origin, _| {
                visit(table, row, origin.line);
                Ok(Verdict::OutOfScope)
            });
        }
    })
}

/// What is done with a row: the table, the row, its place in its record, where it stands, the books.
pub trait Take: FnMut(&Table, &Row, usize, Origin, &mut Ledger) -> Result<Verdict> {}

impl<F: FnMut(&Table, &Row, usize, Origin, &mut Ledger) -> Result<Verdict>> Take for F {}

impl Export {
    /// Hands every row to `take` and writes its verdict into the books.
    pub fn each(self, ledger: &mut Ledger, mut take: impl Take) -> Result<()> {
        let Self { table, file, rows, inside, sealing, path } = self;
        let io = |e| Error::reading(&path, e);
        match rows {
            Rows::Csv(mut splitter, names) => {
                while let Some(piece) = splitter.next().map_err(io)? {
                    lines(&table, file, &names, piece, ledger, &mut take)?;
                }
            }
            Rows::Cells(mut rows, names) => {
                while let Some(row) = rows.next().map_err(io)? {
                    cells(&table, file, &names, &row, ledger, &mut take)?;
                }
            }
            Rows::Records(mut elements, each) => {
                let wanted = table.wanted(each.as_deref());
                let picker = wanted.picker();
                while let Some(element) = elements.next().map_err(io)? {
                    element.take(&picker, |record| values(&table, file, each.as_deref(), record, ledger, &mut take))?;
                }
            }
        }
        end(ledger, file, &table, inside, sealing, &path)
    }
}

/// Enters what is known of an export when all of it was read.
pub(super) fn end(
    ledger: &mut Ledger,
    file: FileId,
    table: &Table,
    inside: Option<String>,
    sealing: Sealing,
    path: &Path,
) -> Result<()> {
    let seal = sealing.finish().map_err(|e| Error::reading(path, e))?;
    let entry = ledger.file(file);
    (entry.sha256, entry.bytes) = (seal.sha256, seal.bytes);
    entry.decisions = table.decisions();
    entry.decisions.extend(inside.map(|way| format!("each row is the record in its `{way}`")));
    Ok(())
}

fn judge(table: &Table, row: &Row, place: usize, origin: Origin, ledger: &mut Ledger, take: &mut impl Take) -> Result<Verdict> {
    if !table.concerns(row) {
        return Ok(Verdict::OutOfScope);
    }
    match table.contradiction(row) {
        Some(fault) => Ok(Verdict::Rejected(fault)),
        None => take(table, row, place, origin, ledger),
    }
}

pub(super) fn lines(
    table: &Table,
    file: FileId,
    names: &[String],
    piece: Piece,
    ledger: &mut Ledger,
    take: &mut impl Take,
) -> Result<()> {
    match piece {
        Piece::Row(record) => {
            let origin = Origin { file, line: record.line };
            let raw = record.raw.as_bytes();
            let verdict = judge(table, &Row::Cells(&record), 0, origin, ledger, take)?;
            ledger.settle(origin, raw, verdict)
        }
        Piece::Damaged(damage) => {
            let column = damage.field.and_then(|f| names.get(f)).cloned().unwrap_or_default();
            let fault = Fault { column, value: String::new(), reason: damage.reason };
            ledger.settle(Origin { file, line: damage.line }, damage.raw, Verdict::Rejected(fault))
        }
    }
}

fn cells(
    table: &Table,
    file: FileId,
    names: &[String],
    CellRow { record, errors }: &CellRow,
    ledger: &mut Ledger,
    take: &mut impl Take,
) -> Result<()> {
    let origin = Origin { file, line: record.line };
    let raw: Vec<&str> = (0..record.len()).map(|i| record.get(i)).collect();
    let raw = raw.join(",").into_bytes();
    // An error in a cell that nobody asks for harms nothing.
    let verdict = match errors.iter().copied().find(|cell| table.looks_at(*cell)) {
        None => judge(table, &Row::Cells(record), 0, origin, ledger, take)?,
        Some(cell) => Verdict::Rejected(Fault {
            column: names.get(cell).cloned().unwrap_or_default(),
            value: record.get(cell).to_owned(),
            reason: "the cell holds an error instead of a value".to_owned(),
        }),
    };
    ledger.settle(origin, &raw, verdict)
}

/// One record: a row, or with `each` a row for each element of an array in it.
pub(super) fn values(
    table: &Table,
    file: FileId,
    each: Option<&[Step]>,
    Record { line, raw, value, whole }: Record,
    ledger: &mut Ledger,
    take: &mut impl Take,
) -> Result<()> {
    let origin = Origin { file, line };
    let value = match value {
        Ok(value) => value,
        Err(reason) => {
            let fault = Fault { column: String::new(), value: String::new(), reason };
            return ledger.settle(origin, raw, Verdict::Rejected(fault));
        }
    };
    let text = (!whole).then_some(raw);
    // Written flat, a record is the row itself.
    let Some(inner) = each.and_then(|steps| path::array(value, steps)) else {
        let verdict = judge(table, &Row::Json(value, None, text), 0, origin, ledger, take)?;
        return ledger.settle(origin, raw, verdict);
    };
    if inner.is_empty() {
        return ledger.settle(origin, raw, Verdict::OutOfScope);
    }
    for (place, item) in inner.iter().enumerate() {
        let verdict = judge(table, &Row::Json(value, Some(item), text), place, origin, ledger, take)?;
        ledger.settle(origin, raw, verdict)?;
    }
    Ok(())
}
