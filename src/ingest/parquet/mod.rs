//! Parquet: rows as records, a row group at a time. A "line" is the row's number from 1, since there are no lines.

mod flat;
mod value;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Row;
use parquet::record::reader::RowIter;
use parquet::schema::types::{Type, TypePtr};

pub use self::flat::Flat;
use self::value::value;
use super::element::{Element, Records};
use super::value::Value;
use crate::container::{GUARDED, Stream, guarded, spooled};

/// What a file begins with.
pub const BEGINS: &[u8] = b"PAR1";
/// What a file begins with whose columns are encrypted.
pub const ENCRYPTED: &[u8] = b"PARE";
/// Rows that are handed over at a time.
const BATCH: usize = 512;
/// Batches that may wait.
const WAITING: usize = 4;

/// The rows of a file.
pub struct Rows {
    /// The names of its columns, where each holds single values or lists of them: it is a table then.
    pub flat: Option<Vec<String>>,
    batches: Receiver<io::Result<Vec<Element>>>,
    at_hand: VecDeque<Element>,
    expected: i64,
    given: i64,
}

impl Rows {
    /// Opens a file.
    pub fn open(mut input: Stream) -> io::Result<Self> {
        if input.fill_buf()?.starts_with(ENCRYPTED) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "the Parquet file is encrypted"));
        }
        let file = spooled(input)?;
        let reader = guarded(|| SerializedFileReader::<File>::new(file)).ok_or_else(unexpected)?.map_err(|e| damaged(&e))?;
        let metadata = reader.metadata().file_metadata();
        let (kind, expected) = (metadata.schema_descr().root_schema_ptr(), metadata.num_rows());
        let flat = kind.get_fields().iter().all(is_flat);
        let names = kind.get_fields().iter().map(|field| field.name().to_owned()).collect();
        if let Some(name) = doubled(&kind) {
            let message = format!("the Parquet file has two columns of the name `{name}`: rename one before the export");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let (send, batches) = sync_channel(WAITING);
        let thread = std::thread::Builder::new().name(GUARDED.into());
        thread.spawn(move || hand_over(RowIter::from_file_into(Box::new(reader)), &kind, &send))?;
        Ok(Self { flat: flat.then_some(names), batches, at_hand: VecDeque::new(), expected, given: 0 })
    }
}

impl Rows {
    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.expected == 0
    }
}

impl Records for Rows {
    fn next(&mut self) -> io::Result<Option<Element>> {
        while self.at_hand.is_empty() {
            match self.batches.recv() {
                Ok(batch) => self.at_hand.extend(batch?),
                // The reader ends with the last row, or before it where it met what it did not expect.
                Err(_) if self.given < self.expected => return Err(unexpected()),
                Err(_) => return Ok(None),
            }
        }
        self.given += 1;
        Ok(self.at_hand.pop_front())
    }
}

fn hand_over(rows: RowIter, kind: &Type, send: &SyncSender<io::Result<Vec<Element>>>) {
    let mut batch = Vec::with_capacity(BATCH);
    for (row, line) in rows.zip(1_u32..) {
        match row {
            Ok(row) => batch.push(element(&row, kind, line)),
            Err(error) => {
                let _ = send.send(Ok(std::mem::take(&mut batch)));
                let _ = send.send(Err(damaged(&error)));
                return;
            }
        }
        if batch.len() == BATCH && send.send(Ok(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)))).is_err() {
            return;
        }
    }
    let _ = send.send(Ok(batch));
}

fn element(row: &Row, kind: &Type, line: u32) -> Element {
    let fields = row.get_column_iter().zip(kind.get_fields());
    let value = Value::Object(fields.map(|((name, field), kind)| (name.clone(), value(field, Some(kind)))).collect());
    Element::made(line, value.to_string().into_bytes(), Ok(value))
}

/// Whether a column holds single values, or a list of them.
fn is_flat(field: &TypePtr) -> bool {
    let list = |field: &TypePtr| match field.get_fields() {
        [one] if one.is_primitive() => true,
        [one] => matches!(one.get_fields(), [element] if element.is_primitive()),
        _ => false,
    };
    field.is_primitive() || list(field)
}

/// The first name that two columns of a group share. The library's rows know a column by its name alone: of two of one
/// name a value would be lost.
fn doubled(group: &Type) -> Option<&str> {
    let fields = group.get_fields();
    let twice = fields.iter().enumerate().find(|(place, field)| fields[..*place].iter().any(|f| f.name() == field.name()));
    let inner = || fields.iter().filter(|field| field.is_group()).find_map(|field| doubled(field));
    twice.map(|(_, field)| field.name()).or_else(inner)
}

fn damaged(error: &ParquetError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the Parquet file cannot be read: {error}"))
}

fn unexpected() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the Parquet file cannot be read: it is not built as it says")
}
