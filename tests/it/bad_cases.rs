//! Cases and inputs that cannot be used, or not wholly: a clear message, the right exit code, nothing half-written.

use crate::program::{Case, REVIEW, SOURCES, lastday};

const GOOD: &str = "a1,ann@acme.example,active,,,\n";

/// The run of a case that cannot be used: nothing is written.
fn refused(case: &Case, says: &[&str]) {
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(!ran.wrote());
    assert!(!case.path().join("reports").exists(), "nothing is left behind");
    for text in says {
        assert!(ran.stderr.contains(text), "no \"{text}\" in:\n{}", ran.stderr);
    }
}

fn usual_with(from: &str, to: &str) -> Case {
    let case = Case::usual(GOOD, "");
    let toml = format!("{REVIEW}{SOURCES}");
    assert!(toml.contains(from));
    case.write("lastday.toml", toml.replace(from, to).as_bytes());
    case
}

#[test]
fn a_folder_without_a_case_file_is_no_case() {
    refused(&Case::new(&[]), &["is not a case", "lastday.toml"]);
}

#[test]
fn an_unknown_key_is_shown_with_its_line_and_the_nearest_known_one() {
    refused(&usual_with("timezone =", "timezon ="), &["unknown key `timezon`", "did you mean `timezone`?", "lastday.toml:6"]);
}

#[test]
fn unknown_names_are_shown_with_the_nearest_known_one() {
    refused(&usual_with("path = \"events.csv\"", "path = \"events.csv\"\npreset = \"okta-system-logs\""), &["okta-system-log"]);
    refused(&usual_with("timezone = \"UTC\"", "timezone = \"Europe/Lundon\""), &["Europe/London"]);
    let waiver = "\n[[waiver]]\nrule = \"orphan-account\"\nreason = \"r\"\napproved_by = \"a\"\nexpires = \"2027-01-01\"\n";
    refused(&Case::usual(GOOD, "").with(waiver), &["orphaned-account"]);
    refused(
        &Case::usual(GOOD, "").with("[[account]]\nsystem = \"Ap\"\nlogin = \"x\"\nkind = \"service\"\n"),
        &["no known system", "\"App\""],
    );
    let conflict = |one: &str| format!("[[conflict]]\nname = \"pay\"\none = [{one}]\nother = [\"App: approve\"]\n");
    refused(&Case::usual(GOOD, "").with(&conflict("\"Ap: enter\"")), &["no known system", "\"App\""]);
    refused(&Case::usual(GOOD, "").with(&conflict("\"enter\"")), &["no grant of a system", "System: grant"]);
    refused(&Case::usual(GOOD, "").with(&conflict("")), &["a side without any grant"]);
}

#[test]
fn a_domain_or_an_age_that_is_none_is_refused() {
    for domain in ["acme", "ann@acme.example", "*.acme.example", "acme.example."] {
        let policy = format!("departure_time = \"18:00\"\ndomains = [\"{domain}\"]\n");
        refused(&usual_with("departure_time = \"18:00\"\n", &policy), &["this is no domain", "acme.example"]);
    }
    let policy = "departure_time = \"18:00\"\npassword_max_age = \"a year\"\n";
    refused(&usual_with("departure_time = \"18:00\"\n", policy), &["this is no duration"]);
}

#[test]
fn a_missing_log_or_dump_leaves_the_result_incomplete_and_says_so() {
    let case = usual_with("path = \"events.csv\"", "path = \"logs/*.csv\"");
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4);
    assert!(ran.stdout.contains("missing: logs/*.csv"), "{}", ran.stdout);
    assert!(ran.stderr.contains("no file was found for the source logs/*.csv"), "{}", ran.stderr);
    assert_eq!(ran.summary()["missing_sources"][0], "logs/*.csv");
}

#[test]
fn without_any_list_of_people_nothing_can_be_said() {
    refused(&usual_with("people.csv", "nobody.csv"), &["no person was read", "no file was found for nobody.csv"]);
}

#[test]
fn an_empty_file_proves_nothing() {
    let case = Case::usual(GOOD, "");
    case.write("accounts.csv", b"");
    refused(&case, &["accounts.csv", "the file is empty"]);
}

#[test]
fn a_dump_of_the_wrong_vendor_is_refused_and_the_right_one_named() {
    let case = Case::usual(GOOD, "");
    case.write("accounts.csv", b"username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp\nann,ann@acme.example,Member,1,1,1,U1,Ann,ann,\n");
    let toml =
        format!("{REVIEW}{}", SOURCES.replace("path = \"accounts.csv\"", "path = \"accounts.csv\"\npreset = \"google-users\""));
    case.write("lastday.toml", toml.as_bytes());
    refused(&case, &["no export of the preset google-users", "slack-members"]);
}

#[test]
fn an_unknown_shape_is_refused_with_what_it_lacks() {
    let case = Case::usual(GOOD, "");
    case.write("accounts.csv", b"foo,bar\n1,2\n");
    refused(&case, &["no known export has this shape", "foo, bar", "account_id"]);
}

#[test]
fn two_sources_of_one_system_and_time_are_parts_of_one_dump_and_what_contradicts_is_rejected() {
    let more = "[[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"more.csv\"\nexported_at = \"2026-10-01T08:00:00Z\"\n";
    let case = Case::usual(GOOD, "").with(more);
    case.write("more.csv", b"account_id,email,status\na1,ann@acme.example,disabled\nb1,bob@acme.example,active\n");
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4);
    let rejected = ran.rows("rejects.csv");
    assert!(rejected.len() == 1 && rejected[0]["reason"].contains("stands already in this dump, on line 2"), "{rejected:?}");
    assert_eq!(ran.rows("accounts.csv").len(), 2, "b1 is not taken for new, a1 not for deleted");
    assert!(ran.summary()["assumptions"].to_string().contains("parts of one dump"));
}

