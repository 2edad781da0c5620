//! Which format an export has, told by its bytes alone, and the reader of that format: the one place where either is decided.

use std::io::{self, BufRead};

use encoding_rs::Encoding;

use super::element::Records;
use super::encoding::{self, Decoded};
use super::event_xml;
use super::evtx;
use super::json::Elements;
use super::ldif::{self, Entries};
use super::parquet;
use crate::container::Stream;
use crate::presets::Format;

/// An export of which the format is known.
pub struct Sniffed {
    /// The format.
    pub format: Format,
    /// The bytes of a workbook or of what else is no text; of everything else the text in UTF-8, without its mark.
    pub input: Stream,
    /// Whether the text was decoded from another encoding, which puts U+FFFD in place of what it could not read.
    pub decoded: bool,
}

/// Tells the format; `None` of what is empty. `named` is the encoding that the case names, `said` the only format that it can have.
pub fn sniff(mut bytes: Stream, named: Option<&'static Encoding>, said: Option<Format>) -> io::Result<Option<Sniffed>> {
    let head = bytes.fill_buf()?;
    if head.is_empty() {
        return Ok(None);
    }
    if let Some(format) = of_bytes(head) {
        return Ok(Some(Sniffed { format, input: bytes, decoded: false }));
    }
    let (mut input, decoded) = encoding::decoded(bytes, named)?;
    let format = of_text(input.fill_buf()?, said);
    Ok(Some(Sniffed { format, input, decoded }))
}

/// The formats that are no text, by the bytes with which they begin.
pub fn of_bytes(head: &[u8]) -> Option<Format> {
    let begins = |magic: &[u8]| head.starts_with(magic);
    if begins(evtx::MAGIC) {
        return Some(Format::Evtx);
    }
    if begins(parquet::BEGINS) || begins(parquet::ENCRYPTED) {
        return Some(Format::Parquet);
    }
    (begins(b"PK\x03\x04") || begins(&[0xD0, 0xCF, 0x11, 0xE0])).then_some(Format::Xlsx)
}

/// The formats that are text, by how it begins; what is nothing else is a table.
fn of_text(start: &[u8], said: Option<Format>) -> Format {
    let opens = |text: &[u8]| text.trim_ascii_start().first().is_some_and(|b| matches!(b, b'{' | b'['));
    // The first line may be damaged: what is said to be JSON is read as such where another line looks like it.
    let json = opens(start) || (said == Some(Format::Json) && start.split(|b| *b == b'\n').any(opens));
    match (json, ldif::looks_like(start)) {
        (true, _) => Format::Json,
        (_, true) => Format::Ldif,
        _ if event_xml::looks_like(start) => Format::Xml,
        _ => Format::Csv,
    }
}

/// The reader of an export whose rows are records; `envelope` names the keys under which JSON may hold them.
pub fn records(Sniffed { format, input, decoded }: Sniffed, envelope: Vec<String>) -> Box<dyn Records> {
    let records: Box<dyn Records> = match format {
        Format::Ldif => Box::new(Entries::new(input)),
        Format::Evtx => Box::new(evtx::Log::new(input)),
        Format::Xml => Box::new(event_xml::Events::new(input)),
        Format::Json | Format::Csv | Format::Xlsx | Format::Parquet => Box::new(Elements::new(input, envelope)),
    };
    if decoded { Box::new(Decoded(records)) } else { records }
}
