//! Receipts of whoever acts on accounts: what the systems answered, and no more.

use crate::program::{Case, Ran, Row};

const HEADER: &str = "receipt_id,at,system,target,action,outcome,actor,detail,credential\n";

/// Ann left on 14 August 2026 at 18:00 UTC; the dump is of 1 October, 08:00, and shows her account with this status.
fn with(status: &str, events: &str, receipts: &str) -> Case {
    let case = Case::usual(&format!("a1,ann@acme.example,{status},,,\n"), events);
    case.write("receipts.csv", format!("{HEADER}{receipts}").as_bytes());
    case.with("\n[[source]]\nkind = \"receipts\"\npath = \"receipts.csv\"\n")
}

fn told(row: &Row) -> String {
    ["outcome", "revoked_at", "revoked_after", "revoked_before", "evidence", "evidence_at", "reactivations"]
        .map(|column| row[column].as_str())
        .join("|")
}

fn outcome(status: &str, events: &str, receipts: &str) -> String {
    told(&with(status, events, receipts).revocation())
}

fn contradictions(ran: &Ran) -> usize {
    ran.rows("findings.csv").iter().filter(|row| row["rule"] == "contradicting-evidence").count()
}

#[test]
fn an_answer_that_it_was_done_dates_the_revocation() {
    let receipt = "r1,2026-08-14T18:05:00Z,App,a1,disabled,ok,lastday,,\n";
    assert_eq!(outcome("disabled", "", receipt), "on_time|2026-08-14T18:05:00Z|||receipt|receipts.csv:2|0");
    let log = "2026-08-14T18:04:58Z,disabled,a1,\n";
    let by_the_log = "on_time|2026-08-14T18:04:58Z|||event|events.csv:2|0";
    assert_eq!(outcome("disabled", log, receipt), by_the_log, "the system's own log shows it earlier");
}

#[test]
fn an_answer_that_it_was_off_already_bounds_it() {
    let receipt = "r1,2026-08-14T18:05:00Z,App,a1,disabled,unchanged,lastday,,\n";
    assert_eq!(outcome("disabled", "", receipt), "on_time|||2026-08-14T18:05:00Z|receipt|receipts.csv:2|0");
    let used = "2026-08-20T08:00:00Z,signed_in,a1,\n";
    let bounds = "late||2026-08-20T08:00:00Z|2026-10-01T08:00:00Z|dump|events.csv:2; accounts.csv:2|0";
    assert_eq!(outcome("disabled", used, receipt), bounds, "a later use shows that it was not");
}

#[test]
fn any_other_answer_proves_nothing() {
    let undecided = "undetermined|||2026-10-01T08:00:00Z|dump|accounts.csv:2|0";
    for answer in ["failed", "error", "dry-run", "accepted"] {
        let receipt = format!("r1,2026-08-14T18:05:00Z,App,a1,disabled,{answer},lastday,,\n");
        assert_eq!(outcome("disabled", "", &receipt), undecided, "{answer}");
    }
    let enabled = "r1,2026-08-14T18:05:00Z,App,a1,enabled,unchanged,lastday,,\n";
    assert_eq!(outcome("disabled", "", enabled), undecided, "nothing to enable is no sign of being off");
    let sessions = "r1,2026-08-14T18:05:00Z,App,a1,sessions_revoked,ok,lastday,,\n";
    let case = with("disabled", "", sessions);
    let ran = case.audit(&[]);
    assert_eq!(told(&ran.rows("revocations.csv")[0]), undecided, "an account without a session still works");
    let books = ran.rows("reconciliation.csv").into_iter().find(|row| row["kind"] == "receipts").unwrap();
    assert_eq!(books["rows_out_of_scope"], "1");
}

#[test]
fn words_for_an_answer_that_are_not_known_are_a_finding() {
    let case = with("disabled", "", "r1,2026-08-14T18:05:00Z,App,a1,disabled,perhaps,,,\n");
    let ran = case.audit(&[]);
    let unknown: Vec<Row> = ran.rows("findings.csv").into_iter().filter(|row| row["rule"] == "unknown-words").collect();
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0]["detail"].contains("perhaps"), "{}", unknown[0]["detail"]);
}

#[test]
fn what_was_undone_counts_from_the_last_time() {
    let receipts = "r1,2026-08-14T18:05:00Z,App,a1,disabled,ok,lastday,,\n\
                    r2,2026-08-15T08:00:00Z,App,a1,enabled,ok,lastday,,\n\
                    r3,2026-08-15T09:00:00Z,App,a1,disabled,ok,lastday,,\n";
    assert_eq!(outcome("disabled", "", receipts), "late|2026-08-15T09:00:00Z|||receipt|receipts.csv:4|1");
}

