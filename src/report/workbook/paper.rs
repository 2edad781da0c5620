//! The workbook of a leaver test: a cover that says how the sample was drawn, the working paper, and the order of the draw. Made from the CSV files
//! beside it, so that they cannot disagree.

use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::table::{Most, Table, unwritable};
use super::{POPULATION, cover, finish, properties, style};
use crate::error::Result;
use crate::model::instant::Instant;

/// What the cover says.
pub struct Paper {
    /// The title.
    pub title: String,
    /// The "now" of the analysis, at which the workbook is dated.
    pub as_of: Instant,
    /// Parameters: what, and its value.
    pub lines: Vec<(String, String)>,
    /// What was read: the file and its SHA-256.
    pub sources: Vec<(String, String)>,
}

/// Writes the workbook of the sample whose CSV files lie in `folder` to `out`.
pub fn working_paper(paper: &Paper, folder: &Path, out: impl Write + Send) -> Result<()> {
    let tables = [
        ("leaver-test", "a row for each account of each leaver drawn", Most::All),
        ("selection", "the whole population in the order of the draw", Most::AllOrNone(POPULATION)),
    ];
    let read = |(name, holds, most)| Table::read(name, holds, &folder.join(format!("{name}.csv")), most);
    let tables = tables.into_iter().map(read).collect::<Result<Vec<Table>>>()?;
    finish(begun(paper, &tables).map_err(unwritable)?, &paper.title, &tables, folder, out)
}

fn begun(paper: &Paper, tables: &[Table]) -> std::result::Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&paper.title, "Working paper of a leaver test", paper.as_of)?);
    front(workbook.add_worksheet(), paper, tables)?;
    Ok(workbook)
}

fn front(sheet: &mut Worksheet, paper: &Paper, tables: &[Table]) -> std::result::Result<(), XlsxError> {
    cover::page(sheet, &paper.title)?;
    let mut row = 2;
    cover::heading(sheet, row, "The sample")?;
    for (label, text) in &paper.lines {
        row += 1;
        sheet.write_string_with_format(row, 0, label, &style::label())?;
        sheet.merge_range(row, 1, row, 7, text, &style::prose())?;
        sheet.set_row_height(row, 15.0 * text.chars().count().div_ceil(150).max(1) as f64)?;
    }
    row = cover::contents(sheet, tables, row + 2)?;
    row = cover::sign_off(sheet, row + 1)? + 1;
    cover::heading(sheet, row, "Sources, whose hashes anyone can compare")?;
    for (file, sha256) in &paper.sources {
        row += 1;
        sheet.write_string(row, 0, file)?;
        sheet.write_string_with_format(row, 1, sha256, &style::hash())?;
    }
    Ok(())
}
