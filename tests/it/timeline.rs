//! What the evidence proves of one account, and no more.

use crate::program::Case;

/// Ann left on 14 August 2026 at 18:00 UTC; the target is one hour; the dump is of 1 October, 08:00.
fn outcome(accounts: &str, events: &str) -> String {
    let row = Case::usual(accounts, events).revocation();
    [
        "outcome",
        "revoked_at",
        "revoked_after",
        "revoked_before",
        "latency_seconds",
        "evidence",
        "uses_after_departure",
        "reactivations",
        "exposure_seconds",
    ]
    .map(|c| row[c].as_str())
    .join("|")
}

#[test]
fn a_disable_event_dates_the_revocation() {
    let got = outcome("a1,ann@acme.example,disabled,,,\n", "2026-08-14T18:40:00Z,disabled,a1,success\n");
    assert_eq!(got, "on_time|2026-08-14T18:40:00Z|||2400|event|0|0|2400");
}

#[test]
fn a_dated_field_of_the_dump_dates_it_too() {
    let got = outcome("a1,ann@acme.example,disabled,2026-08-15T00:00:01Z,,\n", "");
    assert_eq!(got, "late|2026-08-15T00:00:01Z|||21601|dump|0|0|21601");
}

#[test]
fn a_failed_event_proves_nothing() {
    let got = outcome("a1,ann@acme.example,active,,,\n", "2026-08-14T18:40:00Z,disabled,a1,failure\n");
    assert_eq!(got, "open|||||dump|0|0|4111200");
}

#[test]
fn a_leaver_disabled_twice_counts_the_last_time_that_held_and_the_gap_is_exposure() {
    let events = "2026-08-14T18:10:00Z,disabled,a1,\n2026-08-15T08:00:00Z,enabled,a1,\n2026-08-15T09:00:00Z,disabled,a1,\n";
    let got = outcome("a1,ann@acme.example,disabled,,,\n", events);
    assert_eq!(got, "late|2026-08-15T09:00:00Z|||54000|event|0|1|4200");
}

#[test]
fn a_second_disabling_of_a_disabled_account_changes_nothing() {
    let events = "2026-08-14T18:10:00Z,disabled,a1,\n2026-09-14T18:10:00Z,deleted,a1,\n";
    let got = outcome("a1,ann@acme.example,disabled,,,\n", events);
    assert_eq!(got, "on_time|2026-08-14T18:10:00Z|||600|event|0|0|600");
}

#[test]
fn access_cut_early_has_a_negative_latency() {
    let got = outcome("a1,ann@acme.example,disabled,,,\n", "2026-08-14T12:00:00Z,disabled,a1,\n");
    assert_eq!(got, "on_time|2026-08-14T12:00:00Z|||-21600|event|0|0|0");
}

#[test]
fn a_dump_that_contradicts_the_log_later_leaves_the_account_open() {
    let got = outcome("a1,ann@acme.example,active,,,\n", "2026-08-14T18:10:00Z,disabled,a1,\n");
    assert_eq!(got, "open|||||dump|0|1|");
}

#[test]
fn disabled_without_any_time_is_undetermined() {
    assert_eq!(outcome("a1,ann@acme.example,disabled,,,\n", ""), "undetermined|||2026-10-01T08:00:00Z||dump|0|0|");
}

#[test]
fn a_sign_in_after_the_target_proves_an_undated_revocation_late() {
    let got = outcome("a1,ann@acme.example,disabled,,,\n", "2026-08-20T08:00:00Z,signed_in,a1,success\n");
    assert_eq!(got, "late||2026-08-20T08:00:00Z|2026-10-01T08:00:00Z||dump|1|0|");
}

#[test]
fn a_sign_in_does_not_overturn_a_dated_revocation_but_is_counted() {
    let events = "2026-08-14T18:10:00Z,disabled,a1,\n2026-08-14T20:00:00Z,signed_in,a1,\n";
    let got = outcome("a1,ann@acme.example,disabled,,,\n", events);
    assert_eq!(got, "on_time|2026-08-14T18:10:00Z|||600|event|1|0|600");
}

