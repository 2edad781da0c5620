//! Rows of a text in which every physical line is a row and nothing but its width can be wrong: what most of a large file is. No
//! row of it is looked at twice.

use memchr::{memchr, memchr_iter};

use super::marks::Marks;
use super::unquote::short;
use super::{Damage, Dialect, Piece, Record};

/// The rows of such a text.
pub(super) struct Lines<'a> {
    text: &'a str,
    marks: Marks<'a>,
    at: usize,
    line: u32,
    dialect: Dialect,
    joined: bool,
    fields: Vec<(u32, u32)>,
}

impl<'a> Lines<'a> {
    /// The rows of `bytes`, the first of which is on `line`; `None` where something in them asks for a closer look.
    pub(super) fn of(bytes: &'a [u8], line: u32, dialect: Dialect) -> Option<Self> {
        let quoted = dialect.quotes && memchr(b'"', bytes).is_some();
        let returned = dialect.newline == b'\n' && !memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
        if quoted || returned || dialect.delimiter == dialect.newline || memchr(0, bytes).is_some() {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok()?;
        if dialect.decoded && text.contains('\u{FFFD}') {
            return None;
        }
        let marks = Marks::of(dialect.delimiter, dialect.newline, bytes);
        Some(Self { text, marks, at: 0, line, dialect, joined: dialect.joins(bytes), fields: Vec::new() })
    }

    /// The next row, or a line of another width; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Piece<'_>> {
        let bytes = self.text.as_bytes();
        loop {
            if self.at == bytes.len() {
                return None;
            }
            self.fields.clear();
            let (from, mut field) = (self.at, self.at);
            let end = loop {
                match self.marks.next() {
                    Some(at) if bytes[at] == self.dialect.delimiter => {
                        self.fields.push((short(field), short(at)));
                        field = at + 1;
                    }
                    Some(at) => {
                        self.at = at + 1;
                        let returned = self.dialect.newline == b'\n' && at > from && bytes[at - 1] == b'\r';
                        break if returned { at - 1 } else { at };
                    }
                    None => {
                        self.at = bytes.len();
                        break bytes.len();
                    }
                }
            };
            let line = self.line;
            self.line += 1;
            if end == from || self.dialect.comment == Some(bytes[from]) {
                continue;
            }
            self.fields.push((short(field), short(end)));
            let raw = self.text.get(from..end).unwrap_or_default();
            if self.dialect.width.is_some_and(|width| width != self.fields.len()) {
                let reason = self.dialect.miscounted(self.fields.len());
                return Some(Piece::Damaged(Damage { line, field: None, reason, raw: raw.as_bytes() }));
            }
            return Some(Piece::Row(Record { text: self.text, fields: &self.fields, raw, line, joined: self.joined }));
        }
    }
}
