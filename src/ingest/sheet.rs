//! Workbooks by calamine: the rows of one sheet as text, dates and times as ISO 8601.

use std::io::{self, Cursor, Read};

use calamine::{Data, DataType, ExcelDateTime, Reader, SheetType, SheetVisible, Sheets, open_workbook_auto_from_rs};

use super::cells::{CellRow, CellText, Cells};
use crate::container::{archive, guarded};

/// The largest workbook that is read: it lies in memory as a whole.
const LARGEST: u64 = 1 << 30;

/// What is wrong, and the next step.
pub type Wrong = (String, String);

/// A workbook.
pub struct Book(Sheets<Cursor<Vec<u8>>>);

/// A sheet's rows.
pub struct Sheet {
    rows: Vec<Vec<Data>>,
    first_row: u32,
    at: usize,
    text: CellText,
    errors: Vec<usize>,
}

impl Book {
    /// Reads a workbook.
    pub fn open(input: impl Read) -> Result<Self, Wrong> {
        let mut bytes = Vec::new();
        let read = input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| broken(&e.to_string()))?;
        if read as u64 > LARGEST {
            let help = "export it as CSV, or its parts as workbooks of their own".to_owned();
            return Err(("the workbook is larger than 1 GiB, which is not read".to_owned(), help));
        }
        archive::check_workbook(&bytes)?;
        let book = guarded(|| open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| broken(&e.to_string())));
        book.unwrap_or_else(|| Err(broken("it is not built as it says"))).map(Self)
    }

    /// The names of its sheets, those first that it shows; the first of all is the one that is read where none is named.
    pub fn names(&self) -> Vec<String> {
        let all = || self.0.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
        let shown = |shown: bool| all().filter(move |s| (s.visible == SheetVisible::Visible) == shown).map(|s| s.name.clone());
        shown(true).chain(shown(false)).collect()
    }

    /// The sheet of this name, else the first that is shown.
    pub fn sheet(&mut self, name: Option<&str>) -> Result<Sheet, Wrong> {
        let names = self.names();
        let wanted = match name {
            Some(name) => names.iter().find(|n| *n == name),
            None => names.first(),
        };
        let Some(wanted) = wanted else {
            return Err((
                format!("the workbook has no sheet \"{}\"", name.unwrap_or_default()),
                format!("its sheets are: {}", names.join(", ")),
            ));
        };
        let range = guarded(|| self.0.worksheet_range(wanted).map_err(|e| broken(&e.to_string())));
        let range = range.unwrap_or_else(|| Err(broken("a sheet is not built as it says")))?;
        let first_row = range.start().map_or(1, |(row, _)| row + 1);
        let rows = range.rows().map(<[Data]>::to_vec).collect();
        Ok(Sheet { rows, first_row, at: 0, text: CellText::default(), errors: Vec::new() })
    }
}

fn broken(why: &str) -> Wrong {
    let locked = why.to_lowercase().contains("password");
    let help = if locked { "save it without a password" } else { "open it and save it as .xlsx" };
    (format!("the workbook cannot be read: {why}"), help.to_owned())
}

impl Sheet {
    /// Leaves out rows before the header.
    pub fn skip_rows(&mut self, count: usize) {
        let gone = usize::try_from(self.first_row - 1).unwrap_or(0);
        self.at += count.saturating_sub(gone);
    }

    /// The names in the next row that is not empty, and that row's number.
    pub fn header(&mut self) -> Option<(Vec<String>, u32)> {
        let row = self.next_row()?;
        let names = (0..row.record.len()).map(|i| row.record.get(i).trim().to_owned()).collect();
        Some((names, row.record.line))
    }

    fn next_row(&mut self) -> Option<CellRow<'_>> {
        let (row, number) = loop {
            let row = self.rows.get(self.at)?;
            self.at += 1;
            if !row.iter().all(Data::is_empty) {
                break (row, self.first_row + u32::try_from(self.at - 1).unwrap_or(0));
            }
        };
        self.text.clear();
        self.errors.clear();
        for (place, cell) in row.iter().enumerate() {
            if is_error(cell) {
                self.errors.push(place);
            }
            self.text.push(&words(cell));
        }
        Some(CellRow { record: self.text.record(number), errors: &self.errors })
    }
}

impl Cells for Sheet {
    fn next(&mut self) -> io::Result<Option<CellRow<'_>>> {
        Ok(self.next_row())
    }
}

/// An error, also as the text that `OpenDocument` keeps of it.
fn is_error(cell: &Data) -> bool {
    let text = match cell {
        Data::String(text) => text.as_str(),
        other => return other.is_error(),
    };
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"].contains(&text) || text.starts_with("Err:5")
}

fn words(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) if at.is_duration() => {
            at.as_duration().map_or_else(|| cell.to_string(), |d| clock(d.num_milliseconds()))
        }
        Data::DateTime(at) => date_or_time(*at).unwrap_or_else(|| cell.to_string()),
        Data::DurationIso(text) => iso_duration(text).unwrap_or_else(|| text.clone()),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

/// A cell with the look of a date: a whole number is a day, less than one a time of day.
fn date_or_time(at: ExcelDateTime) -> Option<String> {
    let number = at.as_f64();
    let time = at.as_datetime()?;
    let format = if (0.0..1.0).contains(&number) {
        "%H:%M:%S%.f"
    } else if number.fract() == 0.0 {
        "%Y-%m-%d"
    } else {
        "%Y-%m-%dT%H:%M:%S%.f"
    };
    Some(time.format(format).to_string())
}

/// Hours, which may be more than a day has, minutes and seconds.
fn clock(milliseconds: i64) -> String {
    let sign = if milliseconds < 0 { "-" } else { "" };
    let (seconds, rest) = (milliseconds.unsigned_abs() / 1_000, milliseconds.unsigned_abs() % 1_000);
    let fraction = if rest == 0 { String::new() } else { format!(".{rest:03}") };
    format!("{sign}{:02}:{:02}:{:02}{fraction}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// `PT07H30M00S`, as `OpenDocument` writes times of day and durations, like a clock.
fn iso_duration(text: &str) -> Option<String> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (hours, rest) = rest.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds: f64 = rest.strip_suffix('S')?.replace(',', ".").parse().ok()?;
    let whole = hours.parse::<u32>().ok()?.checked_mul(3_600)?.checked_add(minutes.parse::<u32>().ok()?.checked_mul(60)?)?;
    let milliseconds = format!("{:.0}", (f64::from(whole) + seconds) * 1_000.0).parse::<i64>().ok()?;
    Some(clock(if negative { -milliseconds } else { milliseconds }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_and_durations_read_like_a_clock() {
        assert_eq!(iso_duration("PT07H30M00S").as_deref(), Some("07:30:00"));
        assert_eq!(iso_duration("PT30H15M00.5S").as_deref(), Some("30:15:00.500"));
        assert_eq!(iso_duration("-PT01H00M00S").as_deref(), Some("-01:00:00"));
        for other in ["P1D", "PT", "PT1H", "PTxHyMzS", "7:30", "PT99999999999H0M0S"] {
            assert_eq!(iso_duration(other), None, "{other}");
        }
    }
}