#[test]
fn an_unknown_status_is_never_taken_for_active_or_disabled() {
    assert_eq!(outcome("a1,ann@acme.example,frozen,,,\n", ""), "undetermined||||||0|0|");
}

#[test]
fn an_account_that_only_the_log_knows_is_found_by_its_target() {
    let row = Case::usual("b1,bob@acme.example,active,,,\n", "2026-08-14T18:30:00Z,deleted,ANN@acme.example,\n").revocation();
    assert_eq!((row["outcome"].as_str(), row["account_id"].as_str()), ("on_time", "ANN@acme.example"));
    assert_eq!(row["evidence_at"], "events.csv:2");
}

#[test]
fn the_same_event_in_two_exports_counts_once() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "2026-08-20T08:00:00Z,signed_in,a1,success\n");
    case.write(
        "events-2.csv",
        b"at,action,target,outcome\n2026-08-20T08:00:00Z,signed_in,a1,success\n2026-08-21T08:00:00Z,signed_in,a1,success\n",
    );
    let case = case.with("[[source]]\nkind = \"events\"\nsystem = \"App\"\npath = \"events-2.csv\"\n");
    let ran = case.audit(&[]);
    assert_eq!(ran.rows("revocations.csv")[0]["uses_after_departure"], "2");
    let books = ran.rows("reconciliation.csv");
    let second = books.iter().find(|b| b["file"] == "events-2.csv").unwrap();
    assert_eq!((second["rows_accepted"].as_str(), second["rows_duplicate"].as_str()), ("1", "1"));
}

#[test]
fn an_event_after_as_of_is_read_and_left_out() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "2026-10-02T08:00:00Z,disabled,a1,\n");
    let ran = case.audit(&[]);
    assert_eq!(ran.rows("revocations.csv")[0]["outcome"], "open");
    assert!(ran.text("summary.json").contains("later than as_of"), "{}", ran.text("summary.json"));
}

fn two_snapshots(older: &str, newer: &str) -> Case {
    let case = Case::usual(newer, "");
    case.write("older.csv", format!("account_id,email,status,disabled_at,last_used_at,created_at\n{older}").as_bytes());
    case.with("[[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"older.csv\"\nexported_at = \"2026-08-14T18:30:00Z\"\n")
}

#[test]
fn missing_from_the_newer_of_two_dumps_means_deleted_between_them() {
    let row = two_snapshots("a1,ann@acme.example,active,,,\nb1,bob@acme.example,active,,,\n", "b1,bob@acme.example,active,,,\n")
        .revocation();
    let got = ["outcome", "revoked_after", "revoked_before", "evidence", "evidence_at"].map(|c| row[c].as_str());
    assert_eq!(got, ["undetermined", "2026-08-14T18:30:00Z", "2026-10-01T08:00:00Z", "snapshots", "older.csv:2; accounts.csv:1"]);
}

#[test]
fn missing_from_a_dump_without_any_row_means_nothing() {
    let row = two_snapshots("a1,ann@acme.example,active,,,\n", "").revocation();
    assert_eq!(row["outcome"], "pending", "the older dump was exported before the target was reached");
}

#[test]
fn an_account_whose_row_was_rejected_is_not_taken_for_deleted() {
    let older = "a1,ann@acme.example,active,,,\nb1,bob@acme.example,active,,,\n";
    for damaged in ["a1,ann@acme.example,active\n", "a1,ann@acme.example,disabled,yesterday,,\n", "zz,ANN@acme.example,active\n"]
    {
        let case = two_snapshots(older, &format!("b1,bob@acme.example,active,,,\n{damaged}"));
        let row = case.revocation();
        assert_eq!((row["outcome"].as_str(), row["revoked_before"].as_str()), ("undetermined", ""), "{damaged}");
    }
    // A rejected row that is plainly somebody else's leaves the proof of absence as it is.
    let row = two_snapshots(older, "b1,bob@acme.example,active,,,\nc1,cyd@acme.example,active\n").revocation();
    assert_eq!(row["revoked_before"], "2026-10-01T08:00:00Z");
}

