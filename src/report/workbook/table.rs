//! One CSV file as one sheet, or as several where it has more rows than a sheet holds.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError,
};

use super::column::Column;
use super::style;
use crate::error::{Error, Result};
use crate::time::{self, Moment, Reading};

/// Rows of a sheet, less the header.
const ROWS_A_SHEET: usize = 1_048_575;
/// The longest text of a cell.
const LONGEST: usize = 32_767;
/// Links of a sheet: with more of them a spreadsheet program calls the file damaged.
const LINKS: usize = 65_530;
/// Narrower than this no column is shown, in characters.
const NARROWEST: f64 = 9.0;
/// More characters than these side by side cannot be read on a printed page.
const PRINTED: f64 = 260.0;
/// The last of the columns that say what a row is about: they stand on every page where a sheet is wider than one.
const NAMES: u16 = 1;
/// Columns whose words the cover counts.
const COUNTED: [&str; 2] = ["outcome", "severity"];

/// A table.
pub(super) struct Table {
    /// The file's name without its ending.
    pub(super) name: &'static str,
    /// What it holds, in words.
    pub(super) holds: &'static str,
    /// How many rows the file has.
    pub(super) count: usize,
    /// How many of them its sheets repeat.
    pub(super) shown: usize,
    pub(super) header: Vec<String>,
    path: PathBuf,
    /// How many rows have each word of a column that the cover counts.
    words: Vec<(String, usize)>,
}

/// How many rows of a file its sheets repeat.
#[derive(Clone, Copy, Debug)]
pub(super) enum Most {
    /// All.
    All,
    /// All, where there are no more than these; else none.
    AllOrNone(usize),
    /// The first of them, up to so many.
    First(usize),
}

/// Where accounts stand in a sheet: its row, by account id in each system.
pub(super) type Targets = HashMap<String, HashMap<String, usize>>;

impl Table {
    /// Looks through a CSV file of the result, of which no more rows are to be repeated than `most`.
    pub(super) fn read(name: &'static str, holds: &'static str, path: &Path, most: Most) -> Result<Self> {
        let broken = |e: csv::Error| broken(path, &e);
        let mut reader = csv::Reader::from_path(path).map_err(broken)?;
        let header: Vec<String> = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let counted = header.iter().position(|name| COUNTED.contains(&name.as_str()));
        let (mut count, mut words, mut row) = (0, Vec::<(String, usize)>::new(), csv::ByteRecord::new());
        while reader.read_byte_record(&mut row).map_err(broken)? {
            count += 1;
            let Some(word) = counted.and_then(|place| row.get(place)) else { continue };
            match words.iter_mut().find(|(known, _)| known.as_bytes() == word) {
                Some((_, count)) => *count += 1,
                None => words.push((String::from_utf8_lossy(word).into_owned(), 1)),
            }
        }
        let shown = match most {
            Most::AllOrNone(most) if count > most => 0,
            Most::First(most) => count.min(most),
            Most::All | Most::AllOrNone(_) => count,
        };
        Ok(Self { name, holds, count, shown, header, path: path.to_owned(), words })
    }

    /// A table of so many rows, which are too many to be repeated.
    pub(super) fn left_out(name: &'static str, holds: &'static str, count: usize) -> Self {
        Self { name, holds, count, shown: 0, header: Vec::new(), path: PathBuf::new(), words: Vec::new() }
    }

