//! JSON rows: the elements of an array, the lines of NDJSON, or the rows in an envelope such as `{"Records":[…]}`,
//! each cut out of the stream with the physical line on which it begins, and parsed by itself, so that one broken
//! element costs one row.

mod lines;
mod scan;
mod wanted;

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};

use self::lines::{Lines, Within};
pub use self::scan::FIRST;
use self::scan::{Envelope, Scan, next_start, rows_of_envelope, value_end};
pub use self::wanted::{Picker, Wanted};
use super::element::{ENOUGH, Element, Lot, Records};
use super::value::{self, Value};
use super::window::Window;

#[derive(Clone, Copy)]
enum Place {
    /// Before the next top-level value.
    Between,
    /// In an array of rows; how many objects of an envelope are around it.
    Rows { around: usize },
    /// One row on each physical line.
    Lines,
}

/// Cuts a stream into elements.
pub struct Elements<R> {
    window: Window<R>,
    line: u32,
    place: Place,
    envelope: Arc<Within>,
    again: VecDeque<Element>,
}

impl<R: Read> Records for Elements<R> {
    fn next(&mut self) -> io::Result<Option<Element>> {
        if let Some(element) = self.again.pop_front() {
            return Ok(Some(element));
        }
        loop {
            if matches!(self.place, Place::Lines) {
                return self.next_line();
            }
            let Some(byte) = self.skip_blank()? else { return Ok(None) };
            match (self.place, byte) {
                (Place::Between, b'[') => {
                    self.advance(1);
                    self.place = Place::Rows { around: 0 };
                }
                (Place::Between, b'{') if self.enter_envelope()? => {}
                (Place::Between, byte) if byte != b'{' => return self.junk().map(Some),
                (Place::Between, _) => {
                    let element = self.cut()?;
                    let one_line = memchr(b'\n', &element.raw).is_none();
                    let ends_line = loop {
                        let next = self.window.bytes().iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')).copied();
                        if next.is_some() || !self.window.grow()? {
                            break next == Some(b'\n');
                        }
                    };
                    if one_line && ends_line && byte == b'{' {
                        self.place = Place::Lines;
                    }
                    return Ok(Some(element));
                }
                (Place::Rows { around }, b']') => {
                    self.advance(1);
                    if around > 0 {
                        self.leave_envelope(around)?;
                    }
                    self.place = Place::Between;
                }
                (Place::Rows { .. }, _) => return self.cut().map(Some),
                (Place::Lines, _) => {}
            }
        }
    }

    fn lot(&mut self) -> io::Result<Option<Box<dyn Lot>>> {
        let (mut lot, mut bytes) = (Vec::new(), 0);
        while bytes < ENOUGH && !(matches!(self.place, Place::Lines) && self.again.is_empty()) {
            match self.next()? {
                Some(element) => {
                    bytes += element.raw.len();
                    lot.push(element);
                }
                None => break,
            }
        }
        if !lot.is_empty() {
            return Ok(Some(Box::new(lot)));
        }
        Ok(if matches!(self.place, Place::Lines) { self.lines()?.map(|lines| Box::new(lines) as Box<dyn Lot>) } else { None })
    }
}

impl<R: Read> Elements<R> {
    /// Elements of `input`; `envelope` names the keys under which an envelope holds its rows.
    pub fn new(input: R, envelope: Vec<String>) -> Self {
        let envelope = Arc::new(Within::new(envelope));
        Self { window: Window::new(input), line: 1, place: Place::Between, envelope, again: VecDeque::new() }
    }

    fn next_line(&mut self) -> io::Result<Option<Element>> {
        while self.again.is_empty()
            && let Some((line, raw)) = self.cut_line()?
        {
            self.again = self.envelope.elements(line, raw);
        }
        Ok(self.again.pop_front())
    }

    /// The next line that is not blank, and its number.
    fn cut_line(&mut self) -> io::Result<Option<(u32, Vec<u8>)>> {
        loop {
            let end = loop {
                if let Some(at) = memchr(b'\n', self.window.bytes()) {
                    break at;
                }
                if !self.window.grow()? {
                    break self.window.bytes().len();
                }
            };
            let raw = self.window.bytes()[..end].trim_ascii().to_vec();
            let line = self.line;
            let at_end = self.window.bytes().len() == end;
            self.window.take(end + usize::from(!at_end));
            self.line += u32::from(!at_end);
            if !raw.is_empty() {
                return Ok(Some((line, raw)));
            }
            if at_end {
                return Ok(None);
            }
        }
    }

