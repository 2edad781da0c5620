//! CSV by the letter of RFC 4180, in every dialect of line ends and delimiters: rows out, and every damaged row as
//! [`Damage`] with its physical line. After structural damage reading goes on at the next physical line, so that one
//! broken quote costs one row.

mod blocks;
mod lines;
mod marks;
mod unquote;

use std::io::{self, Read};

use memchr::{memchr, memchr_iter};

pub use self::blocks::{Block, pieces};
use self::unquote::{Quoted, UNCLOSED, line_end_at, short, unquote};
use super::encoding::UNDECODABLE;
use super::window::Window;

/// A row with quotes that is longer than this is an unclosed quote.
const LONGEST_ROW: usize = 16 << 20;

/// A row that was read.
pub struct Record<'a> {
    text: &'a str,
    fields: &'a [(u32, u32)],
    /// The row as it stands in the file.
    pub raw: &'a str,
    /// The physical line on which it begins, from 1.
    pub line: u32,
    /// Whether `raw` is the fields joined by commas, of which none holds a comma, a quote or a line end.
    pub joined: bool,
}

impl<'a> Record<'a> {
    /// A row of these cells, for readers of other tables.
    pub fn of(text: &'a str, fields: &'a [(u32, u32)], line: u32) -> Self {
        Self { text, fields, raw: text, line, joined: false }
    }

    /// The text of a field; empty where there is none.
    pub fn get(&self, place: usize) -> &'a str {
        self.fields.get(place).and_then(|(from, to)| self.text.get(*from as usize..*to as usize)).unwrap_or("")
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }
}

/// A row that cannot be read.
pub struct Damage<'a> {
    /// The physical line on which it begins.
    pub line: u32,
    /// The field in which it shows, from 0, where that is known.
    pub field: Option<usize>,
    /// What is wrong.
    pub reason: String,
    /// The first physical line of it.
    pub raw: &'a [u8],
}

