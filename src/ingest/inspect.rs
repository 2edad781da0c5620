//! What a file is, before any case names it: its format, encoding, header line and the preset whose shape it has.

use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use indicatif::ProgressBar;

use super::csv::{Piece, Splitter};
use super::element::Peeked;
use super::encoding;
use super::format::{self, Sniffed};
use super::headerless;
use super::order::Votes;
use super::recognise::{Shape, Traits, bears, has_path, nearly_bears, say};
use super::sheet::{self, Sheet};
use super::unknown::Unknown;
use crate::container::{self, Stream, archive};
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
        Format::Xlsx => workbook(sniffed.input, presets),
        Format::Json | Format::Ldif | Format::Evtx | Format::Xml => records(sniffed, presets),
        Format::Csv => match headerless::recognise(sniffed.input.fill_buf().map_err(io)?, presets, None) {
            Some(preset) => Ok(Ok(made(preset.kind, Some(preset)))),
            None => table(sniffed.input, presets, sniffed.decoded),
        },
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
fn workbook(mut bytes: Stream, presets: &Presets) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let mut all = Vec::new();
    bytes.read_to_end(&mut all)?;
    if let Err((why, _)) = archive::check_workbook(&all) {
        return Ok(Err(Unknown::Broken(why)));
    }
    let mut first = None;
    for (place, name) in sheet::names(&all).into_iter().enumerate() {
        match one_sheet(&all, &name, presets) {
            Ok(found) => return Ok(Ok(Inspection { sheet: (place > 0).then_some(name), ..found })),
            Err(unknown) => first = first.or(Some(unknown)),
        }
    }
    Ok(Err(first.unwrap_or(Unknown::Broken("the workbook cannot be read".to_owned()))))
}

fn one_sheet(bytes: &[u8], name: &str, presets: &Presets) -> std::result::Result<Inspection, Unknown> {
    let mut sheet = Sheet::open(bytes, Some(name)).map_err(|(why, _)| Unknown::Broken(why))?;
    let mut widest: Option<Unknown> = None;
    for _ in 0..PREAMBLE {
        let Some((row, _)) = sheet.next() else { break };
        let skip_rows = usize::try_from(row.line).unwrap_or(1) - 1;
        let names: Vec<String> = (0..row.len()).map(|i| row.get(i).trim().to_owned()).collect();
        match judge_header(presets, Format::Xlsx, &names) {
            Ok(found) => return Ok(Inspection { skip_rows, ..found }),
            Err(unknown) => widest = widest.or(Some(unknown)),
        }
    }
    Err(widest.unwrap_or(Unknown::Broken("the sheet is empty".to_owned())))
}

fn records(sniffed: Sniffed, presets: &Presets) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let format = sniffed.format;
    let envelope = presets.all().iter().flat_map(|p| p.rows.at.clone()).collect();
    let records = Peeked::new(format::records(sniffed, envelope))?;
    let first = records.values();
    let mut keys: Vec<&str> = first.iter().filter_map(|v| v.as_object()).flat_map(|m| m.keys().map(String::as_str)).collect();
    keys.sort_unstable();
    keys.dedup();
    let has = |path: &str| has_path(&first, path);
    let traits = Traits { has: &has, nearly: &has, said: &|c: &Condition<String>| say(&first, c) };
    Ok(judge(presets, format, &traits, keys.join(", ")))
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
