//! The sample company against the rows that were worked out by hand, and the report in the repository against the sample.

use std::collections::BTreeSet;

use crate::program::{Ran, ran, root, rows, with_pdf};

fn audit() -> (tempfile::TempDir, Ran) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let ran = ran(&["audit", "samples/acme", "--out", out.to_str().unwrap()], root(), out.clone());
    (dir, ran)
}

fn expected(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/it/acme").join(name)).unwrap()
}

#[test]
fn every_account_of_every_leaver_comes_out_as_worked_out_by_hand() {
    let (_dir, ran) = audit();
    assert_eq!(ran.code, 4, "rows were rejected on purpose: {}", ran.stderr);
    let expected = rows(&expected("revocations.expected.csv"));
    let got = ran.rows("revocations.csv");
    for (wanted, row) in expected.iter().zip(&got) {
        for (column, value) in wanted {
            assert_eq!(row[column], *value, "{column} of {} in {}", wanted["person_id"], wanted["system"]);
        }
    }
    assert_eq!(got.len(), expected.len());
}

#[test]
fn the_findings_are_those_that_were_planted_and_no_others() {
    let (_dir, ran) = audit();
    let key = |row: &crate::program::Row| ["rule", "person_id", "system", "account_id"].map(|c| row[c].clone());
    let expected: BTreeSet<_> = rows(&expected("findings.expected.csv")).iter().map(key).collect();
    let got: BTreeSet<_> = ran.rows("findings.csv").iter().map(key).collect();
    assert_eq!(got, expected);
}

#[test]
fn every_rule_finds_something_in_the_sample_and_passes_something() {
    let (_dir, ran) = audit();
    let summary = ran.summary();
    let rules = summary["rules"].as_array().unwrap();
    assert_eq!(rules.len(), lastday::rules::ids().len());
    for rule in rules {
        let n = |key: &str| rule[key].as_u64().unwrap();
        assert!(n("finding") + n("waived") > 0 && n("pass") > 0, "{rule}");
    }
}

#[test]
fn the_counts_add_up_to_the_rows_and_the_books_to_the_files() {
    let (_dir, ran) = audit();
    let expected: serde_json::Value = serde_json::from_str(&expected("counts.expected.json")).unwrap();
    let summary = ran.summary();
    for part in ["counts", "latency"] {
        for (name, value) in expected[part].as_object().unwrap() {
            assert_eq!(summary[part][name], *value, "{part}.{name}");
        }
    }
    let books = ran.rows("reconciliation.csv");
    for (file, figures) in expected["files"].as_object().unwrap() {
        let book = books.iter().find(|b| b["file"] == *file).unwrap_or_else(|| panic!("{file} is not in the books"));
        for (column, value) in figures.as_object().unwrap() {
            assert_eq!(book[column], value.to_string(), "{column} of {file}");
        }
    }
    for book in &books {
        let n = |column: &str| book[column].parse::<u64>().unwrap();
        assert_eq!(
            n("rows_read"),
            n("rows_accepted") + n("rows_rejected") + n("rows_duplicate") + n("rows_out_of_scope"),
            "{}",
            book["file"]
        );
    }
}

#[test]
fn the_report_in_the_repository_is_what_the_sample_gives() {
    let dir = tempfile::tempdir().unwrap();
    with_pdf(&["audit", "samples/acme", "--out", dir.path().join("out").to_str().unwrap()], root());
    let (new, kept) = (dir.path().join("out"), root().join("reports/acme-2026-q3"));
    for name in files(&new) {
        let ours = std::fs::read(kept.join(&name)).unwrap_or_default();
        assert!(
            ours == std::fs::read(new.join(&name)).unwrap(),
            "{name} differs: run `cargo run -- audit samples/acme` and commit reports/"
        );
    }
    assert_eq!(files(&kept), files(&new), "files that no longer belong to the result");
}

fn files(folder: &std::path::Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            names.extend(files(&path).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            names.insert(name);
        }
    }
    names
}
