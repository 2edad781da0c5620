//! NDJSON: one row on each physical line, or where a line is an envelope of rows, as whole files of some logs are, those in it.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;

use hashbrown::HashSet;
use memchr::memchr;

use super::super::element::{Element, Lot, Record, Take};
use super::super::value::Value;
use super::{FIRST, Picker, Wanted, picked};
use crate::error::Result;

/// Lines that follow each other.
pub struct Lines {
    /// The number of the first.
    pub first: u32,
    /// All of them.
    pub text: Vec<u8>,
    /// Where rows may lie in them.
    pub envelope: Arc<Within>,
}

impl Lot for Lines {
    fn bytes(&self) -> usize {
        self.text.len()
    }

    fn each(&self, wanted: &Wanted, take: &mut Take) -> Result<()> {
        let picker = wanted.picker();
        let (mut rest, mut line) = (&self.text[..], self.first);
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let raw = rest[..end].trim_ascii();
            if !raw.is_empty() {
                self.one(line, raw, &picker, take)?;
            }
            rest = rest.get(end + 1..).unwrap_or_default();
            line = line.saturating_add(1);
        }
        Ok(())
    }
}

impl Lines {
    fn one(&self, line: u32, raw: &[u8], picker: &Picker, take: &mut Take) -> Result<()> {
        let whole = Cell::new(true);
        let takes = |key: &str| {
            let takes = picker.takes_or(key, |key| self.envelope.marks.contains(key));
            whole.set(whole.get() && takes);
            takes
        };
        let value = match picked(raw, takes) {
            Ok(value) => value,
            Err(reason) => return take(Record { line, raw, value: Err(reason), whole: true }),
        };
        let whole = whole.get();
        match self.envelope.rows(&value, whole) {
            None => take(Record { line, raw, value: Ok(&value), whole }),
            Some(rows) => rows
                .iter()
                .try_for_each(|row| take(Record { line, raw: row.to_string().as_bytes(), value: Ok(row), whole: true })),
        }
    }
}

/// Where an envelope has its rows: paths of keys.
pub struct Within {
    paths: Vec<String>,
    /// What an object that is an envelope has as a key at least.
    marks: HashSet<String>,
}

impl Within {
    /// Of these paths the first that leads anywhere counts.
    pub fn new(paths: Vec<String>) -> Self {
        let plain = |path: &str| path.strip_prefix(FIRST).unwrap_or(path).to_owned();
        let head = |path: String| path.split('.').next().map(str::to_owned);
        let marks = paths.iter().flat_map(|path| [Some(plain(path)), head(plain(path))]).flatten().collect();
        Self { paths, marks }
    }

    /// The paths.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The rows in a line that is an envelope; `whole` says that it has no further members.
    fn rows<'v, 't>(&self, line: &'v Value<'t>, whole: bool) -> Option<&'v [Value<'t>]> {
        let holds =
            |(key, value): (&str, &Value)| matches!(value, Value::Array(_) | Value::Object(_)) && self.marks.contains(key);
        if !line.as_object()?.iter().any(holds) {
            return None;
        }
        match self.paths.iter().find_map(|path| follow(line, path, whole))? {
            Value::Array(rows) => Some(rows),
            _ => None,
        }
    }

    /// The records of a line.
    pub fn elements(&self, line: u32, raw: Vec<u8>) -> VecDeque<Element> {
        let rows = picked(&raw, |_| true).ok().and_then(|value| {
            let rows = self.rows(&value, true)?.iter();
            Some(rows.map(|row| Element::json(line, row.to_string().into_bytes())).collect())
        });
        rows.unwrap_or_else(|| VecDeque::from([Element::json(line, raw)]))
    }
}

/// What lies at the end of a path through objects; one that begins with [`FIRST`] leads into an object with no other member.
fn follow<'v, 't>(line: &'v Value<'t>, path: &str, whole: bool) -> Option<&'v Value<'t>> {
    if let Some(only) = path.strip_prefix(FIRST) {
        return line.as_object().filter(|map| whole && map.len() == 1)?.get(only);
    }
    line.get(path).or_else(|| path.split('.').try_fold(line, Value::get))
}
