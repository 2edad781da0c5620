//! Whether the grants of a former role were taken away after the change, and no more than the evidence shows.

use crate::program::{Case, REVIEW, Ran, SOURCES};

const MORE: &str = "\n[[source]]\nkind = \"roles\"\npath = \"roles.csv\"\n\n[[source]]\nkind = \"accounts\"\nsystem = \"App\"\n\
                    path = \"earlier.csv\"\nexported_at = \"2026-08-15T08:00:00Z\"\n";
/// Ann changed from analyst to engineer on 17 August 2026 at 09:00 UTC, Bob in a way of which no template tells.
const PEOPLE: &str = "E1,Ann Example,Engineer,2026-08-17T09:00:00Z,Analyst,\nE2,Bob Example,Engineer,2026-08-17,Clerk,\n";
const ROLES: &str = "role,system,grant\nEngineer,App,Code\nEngineer,App,Wiki\nAnalyst,App,Reports\nAnalyst,App,Wiki\n";

fn audit(people: &str, earlier: &str, accounts: &str, events: &str) -> (Case, Ran) {
    let header = "account_id,person_id,status,grants\n";
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{MORE}")),
        ("people.csv", &format!("person_id,name,role,changed_at,previous_role,departs_at\n{people}")),
        ("roles.csv", ROLES),
        ("earlier.csv", &format!("{header}b0,,active,Code\n{earlier}")),
        ("accounts.csv", &format!("{header}b0,,active,Code\n{accounts}")),
        ("events.csv", &format!("at,action,target,detail\n{events}")),
    ]);
    let ran = case.audit(&[]);
    (case, ran)
}

/// What is told of Ann's grants.
fn told(earlier: &str, accounts: &str, events: &str) -> Vec<String> {
    let (_case, ran) = audit(PEOPLE, earlier, accounts, events);
    let columns =
        ["grant", "outcome", "removed_at", "removed_not_before", "removed_not_after", "seconds_at_least", "seconds_at_most"];
    ran.rows("movers.csv").iter().map(|row| columns.map(|c| row[c].as_str()).join("|")).collect()
}

#[test]
fn a_grant_of_the_former_role_that_a_later_dump_lacks_was_taken_away_between_the_two() {
    let got = told("a1,E1,active,Reports; Wiki\n", "a1,E1,active,Wiki;Code\n", "");
    assert_eq!(got, ["Reports|removed||2026-08-15T08:00:00Z|2026-10-01T08:00:00Z|-176400|3884400"]);
}

#[test]
fn the_log_tells_the_instant() {
    let removed = "2026-08-18T09:00:00Z,grant_removed,a1,reports\n";
    let got = told("a1,E1,active,Reports\n", "a1,E1,active,Code\n", removed);
    assert_eq!(got, ["Reports|removed|2026-08-18T09:00:00Z|||86400|86400"]);
    let again = format!("{removed}2026-08-19T09:00:00Z,grant_added,a1,Reports\n");
    let got = told("a1,E1,active,Reports\n", "", &again);
    assert_eq!(got, ["Reports|kept||2026-08-19T09:00:00Z||172800|"]);
}

#[test]
fn what_the_newest_dump_shows_is_kept_and_what_only_an_older_one_shows_is_undetermined() {
    let got = told("", "a1,E1,active,Reports;Wiki\n", "");
    assert_eq!(got, ["Reports|kept||2026-10-01T08:00:00Z||3884400|"]);
    let got = told("a1,E1,active,Reports\n", "", "");
    assert_eq!(got, ["Reports|undetermined||2026-08-15T08:00:00Z||-176400|"]);
}

#[test]
fn the_evidence_names_the_person_the_account_and_both_templates() {
    let (_case, ran) = audit(PEOPLE, "a1,E1,active,Reports\n", "a1,E1,active,Code\n", "");
    assert_eq!(ran.rows("movers.csv")[0]["evidence_at"], "people.csv:2; earlier.csv:3; accounts.csv:3; roles.csv:4; roles.csv:2");
}

#[test]
fn a_mover_of_whose_roles_no_template_tells_is_counted_and_has_no_row() {
    let people =
        format!("{PEOPLE}E3,Cas Example,Engineer,2026-06-30,Analyst,\nE4,Dee Example,Engineer,2026-08-17,Analyst,2026-09-01\n");
    let accounts = "a1,E1,active,Reports\na2,E2,active,Reports\na3,E3,active,Reports\na4,E4,active,Reports\n";
    let (_case, ran) = audit(&people, "", accounts, "");
    assert_eq!(ran.rows("movers.csv").len(), 1);
    let figures = &ran.summary()["process"]["movers"];
    let counts =
        ["people", "not_evaluable", "grants", "removed", "kept", "undetermined"].map(|key| figures[key].as_u64().unwrap());
    assert_eq!(counts, [2, 1, 1, 0, 1, 0]);
}
