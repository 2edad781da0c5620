//! A CSV file in the making: UTF-8, RFC 4180, nothing that a spreadsheet would run.

use std::io::Write;

use crate::error::{Error, Result};

/// A text that a spreadsheet takes as text: one that begins as a formula would gets an apostrophe in front.
#[must_use]
pub fn tame(text: &str) -> std::borrow::Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}").into() } else { text.into() }
}

/// A table in the making.
pub struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// Begins with the header.
    pub fn new(out: W, header: &[&str]) -> Result<Self> {
        let mut sheet = Self(csv::Writer::from_writer(out));
        sheet.0.write_record(header).map_err(Error::fault)?;
        Ok(sheet)
    }

    /// Rows to be put behind those of another table, without a header of their own.
    pub fn more(out: W) -> Self {
        Self(csv::Writer::from_writer(out))
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<()> {
        for cell in cells {
            self.0.write_field(tame(cell).as_bytes()).map_err(Error::fault)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(Error::fault)
    }

    /// Ends the table.
    pub fn end(mut self) -> Result<()> {
        self.0.flush().map_err(Error::fault)
    }
}

impl Sheet<Vec<u8>> {
    /// The rows as they were written.
    pub fn bytes(self) -> Result<Vec<u8>> {
        self.0.into_inner().map_err(|e| Error::fault(e.into_error()))
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