/// What comes next in the file.
pub enum Piece<'a> {
    /// A row.
    Row(Record<'a>),
    /// Something that should have been one.
    Damaged(Damage<'a>),
}

/// How the rows of a file are written.
#[derive(Clone, Copy)]
struct Dialect {
    delimiter: u8,
    /// How many fields a row must have, once the header is known.
    width: Option<usize>,
    /// Whether the text was decoded from another encoding, which puts U+FFFD in place of what it could not read.
    decoded: bool,
    /// The byte that ends a line: LF, or CR where the file has no LF at its beginning.
    newline: u8,
    /// Lines that begin with this are no rows.
    comment: Option<u8>,
    /// Whether quotes mean anything.
    quotes: bool,
}

impl Dialect {
    /// Whether rows of these bytes, on which nothing else is to be seen, are their fields joined by commas.
    fn joins(&self, bytes: &[u8]) -> bool {
        self.delimiter == b',' && self.newline == b'\n' && (self.quotes || memchr(b'"', bytes).is_none())
    }

    fn miscounted(&self, fields: usize) -> String {
        format!("{fields} fields where the header has {}", self.width.unwrap_or(0))
    }
}

/// Splits a stream into rows.
pub struct Splitter<R> {
    window: Window<R>,
    dialect: Dialect,
    line: u32,
    fields: Vec<(u32, u32)>,
    unquoted: String,
    /// What the window is to give up before the next row: bytes and lines.
    spent: (usize, u32),
    /// Whether the file goes on behind the end of the stream: what the end cuts is no row yet.
    cut: bool,
}

impl<R: Read> Splitter<R> {
    /// Rows of `input`, which is UTF-8; `decoded` where it was decoded from another encoding.
    pub fn new(input: R, decoded: bool) -> io::Result<Self> {
        let mut window = Window::new(input);
        window.grow()?;
        let newline =
            if memchr(b'\n', window.bytes()).is_none() && memchr(b'\r', window.bytes()).is_some() { b'\r' } else { b'\n' };
        let dialect = Dialect { delimiter: b',', width: None, decoded, newline, comment: None, quotes: true };
        Ok(Self::of(window, dialect, 1, false))
    }

    fn of(window: Window<R>, dialect: Dialect, line: u32, cut: bool) -> Self {
        Self { window, dialect, line, fields: Vec::new(), unquoted: String::new(), spent: (0, 0), cut }
    }

    /// Leaves out physical lines before the header.
    pub fn skip_lines(&mut self, count: usize) -> io::Result<()> {
        for _ in 0..count {
            let end = self.line_end(0)?;
            self.window.take(end.1);
            self.line += 1;
        }
        Ok(())
    }

    /// Lines that begin with `comment` are no rows, and without `quotes` a quote is a character like any other.
    pub fn set_marks(&mut self, comment: Option<u8>, quotes: bool) {
        (self.dialect.comment, self.dialect.quotes) = (comment, quotes);
    }

    /// Settles the delimiter: the given one, else the one that the next line has most of.
    pub fn set_delimiter(&mut self, given: Option<u8>) -> io::Result<u8> {
        let (end, _) = self.go_to_row()?.unwrap_or_default();
        let head = &self.window.bytes()[..end];
        let outside = || {
            let mut quoted = false;
            head.iter().filter(move |b| {
                quoted ^= **b == b'"';
                !quoted
            })
        };
        let count = |d: u8| outside().filter(|b| **b == d).count();
        let mut best = b',';
        for candidate in [b';', b'\t', b'|'] {
            if count(candidate) > count(best) {
                best = candidate;
            }
        }
        self.dialect.delimiter = given.unwrap_or(best);
        Ok(self.dialect.delimiter)
    }

    /// From now on a row must have this many fields.
    pub fn expect_width(&mut self, width: usize) {
        self.dialect.width = Some(width);
    }

    /// The end of the physical line that begins at `from`: without and with its line end.
    fn line_end(&mut self, from: usize) -> io::Result<(usize, usize)> {
        let mut searched = from;
        loop {
            let bytes = self.window.bytes();
            if let Some(found) = memchr(self.dialect.newline, &bytes[searched..]) {
                let at = searched + found;
                let bare = if self.dialect.newline == b'\n' && at > from && bytes[at - 1] == b'\r' { at - 1 } else { at };
                return Ok((bare, at + 1));
            }
            searched = bytes.len();
            if !self.window.grow()? {
                let length = self.window.bytes().len();
                let bare = if length > from && self.window.bytes()[length - 1] == b'\r' { length - 1 } else { length };
                return Ok((bare, length));
            }
        }
    }

    /// Goes to the next line that is not blank, and tells where it ends: without and with its line end.
    fn go_to_row(&mut self) -> io::Result<Option<(usize, usize)>> {
        self.window.take(self.spent.0);
        self.line += self.spent.1;
        self.spent = (0, 0);
        loop {
            let (end, next) = self.line_end(0)?;
            if next == 0 {
                return Ok(None);
            }
            let comment = self.dialect.comment;
            let comment = comment.is_some() && self.window.bytes().first().copied() == comment;
            if end > 0 && !comment {
                return Ok(Some((end, next)));
            }
            self.window.take(next);
            self.line += 1;
        }
    }

    /// The next row or damage; `None` at the end. Blank lines are no rows.
    pub fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        let Some((end, next)) = self.go_to_row()? else { return Ok(None) };
        if !self.dialect.quotes || memchr(b'"', &self.window.bytes()[..end]).is_none() {
            self.spent = (next, 1);
            return Ok(Some(self.plain(end)));
        }
        self.quoted(end, next)
    }

    /// A row without quotes: one physical line.
    fn plain(&mut self, end: usize) -> Piece<'_> {
        self.fields.clear();
        let bytes = &self.window.bytes()[..end];
        let mut from = 0;
        for at in memchr_iter(self.dialect.delimiter, bytes) {
            self.fields.push((short(from), short(at)));
            from = at + 1;
        }
        self.fields.push((short(from), short(end)));
        match self.text_of(bytes) {
            Ok(text) => self.of_width(text, text, self.dialect.joins(bytes)),
            Err((offset, reason)) => {
                let field = self.fields.iter().position(|(_, to)| offset <= *to as usize);
                Piece::Damaged(Damage { line: self.line, field, reason, raw: bytes })
            }
        }
    }

    /// A row with quotes, which may go over several lines; `None` where the stream ends within it and the file goes on.
    fn quoted(&mut self, first_end: usize, first_next: usize) -> io::Result<Option<Piece<'_>>> {
        let mut ended = false;
        let outcome = loop {
            match self.unquote(ended) {
                Quoted::NeedsMore if self.window.bytes().len() >= LONGEST_ROW => {
                    break Quoted::Broken(self.fields.len(), UNCLOSED);
                }
                Quoted::NeedsMore if self.window.grow()? => {}
                Quoted::NeedsMore if self.cut => return Ok(None),
                Quoted::NeedsMore if !ended => ended = true,
                done => break done,
            }
        };
        let (length, broken) = match outcome {
            Quoted::Row(length) => (length, None),
            Quoted::Broken(field, reason) => (0, Some((field, reason))),
            Quoted::NeedsMore => (0, Some((0, UNCLOSED))),
        };
        if let Some((field, reason)) = broken {
            self.spent = (first_next, 1);
            let raw = &self.window.bytes()[..first_end];
            return Ok(Some(Piece::Damaged(Damage { line: self.line, field: Some(field), reason: reason.to_owned(), raw })));
        }
        let raw = &self.window.bytes()[..length];
        let lines = 1 + memchr_iter(self.dialect.newline, raw).count();
        let several = lines > 1;
        if several && self.dialect.width.is_some_and(|width| width != self.fields.len()) {
            // A row over several lines that has not the header's width: a quote went astray. Its lines are read again one by one.
            let reason = format!("{}, over {lines} lines: a quote is not closed where it should be", self.miscounted());
            self.spent = (first_next, 1);
            let raw = &self.window.bytes()[..first_end];
            return Ok(Some(Piece::Damaged(Damage { line: self.line, field: None, reason, raw })));
        }
        let end = length + line_end_at(&self.window.bytes()[length..], self.dialect.newline);
        self.spent = (end, u32::try_from(lines).unwrap_or(u32::MAX));
        let raw = &self.window.bytes()[..length];
        Ok(Some(match self.text_of(raw) {
            Ok(raw) => self.of_width(&self.unquoted, raw, false),
            Err((_, reason)) => Piece::Damaged(Damage { line: self.line, field: None, reason, raw }),
        }))
    }

    /// Reads a row with quotes from the front of the window into `unquoted` and `fields`; `ended` where nothing follows the window.
    fn unquote(&mut self, ended: bool) -> Quoted {
        self.fields.clear();
        let mut text: Vec<u8> = std::mem::take(&mut self.unquoted).into_bytes();
        text.clear();
        // Wherever the window ends, the same rows are too long.
        let bytes = self.window.bytes();
        let bytes = &bytes[..bytes.len().min(LONGEST_ROW)];
        let marks = (self.dialect.delimiter, self.dialect.newline);
        let outcome = unquote(bytes, marks, ended, &mut text, &mut self.fields);
        // The caller checks the raw bytes, of which these are a part cut at ASCII characters only.
        self.unquoted = String::from_utf8(text).unwrap_or_default();
        outcome
    }

    fn of_width<'a>(&'a self, text: &'a str, raw: &'a str, joined: bool) -> Piece<'a> {
        if self.dialect.width.is_some_and(|width| width != self.fields.len()) {
            return Piece::Damaged(Damage { line: self.line, field: None, reason: self.miscounted(), raw: raw.as_bytes() });
        }
        Piece::Row(Record { text, fields: &self.fields, raw, line: self.line, joined })
    }

    fn miscounted(&self) -> String {
        self.dialect.miscounted(self.fields.len())
    }

    /// The bytes as text, or the offset and reason why they are none.
    fn text_of<'a>(&self, bytes: &'a [u8]) -> Result<&'a str, (usize, String)> {
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let at = e.valid_up_to();
            let byte = bytes.get(at).copied().unwrap_or(0);
            (at, format!("byte 0x{byte:02X} is not UTF-8; if the file is in another encoding, set encoding in the source"))
        })?;
        if let Some(at) = memchr(0, bytes) {
            return Err((at, "a NUL byte; if the file is UTF-16, set encoding = \"utf-16le\" in the source".to_owned()));
        }
        if self.dialect.newline == b'\n'
            && let Some(at) = memchr(b'\r', bytes)
            && (!self.dialect.quotes || memchr(b'"', bytes).is_none())
        {
            return Err((at, "a carriage return inside a row".to_owned()));
        }
        if self.dialect.decoded
            && let Some(at) = text.find('\u{FFFD}')
        {
            return Err((at, UNDECODABLE.to_owned()));
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests;
