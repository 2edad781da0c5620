//! The statistics, against published survival tables given to the program as cases.

use std::fmt::Write;

use crate::program::{Case, Ran, Row};

const DAY: i64 = 86_400;
/// The dump of every case: 2026-10-01T08:00:00Z.
const DUMP: i64 = 1_790_841_600;

fn stamp(seconds: i64) -> String {
    lastday::model::instant::Instant::from_seconds(seconds).unwrap().to_string()
}

/// One leaver's account: ended at a time, seen to have ended after another, or still open after a time; in days.
enum Seen {
    Ended(i64),
    Between(i64, i64),
    Open(i64),
}

/// A case in which each account's latency is what was seen, in days. A revocation between two times is shown by a sign-in at the one and
/// by the dump at the other; an open account departed so long before the dump.
fn case(seen: &[Seen]) -> Case {
    let mut people = "person_id,name,email,departs_at\n".to_owned();
    let mut accounts = "account_id,email,status\n".to_owned();
    let mut events = "at,action,target\n".to_owned();
    for (i, one) in seen.iter().enumerate() {
        let (departed, status) = match one {
            Seen::Ended(_) => (DUMP - 400 * DAY * 7, "disabled"),
            Seen::Between(_, until) => (DUMP - until * DAY, "disabled"),
            Seen::Open(at) => (DUMP - at * DAY, "active"),
        };
        let _ = writeln!(people, "E{i},Person {i},p{i}@acme.example,{}", stamp(departed));
        let _ = writeln!(accounts, "a{i},p{i}@acme.example,{status}");
        let _ = match one {
            Seen::Ended(at) => writeln!(events, "{},disabled,a{i}", stamp(departed + at * DAY)),
            Seen::Between(after, _) => writeln!(events, "{},signed_in,a{i}", stamp(departed + after * DAY)),
            Seen::Open(_) => Ok(()),
        };
    }
    let toml = format!("{}{}", crate::program::REVIEW, crate::program::SOURCES).replace("2026-07-01/", "2010-01-01/");
    Case::new(&[("lastday.toml", &toml), ("people.csv", &people), ("accounts.csv", &accounts), ("events.csv", &events)])
}

fn all(ran: &Ran) -> Row {
    ran.rows("statistics.csv").into_iter().find(|row| row["group_kind"] == "all").unwrap()
}

fn days(row: &Row, column: &str) -> Option<i64> {
    row[column].parse::<i64>().ok().map(|seconds| seconds / DAY)
}

#[test]
fn the_maintained_arm_of_the_leukaemia_trial_gives_its_published_median() {
    // survival::aml of R: median 31 weeks; the curve stands at 0.184 from week 48 on, so no higher percentile is reached.
    let ended = [9, 13, 18, 23, 31, 34, 48].map(|weeks| Seen::Ended(7 * weeks));
    let open = [13, 28, 45, 161].map(|weeks| Seen::Open(7 * weeks));
    let case = case(&ended.into_iter().chain(open).collect::<Vec<_>>());
    let ran = case.audit(&[]);
    let row = all(&ran);
    assert_eq!((row["estimator"].as_str(), row["accounts"].as_str()), ("kaplan-meier", "11"));
    assert_eq!(days(&row, "median_seconds"), Some(31 * 7));
    assert_eq!((row["p90_seconds"].as_str(), days(&row, "p90_after_seconds")), ("", Some(161 * 7)));
    assert_eq!(row["too_few_for"], "p95 p99");
    assert_eq!((days(&row, "max_seconds"), days(&row, "max_after_seconds")), (Some(48 * 7), Some(161 * 7)));
    assert_eq!(ran.summary()["latency"]["median_seconds"], 31 * 7 * DAY);
}

#[test]
fn the_trial_of_6_mp_gives_its_published_median() {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|weeks| Seen::Ended(7 * weeks));
    let open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| Seen::Open(7 * weeks));
    let case = case(&ended.into_iter().chain(open).collect::<Vec<_>>());
    let ran = case.audit(&[]);
    let row = all(&ran);
    assert_eq!(days(&row, "median_seconds"), Some(23 * 7));
    assert_eq!((row["p95_seconds"].as_str(), days(&row, "p95_after_seconds")), ("", Some(35 * 7)));
}

