//! What a file is, before any case names it: its format, encoding, header line and the preset whose shape it has.

use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use indicatif::ProgressBar;

use super::csv::{Piece, Splitter};
use super::element::{Peeked, Records};
use super::encoding;
use super::flat::Flat;
use super::format::{self, Sniffed};
use super::headerless;
use super::inside::Way;
use super::order::Votes;
use super::parquet;
use super::recognise::{Shape, Traits, bears, has_path, keys, nearly_bears, nearly_has_path, say};
use super::sheet::{self, Book, Sheet};
use super::unknown::Unknown;
use super::value::Value;
use crate::container::{self, Stream};
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::presets::mapping::Condition;
use crate::presets::{DateOrder, Format, Preset, Presets};

/// Lines that are tried as the header.
const PREAMBLE: usize = 10;
/// Rows that are looked at for the order of day and month.
const SAMPLED: usize = 2_000;

/// What a file is.
#[derive(Debug)]
pub struct Inspection {
    /// What it holds.
    pub kind: SourceKind,
    /// The preset whose shape it has; none for canonical columns.
    pub preset: Option<Arc<Preset>>,
    /// The workbook's sheet, where it is not the first.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_rows: usize,
    /// The encoding to name, where it is not UTF-8 and no mark says so.
    pub encoding: Option<&'static str>,
    /// The order of day and month, where its values settle it.
    pub date_order: Option<DateOrder>,
}

/// Looks at a file.
pub fn inspect(path: &Path, presets: &Presets) -> Result<std::result::Result<Inspection, Unknown>> {
    let io = |e| Error::reading(path, e);
    let read = || container::open(&path.to_string_lossy(), path, ProgressBar::hidden());
    let (mut bytes, _sealing) = read()?;
    let is_text = format::of_bytes(bytes.fill_buf().map_err(io)?).is_none();
    let guessed = if is_text { encoding::guess(bytes).map_err(io)? } else { None };
    let (bytes, _sealing) = read()?;
    let Some(mut sniffed) = format::sniff(bytes, guessed, None).map_err(io)? else {
        return Ok(Err(Unknown::Broken("the file is empty".to_owned())));
    };
    let found = match sniffed.format {
        Format::Xlsx => Ok(workbook(sniffed.input, presets)),
        Format::Parquet => columns(sniffed.input, presets),
        Format::Json | Format::Ldif | Format::Evtx | Format::Xml => records(sniffed, presets),
        Format::Csv => {
            let decoded = sniffed.decoded;
            let headerless = headerless::recognise(sniffed.input.fill_buf().map_err(io)?, presets, None);
            let found = headerless
                .map_or_else(|| table(sniffed.input, presets, decoded), |preset| Ok(Ok(made(preset.kind, Some(preset)))));
            match (&found, format::sniff(read()?.0, guessed, Some(Format::Csv)).map_err(io)?) {
                (Ok(Err(_)), Some(again)) => flat(again.input, presets, decoded).map_err(io)?.map_or(found, |flat| Ok(Ok(flat))),
                _ => found,
            }
        }
    };
    let encoding = guessed.map(Encoding::name);
    Ok(found.map_err(io)?.map(|found| Inspection { encoding, ..found }))
}

fn made(kind: SourceKind, preset: Option<Arc<Preset>>) -> Inspection {
    Inspection { kind, preset, sheet: None, skip_rows: 0, encoding: None, date_order: None }
}

fn judge(presets: &Presets, format: Format, traits: &Traits, names: String) -> std::result::Result<Inspection, Unknown> {
    let shape = Shape::of(presets, format, traits);
    if let Some(preset) = shape.preset {
        return Ok(made(preset.kind, Some(preset)));
    }
    if let Some(kind) = shape.canonical {
        return Ok(made(kind, None));
    }
    Err(Unknown::Shape { has: names, nearly: shape.nearly })
}

fn judge_header(presets: &Presets, format: Format, names: &[String]) -> std::result::Result<Inspection, Unknown> {
    let (has, nearly) = (|name: &str| bears(names, name), |name: &str| nearly_bears(names, name));
    judge(presets, format, &Traits { has: &has, nearly: &nearly, said: &|_| true }, names.join(", "))
}

/// A workbook: the first sheet that has a known shape.
fn workbook(bytes: Stream, presets: &Presets) -> std::result::Result<Inspection, Unknown> {
    let broken = |(why, _): sheet::Wrong| Unknown::Broken(why);
    let mut book = Book::open(bytes).map_err(broken)?;
    let mut first = None;
    for (place, name) in book.names().into_iter().enumerate() {
        match book.sheet(Some(&name)).map_err(broken).and_then(|sheet| one_sheet(sheet, presets)) {
            Ok(found) => return Ok(Inspection { sheet: (place > 0).then_some(name), ..found }),
            Err(unknown) => first = first.or(Some(unknown)),
        }
    }
    Err(first.unwrap_or(Unknown::Broken("the workbook has no sheet".to_owned())))
}

