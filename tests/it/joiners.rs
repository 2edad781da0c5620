//! How soon the accounts of joiners could be used, and no more than the evidence shows.

use std::fmt::Write;

use crate::numbers::{DUMPS, Numbers, for_seeds, stamp};
use crate::program::{Case, REVIEW, Ran, Row, SOURCES};

const EARLIER_DUMP: &str =
    "\n[[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"earlier.csv\"\nexported_at = \"2026-08-15T08:00:00Z\"\n";

/// The case is its folder, which must outlive the reading of the result.
fn audit(people: &str, earlier: Option<&str>, accounts: &str, events: &str) -> (Case, Ran) {
    let header = "account_id,person_id,status,created_at,disabled_at,last_used_at\n";
    let more = if earlier.is_some() { EARLIER_DUMP } else { "" };
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{more}")),
        ("people.csv", &format!("person_id,name,start_at,departs_at\n{people}")),
        ("earlier.csv", &format!("{header}{}", earlier.unwrap_or_default())),
        ("accounts.csv", &format!("{header}{accounts}")),
        ("events.csv", &format!("at,action,target\n{events}")),
    ]);
    let ran = case.audit(&[]);
    (case, ran)
}

/// Ann started on 17 August 2026 at 09:00 UTC; accounts should be usable within four hours.
const ANN: &str = "E1,Ann Example,2026-08-17T09:00:00Z,\n";

fn told(row: &Row) -> String {
    let columns =
        ["outcome", "usable_at", "usable_not_before", "usable_not_after", "seconds_at_least", "seconds_at_most", "evidence_at"];
    columns.map(|c| row[c].as_str()).join("|")
}

fn of_ann(earlier: Option<&str>, accounts: &str, events: &str) -> String {
    let (_case, ran) = audit(ANN, earlier, accounts, events);
    let rows = ran.rows("joiners.csv");
    assert_eq!(rows.len(), 1, "{}\n{}", ran.stdout, ran.stderr);
    told(&rows[0])
}

#[test]
fn an_account_made_by_a_dated_row_is_usable_from_then() {
    let got = of_ann(None, "a1,E1,active,2026-08-17T11:00:00Z,,\n", "");
    assert_eq!(got, "on_time|2026-08-17T11:00:00Z|||7200|7200|people.csv:2; accounts.csv:2");
    let got = of_ann(None, "a1,E1,active,,,\n", "2026-08-17T13:00:01Z,created,a1\n");
    assert_eq!(got, "late|2026-08-17T13:00:01Z|||14401|14401|people.csv:2; events.csv:2");
}

#[test]
fn an_account_made_first_and_enabled_later_is_usable_somewhere_in_between() {
    let events = "2026-08-17T08:00:00Z,created,a1\n2026-08-18T09:00:00Z,enabled,a1\n";
    let got = of_ann(None, "a1,E1,active,,,\n", events);
    assert!(got.starts_with("undetermined||2026-08-17T08:00:00Z|2026-08-18T09:00:00Z|-3600|86400|"), "{got}");
}

#[test]
fn an_account_that_was_never_on_is_not_usable_since_it_was_made() {
    let got = of_ann(None, "a1,E1,disabled,2026-08-17T10:00:00Z,,\n", "");
    assert!(got.starts_with("undetermined||2026-08-17T10:00:00Z||3600||"), "{got}");
}

#[test]
fn one_that_was_switched_off_later_was_usable_since_it_was_made() {
    let got = of_ann(None, "a1,E1,disabled,2026-08-17T10:00:00Z,,\n", "2026-09-01T10:00:00Z,disabled,a1\n");
    assert!(got.starts_with("on_time|2026-08-17T10:00:00Z|"), "{got}");
}

#[test]
fn an_account_without_a_date_is_bounded_by_the_dumps() {
    let other = "b1,,active,,,\n";
    let got = of_ann(Some(other), &format!("{other}a1,E1,active,,,\n"), "");
    assert_eq!(
        got,
        "undetermined||2026-08-15T08:00:00Z|2026-10-01T08:00:00Z|-176400|3884400|people.csv:2; earlier.csv:1; accounts.csv:3"
    );
    let got = of_ann(None, "a1,E1,active,,,\n", "2026-08-17T09:30:00Z,signed_in,a1\n");
    assert_eq!(got, "on_time|||2026-08-17T09:30:00Z||1800|people.csv:2; events.csv:2");
}

#[test]
fn a_start_and_a_creation_by_day_stay_days() {
    let (_case, ran) = audit("E1,Ann Example,2026-08-17,\n", None, "a1,E1,active,2026-08-17,,\n", "");
    let row = &ran.rows("joiners.csv")[0];
    assert_eq!(
        told(row).split("|people").next().unwrap(),
        "undetermined||2026-08-17T00:00:00Z|2026-08-17T23:59:59Z|-86399|86399"
    );
    let (_case, ran) = audit("E1,Ann Example,2026-08-17,\n", None, "a1,E1,active,2026-08-14,,\n", "");
    assert_eq!(ran.rows("joiners.csv")[0]["outcome"], "on_time");
}