#[test]
fn the_radiotherapy_arm_of_the_breast_data_gives_turnbulls_published_interval() {
    // Finkelstein and Wolfe 1985, with Fay and Shaw's output of 2010: 0.5127 has not failed by month 38, 0.4656 after month 40.
    let between = [
        (6, 10),
        (0, 7),
        (7, 16),
        (7, 14),
        (37, 44),
        (0, 8),
        (4, 11),
        (11, 15),
        (25, 37),
        (26, 40),
        (27, 34),
        (36, 44),
        (36, 48),
        (17, 25),
        (11, 18),
        (5, 12),
        (0, 5),
        (5, 11),
        (19, 35),
        (17, 25),
        (19, 26),
    ];
    let open = [45, 46, 46, 17, 15, 22, 46, 46, 46, 46, 46, 37, 40, 46, 38, 37, 18, 24, 36, 24, 32, 33, 37, 34, 36];
    let seen: Vec<_> =
        between.map(|(after, until)| Seen::Between(after, until)).into_iter().chain(open.map(Seen::Open)).collect();
    let case = case(&seen);
    let ran = case.audit(&[]);
    let row = all(&ran);
    assert_eq!((row["estimator"].as_str(), row["latency_bounded"].as_str()), ("turnbull", "21"));
    assert_eq!(row["median_seconds"], "", "a median between two bounds is no value");
    assert_eq!((days(&row, "median_after_seconds"), days(&row, "median_before_seconds")), (Some(38), Some(40)));
    assert_eq!((days(&row, "p90_after_seconds"), days(&row, "p90_before_seconds")), (Some(46), Some(48)));
    assert_eq!(row["too_few_for"], "p99");
    assert!(ran.text("charts/survival.svg").contains("falls within, nothing tells where"));
}

#[test]
fn a_group_that_is_too_small_says_so_and_the_whole_keeps_its_figures() {
    let case = case(&[Seen::Ended(1), Seen::Ended(2), Seen::Ended(9)]);
    let ran = case.audit(&[]);
    let row = all(&ran);
    assert_eq!((row["median_seconds"].as_str(), row["too_few_for"].as_str()), ("", "median p90 p95 p99"));
    assert_eq!(ran.summary()["latency"]["median_seconds"], 2 * DAY, "the contract's figure is of however few there are");
    assert!(ran.text("report.html").contains("too few") && ran.stdout.contains("median not given"), "{}", ran.stdout);
}

#[test]
fn what_an_earlier_leaver_left_open_is_told_apart() {
    let case = Case::usual("a1,ann@acme.example,disabled,2026-08-14T18:30:00Z,,\na2,old@acme.example,active,,,\n", "");
    case.write(
        "people.csv",
        b"person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\nE2,Old Example,old@acme.example,2025-01-01T18:00:00Z\n",
    );
    let ran = case.audit(&[]);
    assert_eq!((all(&ran)["accounts"].as_str(), all(&ran)["latency_censored"].as_str()), ("1", "0"));
    let earlier = ran.rows("statistics.csv").into_iter().find(|row| row["group_kind"] == "earlier_leavers").unwrap();
    assert_eq!((earlier["accounts"].as_str(), earlier["not_on_time"].as_str()), ("1", "1"));
    assert_eq!(ran.summary()["counts"]["open"], 1);
    let verdict = ran.summary()["verdict"].to_string();
    assert!(verdict.contains("1 still works, of people who left before the period"), "{verdict}");
    assert!(ran.text("report.html").contains("of 2 accounts of leavers; 1 of people who left before the period"));
    // Where nobody left within the period, nobody is said to have.
    case.write("people.csv", b"person_id,name,email,departs_at\nE2,Old Example,old@acme.example,2025-01-01T18:00:00Z\n");
    let verdict = case.audit(&[]).summary()["verdict"].to_string();
    assert!(
        verdict.contains("Nobody left between 2026-07-01 and 2026-09-30; 1 account of people who left before still works."),
        "{verdict}"
    );
}