    /// The next whole lines, [`ENOUGH`] of them.
    fn lines(&mut self) -> io::Result<Option<Lines>> {
        let end = loop {
            let bytes = self.window.bytes();
            if let Some(at) = memrchr(b'\n', bytes).filter(|_| bytes.len() >= ENOUGH) {
                break at + 1;
            }
            if !self.window.grow()? {
                break self.window.bytes().len();
            }
        };
        if end == 0 {
            return Ok(None);
        }
        let lines = Lines { first: self.line, text: self.window.bytes()[..end].to_vec(), envelope: self.envelope.clone() };
        self.advance(end);
        Ok(Some(lines))
    }

    /// What stands between values and is none: the rest of its physical line is one damaged row.
    fn junk(&mut self) -> io::Result<Element> {
        let end = loop {
            if let Some(at) = memchr(b'\n', self.window.bytes()) {
                break at;
            }
            if !self.window.grow()? {
                break self.window.bytes().len();
            }
        };
        let (line, raw) = (self.line, self.window.bytes()[..end].trim_ascii().to_vec());
        self.advance(end);
        Ok(Element::json(line, raw).damaged("not JSON: a row begins with a brace"))
    }

    fn advance(&mut self, n: usize) {
        let lines = memchr_iter(b'\n', &self.window.bytes()[..n]).count();
        self.line += u32::try_from(lines).unwrap_or(u32::MAX);
        self.window.take(n);
    }

    /// Goes to the next byte that is neither blank nor a comma.
    fn skip_blank(&mut self) -> io::Result<Option<u8>> {
        loop {
            let found = self.window.bytes().iter().position(|b| !b.is_ascii_whitespace() && *b != b',');
            if let Some(at) = found {
                self.advance(at);
                return Ok(self.window.bytes().first().copied());
            }
            let n = self.window.bytes().len();
            self.advance(n);
            if !self.window.grow()? {
                return Ok(None);
            }
        }
    }

    /// Cuts the value at the front of the window out and parses it.
    fn cut(&mut self) -> io::Result<Element> {
        let line = self.line;
        let length = loop {
            if let Some(length) = value_end(self.window.bytes()) {
                break Some(length);
            }
            if !self.window.grow()? {
                break None;
            }
        };
        let whole = length.unwrap_or(self.window.bytes().len());
        let raw = self.window.bytes()[..whole].to_vec();
        let ends_inside = "the file ends inside this element";
        let wrong = length.map_or_else(|| Some(ends_inside.to_owned()), |_| picked(&raw, |_| false).err());
        let Some(wrong) = wrong else {
            self.advance(whole);
            return Ok(Element::json(line, raw));
        };
        let taken = next_start(&raw).unwrap_or(whole);
        self.advance(taken);
        Ok(Element::json(line, raw[..taken].to_vec()).damaged(&wrong))
    }

    /// At `{`: if it is an envelope, goes to the first row of it.
    fn enter_envelope(&mut self) -> io::Result<bool> {
        if self.envelope.paths().is_empty() {
            return Ok(false);
        }
        loop {
            match rows_of_envelope(self.window.bytes(), self.envelope.paths()) {
                Envelope::Rows(at, around) => {
                    self.advance(at);
                    self.place = Place::Rows { around };
                    return Ok(true);
                }
                Envelope::NeedsMore if self.window.grow()? => {}
                Envelope::NeedsMore | Envelope::None => return Ok(false),
            }
        }
    }

    /// Behind the rows: goes past the end of the envelope.
    fn leave_envelope(&mut self, around: usize) -> io::Result<()> {
        let mut scan = Scan::inside(around);
        loop {
            let (end, n) = (scan.end(self.window.bytes()), self.window.bytes().len());
            self.advance(end.unwrap_or(n));
            if end.is_some() || !self.window.grow()? {
                return Ok(());
            }
        }
    }
}

/// What a text says as JSON, as far as it is picked. The error is a sentence.
pub fn parse<'t>(raw: &'t [u8], picker: &Picker) -> Result<Value<'t>, String> {
    picked(raw, |key| picker.takes(key))
}

fn picked(raw: &[u8], takes: impl Fn(&str) -> bool) -> Result<Value<'_>, String> {
    // One look at all bytes is quicker than one at each text in it.
    let read = std::str::from_utf8(raw).map_or_else(|_| serde_json::from_slice(raw), |text| value::read(text, takes));
    read.map_err(|e| {
        let text = e.to_string();
        let what = text.split(" at line ").next().unwrap_or(&text);
        format!("not JSON: {what} (line {} of the element, column {})", e.line(), e.column())
    })
}

#[cfg(test)]
mod tests;
