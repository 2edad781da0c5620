//! One CSV file as one sheet, or as several where it has more rows than a sheet holds.

use std::collections::HashMap;
use std::path::Path;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError,
};

use super::column::Column;
use super::style;
use crate::error::{Error, Result};

/// Rows of a sheet, less the header.
const ROWS_A_SHEET: usize = 1_048_575;
/// The longest text of a cell.
const LONGEST: usize = 32_767;
/// Narrower than this no column is shown, in characters.
const NARROWEST: f64 = 9.0;

/// A table.
pub(super) struct Table {
    /// The file's name without its ending.
    pub(super) name: &'static str,
    /// What it holds, in words.
    pub(super) holds: &'static str,
    /// How many rows the file has.
    pub(super) count: usize,
    /// Whether the rows are left in the file.
    pub(super) left_out: bool,
    pub(super) header: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    /// Reads a CSV file of the result; of one with more than `most` rows only their count.
    pub(super) fn read(name: &'static str, holds: &'static str, path: &Path, most: Option<usize>) -> Result<Self> {
        let broken = |e: csv::Error| Error::fault(format!("{}: {e}", path.display()));
        let mut reader = csv::Reader::from_path(path).map_err(broken)?;
        let header = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let mut table = Self { name, holds, count: 0, left_out: false, header, rows: Vec::new() };
        for row in reader.records() {
            let row = row.map_err(broken)?;
            table.count += 1;
            if most.is_some_and(|most| table.count > most) {
                table.left_out = true;
                table.rows = Vec::new();
            } else {
                table.rows.push(row);
            }
        }
        Ok(table)
    }

    /// A table of so many rows, which are too many to be repeated.
    pub(super) fn left_out(name: &'static str, holds: &'static str, count: usize) -> Self {
        Self { name, holds, count, left_out: true, header: Vec::new(), rows: Vec::new() }
    }

    /// The place of a column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == name)
    }

    /// How many rows have this word in a column.
    pub(super) fn count_of(&self, place: usize, word: &str) -> usize {
        self.rows.iter().filter(|row| row.get(place) == Some(word)).count()
    }

    /// The names of its sheets.
    pub(super) fn sheets(&self) -> Vec<String> {
        if self.left_out {
            return Vec::new();
        }
        let parts = self.rows.len().div_ceil(ROWS_A_SHEET).max(1);
        let name = |part| if part == 0 { self.name.to_owned() } else { format!("{} ({})", self.name, part + 1) };
        (0..parts).map(name).collect()
    }

    /// Writes its sheets. Accounts in it lead to their row among the `revocations`.
    pub(super) fn write(&self, workbook: &mut Workbook, title: &str, revocations: Option<&Self>) -> Result<(), XlsxError> {
        let targets = revocations.filter(|r| r.name != self.name).map(Self::rows_by_account).unwrap_or_default();
        for (part, name) in self.sheets().iter().enumerate() {
            let from = part * ROWS_A_SHEET;
            let rows = &self.rows[from..self.rows.len().min(from + ROWS_A_SHEET)];
            // Its cells go to a temporary file row by row.
            let sheet = workbook.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            self.fill(sheet, rows, &targets)?;
            sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
            sheet.set_header(format!("&L{}&R{name}", title.replace('&', "&&"))).set_footer("&Llastday&RPage &P of &N");
        }
        Ok(())
    }

    /// The sheet's row of each account, for links; a part beyond the first sheet is not linked to.
    fn rows_by_account(&self) -> HashMap<(&str, &str), usize> {
        let (Some(system), Some(account)) = (self.place("system"), self.place("account_id")) else { return HashMap::new() };
        let key = |row: &'_ csv::StringRecord| (row.get(system).map(str::len), row.get(account).map(str::len));
        let of_first_sheet = self.rows.iter().take(ROWS_A_SHEET).enumerate();
        of_first_sheet
            .filter(|(_, row)| key(row) != (None, None))
            .map(|(place, row)| ((&row[system], &row[account]), place + 2))
            .collect()
    }

    fn fill(
        &self,
        sheet: &mut Worksheet,
        rows: &[csv::StringRecord],
        targets: &HashMap<(&str, &str), usize>,
    ) -> Result<(), XlsxError> {
        let columns: Vec<Column> = self.header.iter().map(|name| Column::of(name)).collect();
        let formats: Vec<Format> = columns.iter().map(|column| style::cell(*column)).collect();
        let (day, header) = (style::day(), style::header());
        let mut widths: Vec<f64> = Vec::new();
        for (place, (name, column)) in (0..).zip(self.header.iter().zip(&columns)) {
            let shown = column.header(name);
            widths.push((shown.chars().count() as f64 + 2.0).min(24.0));
            // What a cell looks like is told once for its column: telling it of every cell takes as long as the cells.
            sheet.set_column_format(place, &formats[usize::from(place)])?.write_string_with_format(0, place, shown, &header)?;
        }
        let link = self.place("system").zip(self.place("account_id"));
        for (at, row) in (1..).zip(rows) {
            for (place, text) in (0..).zip(row.iter()).filter(|(_, text)| !text.is_empty()) {
                let column = usize::from(place);
                let kind = columns[column];
                widths[column] = widths[column].max(text.chars().count() as f64 + 1.0).min(kind.widest());
                let target =
                    link.filter(|(_, account)| *account == column).and_then(|(system, _)| targets.get(&(&row[system], text)));
                if let Some(row) = target {
                    let url = Url::new(format!("internal:'revocations'!A{row}")).set_text(text);
                    sheet.write_url_with_format(at, place, url, &Format::default())?;
                } else {
                    write(sheet, (at, place), kind, text, &day)?;
                }
            }
        }
        for (place, width) in (0..).zip(widths) {
            sheet.set_column_width(place, width.max(NARROWEST))?;
        }
        let last =
            (u32::try_from(rows.len()).unwrap_or(u32::MAX), u16::try_from(self.header.len().max(1) - 1).unwrap_or(u16::MAX));
        sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, last.0, last.1)?;
        let words = ["outcome", "severity", "status"].map(|name| (name, &style::WORDS[..]));
        for (name, words) in words.into_iter().chain([("verdict", &style::VERDICTS[..])]) {
            if let Some(column) = self.place(name).and_then(|place| u16::try_from(place).ok()).filter(|_| last.0 > 0) {
                for (word, ground, ink) in words.iter().copied() {
                    let look = Format::new().set_background_color(ground).set_font_color(ink);
                    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(word)).set_format(look);
                    sheet.add_conditional_format(1, column, last.0, column, &rule)?;
                }
            }
        }
        Ok(())
    }
}

