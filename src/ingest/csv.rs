//! CSV by the letter of RFC 4180, in every dialect of line ends and delimiters: rows out, and every damaged row as
//! [`Damage`] with its physical line. After structural damage reading goes on at the next physical line, so that one
//! broken quote costs one row.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter};

use super::window::Window;

/// A row longer than this is an unclosed quote.
const LONGEST_ROW: usize = 16 << 20;

/// A row that was read.
pub struct Record<'a> {
    text: &'a str,
    fields: &'a [(u32, u32)],
    /// The row as it stands in the file.
    pub raw: &'a str,
    /// The physical line on which it begins, from 1.
    pub line: u32,
}

impl<'a> Record<'a> {
    /// A row of these cells, for readers of other tables.
    pub fn of(text: &'a str, fields: &'a [(u32, u32)], line: u32) -> Self {
        Self { text, fields, raw: text, line }
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

/// Splits a stream into rows.
pub struct Splitter<R> {
    window: Window<R>,
    delimiter: u8,
    line: u32,
    /// How many fields a row must have, once the header is known.
    width: Option<usize>,
    /// Whether the text was decoded from another encoding, which puts U+FFFD in place of what it could not read.
    decoded: bool,
    fields: Vec<(u32, u32)>,
    unquoted: String,
    /// What the window is to give up before the next row: bytes and lines.
    spent: (usize, u32),
    /// The byte that ends a line: LF, or CR where the file has no LF at its beginning.
    newline: u8,
}

/// How a quoted row ended.
enum Quoted {
    Row(usize),
    Broken(usize, &'static str),
    NeedsMore,
}

impl<R: Read> Splitter<R> {
    /// Rows of `input`, which is UTF-8; `decoded` where it was decoded from another encoding.
    pub fn new(input: R, decoded: bool) -> io::Result<Self> {
        let mut window = Window::new(input);
        window.grow()?;
        let newline =
            if memchr(b'\n', window.bytes()).is_none() && memchr(b'\r', window.bytes()).is_some() { b'\r' } else { b'\n' };
        let (fields, unquoted) = (Vec::new(), String::new());
        Ok(Self { window, delimiter: b',', line: 1, width: None, decoded, fields, unquoted, spent: (0, 0), newline })
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

    /// Settles the delimiter: the given one, else the one that the next line has most of.
    pub fn set_delimiter(&mut self, given: Option<u8>) -> io::Result<u8> {
        let (end, _) = self.line_end(0)?;
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
        self.delimiter = given.unwrap_or(best);
        Ok(self.delimiter)
    }

    /// From now on a row must have this many fields.
    pub fn expect_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// The end of the physical line that begins at `from`: without and with its line end.
    fn line_end(&mut self, from: usize) -> io::Result<(usize, usize)> {
        let mut searched = from;
        loop {
            let bytes = self.window.bytes();
            if let Some(found) = memchr(self.newline, &bytes[searched..]) {
                let at = searched + found;
                let bare = if self.newline == b'\n' && at > from && bytes[at - 1] == b'\r' { at - 1 } else { at };
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

    /// The next row or damage; `None` at the end. Blank lines are no rows.
    pub fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        self.window.take(self.spent.0);
        self.line += self.spent.1;
        self.spent = (0, 0);
        let (end, next) = loop {
            let (end, next) = self.line_end(0)?;
            if next == 0 {
                return Ok(None);
            }
            if end > 0 {
                break (end, next);
            }
            self.window.take(next);
            self.line += 1;
        };
        if memchr(b'"', &self.window.bytes()[..end]).is_none() {
            self.spent = (next, 1);
            return Ok(Some(self.plain(end)));
        }
        self.quoted(end, next).map(Some)
    }

    /// A row without quotes: one physical line.
    fn plain(&mut self, end: usize) -> Piece<'_> {
        self.fields.clear();
        let bytes = &self.window.bytes()[..end];
        let mut from = 0;
        for at in memchr_iter(self.delimiter, bytes) {
            self.fields.push((short(from), short(at)));
            from = at + 1;
        }
        self.fields.push((short(from), short(end)));
        match self.text_of(bytes) {
            Ok(text) => self.of_width(text, text),
            Err((offset, reason)) => {
                let field = self.fields.iter().position(|(_, to)| offset <= *to as usize);
                Piece::Damaged(Damage { line: self.line, field, reason, raw: bytes })
            }
        }
    }

    /// A row with quotes, which may go over several lines.
    fn quoted(&mut self, first_end: usize, first_next: usize) -> io::Result<Piece<'_>> {
        let outcome = loop {
            match self.unquote() {
                Quoted::NeedsMore if self.window.bytes().len() > LONGEST_ROW || !self.window.grow()? => {
                    break Quoted::Broken(self.fields.len(), "a quote is opened and never closed");
                }
                Quoted::NeedsMore => {}
                done => break done,
            }
        };
        let (length, broken) = match outcome {
            Quoted::Row(length) => (length, None),
            Quoted::Broken(field, reason) => (0, Some((field, reason))),
            Quoted::NeedsMore => (0, Some((0, "a quote is opened and never closed"))),
        };
        if let Some((field, reason)) = broken {
            self.spent = (first_next, 1);
            let raw = &self.window.bytes()[..first_end];
            return Ok(Piece::Damaged(Damage { line: self.line, field: Some(field), reason: reason.to_owned(), raw }));
        }
        let raw = &self.window.bytes()[..length];
        let lines = 1 + memchr_iter(self.newline, raw).count();
        let several = lines > 1;
        if several && self.width.is_some_and(|width| width != self.fields.len()) {
            // A row over several lines that has not the header's width: a quote went astray. Its lines are read again one by one.
            let reason = format!("{}, over {lines} lines: a quote is not closed where it should be", self.miscounted());
            self.spent = (first_next, 1);
            let raw = &self.window.bytes()[..first_end];
            return Ok(Piece::Damaged(Damage { line: self.line, field: None, reason, raw }));
        }
        let end = length + line_end_at(&self.window.bytes()[length..], self.newline);
        self.spent = (end, u32::try_from(lines).unwrap_or(u32::MAX));
        let raw = &self.window.bytes()[..length];
        Ok(match self.text_of(raw) {
            Ok(raw) => self.of_width(&self.unquoted, raw),
            Err((_, reason)) => Piece::Damaged(Damage { line: self.line, field: None, reason, raw }),
        })
    }

    /// Reads a row with quotes from the front of the window into `unquoted` and `fields`.
    fn unquote(&mut self) -> Quoted {
        self.fields.clear();
        let mut text: Vec<u8> = std::mem::take(&mut self.unquoted).into_bytes();
        text.clear();
        let outcome = unquote(self.window.bytes(), self.delimiter, self.newline, &mut text, &mut self.fields);
        // The caller checks the raw bytes, of which these are a part cut at ASCII characters only.
        self.unquoted = String::from_utf8(text).unwrap_or_default();
        outcome
    }

    fn of_width<'a>(&'a self, text: &'a str, raw: &'a str) -> Piece<'a> {
        if self.width.is_some_and(|width| width != self.fields.len()) {
            return Piece::Damaged(Damage { line: self.line, field: None, reason: self.miscounted(), raw: raw.as_bytes() });
        }
        Piece::Row(Record { text, fields: &self.fields, raw, line: self.line })
    }

    fn miscounted(&self) -> String {
        format!("{} fields where the header has {}", self.fields.len(), self.width.unwrap_or(0))
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
        if self.newline == b'\n'
            && let Some(at) = memchr(b'\r', bytes)
            && memchr(b'"', bytes).is_none()
        {
            return Err((at, "a carriage return inside a row".to_owned()));
        }
        if self.decoded
            && let Some(at) = text.find('\u{FFFD}')
        {
            return Err((at, "a character that the source's encoding cannot hold".to_owned()));
        }
        Ok(text)
    }
}

fn unquote(bytes: &[u8], delimiter: u8, newline: u8, text: &mut Vec<u8>, fields: &mut Vec<(u32, u32)>) -> Quoted {
    let mut at = 0;
    loop {
        let from = text.len();
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(quote) = memchr(b'"', &bytes[at..]) else { return Quoted::NeedsMore };
                text.extend_from_slice(&bytes[at..at + quote]);
                at += quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                text.push(b'"');
                at += 1;
            }
        } else {
            let length = bytes[at..].iter().position(|b| *b == delimiter || *b == newline || *b == b'\r' || *b == b'"');
            let Some(length) = length else {
                text.extend_from_slice(&bytes[at..]);
                fields.push((short(from), short(text.len())));
                return Quoted::Row(bytes.len());
            };
            text.extend_from_slice(&bytes[at..at + length]);
            at += length;
            if bytes[at] == b'"' {
                return Quoted::Broken(fields.len(), "a quote inside a field that is not quoted");
            }
        }
        fields.push((short(from), short(text.len())));
        match bytes.get(at) {
            None => return Quoted::Row(at),
            Some(b) if *b == delimiter => at += 1,
            Some(b) if *b == newline => return Quoted::Row(at),
            Some(b'\r') if bytes.get(at + 1) == Some(&newline) => return Quoted::Row(at),
            Some(b'\r') if bytes.len() == at + 1 => return Quoted::Row(at),
            Some(_) => return Quoted::Broken(fields.len() - 1, "text after the closing quote"),
        }
    }
}

