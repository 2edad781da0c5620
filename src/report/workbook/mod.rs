//! `evidence.xlsx`: the tables of a result as a working paper. Made from the CSV files as they were written, so that the
//! two cannot disagree, with a cover on which the counts are formulas over the tables.

mod column;
mod cover;
mod paper;
mod style;
mod table;

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub use self::paper::{Paper, working_paper};
use self::table::{Most, Table, Targets, unwritable};
use super::view::View;
use crate::container::guarded;
use crate::error::{Error, Result};
use crate::model::instant::Instant;

/// A list of accounts or matches longer than this stays in its CSV file, and the cover says so.
pub const POPULATION: usize = 100_000;

/// Of more findings than these the worst are repeated: nobody reads on in a spreadsheet, and to fill and pack it would take longer than
/// the audit.
const WORST: usize = 100_000;

/// The effort of packing: a sixth larger than at the usual one, which would take as long as all else of a workbook of many rows, and
/// several times as fast.
const EFFORT: u8 = 2;

/// So many bytes, more than the library holds back, go into a file to see whether there is room.
const PROBE: usize = 1 << 18;

/// The tables in the order of their sheets: the file, and what it holds.
const TABLES: [(&str, &str); 10] = [
    ("revocations", "each account of each leaver: departure, revocation, latency, outcome, evidence"),
    ("findings", "what the rules found, worst first"),
    (
        "controls",
        "the result by the controls of the frameworks that the case names: what was tested, on how many, the exceptions",
    ),
    ("maturity", "the shares on which the levels of giving and taking access rest"),
    ("reconciliation", "each file that was read: rows read = accepted + rejected + duplicate + out of scope"),
    ("rejects", "each row that could not be read, and why"),
    ("joiners", "each account of each joiner: when it was first usable, and how long after the start"),
    ("movers", "each grant of a mover's former role: whether and when it was taken away"),
    ("matches", "each link that no key proves and each dispute, as a work list"),
    ("accounts", "the population: every account and whose it is"),
];

/// Writes the workbook of the result whose CSV files lie in `folder` to `out`. The same result gives the same bytes. `accounts` is how many
/// accounts there are, where they are too many to be repeated; then nobody waits for their list.
pub fn render(view: &View, folder: &Path, accounts: Option<usize>, out: impl Write + Send) -> Result<()> {
    let mut tables = Vec::new();
    for (name, holds) in TABLES {
        if let (Some(count), "accounts") = (accounts, name) {
            tables.push(Table::left_out(name, holds, count));
            continue;
        }
        let path = folder.join(format!("{name}.csv"));
        if path.is_file() {
            let most = match name {
                "accounts" | "matches" => Most::AllOrNone(POPULATION),
                "findings" => Most::First(WORST),
                _ => Most::All,
            };
            tables.push(Table::read(name, holds, &path, most)?);
        }
    }
    finish(begun(view, &tables).map_err(unwritable)?, &view.name, &tables, folder, out)
}

/// The workbook with its cover.
fn begun(view: &View, tables: &[Table]) -> std::result::Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(EFFORT);
    workbook.set_properties(&properties(&view.name, "Evidence of access revocation", view.as_of)?);
    cover::write(workbook.add_worksheet(), view, tables)?;
    Ok(workbook)
}

/// Writes a workbook with its tables behind the cover, filled side by side. Accounts lead to their row among the revocations. Until then their
/// cells lie in temporary files in `folder`.
fn finish(mut workbook: Workbook, title: &str, tables: &[Table], folder: &Path, out: impl Write + Send) -> Result<()> {
    workbook.set_tempdir(folder).map_err(unwritable)?;
    let revocations = tables.iter().find(|table| table.name == "revocations");
    let targets = revocations.map(Table::targets).transpose()?.unwrap_or_default();
    let nowhere = Targets::new();
    let blank = tables.iter().map(|table| Ok((table, table.blank(&mut workbook, title)?)));
    let mut sheets = blank.collect::<std::result::Result<Vec<_>, XlsxError>>().map_err(unwritable)?;
    sheets.par_iter_mut().try_for_each(|(table, sheets)| {
        let targets = if table.name == "revocations" { &nowhere } else { &targets };
        guarded(|| table.fill(sheets, targets)).unwrap_or_else(|| Err(stopped(folder)))
    })?;
    sheets.into_iter().flat_map(|(_, sheets)| sheets).for_each(|sheet| workbook.push_worksheet(sheet));
    guarded(|| workbook.save_to_writer(out).map_err(unwritable)).unwrap_or_else(|| Err(stopped(folder)))
}

/// Why the library stopped, which panics where a temporary file cannot be written: whether that is so is tried.
fn stopped(folder: &Path) -> Box<Error> {
    let written = tempfile::tempfile_in(folder).and_then(|mut file| file.write_all(&vec![0; PROBE]));
    match written {
        Err(e) => Error::writing(folder.parent().unwrap_or(folder), e),
        Ok(()) => Error::fault("the library of the workbook stopped where it should not"),
    }
}

/// What a workbook says of itself, dated at the "now" of the analysis.
fn properties(title: &str, subject: &str, as_of: Instant) -> std::result::Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_timestamp(as_of.seconds())?;
    Ok(DocProperties::new().set_title(title).set_subject(subject).set_author("lastday").set_creation_datetime(&made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_there_is_no_room_is_told_only_where_nothing_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(*stopped(folder.path()), Error::Fault { .. }));
        assert!(matches!(*stopped(&folder.path().join("gone")), Error::Io { .. }));
    }
}
