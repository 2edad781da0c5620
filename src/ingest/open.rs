//! Opening an export: bytes to rows by format, the preset recognised, the header held against the mapping.

use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use chrono_tz::Tz;

use super::cells::{CellRow, Cells};
use super::csv::{Piece, Splitter};
use super::element::{Element, Peeked, Records};
use super::format::{self, Sniffed};
use super::headerless;
use super::ledger::{Fault, Ledger, Verdict};
use super::order::Look;
use super::parquet::{self, Flat};
use super::recognise::{self, Found};
use super::row::{self, Row, Step};
use super::sheet::Book;
use super::table::Table;
use crate::case::Source;
use crate::container::{self, Sealing, Stream};
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::model::origin::{FileId, Origin};
use crate::presets::{Format, Layout, Preset, Presets};

enum Rows {
    Csv(Splitter<Stream>, Vec<String>),
    Records(Peeked, Option<Vec<Step>>),
    Cells(Box<dyn Cells>, Vec<String>),
}

/// An export that is open: its table and its rows.
pub struct Export {
    /// How its columns are read.
    pub table: Table,
    /// Its place in the books.
    pub file: FileId,
    rows: Rows,
    sealing: Sealing,
    path: std::path::PathBuf,
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
    let Found { preset, columns, only, repeated } = found;
    let zone = match (source.zone, preset.as_ref().and_then(|p| p.times.zone.as_deref())) {
        (Some(own), _) => own,
        (None, Some(name)) => name.parse().map_err(|_| Error::fault(format!("a preset names the zone {name}")))?,
        (None, None) => zone,
    };
    let order = source.date_order.or(preset.as_ref().and_then(|p| p.times.date_order));
    let file = ledger.open(shown, source.kind, source.system, preset.as_ref().map_or("", |p| p.id.as_str()));
    let look = look_again(source, shown, path, preset.as_ref(), presets, zone);
    let table = Table::new(source.kind, columns, only, repeated, zone, order, look);
    Ok(Export { table, file, rows, sealing, path: path.to_owned() })
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

/// Rows of CSV, from the header on.
fn splitter(input: Stream, decoded: bool, skip_rows: usize, layout: &Layout) -> std::io::Result<Splitter<Stream>> {
    let mark = |mark: Option<char>| mark.and_then(|mark| u8::try_from(mark).ok());
    let mut splitter = Splitter::new(input, decoded)?;
    splitter.skip_lines(skip_rows)?;
    splitter.set_marks(mark(layout.comment), layout.quote.unwrap_or(true));
    splitter.set_delimiter(mark(layout.delimiter))?;
    Ok(splitter)
}

type Opened = (Rows, Found);

struct Opener<'a> {
    source: &'a Source,
    shown: &'a str,
    path: &'a Path,
    presets: &'a Presets,
}

