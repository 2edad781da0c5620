//! From a file's text to its rows: the header read, the preset recognised, tools' records taken off the vendor's.

use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use super::cells::Cells;
use super::csv::{Piece, Splitter};
use super::element::{Peeked, Records};
use super::flat;
use super::format::{self, Sniffed};
use super::headerless;
use super::inside::{Inside, Way};
use super::json;
use super::parquet::{self, Flat};
use super::path::{self, Step};
use super::recognise::{self, Found};
use super::sheet::Book;
use super::value::Value;
use crate::case::Source;
use crate::container::Stream;
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::presets::{Format, Layout, Preset, Presets};

/// An export's rows, by how it is built.
pub(super) enum Rows {
    Csv(Splitter<Stream>, Vec<String>),
    Records(Peeked, Option<Vec<Step>>),
    Cells(Box<dyn Cells>, Vec<String>),
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

pub(super) type Opened = (Rows, Found);

pub(super) struct Opener<'a> {
    pub source: &'a Source,
    pub shown: &'a str,
    pub path: &'a Path,
    pub presets: &'a Presets,
}

impl Opener<'_> {
    fn io(&self) -> impl Fn(std::io::Error) -> Box<Error> + '_ {
        |e| Error::reading(self.path, e)
    }

    pub fn rows(&self, sniffed: Sniffed) -> Result<Opened> {
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
        match recognise::table(self.source, self.shown, self.presets, Format::Csv, &names) {
            Ok(found) => Ok((Rows::Csv(splitter, names), found)),
            // A log's records may have been written flat, or whole into a cell. What is no such log is told as a table.
            Err(unknown) if self.source.kind == SourceKind::Events => {
                self.recognised(Format::Json, Box::new(flat::Flat::new(splitter, &names))).map_err(|_| unknown)
            }
            Err(unknown) => Err(unknown),
        }
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
            self.presets.all().iter().filter(|p| wanted(p)).flat_map(|p| p.rows.at.clone()).collect::<Vec<_>>()
        };
        let tools = &self.presets.around().at;
        match (&self.source.rows, &self.source.preset) {
            // What may be part of a row is not taken for an envelope where the case itself says what is a row.
            (Some(rows), _) => rows.at.iter().chain(tools.iter().filter(|key| !key.starts_with(json::FIRST))).cloned().collect(),
            (None, None) => [of(&|_| true), tools.clone()].concat(),
            // A list may come in another envelope than the vendor's own; a line of a log has lists of its own in it.
            (None, Some(own)) => {
                let wanted = |p: &Preset| {
                    p.id == own.id || (p.generic && own.kind != SourceKind::Events && own.formats.contains(&Format::Json))
                };
                [of(&wanted), tools.clone()].concat()
            }
        }
    }

    fn records(&self, sniffed: Sniffed) -> Result<Opened> {
        let format = sniffed.format;
        self.recognised(format, format::records(sniffed, self.envelope()))
    }

    fn recognised(&self, format: Format, records: Box<dyn Records>) -> Result<Opened> {
        let mut records = Peeked::new(records).map_err(self.io())?;
        let first = records.values();
        let first: Vec<&Value> = first.iter().map(AsRef::as_ref).collect();
        let found = match self.inside(format, &first) {
            Some((way, mut found)) => {
                found.inside = Some(way.to_string());
                records = Peeked::new(Box::new(Inside { rest: records, way: Arc::new(way) })).map_err(self.io())?;
                found
            }
            None => recognise::records(self.source, self.shown, self.presets, format, &first)?,
        };
        let rows = self.source.rows.as_ref().or_else(|| found.preset.as_ref().map(|p| &p.rows));
        let each = rows.and_then(|rows| rows.each.as_deref()).map(path::path);
        Ok((Rows::Records(records, each), found))
    }

    /// The way into the records of a tool, where the vendor's lie in them and a preset knows them, or where a mapping of one's own
    /// finds more of its names than in the records as they are.
    fn inside(&self, format: Format, first: &[&Value]) -> Option<(Way, Found)> {
        if format != Format::Json {
            return None;
        }
        let own = self.source.rows.is_some() || self.source.columns.0.iter().any(Option::is_some);
        let names = |records: &[&Value]| self.source.columns.places().filter(|name| recognise::has_path(records, name)).count();
        let outside = names(first);
        Way::all(first, &self.presets.around().inside).into_iter().find_map(|way| {
            let inner = way.inner(first);
            let inner: Vec<&Value> = inner.iter().collect();
            let better = if own { names(&inner) > outside } else { recognise::knows(self.source, self.presets, format, &inner) };
            let read = || recognise::records(self.source, self.shown, self.presets, format, &inner).ok();
            better.then(read).flatten().filter(|found| own || found.preset.is_some()).map(|found| (way, found))
        })
    }
}
