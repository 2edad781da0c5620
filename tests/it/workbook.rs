//! `evidence.xlsx`: the tables of the result, as an auditor opens them.

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};

use crate::program::{Case, Ran};

const DISABLED: &str = "a1,ann@acme.example,disabled,2026-08-14T17:30:00Z,,\n";

fn book(case: &Case) -> (Ran, Xlsx<std::io::Cursor<Vec<u8>>>) {
    let ran = case.audit(&[]);
    let bytes = std::fs::read(case.path().join("out/evidence.xlsx")).unwrap();
    (ran, open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap())
}

/// The cell of a column in the first row below the header.
fn first(book: &mut Xlsx<std::io::Cursor<Vec<u8>>>, sheet: &str, column: &str) -> Data {
    let range = book.worksheet_range(sheet).unwrap();
    let place = range.rows().next().unwrap().iter().position(|name| name.to_string().starts_with(column)).unwrap();
    range.rows().nth(1).unwrap()[place].clone()
}

#[test]
fn the_workbook_holds_the_tables_with_real_times_durations_and_numbers() {
    let case = Case::usual(DISABLED, "");
    let (ran, mut book) = book(&case);
    assert_eq!(
        book.sheet_names(),
        ["cover", "revocations", "findings", "maturity", "reconciliation", "rejects", "joiners", "movers", "matches", "accounts"]
    );
    for sheet in ["revocations", "findings", "reconciliation", "accounts"] {
        let rows = book.worksheet_range(sheet).unwrap().rows().count();
        assert_eq!(rows, ran.rows(&format!("{sheet}.csv")).len() + 1, "{sheet}");
    }
    let at = first(&mut book, "revocations", "revoked_at").as_datetime().unwrap();
    assert_eq!(at.to_string(), "2026-08-14 17:30:00");
    assert_eq!(first(&mut book, "revocations", "latency_hours"), Data::Float(-0.5), "a negative latency is kept");
    let Data::DateTime(target) = first(&mut book, "revocations", "target") else { panic!("the target is no duration") };
    assert!(target.is_duration() && (target.as_f64() * 24.0 - 1.0).abs() < 1e-9);
    assert_eq!(first(&mut book, "reconciliation", "rows_read"), Data::Float(2.0));
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text() {
    let case = Case::usual(DISABLED, "");
    case.write("people.csv", b"person_id,name,email,departs_at\nE1,=1+1,ann@acme.example,2026-08-14T18:00:00Z\n");
    let (_, mut book) = book(&case);
    assert_eq!(first(&mut book, "revocations", "person").to_string(), "E1");
    let range = book.worksheet_range("revocations").unwrap();
    assert!(range.rows().nth(1).unwrap()[1].to_string().contains("=1+1"));
    assert!(book.worksheet_formula("revocations").unwrap().is_empty(), "nothing in it is a formula");
}

#[test]
fn without_the_population_the_workbook_has_none_either() {
    let case = Case::usual(DISABLED, "");
    case.audit(&["--no-population"]);
    let bytes = std::fs::read(case.path().join("out/evidence.xlsx")).unwrap();
    let book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    assert!(!book.sheet_names().contains(&"accounts".to_owned()));
}
