//! `lastday diff`: two results side by side.

use std::path::Path;

use crate::program::{Case, lastday};

/// The result of the usual case with this dump, under `out`.
fn result(case: &Case, accounts: &str, out: &str) {
    let header = "account_id,email,status,disabled_at,last_used_at,created_at\n";
    case.write("accounts.csv", format!("{header}{accounts}").as_bytes());
    let output = lastday(&["audit", ".", "--out", out, "--quiet"], case.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn diff(folder: &Path, more: &[&str]) -> (i32, String) {
    let output = lastday(&[&["diff", "old", "new"], more].concat(), folder);
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), told)
}

fn json(folder: &Path) -> serde_json::Value {
    serde_json::from_str(&diff(folder, &["--format", "json"]).1).unwrap()
}

const ANN: &str = "a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n";
const ANN_OFF: &str = "a1,ann@acme.example,disabled,2026-08-14T18:00:00Z,,2026-01-01T00:00:00Z\n";
const NOBODY: &str = "x1,nobody@acme.example,active,,,2026-01-01T00:00:00Z\n";

#[test]
fn a_finding_is_new_still_there_or_resolved_with_what_shows_it() {
    let case = Case::usual("", "");
    result(&case, &format!("{ANN}{NOBODY}"), "old");
    result(&case, &format!("{ANN_OFF}{NOBODY}y1,y@acme.example,active,,,2026-01-01T00:00:00Z\n"), "new");
    let (code, told) = diff(case.path(), &[]);
    assert_eq!(code, 0);
    for part in [
        "New: 1",
        // Beside the account: the system has no owner and its log no line.
        "Still there: 3",
        "Resolved: 1",
        "the account was active, and is disabled",
        "No longer examined: 0",
        "App had 2 accounts, and has 3.",
        "The file accounts.csv is another one: 2 rows then, 3 now.",
    ] {
        assert!(told.contains(part), "no \"{part}\" in:\n{told}");
    }
    let document = json(case.path());
    assert_eq!(document["findings"]["new"][0]["account_id"], "y1");
    let persisting = document["findings"]["persisting"].as_array().unwrap();
    assert!(persisting.iter().any(|found| found["finding"]["account_id"] == "x1"));
    assert_eq!(document["findings"]["resolved"][0]["finding"]["rule"], "leaver-account-open");
    assert_eq!(diff(case.path(), &["--fail-on", "medium"]).0, 1, "y1 is nobody's");
    assert_eq!(diff(case.path(), &["--fail-on", "critical"]).0, 0);
}

#[test]
fn what_the_newer_result_does_not_examine_is_never_called_resolved() {
    let case = Case::usual("", "");
    result(&case, &format!("{ANN}{NOBODY}"), "old");
    let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
    case.write("lastday.toml", toml.replace("\"App\"", "\"Other\"").as_bytes());
    result(&case, ANN_OFF, "new");
    let document = json(case.path());
    assert_eq!(document["findings"]["resolved"].as_array().unwrap().len(), 0);
    assert_eq!(document["findings"]["not_examined"].as_array().unwrap().len(), 4);
    assert_eq!(document["findings"]["not_examined"][0]["why"], "the newer result reads nothing of App");
}

#[test]
fn a_folder_that_is_no_result_and_a_result_that_was_changed_are_refused() {
    let case = Case::usual("", "");
    result(&case, ANN, "old");
    assert_eq!(diff(case.path(), &[]).0, 3, "there is no new one");
    result(&case, ANN, "new");
    case.write("new/findings.csv", b"finding_id,rule\nF-1\n");
    let (code, told) = diff(case.path(), &[]);
    assert!(code == 3 && told.contains("findings.csv:2"), "{told}");
}