fn line_end_at(rest: &[u8], newline: u8) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [first, ..] if *first == newline || *first == b'\r' => 1,
        _ => 0,
    }
}

/// A place in a row, which is never longer than [`LONGEST_ROW`] where it matters.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All pieces as text: rows as `line: a|b`, damage as `line! reason`.
    fn all(bytes: &[u8]) -> Vec<String> {
        let mut splitter = Splitter::new(bytes, false).unwrap();
        splitter.set_delimiter(None).unwrap();
        let mut out = Vec::new();
        while let Some(piece) = splitter.next().unwrap() {
            let mut width = None;
            out.push(match piece {
                Piece::Row(row) => {
                    width = Some(row.len());
                    let cells: Vec<&str> = (0..row.len()).map(|i| row.get(i)).collect();
                    format!("{}: {}", row.line, cells.join("|"))
                }
                Piece::Damaged(damage) => format!("{}! {}", damage.line, damage.reason),
            });
            if let (None, Some(width)) = (splitter.width, width) {
                splitter.expect_width(width);
            }
        }
        out
    }

    #[test]
    fn rows_keep_their_physical_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "1,\"x y\"", "2,\"p", "q\"", "3,z", ""].join(end);
            let quoted = format!("4: 2|p{end}q");
            assert_eq!(all(text.as_bytes()), ["1: a|b", "3: 1|x y", &quoted, "6: 3|z"], "{end:?}");
        }
    }

    #[test]
    fn a_broken_quote_costs_one_row() {
        assert_eq!(all(b"a,b\n1,\"x\n2,y\n3,z\n"), ["1: a|b", "2! a quote is opened and never closed", "3: 2|y", "4: 3|z"]);
        assert_eq!(all(b"a,b\n1,\"x\n2,\"y\"\n3,z\n"), ["1: a|b", "2! text after the closing quote", "3: 2|y", "4: 3|z"]);
        assert_eq!(all(b"a,b\n\"1\"x,y\n2,z\n"), ["1: a|b", "2! text after the closing quote", "3: 2|z"]);
        assert_eq!(all(b"a,b\n1x\"y,2\n3,z\n"), ["1: a|b", "2! a quote inside a field that is not quoted", "3: 3|z"]);
    }

    #[test]
    fn wrong_counts_bad_bytes_and_nul_are_damage_and_shift_nothing() {
        assert_eq!(
            all(b"a,b\n1\n1,2,3\n\xFF,2\n1,\0\n\"\xC3\",2\n4,\xC3\xA9\n"),
            [
                "1: a|b",
                "2! 1 fields where the header has 2",
                "3! 3 fields where the header has 2",
                "4! byte 0xFF is not UTF-8; if the file is in another encoding, set encoding in the source",
                "5! a NUL byte; if the file is UTF-16, set encoding = \"utf-16le\" in the source",
                "6! byte 0xC3 is not UTF-8; if the file is in another encoding, set encoding in the source",
                "7: 4|é",
            ]
        );
    }

    #[test]
    fn the_delimiter_is_the_one_the_header_has_most_of() {
        assert_eq!(all(b"a;\"b,c,d,e\";f\n1;2;3\n"), ["1: a|b,c,d,e|f", "2: 1|2|3"]);
        assert_eq!(all(b"a\tb\n\"1\"\"\"\t2"), ["1: a|b", "2: 1\"|2"]);
    }

    proptest::proptest! {
        /// What a writer of RFC 4180 writes comes back, whatever the cells hold.
        #[test]
        fn what_was_written_comes_back(rows in proptest::collection::vec(proptest::collection::vec("[^\0\r]{0,6}", 3), 1..8)) {
            let mut writer = ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let mut splitter = Splitter::new(&bytes[..], false).unwrap();
            splitter.expect_width(3);
            let mut read = Vec::new();
            while let Some(Piece::Row(row)) = splitter.next().unwrap() {
                read.push((0..3).map(|i| row.get(i).to_owned()).collect::<Vec<_>>());
            }
            proptest::prop_assert_eq!(read, rows);
        }

        /// Whatever the bytes, every line that is not blank is in exactly one row or damage, and the lines only grow.
        #[test]
        fn nothing_vanishes_from_a_damaged_file(bytes in proptest::collection::vec(proptest::sample::select(b"ab,\"\n\r;\xFF".to_vec()), 0..60)) {
            let mut splitter = Splitter::new(&bytes[..], false).unwrap();
            splitter.expect_width(2);
            let mut last = 0;
            let mut seen = 0;
            while let Some(piece) = splitter.next().unwrap() {
                let (line, length) = match piece {
                    Piece::Row(row) => (row.line, row.raw.len()),
                    Piece::Damaged(damage) => (damage.line, damage.raw.len()),
                };
                proptest::prop_assert!(line > last);
                last = line;
                seen += length;
            }
            let all = bytes.iter().filter(|b| !matches!(b, b'\n' | b'\r')).count();
            proptest::prop_assert!(seen >= all, "{} of {} bytes are in a piece", seen, all);
        }
    }
}
