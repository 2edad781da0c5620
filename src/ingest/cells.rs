//! Tables whose rows are cells and no text: sheets of workbooks, flat Parquet files. What their readers have in common.

use std::io;

use super::csv::Record;

/// A row of cells.
pub struct CellRow<'a> {
    /// The cells; its line is the number of the row.
    pub record: Record<'a>,
    /// The cells that hold an error instead of a value.
    pub errors: &'a [usize],
}

/// A reader of rows of cells.
pub trait Cells {
    /// The next row; `None` at the end.
    fn next(&mut self) -> io::Result<Option<CellRow<'_>>>;
}

/// A row in the making: its cells put end to end, and their places.
#[derive(Default)]
pub struct CellText {
    text: String,
    places: Vec<(u32, u32)>,
}

impl CellText {
    /// Begins a new row.
    pub fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        let end = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let from = end(self.text.len());
        self.text.push_str(cell);
        self.places.push((from, end(self.text.len())));
    }

    /// The row of this number.
    pub fn record(&self, number: u32) -> Record<'_> {
        Record::of(&self.text, &self.places, number)
    }
}