impl Opener<'_> {
    fn io(&self) -> impl Fn(std::io::Error) -> Box<Error> + '_ {
        |e| Error::reading(self.path, e)
    }

    fn rows(&self, sniffed: Sniffed) -> Result<Opened> {
        match sniffed.format {
            Format::Csv => self.csv(sniffed.input, sniffed.decoded),
            Format::Xlsx => self.sheet(sniffed.input),
            Format::Parquet => self.parquet(sniffed.input),
            Format::Json | Format::Ldif | Format::Evtx | Format::Xml => self.records(sniffed),
        }
    }

    /// The preset and the layout of a table without a header, or the layout alone of one that has one.
    fn layout(&self, head: &[u8]) -> Result<(Option<Arc<Preset>>, Layout)> {
        let own = &self.source.layout;
        match &self.source.preset {
            Some(named) if headerless::may_be(named, head) => Ok((Some(named.clone()), own.or(&named.layout))),
            Some(named) => {
                let message = format!("this is no export of the preset {}: no line of its beginning looks like it", named.id);
                Err(Error::input(self.shown, message, "check that the file is the right one"))
            }
            None if own.header.is_some() || !self.source.columns.0.iter().all(Option::is_none) => Ok((None, own.clone())),
            None => {
                let found = headerless::recognise(head, self.presets, Some(self.source.kind));
                let layout = found.as_ref().map_or_else(|| own.clone(), |p| own.or(&p.layout));
                Ok((found, layout))
            }
        }
    }

    fn csv(&self, mut input: Stream, decoded: bool) -> Result<Opened> {
        let (preset, layout) = self.layout(input.fill_buf().map_err(self.io())?)?;
        let mut splitter = splitter(input, decoded, self.source.skip_rows, &layout).map_err(self.io())?;
        if let Some(names) = layout.header {
            splitter.expect_width(names.len());
            let found = recognise::headerless(self.source, self.shown, preset, &names)?;
            return Ok((Rows::Csv(splitter, names), found));
        }
        let names: Vec<String> = match splitter.next().map_err(self.io())? {
            Some(Piece::Row(header)) => (0..header.len()).map(|i| header.get(i).trim().to_owned()).collect(),
            Some(Piece::Damaged(damage)) => {
                let message = format!("line {}, the header: {}", damage.line, damage.reason);
                return Err(Error::input(self.shown, message, "check the source's encoding, delimiter and skip_rows"));
            }
            None => {
                return Err(Error::input(
                    self.shown,
                    "there is no header",
                    "export it again; a file without rows proves nothing",
                ));
            }
        };
        splitter.expect_width(names.len());
        let found = recognise::table(self.source, self.shown, self.presets, Format::Csv, &names)?;
        Ok((Rows::Csv(splitter, names), found))
    }

    fn sheet(&self, bytes: Stream) -> Result<Opened> {
        let wrong = |(message, help): (String, String)| Error::input(self.shown, message, help);
        let mut sheet = Book::open(bytes).and_then(|mut book| book.sheet(self.source.sheet.as_deref())).map_err(wrong)?;
        sheet.skip_rows(self.source.skip_rows);
        let Some((names, _)) = sheet.header() else {
            return Err(Error::input(self.shown, "the sheet is empty", "name another with sheet = \"…\" in the source"));
        };
        let found = recognise::table(self.source, self.shown, self.presets, Format::Xlsx, &names)?;
        Ok((Rows::Cells(Box::new(sheet), names), found))
    }

    /// A flat file is a table, unless it is a log whose records were written flat.
    fn parquet(&self, input: Stream) -> Result<Opened> {
        let rows = parquet::Rows::open(input).map_err(self.io())?;
        let Some(names) = rows.flat.clone() else { return self.recognised(Format::Json, Box::new(rows)) };
        match recognise::table(self.source, self.shown, self.presets, Format::Parquet, &names) {
            Ok(found) => Ok((Rows::Cells(Box::new(Flat::new(rows, names.clone())), names), found)),
            Err(unknown) if rows.is_empty() => Err(unknown),
            Err(unknown) => self.recognised(Format::Json, Box::new(rows)).map_err(|_| unknown),
        }
    }

    /// The keys under which JSON may hold its rows.
    fn envelope(&self) -> Vec<String> {
        let of = |wanted: &dyn Fn(&Preset) -> bool| {
            self.presets.all().iter().filter(|p| wanted(p)).flat_map(|p| p.rows.at.clone()).collect()
        };
        match (&self.source.rows, &self.source.preset) {
            (Some(rows), _) => rows.at.clone(),
            (None, None) => of(&|_| true),
            // A list may come in another envelope than the vendor's own; a line of a log has lists of its own in it.
            (None, Some(own)) => {
                of(&|p| p.id == own.id || (p.generic && own.kind != SourceKind::Events && own.formats.contains(&Format::Json)))
            }
        }
    }

    fn records(&self, sniffed: Sniffed) -> Result<Opened> {
        let format = sniffed.format;
        self.recognised(format, format::records(sniffed, self.envelope()))
    }

    fn recognised(&self, format: Format, records: Box<dyn Records>) -> Result<Opened> {
        let records = Peeked::new(records).map_err(self.io())?;
        let found = recognise::records(self.source, self.shown, self.presets, format, &records.values())?;
        let rows = self.source.rows.as_ref().or_else(|| found.preset.as_ref().map(|p| &p.rows));
        let each = rows.and_then(|rows| rows.each.as_deref()).map(row::path);
        Ok((Rows::Records(records, each), found))
    }
}

/// What is done with a row: the table, the row, its place in its record, where it stands, the books.
pub trait Take: FnMut(&Table, &Row, usize, Origin, &mut Ledger) -> Result<Verdict> {}

impl<F: FnMut(&Table, &Row, usize, Origin, &mut Ledger) -> Result<Verdict>> Take for F {}

impl Export {
    /// Hands every row to `take` and writes its verdict into the books.
    pub fn each(self, ledger: &mut Ledger, mut take: impl Take) -> Result<()> {
        let Self { table, file, rows, sealing, path } = self;
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
                while let Some(element) = elements.next().map_err(io)? {
                    values(&table, file, each.as_deref(), &element, ledger, &mut take)?;
                }
            }
        }
        let seal = sealing.finish().map_err(io)?;
        let entry = ledger.file(file);
        (entry.sha256, entry.bytes) = (seal.sha256, seal.bytes);
        entry.decisions = table.decisions();
        Ok(())
    }
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

fn lines(table: &Table, file: FileId, names: &[String], piece: Piece, ledger: &mut Ledger, take: &mut impl Take) -> Result<()> {
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

/// One element of JSON: a row, or with `each` a row for each element of an array in it.
fn values(
    table: &Table,
    file: FileId,
    each: Option<&[Step]>,
    element: &Element,
    ledger: &mut Ledger,
    take: &mut impl Take,
) -> Result<()> {
    let origin = Origin { file, line: element.line };
    let value = match &element.value {
        Ok(value) => value,
        Err(reason) => {
            let fault = Fault { column: String::new(), value: String::new(), reason: reason.clone() };
            return ledger.settle(origin, &element.raw, Verdict::Rejected(fault));
        }
    };
    let Some(steps) = each else {
        let verdict = judge(table, &Row::Json(value, None), 0, origin, ledger, take)?;
        return ledger.settle(origin, &element.raw, verdict);
    };
    let inner = row::array(value, steps).map(Vec::as_slice).unwrap_or_default();
    if inner.is_empty() {
        return ledger.settle(origin, &element.raw, Verdict::OutOfScope);
    }
    for (place, item) in inner.iter().enumerate() {
        let verdict = judge(table, &Row::Json(value, Some(item)), place, origin, ledger, take)?;
        ledger.settle(origin, &element.raw, verdict)?;
    }
    Ok(())
}