#[test]
fn a_start_by_day_is_at_the_time_that_the_policy_agrees_on() {
    let told = |policy: &str| {
        let case = Case::new(&[
            ("lastday.toml", &format!("{REVIEW}{policy}{SOURCES}")),
            ("people.csv", "person_id,name,start_at,departs_at\nE1,Ann Example,2026-08-17,\n"),
            ("accounts.csv", "account_id,person_id,status,created_at\na1,E1,active,2026-08-17T12:00:00Z\n"),
            ("events.csv", "at,action,target\n"),
        ]);
        told(&case.audit(&[]).rows("joiners.csv")[0])
    };
    let evidence = "people.csv:2; accounts.csv:2";
    assert_eq!(told("start_time = \"09:00\"\n"), format!("on_time|2026-08-17T12:00:00Z|||10800|10800|{evidence}"));
    assert_eq!(told("start_time = \"07:30\"\n"), format!("late|2026-08-17T12:00:00Z|||16200|16200|{evidence}"));
    assert_eq!(told("start_time = \"unknown\"\n"), told(""));
    assert!(told("").starts_with("undetermined|"));
}

#[test]
fn only_those_who_started_within_the_period_are_joiners() {
    let people = "E1,Ann Example,2026-06-30,\nE2,Bob Example,2026-07-01,\nE3,Cas Example,2026-10-05,\nE4,Dee Example,,\n";
    let accounts = "a1,E1,active,,,\na2,E2,active,2026-07-01T09:00:00Z,,\na3,E3,active,,,\na4,E4,active,,,\n";
    let (_case, ran) = audit(people, None, accounts, "");
    let who: Vec<String> = ran.rows("joiners.csv").iter().map(|row| row["person_id"].clone()).collect();
    assert_eq!(who, ["E2"]);
    let figures = &ran.summary()["process"]["joiners"];
    assert_eq!((&figures["people"], &figures["accounts"], &figures["target_seconds"]), (&1.into(), &1.into(), &14_400.into()));
}

const START: i64 = 1_786_957_200; // 2026-08-17T09:00:00Z

/// Accounts whose truth is known: made at some time, first switched on then or later, switched off and on again. The dumps
/// and the log tell some of it, and what they tell is true. The truth must lie within every bound that is claimed.
fn hold(seed: u64) {
    let mut numbers = Numbers::of(seed);
    let (mut people, mut old, mut new, mut log) =
        (String::new(), "b0,,active,,,\n".to_owned(), "b0,,active,,,\n".to_owned(), String::new());
    let mut truths = std::collections::BTreeMap::new();
    for n in 0..60 {
        let made = DUMPS[0] - 400_000 + numbers.below(3_000_000);
        let mut states = vec![(made, numbers.below(3) > 0)];
        for _ in 0..numbers.below(4) {
            let (last, on) = *states.last().unwrap();
            states.push((last + 60 + numbers.below(900_000), !on));
        }
        states.retain(|(at, _)| *at < DUMPS[1]);
        let first = states.iter().find(|(_, on)| *on).map(|(at, _)| *at);
        let off = states.iter().rev().take_while(|(_, on)| !*on).last().map(|(at, _)| *at).filter(|at| *at > made);
        let tells_made = numbers.below(3);
        let _ = writeln!(people, "E{n},P {n} Example,{},", stamp(START));
        for (dump, list) in DUMPS.iter().zip([&mut old, &mut new]) {
            let Some((_, on)) = states.iter().rev().find(|(at, _)| at <= dump) else { continue };
            let created = if tells_made == 1 {
                stamp(made)
            } else if tells_made == 2 {
                stamp(made)[..10].to_owned()
            } else {
                String::new()
            };
            let told_off = off.filter(|at| !on && at <= dump && numbers.below(2) == 0).map(stamp).unwrap_or_default();
            let _ = writeln!(list, "a{n},E{n},{},{created},{told_off},", if *on { "active" } else { "disabled" });
        }
        if numbers.below(2) == 0 {
            let _ = writeln!(log, "{},created,a{n}", stamp(made));
        }
        for (at, on) in &states[1..] {
            // The premise of the method: who makes an account off and tells when it was made also tells when it was first on.
            let first_on = !states[0].1 && Some(*at) == first;
            if first_on || numbers.below(2) == 0 {
                let _ = writeln!(log, "{},{},a{n}", stamp(*at), if *on { "enabled" } else { "disabled" });
            }
        }
        for (place, (at, on)) in states.iter().enumerate() {
            let end = states.get(place + 1).map_or(DUMPS[1], |next| next.0);
            if *on && numbers.below(3) == 0 {
                let used = at + numbers.below(end - at);
                let _ = writeln!(log, "{},signed_in,a{n}", stamp(used));
            }
        }
        truths.insert(format!("a{n}"), first);
    }
    let (_case, ran) = audit(&people, Some(&old), &new, &log);
    let rows = ran.rows("joiners.csv");
    assert!(rows.len() > 40, "seed {seed}: {}", ran.stderr);
    for row in &rows {
        // All of these are written alike, so that their order as texts is that of time.
        let shown = |exact: &str, bound: &str| if row[exact].is_empty() { row[bound].clone() } else { row[exact].clone() };
        let (least, most) = (shown("usable_at", "usable_not_before"), shown("usable_at", "usable_not_after"));
        let Some(truth) = truths[&row["account_id"]] else {
            assert_eq!(most, "", "seed {seed}: never usable, {}", told(row));
            assert_ne!(row["outcome"], "on_time", "seed {seed}: never usable, {}", told(row));
            continue;
        };
        let known = stamp(truth);
        assert!(least <= known, "seed {seed}: usable from {known}, {}", told(row));
        assert!(most.is_empty() || known <= most, "seed {seed}: usable from {known}, {}", told(row));
        let real = if truth - START <= 14_400 { "on_time" } else { "late" };
        assert!([real, "undetermined"].contains(&row["outcome"].as_str()), "seed {seed}: really {real}, {}", told(row));
    }
}

#[test]
fn the_truth_lies_within_every_bound_that_is_claimed() {
    for_seeds(hold);
}
