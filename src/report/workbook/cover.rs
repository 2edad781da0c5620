//! The cover: what was reviewed, the figures as formulas over the tables, the sources, the parameters, and boxes to sign.

use rust_xlsxwriter::{Formula, Url, Worksheet, XlsxError};

use super::style;
use super::table::Table;
use crate::case::duration_words;
use crate::model::revocation::Outcome;
use crate::report::charts::words::count;
use crate::report::view::View;

/// Writes the cover.
pub(super) fn write(sheet: &mut Worksheet, view: &View, tables: &[Table]) -> Result<(), XlsxError> {
    page(sheet, &view.name)?;
    sheet.merge_range(1, 0, 1, 7, &view.verdict, &style::prose())?;
    sheet.set_row_height(1, 32)?;
    let mut row = parameters(sheet, view, 3)?;
    row = figures(sheet, view, tables, row + 1)?;
    row = contents(sheet, tables, row + 1)?;
    row = sign_off(sheet, row + 1)?;
    row = sources(sheet, view, row + 1)?;
    assumptions(sheet, view, row + 1)
}

/// The page and its title.
pub(super) fn page(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    sheet.set_name("cover")?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&Llastday&RPage &P of &N").set_screen_gridlines(false);
    for (column, width) in [(0, 38.0), (1, 24.0), (2, 16.0), (3, 26.0), (4, 11.0), (5, 11.0), (6, 11.0), (7, 70.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, title, &style::title())?;
    sheet.set_row_height(0, 30)?;
    Ok(())
}

/// A heading, across the page.
pub(super) fn heading(sheet: &mut Worksheet, row: u32, text: &str) -> Result<(), XlsxError> {
    let format = style::heading();
    sheet.write_string_with_format(row, 0, text, &format)?;
    for column in 1..8 {
        sheet.write_blank(row, column, &format)?;
    }
    Ok(())
}

fn parameters(sheet: &mut Worksheet, view: &View, mut row: u32) -> Result<u32, XlsxError> {
    heading(sheet, row, "Parameters")?;
    let lines = [
        ("Period", format!("{} to {}, local dates, both included", view.period.0, view.period.1)),
        ("As of", format!("{} (all times are UTC)", view.as_of)),
        ("Time zone of the review", view.zone.clone()),
        ("Target for revocations", duration_words(view.target_seconds)),
        ("Made by", format!("lastday {}", view.version)),
    ];
    for (label, text) in lines {
        row += 1;
        sheet.write_string_with_format(row, 0, label, &style::label())?;
        sheet.write_string(row, 1, text)?;
    }
    Ok(row + 1)
}

fn figures(sheet: &mut Worksheet, view: &View, tables: &[Table], mut row: u32) -> Result<u32, XlsxError> {
    heading(sheet, row, "Population and outcomes")?;
    let counts = &view.counts;
    for (label, count) in [
        ("People in the HR list", counts.people),
        ("People who left within the period", counts.leavers),
        ("Accounts of all systems", counts.accounts),
        ("Orphaned accounts", counts.orphaned),
        ("Used after the departure", counts.used_after_departure),
    ] {
        row += 1;
        sheet.write_string_with_format(row, 0, label, &style::label())?;
        sheet.write_number_with_format(row, 1, count as f64, &style::figure())?;
    }
    for (table, column, words) in [
        ("revocations", "outcome", Outcome::ALL.map(Outcome::word).to_vec()),
        ("findings", "severity", vec!["critical", "high", "medium", "low", "info"]),
    ] {
        let Some((table, place)) = tables.iter().find(|t| t.name == table).and_then(|t| Some((t, t.place(column)?))) else {
            continue;
        };
        for word in words {
            row += 1;
            sheet.write_string_with_format(row, 0, format!("{}: {}", table.name, word.replace('_', " ")), &style::label())?;
            if table.shown < table.count {
                sheet.write_number_with_format(row, 1, table.count_of(word) as f64, &style::figure())?;
                sheet.write_string(row, 2, format!("counted in {}.csv", table.name))?;
                continue;
            }
            let counted: Vec<String> =
                table.sheets().iter().map(|s| format!("COUNTIF('{s}'!{0}:{0},\"{word}\")", letter(place))).collect();
            let formula = Formula::new(format!("={}", counted.join("+")));
            sheet.write_formula_with_format(row, 1, formula.set_result(table.count_of(word).to_string()), &style::figure())?;
        }
    }
    Ok(row + 1)
}

/// The letter of a column; tables have fewer than 26.
fn letter(place: usize) -> char {
    u8::try_from(place).ok().and_then(|place| b'A'.checked_add(place)).map_or('A', char::from)
}

/// The tables, with how many rows each has.
pub(super) fn contents(sheet: &mut Worksheet, tables: &[Table], mut row: u32) -> Result<u32, XlsxError> {
    heading(sheet, row, "Contents")?;
    for table in tables {
        let sheets = table.sheets();
        if sheets.is_empty() {
            row += 1;
            sheet.write_string(row, 0, format!("{}.csv", table.name))?;
            sheet.write_number_with_format(row, 1, table.count as f64, &style::figure())?;
            sheet.write_string(
                row,
                2,
                format!("rows: {}; too many to repeat here, read the file beside this workbook", table.holds),
            )?;
        }
        for (part, name) in sheets.iter().enumerate() {
            row += 1;
            sheet.write_url_with_text(row, 0, Url::new(format!("internal:'{name}'!A1")), name)?;
            if part == 0 {
                sheet.write_number_with_format(row, 1, table.count as f64, &style::figure())?;
                let more = if sheets.len() > 1 { format!(", on {} sheets", sheets.len()) } else { String::new() };
                let file =
                    format!("the first {} are here, all are in {}.csv beside this workbook", count(table.shown), table.name);
                let cut = if table.shown < table.count { format!("; {file}") } else { String::new() };
                sheet.write_string(row, 2, format!("rows{more}: {}{cut}", table.holds))?;
            } else {
                sheet.write_string(row, 2, format!("the rows that sheet {} no longer holds", sheets[part - 1]))?;
            }
        }
    }
    Ok(row + 1)
}

fn sources(sheet: &mut Worksheet, view: &View, mut row: u32) -> Result<u32, XlsxError> {
    heading(sheet, row, "Sources, whose hashes anyone can compare")?;
    row += 1;
    for (column, name) in (0..).zip(["file", "system", "kind", "read by", "rows read", "accepted", "rejected", "SHA-256"]) {
        sheet.write_string_with_format(row, column, name, &style::header())?;
    }
    for file in &view.files {
        row += 1;
        let preset = if file.preset.is_empty() { "canonical columns" } else { &file.preset };
        for (column, text) in (0..).zip([file.file.as_str(), &file.system, file.kind, preset]) {
            sheet.write_string(row, column, text)?;
        }
        for (column, count) in (4..).zip([file.read, file.accepted, file.rejected]) {
            sheet.write_number(row, column, count as f64)?;
        }
        sheet.write_string_with_format(row, 7, &file.sha256, &style::hash())?;
    }
    for missing in &view.missing {
        row += 1;
        sheet.write_string(row, 0, format!("{missing}: no file was found"))?;
    }
    Ok(row + 1)
}

fn assumptions(sheet: &mut Worksheet, view: &View, mut row: u32) -> Result<(), XlsxError> {
    if view.assumptions.is_empty() {
        return Ok(());
    }
    heading(sheet, row, "Assumptions")?;
    for sentence in &view.assumptions {
        row += 1;
        sheet.merge_range(row, 0, row, 7, sentence, &style::prose())?;
        let lines = sentence.chars().count().div_ceil(170);
        sheet.set_row_height(row, 15.0 * lines as f64)?;
    }
    Ok(())
}

/// Boxes to sign in.
pub(super) fn sign_off(sheet: &mut Worksheet, mut row: u32) -> Result<u32, XlsxError> {
    heading(sheet, row, "Sign-off")?;
    row += 1;
    for (column, name) in (0..).zip(["", "name", "date", "signature"]) {
        sheet.write_string_with_format(row, column, name, &style::header())?;
    }
    for who in ["Prepared by", "Reviewed by", "Conclusion"] {
        row += 1;
        sheet.set_row_height(row, 24)?;
        sheet.write_string_with_format(row, 0, who, &style::sign_off())?;
        for column in 1..4 {
            sheet.write_blank(row, column, &style::sign_off())?;
        }
    }
    Ok(row + 1)
}