    /// The place of a column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == name)
    }

    /// How many rows have this word in the column that the cover counts.
    pub(super) fn count_of(&self, word: &str) -> usize {
        self.words.iter().find(|(known, _)| known == word).map_or(0, |(_, count)| *count)
    }

    /// The names of its sheets.
    pub(super) fn sheets(&self) -> Vec<String> {
        if self.shown == 0 && self.count > 0 {
            return Vec::new();
        }
        let parts = self.shown.div_ceil(ROWS_A_SHEET).max(1);
        let name = |part| if part == 0 { self.name.to_owned() } else { format!("{} ({})", self.name, part + 1) };
        (0..parts).map(name).collect()
    }

    /// Its sheets, still empty: their cells go to temporary files row by row.
    pub(super) fn blank(&self, workbook: &mut Workbook, title: &str) -> std::result::Result<Vec<Worksheet>, XlsxError> {
        let columns: Vec<Column> = self.header.iter().map(|name| Column::of(name)).collect();
        let looks = columns.into_iter().map(style::cell).chain([style::header(), style::day(), Format::default()]);
        // Sheets are filled side by side: looks are numbered before, so that the numbers do not follow from who comes first.
        looks.for_each(|look| workbook.register_format(&look));
        let named = |name: &String| {
            let mut sheet = workbook.new_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
            sheet.set_header(format!("&L{}&R{name}", title.replace('&', "&&"))).set_footer("&Llastday&RPage &P of &N");
            Ok(sheet)
        };
        self.sheets().iter().map(named).collect()
    }

    /// Fills its sheets. Accounts in it lead to their row among the `targets`.
    pub(super) fn fill(&self, sheets: &mut [Worksheet], targets: &Targets) -> Result<()> {
        if sheets.is_empty() {
            return Ok(());
        }
        let mut rows = Rows { left: 0, reader: self.rows()?, row: csv::StringRecord::new(), path: &self.path };
        for (part, sheet) in sheets.iter_mut().enumerate() {
            rows.left = self.shown.saturating_sub(part * ROWS_A_SHEET).min(ROWS_A_SHEET);
            self.sheet(sheet, &mut rows, targets)?;
        }
        Ok(())
    }

    fn rows(&self) -> Result<csv::Reader<File>> {
        csv::Reader::from_path(&self.path).map_err(|e| broken(&self.path, &e))
    }

    /// The sheet's row of each account, for links; a part beyond the first sheet is not linked to.
    pub(super) fn targets(&self) -> Result<Targets> {
        let (Some(system), Some(account)) = (self.place("system"), self.place("account_id")) else { return Ok(Targets::new()) };
        let mut rows = Rows { left: ROWS_A_SHEET, reader: self.rows()?, row: csv::StringRecord::new(), path: &self.path };
        let (mut targets, mut place) = (Targets::new(), 1);
        while let Some(row) = rows.next()? {
            place += 1;
            let system = match targets.get_mut(&row[system]) {
                Some(known) => known,
                None => targets.entry(row[system].to_owned()).or_default(),
            };
            system.insert(row[account].to_owned(), place);
        }
        Ok(targets)
    }

    fn sheet(&self, sheet: &mut Worksheet, rows: &mut Rows, targets: &Targets) -> Result<()> {
        let columns: Vec<Column> = self.header.iter().map(|name| Column::of(name)).collect();
        let mut widths = self.head(sheet, &columns).map_err(unwritable)?;
        let day = style::day();
        let link = self.place("system").zip(self.place("account_id"));
        let (mut at, mut links) = (0, 0);
        while let Some(row) = rows.next()? {
            at += 1;
            for (place, text) in (0..).zip(row.iter()).filter(|(_, text)| !text.is_empty()) {
                let column = usize::from(place);
                let kind = columns[column];
                widths[column] = widths[column].max((text.chars().count() as f64 + 1.0).min(kind.widest()));
                let target = link
                    .filter(|(_, account)| *account == column && links < LINKS && !targets.is_empty())
                    .and_then(|(system, _)| targets.get(&row[system])?.get(text));
                if let Some(row) = target {
                    links += 1;
                    let url = Url::new(format!("internal:'revocations'!A{row}")).set_text(text);
                    sheet.write_url_with_format(at, place, url, &Format::default()).map_err(unwritable)?;
                } else {
                    write(sheet, (at, place), kind, text, &day).map_err(unwritable)?;
                }
            }
        }
        self.foot(sheet, at, &widths).map_err(unwritable)
    }

    /// Writes the header, and how the cells below it look. The widths that it takes.
    fn head(&self, sheet: &mut Worksheet, columns: &[Column]) -> std::result::Result<Vec<f64>, XlsxError> {
        let header = style::header();
        let mut widths = Vec::new();
        for (place, (name, column)) in (0..).zip(self.header.iter().zip(columns)) {
            let shown = column.header(name);
            widths.push((shown.chars().count() as f64 + 2.0).min(24.0));
            // What a cell looks like is told once for its column: telling it of every cell takes as long as the cells.
            sheet.set_column_format(place, &style::cell(*column))?.write_string_with_format(0, place, shown, &header)?;
        }
        Ok(widths)
    }

    /// Sets what concerns all rows, of which there are `last`.
    fn foot(&self, sheet: &mut Worksheet, last: u32, widths: &[f64]) -> std::result::Result<(), XlsxError> {
        for (place, width) in (0..).zip(widths) {
            sheet.set_column_width(place, width.max(NARROWEST))?;
        }
        let pages = (widths.iter().map(|width| width.max(NARROWEST)).sum::<f64>() / PRINTED).ceil().clamp(1.0, 6.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 6")]
        sheet.set_print_fit_to_pages(pages as u16, 0);
        if pages > 1.0 {
            sheet.set_repeat_columns(0, NAMES)?;
        }
        let right = u16::try_from(self.header.len().max(1) - 1).unwrap_or(u16::MAX);
        sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, last, right)?;
        let words = ["outcome", "severity", "status"].map(|name| (name, &style::WORDS[..]));
        for (name, words) in words.into_iter().chain([("verdict", &style::VERDICTS[..])]) {
            if let Some(column) = self.place(name).and_then(|place| u16::try_from(place).ok()).filter(|_| last > 0) {
                for (word, ground, ink) in words.iter().copied() {
                    let look = Format::new().set_background_color(ground).set_font_color(ink);
                    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(word)).set_format(look);
                    sheet.add_conditional_format(1, column, last, column, &rule)?;
                }
            }
        }
        Ok(())
    }
}

