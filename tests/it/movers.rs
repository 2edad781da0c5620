//! Whether the grants of a former role were taken away after the change, and no more than the evidence shows.

use std::fmt::Write;

use crate::numbers::{DUMPS, Numbers, for_seeds, stamp};
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

const CHANGED: i64 = 1_786_957_200; // 2026-08-17T09:00:00Z

/// Grants whose truth is known: held from the beginning, taken away, given again. The dumps show them as they are, with
/// gaps; the log tells whenever one is given, and of removals some.
fn hold(seed: u64) {
    let mut numbers = Numbers::of(seed);
    let (mut people, mut log) = (String::new(), String::new());
    let mut lists = [String::new(), String::new()];
    let mut truths = Vec::new();
    for n in 0..60 {
        let mut turns: Vec<i64> = Vec::new();
        for _ in 0..numbers.below(5) {
            let last = turns.last().copied().unwrap_or(CHANGED - 400_000);
            turns.push(last + 60 + numbers.below(1_500_000));
        }
        turns.retain(|at| *at < DUMPS[1]);
        let held = |at: i64| turns.iter().filter(|turn| **turn <= at).count().is_multiple_of(2);
        let _ = writeln!(people, "E{n},P {n} Example,Engineer,{},Analyst,", stamp(CHANGED));
        for (list, dump) in lists.iter_mut().zip(DUMPS) {
            if numbers.below(4) > 0 {
                let _ = writeln!(list, "a{n},E{n},active,Wiki{}", if held(dump) { ";Reports" } else { "" });
            }
        }
        for (place, at) in turns.iter().enumerate() {
            let given = !place.is_multiple_of(2);
            if given || numbers.below(2) == 0 {
                let _ = writeln!(log, "{},{},a{n},Reports", stamp(*at), if given { "grant_added" } else { "grant_removed" });
            }
        }
        truths.push(turns);
    }
    let (_case, ran) = audit(&people, &lists[0], &lists[1], &log);
    let rows = ran.rows("movers.csv");
    assert!(rows.len() > 25, "seed {seed}: {}", ran.stderr);
    for row in &rows {
        let turns = &truths[row["account_id"][1..].parse::<usize>().unwrap()];
        let told = format!("seed {seed}: {row:?} of {:?}", turns.iter().map(|at| stamp(*at)).collect::<Vec<_>>());
        let shown = |bound: &str| if row["removed_at"].is_empty() { row[bound].clone() } else { row["removed_at"].clone() };
        let (least, most) = (shown("removed_not_before"), shown("removed_not_after"));
        let held = |at: &str| turns.iter().filter(|turn| stamp(**turn).as_str() <= at).count().is_multiple_of(2);
        match row["outcome"].as_str() {
            "removed" => {
                let last = turns.last().map(|at| stamp(*at)).unwrap();
                assert!(!turns.len().is_multiple_of(2), "it is held: {told}");
                assert!(least <= last && last <= most, "{told}");
            }
            outcome => {
                assert!(held(&least), "{told}");
                assert_eq!(outcome == "kept", least >= stamp(CHANGED), "{told}");
            }
        }
    }
}

#[test]
fn the_truth_lies_within_every_bound_that_is_claimed() {
    for_seeds(hold);
}