/// Writes one cell: what its column says, and as text where it is not that.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), kind: Column, text: &str, day: &Format) -> Result<(), XlsxError> {
    let number = || text.parse::<f64>().ok().filter(|n| n.is_finite());
    let time = || ExcelDateTime::parse_from_str(text.trim_end_matches('Z')).ok();
    let written = match kind {
        Column::Duration => number().filter(|seconds| *seconds >= 0.0).map(|seconds| seconds / 86_400.0),
        Column::Hours => number().map(|seconds| seconds / 3_600.0),
        Column::Count => number(),
        Column::Time | Column::Text => None,
    };
    if let Some(number) = written {
        sheet.write_number(row, column, number)?;
    } else if let Some(time) = time().filter(|_| kind == Column::Time) {
        if text.len() == 10 {
            sheet.write_datetime_with_format(row, column, &time, day)?;
        } else {
            sheet.write_datetime(row, column, &time)?;
        }
    } else {
        sheet.write_string(row, column, &text[..text.floor_char_boundary(LONGEST)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: usize) -> Table {
        let rows = vec![csv::StringRecord::new(); rows];
        Table { name: "findings", holds: "", count: rows.len(), left_out: false, header: vec!["a".to_owned()], rows }
    }

    #[test]
    fn more_rows_than_a_sheet_holds_go_on_in_the_next_one() {
        assert_eq!(table(0).sheets(), ["findings"]);
        assert_eq!(table(ROWS_A_SHEET).sheets(), ["findings"]);
        assert_eq!(table(ROWS_A_SHEET + 1).sheets(), ["findings", "findings (2)"]);
    }

    #[test]
    fn of_a_list_that_is_too_long_only_the_count_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("accounts.csv");
        std::fs::write(&path, "system\nA\nB\nC\n").unwrap();
        let table = Table::read("accounts", "", &path, Some(2)).unwrap();
        assert!(table.left_out && table.sheets().is_empty());
        assert_eq!(table.count, 3);
        assert_eq!(Table::read("accounts", "", &path, Some(3)).unwrap().sheets(), ["accounts"]);
    }
}
