//! A CSV file in the making: UTF-8, RFC 4180, nothing that a spreadsheet would run.

use std::io::Write;

use crate::error::{Error, Result};

/// A text that a spreadsheet takes as text: one that begins as a formula would gets an apostrophe in front.
#[must_use]
pub fn tame(text: &str) -> std::borrow::Cow<'_, str> {
    let begins = matches!(text.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n'));
    let formula = begins && text.parse::<f64>().is_err();
    if formula { format!("'{text}").into() } else { text.into() }
}

/// A table in the making.
pub struct Sheet<W: Write> {
    out: csv::Writer<W>,
    /// The row in the making: as a whole it is written faster than cell by cell.
    row: csv::ByteRecord,
}

impl<W: Write> Sheet<W> {
    /// Begins with the header.
    pub fn new(out: W, header: &[&str]) -> Result<Self> {
        let mut sheet = Self::more(out);
        sheet.out.write_record(header).map_err(Error::fault)?;
        Ok(sheet)
    }

    /// Rows to be put behind those of another table, without a header of their own.
    pub fn more(out: W) -> Self {
        Self { out: csv::Writer::from_writer(out), row: csv::ByteRecord::new() }
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<()> {
        self.row.clear();
        cells.into_iter().for_each(|cell| self.row.push_field(tame(cell).as_bytes()));
        self.out.write_byte_record(&self.row).map_err(Error::fault)
    }

    /// Ends the table.
    pub fn end(mut self) -> Result<()> {
        self.out.flush().map_err(Error::fault)
    }
}

impl Sheet<Vec<u8>> {
    /// The rows as they were written.
    pub fn bytes(self) -> Result<Vec<u8>> {
        self.out.into_inner().map_err(|e| Error::fault(e.into_error()))
    }
}

#[cfg(test)]
mod tests {
    use super::tame;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text_and_numbers_stay_numbers() {
        assert_eq!(tame("=3+1"), "'=3+1");
        assert_eq!(tame("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(tame("-cmd"), "'-cmd");
        assert_eq!(tame("-3600"), "-3600");
        assert_eq!(tame("ann"), "ann");
    }
}
