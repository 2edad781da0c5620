//! A flat Parquet file as the table that it is, so that what is known of a table in CSV holds for it too.

use std::io;

use super::Rows;
use crate::ingest::cells::{CellRow, CellText, Cells};
use crate::ingest::element::Records;
use crate::ingest::row::scalar;

/// The rows of a flat file as cells.
pub struct Flat {
    rows: Rows,
    names: Vec<String>,
    text: CellText,
}

impl Flat {
    /// Cells in the order of `names`.
    pub fn new(rows: Rows, names: Vec<String>) -> Self {
        Self { rows, names, text: CellText::default() }
    }
}

impl Cells for Flat {
    fn next(&mut self) -> io::Result<Option<CellRow<'_>>> {
        let Some(element) = self.rows.next()? else { return Ok(None) };
        let row = element.value();
        self.text.clear();
        for name in &self.names {
            let cell = row.as_ref().ok().and_then(|row| scalar(row.get(name)?));
            self.text.push(cell.as_deref().unwrap_or_default());
        }
        Ok(Some(CellRow { record: self.text.record(element.line), errors: &[] }))
    }
}
