//! The smaller commands: `check`, `presets`, `explain`.

use crate::program::{Case, lastday, root};

fn out(args: &[&str]) -> (i32, String, String) {
    let output = lastday(args, root());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn check_shows_the_books_the_first_rejects_and_the_coverage_and_writes_nothing() {
    let case = Case::usual(
        "a1,ann@acme.example,active,,yesterday\nb1,bob@acme.example,odd,,\n",
        "2026-08-14T18:00:00Z,disabled,b1,success\n",
    );
    let before = std::fs::read_dir(case.path()).unwrap().count();
    let output = lastday(&["check"], case.path());
    assert_eq!(output.status.code(), Some(4));
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "accounts.csv  accounts  App     canonical columns     2",
        "accounts.csv:2:",
        "5 fields where the header has 6",
        "    a1,ann@acme.example,active,,yesterday",
        "2026-08-14T18:00:00Z",
    ] {
        assert!(text.contains(part), "no \"{part}\" in:\n{text}");
    }
    assert_eq!(std::fs::read_dir(case.path()).unwrap().count(), before);
}

#[test]
fn check_counts_as_audit_does() {
    let (code, json, _) = out(&["check", "samples/acme", "--format", "json"]);
    assert_eq!(code, 4);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let books = crate::program::rows(&std::fs::read_to_string(root().join("reports/acme-2026-q3/reconciliation.csv")).unwrap());
    for (file, book) in document["files"].as_array().unwrap().iter().zip(&books) {
        for column in ["file", "sha256"] {
            assert_eq!(file[column], book[column]);
        }
        for column in ["rows_read", "rows_accepted", "rows_rejected", "rows_duplicate", "rows_out_of_scope"] {
            assert_eq!(file[column].to_string(), book[column], "{column} of {}", book["file"]);
        }
    }
}

#[test]
fn a_preset_is_printed_as_it_stands_and_an_unknown_one_with_the_nearest() {
    let (code, text, _) = out(&["presets", "okta-users"]);
    assert_eq!((code, text), (0, std::fs::read_to_string(root().join("src/presets/okta-users.toml")).unwrap()));
    let (code, _, note) = out(&["presets", "okta-user"]);
    assert_eq!(code, 2);
    assert!(note.contains("did you mean okta-users?"), "{note}");
    let (_, list, _) = out(&["presets"]);
    assert_eq!(list.lines().count(), lastday::presets::Presets::load().unwrap().all().len());
}

#[test]
fn explain_lists_the_rules_and_explains_one() {
    let (code, list, _) = out(&["explain"]);
    assert_eq!((code, list.lines().count()), (0, lastday::rules::ids().len()));
    let (_, one, _) = out(&["explain", "orphaned-account"]);
    for part in ["Why it matters", "What to do", "ISO/IEC 27001:2022 5.18"] {
        assert!(one.contains(part), "{one}");
    }
    assert_eq!(out(&["explain", "orphan"]).0, 2);
}

#[test]
fn check_shows_how_the_first_rows_of_every_file_are_read() {
    let case = Case::usual("a1,ann@acme.example,LIVE,,2026-09-30,\nb1,bob@acme.example,active,,,\n", "");
    let output = lastday(&["check", "--show", "1"], case.path());
    let text = String::from_utf8(output.stdout).unwrap();
    let row = "accounts.csv:2\n    account_id    a1\n    email         ann@acme.example\n    status        unknown\n    last_used_at  2026-09-30\n";
    assert!(text.contains(row), "{text}");
    assert!(text.contains("events.csv: no row is read") && !text.contains("accounts.csv:3"), "{text}");
    let output = lastday(&["check", "--show", "2", "--format", "json"], case.path());
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["first_rows"][1]["rows"][1]["columns"]["account_id"], "b1");
    assert_eq!(document["first_rows"][1]["rows"][1]["line"], 3);
    let plain = lastday(&["check", "--format", "json"], case.path());
    assert!(serde_json::from_slice::<serde_json::Value>(&plain.stdout).unwrap().get("first_rows").is_none());
}

#[test]
fn a_preset_is_printed_as_a_source_to_paste() {
    let printed = lastday(&["presets", "okta-users", "--as-source"], root());
    let text = String::from_utf8(printed.stdout).unwrap();
    assert!(text.starts_with("# Okta users") && text.contains("[[source]]\nkind = \"accounts\"\nsystem = \"Okta\"\n"), "{text}");
    assert!(text.contains("[source.columns]\n") && text.contains("[source.values.status]\n"), "{text}");
    assert_eq!(lastday(&["presets", "--as-source"], root()).status.code(), Some(2));
}
