//! Workbooks by calamine: the rows of one sheet as text, dates as ISO 8601.

use std::io::{Cursor, Read};

use super::csv::Record;
use crate::container::archive;
use calamine::{Data, DataType, Reader, open_workbook_auto_from_rs};

/// A sheet's rows.
pub struct Sheet {
    rows: Vec<Vec<Data>>,
    first_row: u32,
    at: usize,
    text: String,
    fields: Vec<(u32, u32)>,
}

/// The names of a workbook's sheets; none where it cannot be read.
pub fn names(bytes: &[u8]) -> Vec<String> {
    open_workbook_auto_from_rs(Cursor::new(bytes)).map(|book| book.sheet_names()).unwrap_or_default()
}

impl Sheet {
    /// The sheet of this name, else the first. The error is a sentence and the next step.
    pub fn open(mut input: impl Read, name: Option<&str>) -> Result<Self, (String, String)> {
        let broken = |why: String| (format!("the workbook cannot be read: {why}"), "open it and save it as .xlsx".to_owned());
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(|e| broken(e.to_string()))?;
        archive::check_workbook(&bytes)?;
        let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
        let names = book.sheet_names();
        let wanted = match name {
            Some(name) => names.iter().find(|n| *n == name),
            None => names.first(),
        };
        let Some(wanted) = wanted.cloned() else {
            return Err((
                format!("the workbook has no sheet \"{}\"", name.unwrap_or_default()),
                format!("its sheets are: {}", names.join(", ")),
            ));
        };
        let range = book.worksheet_range(&wanted).map_err(|e| broken(e.to_string()))?;
        let first_row = range.start().map_or(1, |(row, _)| row + 1);
        let rows = range.rows().map(<[Data]>::to_vec).collect();
        Ok(Self { rows, first_row, at: 0, text: String::new(), fields: Vec::new() })
    }

    /// Leaves out rows before the header.
    pub fn skip_rows(&mut self, count: usize) {
        let gone = usize::try_from(self.first_row - 1).unwrap_or(0);
        self.at += count.saturating_sub(gone);
    }

    /// The next row that is not empty: its cells put end to end, their places, its number from 1, and the first cell
    /// that holds an error instead of a value.
    pub fn next(&mut self) -> Option<(Record<'_>, Option<usize>)> {
        loop {
            let row = self.rows.get(self.at)?;
            self.at += 1;
            if row.iter().all(Data::is_empty) {
                continue;
            }
            self.text.clear();
            self.fields.clear();
            let mut error = None;
            for (place, cell) in row.iter().enumerate() {
                let from = self.text.len();
                if cell.is_error() {
                    error.get_or_insert(place);
                }
                self.text.push_str(&words(cell));
                let end = |n| u32::try_from(n).unwrap_or(u32::MAX);
                self.fields.push((end(from), end(self.text.len())));
            }
            let number = self.first_row + u32::try_from(self.at - 1).unwrap_or(0);
            return Some((Record::of(&self.text, &self.fields, number), error));
        }
    }
}

fn words(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) if at.is_datetime() => at.as_datetime().map_or_else(
            || cell.to_string(),
            |time| {
                let whole_day = at.as_f64().fract() == 0.0;
                time.format(if whole_day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S%.f" }).to_string()
            },
        ),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}
