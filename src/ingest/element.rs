//! Records that are no table: elements of JSON, entries of a directory. What their readers have in common.

use std::collections::VecDeque;
use std::io;

use super::value::Value;

/// Bytes of records that are handed over at a time, so that long ones do not fill the memory.
pub const ENOUGH: usize = 4 << 20;
/// How many records are looked at to recognise an export.
const LOOKED_AT: usize = 50;

/// One record, or what should have been one.
pub struct Element {
    /// The physical line on which it begins.
    pub line: u32,
    /// Its own text.
    pub raw: Vec<u8>,
    /// The value, or why there is none.
    pub value: Result<Value, String>,
}

/// A reader of records.
pub trait Records {
    /// The next record; `None` at the end.
    fn next(&mut self) -> io::Result<Option<Element>>;
    /// The next records, no more than so many, and none behind [`ENOUGH`] bytes; none at the end. Where they can be told apart without being read, all cores read them.
    fn some(&mut self, most: usize) -> io::Result<Vec<Element>> {
        let (mut some, mut bytes) = (Vec::new(), 0);
        while some.len() < most
            && bytes < ENOUGH
            && let Some(element) = self.next()?
        {
            bytes += element.raw.len();
            some.push(element);
        }
        Ok(some)
    }
}

/// Records of which the first are known before they are taken.
pub struct Peeked {
    first: VecDeque<Element>,
    rest: Box<dyn Records>,
}

impl Peeked {
    /// Looks at the first records.
    pub fn new(mut rest: Box<dyn Records>) -> io::Result<Self> {
        let mut first = VecDeque::new();
        while first.len() < LOOKED_AT
            && let Some(element) = rest.next()?
        {
            first.push_back(element);
        }
        Ok(Self { first, rest })
    }

    /// The values of the first records that have one.
    pub fn values(&self) -> Vec<&Value> {
        self.first.iter().filter_map(|element| element.value.as_ref().ok()).collect()
    }
}

impl Records for Peeked {
    fn next(&mut self) -> io::Result<Option<Element>> {
        self.first.pop_front().map_or_else(|| self.rest.next(), |element| Ok(Some(element)))
    }

    fn some(&mut self, most: usize) -> io::Result<Vec<Element>> {
        if self.first.is_empty() {
            return self.rest.some(most);
        }
        Ok(self.first.drain(..most.min(self.first.len())).collect())
    }
}
