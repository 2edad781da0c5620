//! The steps from a departure to the last account that was cut, each as far as the evidence dates it.

use crate::program::{Case, REVIEW, Ran, SOURCES};

const TICKETS: &str = "\n[[source]]\nkind = \"tickets\"\npath = \"tickets.csv\"\n";

/// Ann left on 14 August 2026 at 18:00 UTC. The case is its folder, which must outlive the reading of the result.
fn audit(people: &str, accounts: &str, events: &str, tickets: &str) -> (Case, Ran) {
    let people = format!("person_id,name,email,departs_at,recorded_at,start_at\n{people}");
    let accounts = format!("account_id,email,status,disabled_at\n{accounts}");
    let events = format!("at,action,target\n{events}");
    let tickets = format!("ticket_id,person_id,email,kind,opened_at\n{tickets}");
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{TICKETS}")),
        ("people.csv", &people),
        ("accounts.csv", &accounts),
        ("events.csv", &events),
        ("tickets.csv", &tickets),
    ]);
    let ran = case.audit(&[]);
    (case, ran)
}

const ANN: &str = "E1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z,2026-08-10T09:00:00Z,\n";

/// `at|not_before|not_after|seconds_at_least|seconds_at_most|evidence_at` of one step.
fn step(ran: &Ran, step: &str) -> String {
    let rows = ran.rows("steps.csv");
    let row = rows.iter().find(|row| row["step"] == step).unwrap_or_else(|| panic!("{step}: {}", ran.stderr));
    ["at", "not_before", "not_after", "seconds_at_least", "seconds_at_most", "evidence_at"].map(|c| row[c].as_str()).join("|")
}

#[test]
fn every_step_of_a_leaver_is_dated_by_its_own_row() {
    let accounts = "a1,ann@acme.example,disabled,\na2,ann@acme.example,disabled,\n";
    let events = "2026-08-14T18:20:00Z,disabled,a1\n2026-08-14T21:00:00Z,disabled,a2\n";
    let (_case, ran) = audit(ANN, accounts, events, "T1,E1,,leaver,2026-08-14T17:00:00Z\n");
    let told: Vec<String> = ran.rows("steps.csv").iter().map(|row| row["step"].clone()).collect();
    assert_eq!(told, ["departed", "recorded", "told", "first_revoked", "last_revoked"]);
    assert_eq!(step(&ran, "departed"), "2026-08-14T18:00:00Z|||0|0|people.csv:2");
    assert_eq!(step(&ran, "recorded"), "2026-08-10T09:00:00Z|||-378000|-378000|people.csv:2");
    assert_eq!(step(&ran, "told"), "2026-08-14T17:00:00Z|||-3600|-3600|tickets.csv:2");
    assert_eq!(step(&ran, "first_revoked"), "2026-08-14T18:20:00Z|||1200|1200|events.csv:2");
    assert_eq!(step(&ran, "last_revoked"), "2026-08-14T21:00:00Z|||10800|10800|events.csv:3");
}

#[test]
fn an_account_that_is_still_open_leaves_the_last_revocation_without_an_end() {
    let accounts = "a1,ann@acme.example,disabled,\na2,ann@acme.example,active,\n";
    let (_case, ran) = audit(ANN, accounts, "2026-08-14T18:20:00Z,disabled,a1\n", "");
    assert_eq!(step(&ran, "first_revoked"), "2026-08-14T18:20:00Z|||1200|1200|events.csv:2");
    assert_eq!(step(&ran, "last_revoked"), "|2026-10-01T08:00:00Z||4111200||accounts.csv:3");
    let figures = &ran.summary()["process"]["steps"];
    let last = figures.as_array().unwrap().iter().find(|s| s["step"] == "last_revoked").unwrap();
    assert_eq!((&last["exact"], &last["bounded"], &last["not_shown"]), (&0.into(), &0.into(), &1.into()));
}

#[test]
fn an_account_without_any_date_may_have_been_the_first() {
    let accounts = "a1,ann@acme.example,disabled,\na2,ann@acme.example,disabled,\n";
    let (_case, ran) = audit(ANN, accounts, "2026-08-14T18:20:00Z,disabled,a1\n", "");
    assert!(step(&ran, "first_revoked").starts_with("||2026-08-14T18:20:00Z||1200|"), "{}", step(&ran, "first_revoked"));
    assert!(step(&ran, "last_revoked").starts_with("|2026-08-14T18:20:00Z|2026-10-01T08:00:00Z|1200|4111200|"));
}

#[test]
fn a_date_stays_a_day_and_is_in_no_median() {
    let ann = "E1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z,2026-08-17,\n";
    let (_case, ran) = audit(ann, "a1,ann@acme.example,active,\n", "", "T1,E1,,leaver,2026-08-18\n");
    assert_eq!(step(&ran, "recorded"), "|2026-08-17T00:00:00Z|2026-08-17T23:59:59Z|194400|280799|people.csv:2");
    assert_eq!(step(&ran, "told"), "|2026-08-18T00:00:00Z|2026-08-18T23:59:59Z|280800|367199|tickets.csv:2");
    let process = &ran.summary()["process"];
    assert_eq!(process["hr_notice"]["after_last_day"], 1);
    assert_eq!((&process["steps"][0]["bounded"], &process["steps"][0]["median_seconds"]), (&1.into(), &serde_json::Value::Null));
}

#[test]
fn a_ticket_never_shows_that_an_account_is_off() {
    let (_case, ran) = audit(ANN, "a1,ann@acme.example,unknown,\n", "", "T1,E1,,leaver,2026-08-14T17:00:00Z\n");
    let row = &ran.rows("revocations.csv")[0];
    assert_eq!((row["outcome"].as_str(), row["revoked_before"].as_str(), row["evidence"].as_str()), ("undetermined", "", ""));
    assert_eq!(step(&ran, "first_revoked"), "|||||");
}

#[test]
fn a_ticket_of_another_kind_or_an_earlier_employment_or_of_two_people_tells_nothing() {
    let people = "E1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z,,2026-01-05\nE2,Bob Example,bob@acme.example,,,\n";
    let tickets = "T1,E1,,joiner,2026-07-01T09:00:00Z\nT2,E1,,leaver,2025-06-01T09:00:00Z\nT3,E1,bob@acme.example,leaver,2026-08-01T09:00:00Z\n\
                   T4,E9,,leaver,2026-08-01T09:00:00Z\nT5,E1,,offboard,2026-08-01T09:00:00Z\n";
    let (_case, ran) = audit(people, "a1,ann@acme.example,active,\n", "", tickets);
    assert_eq!(step(&ran, "told"), "|||||");
    let assumptions = ran.summary()["assumptions"].to_string();
    assert!(assumptions.contains("2 tickets name nobody whom HR lists, or more than one"), "{assumptions}");
}

#[test]
fn the_first_ticket_counts_and_an_address_finds_its_person() {
    let tickets = "T1,,ann@acme.example,leaver,2026-08-14T19:00:00Z\nT2,E1,,leaver,2026-08-14T17:30:00Z\n";
    let (_case, ran) = audit(ANN, "a1,ann@acme.example,active,\n", "", tickets);
    assert_eq!(step(&ran, "told"), "2026-08-14T17:30:00Z|||-1800|-1800|tickets.csv:3");
}
