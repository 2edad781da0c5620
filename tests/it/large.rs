//! Exports that are larger than what is read at a time, and read by several threads.

use std::fmt::Write as _;
use std::process::Command;

use crate::program::Case;

const ROWS: usize = 30_000;

/// A dump and a log of many rows: quoted ones that go over lines, damaged ones, repeated and contradicting ones, far apart.
fn case() -> Case {
    let (mut accounts, mut events) = (String::new(), String::new());
    for row in 0..ROWS {
        match row % 1_000 {
            100 => writeln!(accounts, "a{row},\"two\nlines {row}\",active,,,").unwrap(),
            200 => writeln!(accounts, "a{},a{}@acme.example,active,,,", row - 50, row - 50).unwrap(),
            300 => writeln!(accounts, "a{},other@acme.example,active,,,", row - 250).unwrap(),
            400 => writeln!(accounts, "a{row},\"open").unwrap(),
            _ => writeln!(accounts, "a{row},a{row}@acme.example,active,,,").unwrap(),
        }
        let at = format!("2026-08-{:02}T{:02}:{:02}:{:02}Z", row / 1_000 + 1, row / 50 % 24, row % 60, row / 60 % 60);
        match row % 1_000 {
            150 => writeln!(events, "{at},\"signed_in\",\"a\n{row}\",success").unwrap(),
            250 => writeln!(events, "{at},\"signed\"_in,a{row},success").unwrap(),
            350 => writeln!(events, "2026-08-01T00:00:00Z,disabled,a0,success").unwrap(),
            _ => writeln!(events, "{at},signed_in,a{row},success").unwrap(),
        }
    }
    Case::usual(&accounts, &events)
}

#[test]
fn of_a_large_export_every_row_is_in_the_books_and_rejects_stand_in_the_order_of_lines() {
    let case = case();
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    let books = ran.rows("reconciliation.csv");
    let count =
        |file: &str, column: &str| -> usize { books.iter().find(|row| row["file"] == file).unwrap()[column].parse().unwrap() };
    let of = |file: &str| {
        ["rows_read", "rows_accepted", "rows_rejected", "rows_duplicate", "rows_out_of_scope"].map(|column| count(file, column))
    };
    assert_eq!(of("accounts.csv"), [ROWS, ROWS - 90, 60, 30, 0]);
    assert_eq!(of("events.csv"), [ROWS, ROWS - 59, 30, 29, 0]);
    for file in ["accounts.csv", "events.csv"] {
        let text = std::fs::read_to_string(case.path().join(file)).unwrap();
        let lines: Vec<&str> = text.split('\n').collect();
        let mut last = 0;
        for reject in ran.rows("rejects.csv").iter().filter(|row| row["file"] == file) {
            let line: usize = reject["line"].parse().unwrap();
            assert!(line > last, "{file}:{line} stands behind {last}");
            assert_eq!(lines[line - 1], reject["raw"], "{file}:{line}");
            last = line;
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let case = case();
    let result = |threads: &str| {
        let out = case.path().join(threads);
        let ran = Command::new(env!("CARGO_BIN_EXE_lastday"))
            .args(["audit", ".", "--no-pdf", "--out", threads])
            .current_dir(case.path())
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(4));
        ["manifest.json", "rejects.csv", "reconciliation.csv", "accounts.csv", "revocations.csv", "findings.csv"]
            .map(|file| std::fs::read_to_string(out.join(file)).unwrap())
    };
    assert_eq!(result("1"), result("5"));
}
