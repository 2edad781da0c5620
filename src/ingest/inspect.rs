//! What a file is, before any case names it: its format, encoding, header line and the preset whose shape it has.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs_io::DecodeReaderBytesBuilder;
use indicatif::ProgressBar;

use super::bytes::Bytes;
use super::csv::{Piece, Splitter};
use super::element::{Peeked, Records};
use super::headerless;
use super::json::Elements;
use super::ldif::{self, Entries};
use super::open::{Text, unpacked};
use super::order::Votes;
use super::recognise::{Shape, has_path, say};
use super::sheet::{self, Sheet};
use super::unknown::Unknown;
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
    let (bytes, _sealing) = Bytes::open(path, ProgressBar::hidden()).map_err(io)?;
    let mut bytes = unpacked(bytes).map_err(io)?;
    let head = bytes.fill_buf().map_err(io)?.to_vec();
    if head.is_empty() {
        return Ok(Err(Unknown::Broken("the file is empty".to_owned())));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return workbook(bytes, presets).map_err(io);
    }
    let marked = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let guessed = if marked.is_none() && !is_utf8(&head) { Some(encoding_rs::WINDOWS_1252) } else { None };
    let encoding = marked.or(guessed).filter(|e| *e != encoding_rs::UTF_8);
    let input: Box<dyn Read> = match encoding {
        Some(encoding) => Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(bytes)),
        None => Box::new(bytes),
    };
    let mut input = BufReader::new(input);
    let start = input.fill_buf().map_err(io)?;
    let mark = if start.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let json = start[mark..].trim_ascii_start().first().is_some_and(|b| matches!(b, b'{' | b'['));
    let ldif = ldif::looks_like(&start[mark..]);
    input.consume(mark);
    let found = match (json, ldif) {
        (true, _) => {
            let envelope = presets.all().iter().flat_map(|p| p.rows.at.clone()).collect();
            records(Format::Json, Box::new(Elements::new(input, envelope)), presets)
        }
        (_, true) => records(Format::Ldif, Box::new(Entries::new(input)), presets),
        _ => match headerless::recognise(input.fill_buf().map_err(io)?, presets, None) {
            Some(preset) => Ok(Ok(made(preset.kind, Some(preset)))),
            None => table(input, presets, encoding.is_some()),
        },
    };
    let mut found = found.map_err(io)?;
    if let Ok(inspection) = &mut found {
        inspection.encoding = guessed.map(|_| "windows-1252");
    }
    Ok(found)
}

/// Whether the beginning of a file is UTF-8, but for a character that its end cuts.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && head.len() - e.valid_up_to() < 4,
    }
}

fn made(kind: SourceKind, preset: Option<Arc<Preset>>) -> Inspection {
    Inspection { kind, preset, sheet: None, skip_rows: 0, encoding: None, date_order: None }
}

fn judge(
    presets: &Presets,
    format: Format,
    has: &impl Fn(&str) -> bool,
    said: &impl Fn(&Condition<String>) -> bool,
    names: String,
) -> std::result::Result<Inspection, Unknown> {
    let shape = Shape::of(presets, format, has, said);
    if let Some(preset) = shape.preset {
        return Ok(made(preset.kind, Some(preset)));
    }
    if let Some(kind) = shape.canonical {
        return Ok(made(kind, None));
    }
    Err(Unknown::Shape { has: names, nearly: shape.nearly })
}

/// A workbook: the first sheet that has a known shape.
fn workbook(mut bytes: Text, presets: &Presets) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let mut all = Vec::new();
    bytes.read_to_end(&mut all)?;
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
        let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        match judge(presets, Format::Xlsx, &has, &|_| true, names.join(", ")) {
            Ok(found) => return Ok(Inspection { skip_rows, ..found }),
            Err(unknown) => widest = widest.or(Some(unknown)),
        }
    }
    Err(widest.unwrap_or(Unknown::Broken("the sheet is empty".to_owned())))
}

fn records(
    format: Format,
    records: Box<dyn Records>,
    presets: &Presets,
) -> std::io::Result<std::result::Result<Inspection, Unknown>> {
    let records = Peeked::new(records)?;
    let first = records.values();
    let mut keys: Vec<&str> = first.iter().filter_map(|v| v.as_object()).flat_map(|m| m.keys().map(String::as_str)).collect();
    keys.sort_unstable();
    keys.dedup();
    Ok(judge(presets, format, &|path: &str| has_path(&first, path), &|c: &Condition<String>| say(&first, c), keys.join(", ")))
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
        let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name.split("|json").next().unwrap_or(name)));
        match judge(presets, Format::Csv, &has, &|_| true, names.join(", ")) {
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