#[test]
fn disabled_in_the_older_dump_on_time_is_on_time_whenever_it_was() {
    let row = two_snapshots("a1,ann@acme.example,disabled,,,\n", "a1,ann@acme.example,disabled,,,\n").revocation();
    assert_eq!((row["outcome"].as_str(), row["revoked_before"].as_str()), ("on_time", "2026-08-14T18:30:00Z"));
}

#[test]
fn a_departure_by_date_under_an_unknown_clock_time_keeps_the_whole_day() {
    let on = |at: &str| {
        let case = Case::usual("a1,ann@acme.example,disabled,,,\n", &format!("{at},disabled,a1,\n"));
        let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
        case.write("lastday.toml", toml.replace("\"18:00\"", "\"unknown\"").as_bytes());
        case.write("people.csv", b"person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14\n");
        let row = case.revocation();
        ["departed_at", "departure_basis", "outcome", "latency_seconds"].map(|c| row[c].clone()).join("|")
    };
    assert_eq!(on("2026-08-14T00:30:00Z"), "2026-08-14|day|on_time|");
    assert_eq!(on("2026-08-14T17:00:00Z"), "2026-08-14|day|undetermined|");
    assert_eq!(on("2026-08-15T01:00:00Z"), "2026-08-14|day|late|");
}

#[test]
fn somebody_who_came_back_or_leaves_later_is_no_leaver() {
    let case = Case::usual("a1,ann@acme.example,active,,,\nb1,bob@acme.example,active,,,\nc1,cyd@acme.example,active,,,\n", "");
    case.write(
        "people.csv",
        b"person_id,name,email,start_at,departs_at\n\
          E1,Ann,ann@acme.example,2026-09-01,2026-08-14\n\
          E2,Bob,bob@acme.example,2020-01-01,2026-08-14\nE2,Bob,bob@acme.example,2026-09-01,\n\
          E3,Cyd,cyd@acme.example,2020-01-01,2026-12-31\n",
    );
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.summary()["counts"]["leavers"], 0);
    assert!(ran.rows("revocations.csv").is_empty());
    assert!(ran.stdout.contains("Nobody left"), "{}", ran.stdout);
}

#[test]
fn keys_that_point_to_two_people_make_a_dispute_and_no_row() {
    let case = Case::usual("", "");
    case.write("accounts.csv", b"account_id,login,email,person_id,status\nx,,ann@acme.example,E2,active\ny,,ANN@ACME.example ,,active\nz,bob@acme.example,,,active\n");
    let rows = case.audit(&[]).rows("accounts.csv");
    let got: Vec<_> = rows
        .iter()
        .map(|r| ["account_id", "situation", "person_id", "match_rule", "match_score"].map(|c| r[c].as_str()).join("|"))
        .collect();
    assert_eq!(got, ["x|disputed|E2; E1|person_id|", "y|linked|E1|email|1", "z|linked|E2|email|1"]);
}

fn timeline(case: &Case) -> Vec<String> {
    let rows = case.audit(&[]).rows("timelines.csv");
    rows.iter().map(|r| ["from", "to", "state", "evidence", "evidence_at"].map(|c| r[c].as_str()).join("|")).collect()
}

#[test]
fn a_timeline_is_written_out_with_the_evidence_of_each_boundary() {
    let events = "2026-08-14T18:10:00Z,disabled,a1,\n2026-08-15T08:00:00Z,enabled,a1,\n2026-08-15T09:00:00Z,disabled,a1,\n";
    let got = timeline(&Case::usual("a1,ann@acme.example,disabled,,,\n", events));
    assert_eq!(
        got,
        [
            "|2026-08-14T18:10:00Z|usable|assumed|events.csv:2",
            "2026-08-14T18:10:00Z|2026-08-15T08:00:00Z|not_usable|event|events.csv:2",
            "2026-08-15T08:00:00Z|2026-08-15T09:00:00Z|usable|event|events.csv:3",
            "2026-08-15T09:00:00Z||not_usable|event|events.csv:4",
        ]
    );
}