/// So many rows of a CSV file, one after the other.
struct Rows<'a> {
    left: usize,
    reader: csv::Reader<File>,
    row: csv::StringRecord,
    path: &'a Path,
}

impl Rows<'_> {
    fn next(&mut self) -> Result<Option<&csv::StringRecord>> {
        if self.left == 0 || !self.reader.read_record(&mut self.row).map_err(|e| broken(self.path, &e))? {
            return Ok(None);
        }
        self.left -= 1;
        Ok(Some(&self.row))
    }
}

fn broken(path: &Path, error: &csv::Error) -> Box<Error> {
    Error::fault(format!("{}: {error}", path.display()))
}

/// A sheet that cannot be written.
#[allow(clippy::needless_pass_by_value, reason = "as an error is handed over")]
pub(super) fn unwritable(error: XlsxError) -> Box<Error> {
    Error::fault(format!("the workbook: {error}"))
}

/// Writes one cell: what its column says, and as text where it is not that.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: Column,
    text: &str,
    day: &Format,
) -> std::result::Result<(), XlsxError> {
    let number = || text.parse::<f64>().ok().filter(|n| n.is_finite());
    let time = || match time::read(text, Reading::in_zone(Tz::UTC)) {
        Ok(Some(Moment::At(at))) => ExcelDateTime::from_timestamp(at.seconds()).ok(),
        Ok(Some(Moment::On(date))) => ExcelDateTime::parse_from_str(&date.to_string()).ok(),
        Ok(None) | Err(_) => None,
    };
    let written = match kind {
        Column::Duration => number().filter(|seconds| *seconds >= 0.0).map(|seconds| seconds / 86_400.0),
        Column::Hours => number().map(|seconds| seconds / 3_600.0),
        Column::Count => number(),
        Column::Time | Column::Hash | Column::Text => None,
    };
    if let Some(number) = written {
        sheet.write_number(row, column, number)?;
    } else if let Some(time) = (kind == Column::Time).then(time).flatten() {
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

    fn table(count: usize) -> Table {
        Table { shown: count, ..Table::left_out("findings", "", count) }
    }

    #[test]
    fn more_rows_than_a_sheet_holds_go_on_in_the_next_one() {
        assert_eq!(table(0).sheets(), ["findings"]);
        assert_eq!(table(ROWS_A_SHEET).sheets(), ["findings"]);
        assert_eq!(table(ROWS_A_SHEET + 1).sheets(), ["findings", "findings (2)"]);
    }

    #[test]
    fn a_sheet_has_no_more_links_than_a_spreadsheet_program_opens() {
        use std::io::Read;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("findings.csv");
        std::fs::write(&path, format!("system,account_id\n{}", "A,x\n".repeat(LINKS + 2))).unwrap();
        let table = Table::read("findings", "", &path, Most::All).unwrap();
        let mut workbook = Workbook::new();
        let mut sheets = table.blank(&mut workbook, "").unwrap();
        table.fill(&mut sheets, &Targets::from([("A".to_owned(), HashMap::from([("x".to_owned(), 2)]))])).unwrap();
        for sheet in sheets {
            workbook.push_worksheet(sheet);
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert_eq!((sheet.matches("<row ").count(), sheet.matches("<hyperlink ").count()), (LINKS + 3, LINKS));
    }

    #[test]
    fn of_a_list_that_is_too_long_only_the_count_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("accounts.csv");
        std::fs::write(&path, "system\nA\nB\nC\n").unwrap();
        let table = Table::read("accounts", "", &path, Most::AllOrNone(2)).unwrap();
        assert!(table.sheets().is_empty());
        Table::left_out("accounts", "", 3).fill(&mut [], &Targets::new()).unwrap();
        assert_eq!(table.count, 3);
        assert_eq!(Table::read("accounts", "", &path, Most::AllOrNone(3)).unwrap().sheets(), ["accounts"]);
        let worst = Table::read("findings", "", &path, Most::First(2)).unwrap();
        assert_eq!((worst.count, worst.shown, worst.sheets()), (3, 2, vec!["findings".to_owned()]));
    }
}
