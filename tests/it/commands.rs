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

/// The fixtures of some presets in one folder, as somebody would have them lying there.
fn folder_of_exports() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for id in ["bamboohr-employees", "okta-users", "okta-system-log", "google-users", "aws-credential-report", "badge-access"] {
        let from = root().join("samples").join(id);
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !["README.md", "expected.csv"].contains(&name.as_str()) && !name.starts_with("employees.json") {
                std::fs::create_dir_all(dir.path().join(id)).unwrap();
                std::fs::copy(&path, dir.path().join(id).join(name)).unwrap();
            }
        }
    }
    std::fs::write(dir.path().join("strange.csv"), "foo,bar\n1,2\n").unwrap();
    std::fs::write(dir.path().join("nearly.csv"), "username,email,status,fullname,displayname\na,b,c,d,e\n").unwrap();
    std::fs::write(dir.path().join("empty.csv"), "").unwrap();
    std::fs::write(
        dir.path().join("old-2026-10-02.csv"),
        "Report of today\n\naccount_id;email;status;created_at\nx;\u{e9}@x.example;active;31/12/2025\n".replace('\u{e9}', "e"),
    )
    .unwrap();
    dir
}

#[test]
fn init_names_what_it_recognises_and_the_case_that_it_writes_can_be_audited_as_it_is() {
    let dir = folder_of_exports();
    let output = lastday(&["init"], dir.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    for part in [
        "people     bamboohr-employees",
        "accounts   okta-users",
        "events     okta-system-log",
        "accounts   badge-access",
        "not recognised; the",
        "not recognised; it has: foo, bar",
    ] {
        let part = part.replace("not recognised; the", "not recognised; it has: the file is empty");
        assert!(told.contains(&part), "no \"{part}\" in:\n{told}");
    }
    let case = std::fs::read_to_string(dir.path().join("lastday.toml")).unwrap();
    for part in [
        "# not recognised: strange.csv",
        "skip_rows = 2",
        "date_order = \"dmy\"",
        "exported_at = \"2026-10-02T00:00:00Z\"    # CHECK",
    ] {
        assert!(case.contains(part), "no \"{part}\" in:\n{case}");
    }
    let checked = lastday(&["check"], dir.path());
    assert!(matches!(checked.status.code(), Some(0 | 4)), "{}", String::from_utf8_lossy(&checked.stderr));
    let audited = lastday(&["audit"], dir.path());
    assert!(matches!(audited.status.code(), Some(0 | 4)), "{}", String::from_utf8_lossy(&audited.stderr));
}

#[test]
fn init_never_writes_over_a_case_and_writes_none_where_nothing_is_known() {
    let case = Case::usual("", "");
    let before = std::fs::read(case.path().join("lastday.toml")).unwrap();
    assert_eq!(lastday(&["init"], case.path()).status.code(), Some(3));
    assert_eq!(std::fs::read(case.path().join("lastday.toml")).unwrap(), before);
    let empty = tempfile::tempdir().unwrap();
    std::fs::write(empty.path().join("x.csv"), "foo,bar\n1,2\n").unwrap();
    let output = lastday(&["init"], empty.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(!empty.path().join("lastday.toml").exists());
}