fn one_sheet(mut sheet: Sheet, presets: &Presets) -> std::result::Result<Inspection, Unknown> {
    let mut first: Option<Unknown> = None;
    for _ in 0..PREAMBLE {
        let Some((names, line)) = sheet.header() else { break };
        let skip_rows = usize::try_from(line).unwrap_or(1) - 1;
        match judge_header(presets, Format::Xlsx, &names) {
            Ok(found) => return Ok(Inspection { skip_rows, ..found }),
            Err(unknown) => first = first.or(Some(unknown)),
        }
    }
    Err(first.unwrap_or(Unknown::Broken("the sheet is empty".to_owned())))
}

/// A Parquet file: a table where it is flat and has the shape of one, else records.
fn columns(input: Stream, presets: &Presets) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let rows = parquet::Rows::open(input)?;
    let flat = rows.flat.clone();
    let unknown = match flat.map(|names| judge_header(presets, Format::Parquet, &names)) {
        Some(Ok(found)) => return Ok(Ok(found)),
        Some(Err(unknown)) => Some(unknown),
        None => None,
    };
    Ok(peeked(Format::Json, Box::new(rows), presets)?.map_err(|nested| unknown.unwrap_or(nested)))
}

fn records(sniffed: Sniffed, presets: &Presets) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let format = sniffed.format;
    let own = presets.all().iter().flat_map(|p| p.rows.at.clone());
    peeked(format, format::records(sniffed, own.chain(presets.around().at.clone()).collect()), presets)
}

fn peeked(
    format: Format,
    records: Box<dyn Records>,
    presets: &Presets,
) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let records = Peeked::new(records)?;
    let first = records.values();
    let first: Vec<&Value> = first.iter().map(AsRef::as_ref).collect();
    if format == Format::Json
        && let Some(inspection) = inside(presets, &first)
    {
        return Ok(Ok(inspection));
    }
    let keys = keys(&first);
    let (has, nearly) = (|path: &str| has_path(&first, path), |path: &str| nearly_has_path(&first, &keys, path));
    let traits = Traits { has: &has, nearly: &nearly, said: &|c: &Condition<String>| say(&first, c) };
    Ok(judge(presets, format, &traits, keys.join(", ")))
}

/// A vendor's records in those of a tool.
fn inside(presets: &Presets, first: &[&Value]) -> Option<Inspection> {
    Way::all(first, &presets.around().inside).into_iter().find_map(|way| {
        let inner = way.inner(first);
        let inner: Vec<&Value> = inner.iter().collect();
        let has = |path: &str| has_path(&inner, path);
        let traits = Traits { has: &has, nearly: &has, said: &|c: &Condition<String>| say(&inner, c) };
        let found = judge(presets, Format::Json, &traits, String::new()).ok()?;
        found.preset.is_some().then_some(found)
    })
}

/// A log whose records were written flat, or whole into a cell of each row.
fn flat(input: Stream, presets: &Presets, decoded: bool) -> std::io::Result<Option<Inspection>> {
    let mut splitter = Splitter::new(input, decoded)?;
    splitter.set_delimiter(None)?;
    let header: Vec<String> = match splitter.next()? {
        Some(Piece::Row(row)) => (0..row.len()).map(|i| row.get(i).trim().to_owned()).collect(),
        _ => return Ok(None),
    };
    splitter.expect_width(header.len());
    let found = peeked(Format::Json, Box::new(Flat::new(splitter, &header)), presets)?;
    Ok(found.ok().filter(|found| found.kind == SourceKind::Events && found.preset.is_some()))
}

fn table(input: impl Read, presets: &Presets, decoded: bool) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let mut splitter = Splitter::new(input, decoded)?;
    let mut first = None;
    for _ in 0..PREAMBLE {
        splitter.set_delimiter(None)?;
        let (skip_rows, names) = match splitter.next()? {
            Some(Piece::Row(row)) => {
                let names: Vec<String> = (0..row.len()).map(|i| row.get(i).trim().to_owned()).collect();
                (usize::try_from(row.line).unwrap_or(1) - 1, names)
            }
            Some(Piece::Damaged(_)) => continue,
            None => break,
        };
        match judge_header(presets, Format::Csv, &names) {
            Ok(found) => return Ok(Ok(Inspection { skip_rows, date_order: order(&mut splitter)?, ..found })),
            Err(unknown) => first = first.or(Some(unknown)),
        }
    }
    Ok(Err(first.unwrap_or(Unknown::Broken("there is no header".to_owned()))))
}

/// The order of day and month that the first rows settle.
fn order(splitter: &mut Splitter<impl Read>) -> std::io::Result<Option<DateOrder>> {
    let mut votes = Votes::default();
    for _ in 0..SAMPLED {
        let Some(piece) = splitter.next()? else { break };
        if let Piece::Row(row) = piece {
            (0..row.len()).for_each(|i| votes.count(row.get(i), row.line));
        }
    }
    Ok(votes.settled())
}
