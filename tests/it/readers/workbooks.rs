//! Workbooks of every format, written by a spreadsheet program. `tests/fixtures/make.py` made them.

use super::check;
use crate::program::{Case, REVIEW, lastday, root};

const PEOPLE: &str = "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,\n";

fn case(name: &str, more: &str) -> Case {
    let toml = format!(
        "{REVIEW}[[source]]\nkind = \"people\"\npath = \"people.csv\"\n\
         [[source]]\nkind = \"accounts\"\nsystem = \"Wiki\"\npath = \"{name}\"\nexported_at = \"2026-10-01T08:00:00Z\"\n{more}"
    );
    let case = Case::new(&[("lastday.toml", &toml), ("people.csv", PEOPLE)]);
    case.write(name, &std::fs::read(root().join("tests/fixtures/workbooks").join(name)).unwrap());
    case
}

const SHEET: &str = "sheet = \"Accounts\"\nskip_rows = 3\n";

#[test]
fn dates_numbers_booleans_formulas_and_errors_are_read_in_every_format_and_epoch() {
    for name in ["accounts.xlsx", "accounts.xlsm", "accounts.xls", "accounts.ods", "accounts-1904.xlsx", "accounts-1904.xls"] {
        let case = case(name, SHEET);
        let ran = case.audit(&[]);
        assert_eq!(ran.code, 4, "{name}: {}", ran.stderr);
        let rows = ran.rows("accounts.csv");
        let of =
            |id: &str| rows.iter().find(|row| row["account_id"] == id).unwrap_or_else(|| panic!("{name}: no {id} in {rows:?}"));
        let ann = of("w1");
        assert_eq!(
            (&*ann["created_at"], &*ann["last_used_at"], &*ann["privileged"]),
            ("2025-01-02T00:00:00Z", "2026-09-30T22:15:30Z", "true"),
            "{name}"
        );
        assert_eq!((&*of("1002")["created_at"], &*of("1002")["status"]), ("2025-03-04T05:06:07Z", "disabled"), "{name}");
        assert!(rows.iter().any(|row| row["account_id"] == "w4"), "{name}");
        let reject = ran.rows("rejects.csv").remove(0);
        assert_eq!((&*reject["line"], &*reject["column"]), ("7", "status"), "{name}: {reject:?}");
        assert!(reject["reason"].contains("error instead of a value"), "{name}");
    }
}

#[test]
fn times_of_day_durations_and_cached_results_are_text_that_people_know() {
    for name in ["accounts.xlsx", "accounts.xls", "accounts.ods", "accounts-1904.xlsx"] {
        for (column, says) in [("name", "Ann Example"), ("Shift", "07:30:00"), ("Idle", "30:15:00")] {
            let case = case(name, &format!("{SHEET}columns = {{ name = \"{column}\" }}\n"));
            let presets = lastday::presets::Presets::load().unwrap();
            let loaded = lastday::case::Case::load(case.path(), &presets, &[]).unwrap();
            let source = &loaded.sources[1];
            let mut books = lastday::ingest::ledger::Ledger::new(indicatif::ProgressBar::hidden());
            let (shown, path) = &source.files[0];
            let rows =
                lastday::ingest::canonical(source, shown, path, &presets, chrono_tz::Tz::UTC, &mut books, usize::MAX).unwrap();
            let place = source.kind.columns().iter().position(|c| *c == "name").unwrap();
            assert_eq!(rows[0].cells[place], says, "{name}: {column}");
        }
    }
}

#[test]
fn an_error_in_a_column_that_nobody_asks_for_harms_no_row() {
    let case = case("accounts.xlsx", &format!("{SHEET}columns = {{ status = {{ constant = \"active\" }} }}\n"));
    assert_eq!(check(&case).remove(1).rejected, 0);
}

#[test]
fn init_chooses_the_sheet_that_is_shown_and_its_header_below_the_heading() {
    for name in ["accounts.xlsx", "accounts.xls", "accounts.ods"] {
        let case = Case::new(&[]);
        case.write(name, &std::fs::read(root().join("tests/fixtures/workbooks").join(name)).unwrap());
        lastday(&["init"], case.path());
        let written = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
        assert!(written.contains("sheet = \"Accounts\"") && written.contains("skip_rows = 3"), "{name}: {written}");
    }
}

#[test]
fn what_is_wrong_with_a_workbook_is_told_with_the_next_step() {
    let refused = |name: &str, more: &str| {
        let case = case(name, more);
        let ran = case.audit(&[]);
        assert_eq!(ran.code, 3);
        ran.stderr
    };
    let told = refused("accounts.xlsx", "sheet = \"Acounts\"\n");
    assert!(told.contains("no sheet \"Acounts\"") && told.contains("its sheets are: Empty, Accounts, Lookup"), "{told}");
    assert!(refused("accounts.xlsx", "").contains("the sheet is empty"), "the first sheet that is shown is empty");
}