#[test]
fn an_as_of_before_the_dumps_is_refused() {
    refused(&usual_with("as_of = \"2026-10-01T09", "as_of = \"2026-09-01T09"), &["as_of", "after it"]);
}

#[test]
fn a_dump_without_a_time_needs_an_as_of_and_is_told_as_an_assumption() {
    let undated = SOURCES.replace("exported_at = \"2026-10-01T08:00:00Z\"\n", "");
    let case = Case::usual(GOOD, "");
    case.write("lastday.toml", format!("{REVIEW}{undated}").as_bytes());
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.summary()["assumptions"].to_string().contains("no exported_at"));
    let review = REVIEW.replace("as_of = \"2026-10-01T09:00:00Z\"\n", "");
    case.write("lastday.toml", format!("{review}{undated}").as_bytes());
    std::fs::remove_dir_all(case.path().join("out")).unwrap();
    refused(&case, &["nothing says when the exports were made"]);
}

#[test]
fn an_output_that_cannot_be_written_is_refused() {
    let case = Case::usual(GOOD, "");
    case.write("blocked", b"a file, not a folder");
    let output = lastday(&["audit", ".", "--out", "blocked/out"], case.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--out"));
}

#[test]
fn a_folder_that_holds_something_else_is_never_replaced() {
    let case = Case::usual(GOOD, "");
    case.write("out/precious.txt", b"mine");
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("no earlier result of lastday"), "{}", ran.stderr);
    assert_eq!(std::fs::read(case.path().join("out/precious.txt")).unwrap(), b"mine");
    assert_eq!(std::fs::read_dir(case.path()).unwrap().count(), 5, "nothing is left behind");
}

#[test]
fn damaged_rows_are_rejected_with_line_column_value_and_reason_and_the_rest_counts() {
    let case = Case::usual("", "");
    case.write(
        "accounts.csv",
        b"account_id,email,status,last_used_at\n\
          a1,ann@acme.example,active,2026-08-20T08:00:00Z\n\
          a2,bob@acme.example,active\n\
          a3,bob@acme.example,active,yesterday\n\
          a4,\"bob@acme.example,active,\n\
          ,bob@acme.example,active,\n\
          a6,b\xFFb@acme.example,active,\n\
          a1,ann@acme.example,active,2026-08-20T08:00:00Z\n\
          a1,ann@acme.example,disabled,\n\
          a9,bob@acme.example,active,8/9/2026\n\
          a10,bob@acme.example,active,\n",
    );
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4);
    let rejects: Vec<_> =
        ran.rows("rejects.csv").iter().map(|r| ["line", "column", "value"].map(|c| r[c].clone()).join("|")).collect();
    assert_eq!(
        rejects,
        [
            "3||",
            "4|last_used_at|yesterday",
            "5|email|",
            "6|account_id|",
            "7|email|",
            "9|account_id|a1",
            "10|last_used_at|8/9/2026"
        ]
    );
    let reasons: Vec<_> = ran.rows("rejects.csv").iter().map(|r| r["reason"].clone()).collect();
    assert!(reasons[0].starts_with("3 fields where the header has 4"));
    assert!(reasons[6].contains("date_order"), "{}", reasons[6]);
    let books = ran.rows("reconciliation.csv");
    let book = books.iter().find(|b| b["file"] == "accounts.csv").unwrap();
    let n = ["rows_read", "rows_accepted", "rows_rejected", "rows_duplicate"].map(|c| book[c].as_str());
    assert_eq!(n, ["10", "2", "7", "1"]);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let case = Case::usual(GOOD, "");
    for args in [&["audit", "--nonsense"][..], &["nonsense"], &["audit", ".", "--fail-on", "terrible"]] {
        assert_eq!(lastday(args, case.path()).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn a_verdict_says_what_could_not_be_read_and_that_nobody_is_known_to_have_left() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "");
    case.write(
        "people.csv",
        b"person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,\nE2,Bob Example,bob@acme.example,14.13.2026\n",
    );
    let verdict = |case: &Case| case.audit(&[]).summary()["verdict"].as_str().unwrap().to_owned();
    let nobody = "Nobody is known to have left between 2026-07-01 and 2026-09-30, and no account of an earlier leaver is open. ";
    assert_eq!(verdict(&case), format!("{nobody}Not counted: 1 row of the HR list that could not be read."));
    case.write("accounts.csv", b"account_id,login,email,status\na1,ann,ann@acme.example,active\n,bob,bob@acme.example,active\n");
    let of_others = "Not counted: 1 row of the HR list and 1 row of other files that could not be read.";
    assert_eq!(verdict(&case), format!("{nobody}{of_others}"));
    // Nor is an account told to be nobody's as if the whole list had been read.
    case.write("accounts.csv", b"account_id,login,email,status\nb1,bob,bob@acme.example,active\n");
    let orphan = case.audit(&[]).rows("findings.csv").into_iter().find(|row| row["rule"] == "orphaned-account").unwrap();
    assert!(
        orphan["detail"].ends_with("belongs to nobody in the HR list, of which 1 row could not be read"),
        "{}",
        orphan["detail"]
    );
    case.write("accounts.csv", b"account_id,login,email,status\na1,ann,ann@acme.example,active\n,bob,bob@acme.example,active\n");
    case.write("people.csv", b"person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\n");
    let verdict = verdict(&case);
    assert!(
        verdict.starts_with("1 person left: ") && verdict.ends_with(" still works. Not counted: 1 row that could not be read."),
        "{verdict}"
    );
}