#[test]
fn groups_are_by_local_time_and_a_date_has_no_hour() {
    let case = Case::usual(
        "a1,ann@acme.example,disabled,2026-08-14T23:45:00Z,,\na2,bob@acme.example,disabled,2026-08-20T18:00:00Z,,\n",
        "",
    );
    case.write(
        "people.csv",
        "person_id,name,email,department,worker_type,departs_at\n\
         E1,Ann Example,ann@acme.example,Sales,employee,2026-08-14T23:30:00Z\n\
         E2,Bob Example,bob@acme.example,,contractor,2026-08-20\n"
            .as_bytes(),
    );
    let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
    case.write("lastday.toml", toml.replace("timezone = \"UTC\"", "timezone = \"Europe/London\"").as_bytes());
    let rows = case.audit(&[]).rows("statistics.csv");
    let of = |kind: &str| rows.iter().filter(|row| row["group_kind"] == kind).map(|row| row["group"].clone()).collect::<Vec<_>>();
    assert_eq!(of("system"), ["App"]);
    assert_eq!(of("department"), ["Sales", "not given"]);
    assert_eq!(of("worker_type"), ["contractor", "employee"]);
    assert_eq!(of("departure_month"), ["2026-08"]);
    assert_eq!(of("departure_weekday"), ["Thursday", "Saturday"], "half past midnight in London");
    assert_eq!(of("departure_hour"), ["00:00", "not given"]);
}

#[test]
fn the_report_draws_each_leavers_accounts_as_lanes() {
    let case = Case::usual("a1,ann@acme.example,disabled,2026-08-14T18:30:00Z,,\n", "");
    let ran = case.audit(&[]);
    let html = ran.text("report.html");
    assert!(
        html.contains("<figure class=\"lanes\">")
            && html.contains("Accounts of Ann Example around the departure. App: on time, 30 min.")
    );
}

#[test]
fn the_trend_sets_earlier_results_beside_this_one_and_the_manifest_names_them() {
    let old = Case::usual("a1,ann@acme.example,disabled,2026-08-14T20:00:00Z,,\n", "");
    assert_eq!(old.audit(&[]).code, 0);
    let (result, start) = (old.path().join("out"), "2026-07-01/2026-09-30");
    let new = case(&[Seen::Ended(1), Seen::Ended(2)]);
    let toml = std::fs::read_to_string(new.path().join("lastday.toml")).unwrap();
    let here = result.to_str().unwrap();
    let ran = new.audit(&["--earlier", here]);
    assert_eq!(ran.code, 3, "a period that does not end before this one");
    assert!(ran.stderr.contains("does not end before this one begins"), "{}", ran.stderr);

    let earlier = std::fs::read_to_string(old.path().join("lastday.toml")).unwrap().replace(start, "2005-01-01/2005-03-31");
    old.write("lastday.toml", earlier.as_bytes());
    old.write("people.csv", b"person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2005-02-14T18:00:00Z\n");
    old.write("accounts.csv", b"account_id,email,status,disabled_at\na1,ann@acme.example,disabled,2005-02-14T20:00:00Z\n");
    assert_eq!(old.audit(&[]).code, 0);
    let ran = new.audit(&["--earlier", here]);
    let trend = ran.summary()["trend"].clone();
    assert_eq!(
        (&trend[0]["period"][0], &trend[0]["late"], &trend[0]["median_seconds"]),
        (&"2005-01-01".into(), &1.into(), &7200.into())
    );
    assert_eq!((&trend[1]["late"], &trend[1]["median_seconds"]), (&2.into(), &DAY.into()));
    assert!(toml.contains("2010-01-01") && ran.text("report.html").contains("Trend over the results of earlier periods"));
    let manifest: serde_json::Value = serde_json::from_str(&ran.text("manifest.json")).unwrap();
    assert_eq!(manifest["earlier"][0]["path"], "out/summary.json");

    let summary = std::fs::read_to_string(result.join("summary.json")).unwrap();
    std::fs::write(result.join("summary.json"), summary.replace("\"late\": 1", "\"late\": 0")).unwrap();
    let ran = new.audit(&["--earlier", here]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("not the summary that its manifest names"), "{}", ran.stderr);
}