#[test]
fn a_timeline_claims_use_no_longer_than_it_is_shown_and_narrows_what_is_unknown_by_a_sign_in() {
    let got = timeline(&Case::usual("a1,ann@acme.example,active,,,\n", ""));
    assert_eq!(
        got,
        ["|2026-10-01T08:00:00Z|usable|assumed|accounts.csv:2", "2026-10-01T08:00:00Z||unknown||"],
        "nothing is known after the dump"
    );
    let case = two_snapshots("a1,ann@acme.example,active,,,\n", "a1,ann@acme.example,disabled,,,\n");
    case.write("events.csv", b"at,action,target\n2026-09-02T08:00:00Z,signed_in,a1\n");
    assert_eq!(
        timeline(&case),
        [
            "|2026-09-02T08:00:00Z|usable|assumed|older.csv:2",
            "2026-09-02T08:00:00Z|2026-10-01T08:00:00Z|unknown|snapshots|events.csv:2; older.csv:2; accounts.csv:2",
            "2026-10-01T08:00:00Z||not_usable|dump|accounts.csv:2",
        ]
    );
}

#[test]
fn a_contradiction_leaves_the_time_between_both_sides_unknown() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "2026-08-14T18:10:00Z,disabled,a1,\n");
    assert_eq!(
        timeline(&case)[1],
        "2026-08-14T18:10:00Z|2026-10-01T08:00:00Z|unknown|contradiction|events.csv:2; accounts.csv:2"
    );
    let found = case.audit(&[]).rows("findings.csv");
    let finding = found.iter().find(|f| f["rule"] == "contradicting-evidence").unwrap();
    assert_eq!(finding["evidence_at"], "events.csv:2; accounts.csv:2");
    assert!(
        finding["detail"].ends_with("a dump of 2026-10-01T08:00:00Z shows it active: the dump counts"),
        "{}",
        finding["detail"]
    );
}

#[test]
fn a_dated_field_that_the_log_contradicts_gives_way_to_what_follows_in_the_log() {
    let enabled = "2026-08-20T08:00:00Z,enabled,a1,\n";
    let got = outcome("a1,ann@acme.example,disabled,2026-08-14T18:10:00Z,,\n", enabled);
    assert!(got.starts_with("late||2026-08-20T08:00:00Z|2026-10-01T08:00:00Z||dump|"), "{got}");
    let both = format!("{enabled}2026-08-21T08:00:00Z,disabled,a1,\n");
    let got = outcome("a1,ann@acme.example,disabled,2026-08-14T18:10:00Z,,\n", &both);
    assert!(got.starts_with("late|2026-08-21T08:00:00Z||"), "{got}");
}

#[test]
fn between_an_unseen_change_and_a_bound_a_use_shows_it_usable_only_since_it_was_enabled() {
    let case = Case::usual(
        "a1,ann@acme.example,disabled,,,2026-01-05T09:00:00Z\n",
        "2026-08-14T19:00:00Z,enabled,a1,\n2026-08-14T20:00:00Z,signed_in,a1,\n",
    );
    let ran = case.audit(&[]);
    let spans: Vec<String> = ran
        .rows("timelines.csv")
        .iter()
        .map(|row| ["from", "to", "state", "evidence_at"].map(|column| row[column].as_str()).join("|"))
        .collect();
    let told = [
        "|2026-01-05T09:00:00Z|not_usable|accounts.csv:2",
        "2026-01-05T09:00:00Z|2026-01-05T09:00:00Z|usable|accounts.csv:2",
        "2026-01-05T09:00:00Z|2026-08-14T19:00:00Z|unknown|accounts.csv:2; events.csv:2",
        "2026-08-14T19:00:00Z|2026-08-14T20:00:00Z|usable|events.csv:2",
        "2026-08-14T20:00:00Z|2026-10-01T08:00:00Z|unknown|events.csv:3; events.csv:2; accounts.csv:2",
        "2026-10-01T08:00:00Z||not_usable|accounts.csv:2",
    ];
    assert_eq!(spans, told, "it was enabled, so it had been off, and nothing shows since when");
    assert_eq!(ran.rows("revocations.csv")[0]["exposure_seconds"], "");
}