#[test]
fn the_system_asked_later_has_the_last_word() {
    let case = with("active", "", "r1,2026-08-14T18:05:00Z,App,a1,disabled,ok,lastday,,\n");
    let ran = case.audit(&[]);
    assert_eq!(told(&ran.rows("revocations.csv")[0]), "open||||dump|accounts.csv:2|1");
    assert_eq!(contradictions(&ran), 1);
    let clash = ran.rows("findings.csv").into_iter().find(|row| row["rule"] == "contradicting-evidence").unwrap();
    assert_eq!(clash["evidence_at"], "receipts.csv:2; accounts.csv:2");
    assert!(clash["detail"].contains("a receipt says that it was disabled by 2026-08-14T18:05:00Z"), "{}", clash["detail"]);
}

#[test]
fn an_account_that_is_in_no_dump_any_more_is_known_by_its_receipt() {
    let case = Case::usual("b1,bob@acme.example,active,,,\n", "");
    case.write("receipts.csv", format!("{HEADER}r1,2026-08-14T18:05:00Z,app,ann@acme.example,deleted,ok,,,\n").as_bytes());
    let row = case.with("\n[[source]]\nkind = \"receipts\"\npath = \"receipts.csv\"\n").revocation();
    assert_eq!(told(&row), "on_time|2026-08-14T18:05:00Z|||receipt|receipts.csv:2|0");
}

#[test]
fn the_timeline_names_receipts_as_what_it_rests_on() {
    let case = with("disabled", "", "r1,2026-08-14T18:05:00Z,App,a1,disabled,ok,lastday,,\n");
    let ran = case.audit(&[]);
    let spans: Vec<String> = ran
        .rows("timelines.csv")
        .iter()
        .map(|row| ["from", "state", "evidence", "evidence_at"].map(|column| row[column].as_str()).join("|"))
        .collect();
    assert_eq!(spans, ["|usable|assumed|receipts.csv:2", "2026-08-14T18:05:00Z|not_usable|receipt|receipts.csv:2"]);
}

#[test]
fn each_receipt_counts_once_and_what_cannot_be_read_is_rejected() {
    let receipts = "r1,2026-08-14T18:05:00Z,App,a1,disabled,failed,,,\n\
                    r1,2026-08-14T18:06:00Z,App,a1,disabled,ok,,,\n\
                    r1,2026-08-14T18:06:00Z,App,a1,disabled,ok,,,\n\
                    r2,2026-08-14,App,a1,disabled,ok,,,\n\
                    r3,2026-08-14T18:06:00Z,Ap,a1,disabled,ok,,,\n\
                    r4,2026-08-14T18:06:00Z,App,,disabled,ok,,,\n\
                    ,2026-08-14T18:06:00Z,App,a1,disabled,ok,,,\n";
    let case = with("disabled", "", receipts);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4);
    assert_eq!(told(&ran.rows("revocations.csv")[0]), "on_time|2026-08-14T18:06:00Z|||receipt|receipts.csv:3|0");
    let books = ran.rows("reconciliation.csv").into_iter().find(|row| row["kind"] == "receipts").unwrap();
    let counts = ["rows_read", "rows_accepted", "rows_rejected", "rows_duplicate"].map(|column| books[column].as_str());
    assert_eq!(counts, ["7", "2", "4", "1"]);
    let why: Vec<String> = ran.rows("rejects.csv").iter().map(|row| format!("{}:{}", row["line"], row["column"])).collect();
    assert_eq!(why, ["5:at", "6:system", "7:target", "8:receipt_id"]);
}

#[test]
fn keys_that_receipts_show_revoked_are_followed_from_the_dump() {
    let case = Case::usual("", "");
    case.write("accounts.csv", b"account_id,email,credentials\na1,ann@acme.example,password=active; access_key_1=active\n");
    let at = |exported: &str| {
        let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
        case.write("lastday.toml", toml.replace("2026-10-01T08:00:00Z", exported).as_bytes());
    };
    at("2026-08-14T17:00:00Z");
    let receipts = "r1,2026-08-14T18:05:00Z,App,a1,credential_revoked,ok,,password,password\n\
                    r2,2026-08-14T18:06:00Z,App,a1,credential_revoked,ok,,access_key_1,access_key\n";
    case.write("receipts.csv", format!("{HEADER}{receipts}").as_bytes());
    let row = case.with("\n[[source]]\nkind = \"receipts\"\npath = \"receipts.csv\"\n").revocation();
    assert_eq!(told(&row), "on_time|2026-08-14T18:06:00Z|||receipt|receipts.csv:3|0");
}

#[test]
fn a_list_of_receipts_is_recognised_and_checked() {
    let case = with("disabled", "", "r1,2026-08-14T18:05:00Z,App,a1,disabled,ok,lastday,,\n");
    let checked = crate::program::lastday(&["check", ".", "--format", "json"], case.path());
    assert_eq!(checked.status.code(), Some(0));
    std::fs::remove_file(case.path().join("lastday.toml")).unwrap();
    let drafted = crate::program::lastday(&["init", "."], case.path());
    assert_eq!(drafted.status.code(), Some(0), "{}", String::from_utf8_lossy(&drafted.stderr));
    let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
    assert!(toml.contains("kind = \"receipts\"\n# the canonical columns: no preset\npath = \"receipts.csv\""), "{toml}");
}
