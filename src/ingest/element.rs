//! Records that are no table: elements of JSON, entries of a directory. What their readers have in common.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io;

use super::json::{self, Picker, Wanted};
use super::value::Value;
use crate::error::Result;

/// Bytes of records that one core takes at a time, as far as no single one is longer.
pub const ENOUGH: usize = 1 << 18;
/// Records that one core takes at a time.
const TOGETHER: usize = 512;
/// How many records are looked at to recognise an export.
const LOOKED_AT: usize = 50;

/// One record, or what should have been one.
pub struct Element {
    /// The physical line on which it begins.
    pub line: u32,
    /// Its own text.
    pub raw: Vec<u8>,
    said: Said,
}

/// What a record says.
enum Said {
    /// What its own text says as JSON: read by whoever takes it.
    Raw,
    /// This.
    Value(Value<'static>),
    /// Nothing, for this reason.
    Nothing(String),
}

impl Element {
    /// A record with what its reader has made of it, or why it could not.
    pub fn made(line: u32, raw: Vec<u8>, value: Result<Value<'static>, String>) -> Self {
        Self { line, raw, said: value.map_or_else(Said::Nothing, Said::Value) }
    }

    /// A record whose own text is JSON.
    pub fn json(line: u32, raw: Vec<u8>) -> Self {
        Self { line, raw, said: Said::Raw }
    }

    /// The same, of which nothing is taken for this reason.
    pub fn damaged(self, reason: &str) -> Self {
        Self { said: Said::Nothing(reason.to_owned()), ..self }
    }

    /// The value, or why there is none.
    pub fn value(&self) -> Result<Cow<'_, Value<'_>>, String> {
        self.picked(&Wanted::All.picker())
    }

    /// The same, of JSON as far as it is picked.
    fn picked(&self, picker: &Picker) -> Result<Cow<'_, Value<'_>>, String> {
        match &self.said {
            Said::Raw => json::parse(&self.raw, picker).map(Cow::Owned),
            Said::Value(value) => Ok(Cow::Borrowed(value)),
            Said::Nothing(reason) => Err(reason.clone()),
        }
    }

    /// Hands it on.
    pub fn take<T>(&self, picker: &Picker, take: impl FnOnce(Record) -> T) -> T {
        let value = self.picked(picker);
        let whole = picker.takes_all() || !matches!(self.said, Said::Raw);
        let value = value.as_deref().map_err(Clone::clone);
        take(Record { line: self.line, raw: &self.raw, value, whole })
    }
}

/// A record as it is taken.
pub struct Record<'a> {
    /// The physical line on which it begins.
    pub line: u32,
    /// Its own text.
    pub raw: &'a [u8],
    /// The value, or why there is none.
    pub value: Result<&'a Value<'a>, String>,
    /// Whether the value has all that the text says.
    pub whole: bool,
}

/// What is done with a record.
pub type Take<'a> = dyn FnMut(Record) -> Result<()> + 'a;

/// Records that follow each other, for one core to read.
pub trait Lot: Send {
    /// How long they are.
    fn bytes(&self) -> usize;
    /// Hands on every record, as far as it is wanted.
    fn each(&self, wanted: &Wanted, take: &mut Take) -> Result<()>;
}

impl Lot for Vec<Element> {
    fn bytes(&self) -> usize {
        self.iter().map(|element| element.raw.len()).sum()
    }

    fn each(&self, wanted: &Wanted, take: &mut Take) -> Result<()> {
        let picker = wanted.picker();
        self.iter().try_for_each(|element| element.take(&picker, &mut *take))
    }
}

/// A reader of records.
pub trait Records {
    /// The next record; `None` at the end.
    fn next(&mut self) -> io::Result<Option<Element>>;
    /// The next records; `None` at the end.
    fn lot(&mut self) -> io::Result<Option<Box<dyn Lot>>> {
        let (mut lot, mut bytes) = (Vec::new(), 0);
        while lot.len() < TOGETHER
            && bytes < ENOUGH
            && let Some(element) = self.next()?
        {
            bytes += element.raw.len();
            lot.push(element);
        }
        Ok(if lot.is_empty() { None } else { Some(Box::new(lot)) })
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
    pub fn values(&self) -> Vec<Cow<'_, Value<'_>>> {
        self.first.iter().filter_map(|element| element.value().ok()).collect()
    }
}

impl Records for Peeked {
    fn next(&mut self) -> io::Result<Option<Element>> {
        self.first.pop_front().map_or_else(|| self.rest.next(), |element| Ok(Some(element)))
    }

    fn lot(&mut self) -> io::Result<Option<Box<dyn Lot>>> {
        if self.first.is_empty() {
            return self.rest.lot();
        }
        Ok(Some(Box::new(Vec::from(std::mem::take(&mut self.first)))))
    }
}
