//! Evidence that bounds a revocation without dating it, ways in through another system, and accounts of several credentials.

use crate::program::{Case, REVIEW, Row};

fn told(row: &Row) -> String {
    ["outcome", "revoked_at", "revoked_after", "revoked_before", "evidence", "evidence_at"].map(|c| row[c].as_str()).join("|")
}

/// Ann left on 14 August 2026 at 18:00 UTC; the target is one hour; the dump is of 1 October, 08:00.
fn dump(header: &str, rows: &str, events: &str) -> Case {
    let case = Case::usual("", events);
    case.write("accounts.csv", format!("account_id,email,status,{header}\n{rows}").as_bytes());
    case
}

#[test]
fn the_time_of_the_newest_change_bounds_a_disabling_from_above_only() {
    let case = dump("changed_at", "a1,ann@acme.example,disabled,2026-08-14T18:30:00Z\n", "");
    assert_eq!(told(&case.revocation()), "on_time|||2026-08-14T18:30:00Z|dump|accounts.csv:2");
    let case = dump("changed_at", "a1,ann@acme.example,disabled,2026-09-20T18:30:00Z\n", "");
    assert_eq!(told(&case.revocation()), "undetermined|||2026-09-20T18:30:00Z|dump|accounts.csv:2");
    let case = dump("changed_at", "a1,ann@acme.example,active,2026-08-14T18:30:00Z\n", "");
    assert_eq!(case.revocation()["outcome"], "open", "of an account that works it says nothing");
}

#[test]
fn a_sign_in_after_the_newest_change_takes_the_bound_back() {
    let case =
        dump("changed_at", "a1,ann@acme.example,disabled,2026-08-14T18:30:00Z\n", "2026-08-20T08:00:00Z,signed_in,a1,success\n");
    assert_eq!(told(&case.revocation()), "late||2026-08-20T08:00:00Z|2026-10-01T08:00:00Z|dump|events.csv:2; accounts.csv:2");
}

#[test]
fn an_attempt_that_was_refused_since_the_account_was_disabled_bounds_it_and_is_no_use() {
    let refused = "2026-08-14T18:45:00Z,sign_in_failed,a1,disabled\n";
    let row = dump("grants", "a1,ann@acme.example,disabled,\n", refused).revocation();
    assert_eq!(told(&row), "on_time|||2026-08-14T18:45:00Z|event|events.csv:2");
    assert_eq!((row["uses_after_departure"].as_str(), row["last_used_at"].as_str()), ("0", ""));
    let case = dump("grants", "a1,ann@acme.example,disabled,\n", "2026-08-14T18:45:00Z,sign_in_failed,a1,failure\n");
    assert_eq!(case.revocation()["outcome"], "undetermined", "a wrong password says nothing of the account");
    let used = format!("{refused}2026-08-14T20:00:00Z,signed_in,a1,success\n");
    let row = dump("grants", "a1,ann@acme.example,disabled,\n", &used).revocation();
    assert_eq!((row["outcome"].as_str(), row["revoked_after"].as_str()), ("late", "2026-08-14T20:00:00Z"));
}

#[test]
fn an_account_is_revoked_when_the_last_of_its_credentials_is() {
    let of = |credentials: &str| dump("credentials", &format!("a1,ann@acme.example,,{credentials}\n"), "");
    let case = of("password=inactive; access_key_1=active; access_key_2=inactive");
    let left = case.audit(&[]);
    assert_eq!(left.rows("revocations.csv")[0]["outcome"], "open");
    let found = left.rows("findings.csv");
    let open = found.iter().find(|f| f["rule"] == "leaver-account-open").unwrap();
    assert!(open["detail"].ends_with("what works: access_key_1"), "{}", open["detail"]);
    let none = of("password=inactive; access_key_1=inactive");
    assert_eq!(none.revocation()["revoked_before"], "2026-10-01T08:00:00Z");
    let case = of("password=inactive; access_key_1=resting");
    let strange = case.audit(&[]);
    assert_eq!(strange.rows("revocations.csv")[0]["outcome"], "undetermined");
    assert!(strange.text("report.html").contains("credentials: access_key_1=resting"));
}

/// Outcome, instant and evidence of Ann's account, whose dumps list its credentials and nothing else.
fn by_credentials(earlier: Option<&str>, newest: &str, log: &str) -> [String; 3] {
    let list = |credentials: &str| format!("account_id,email,status,credentials\na1,ann@acme.example,,{credentials}\n");
    let mut case = dump("credentials", "", "");
    if let Some(credentials) = earlier {
        case.write("earlier.csv", list(credentials).as_bytes());
        case = case.with(
            "[[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"earlier.csv\"\nexported_at = \"2026-08-01T08:00:00Z\"\n",
        );
    }
    case.write("accounts.csv", list(newest).as_bytes());
    case.write("events.csv", format!("at,action,target,credential,detail\n{log}").as_bytes());
    let row = case.revocation();
    ["outcome", "revoked_at", "evidence_at"].map(|column| row[column].clone())
}

const PASSWORD_REVOKED: &str = "2026-08-14T18:10:00Z,credential_revoked,a1,,password\n";
const OFF: &str = "password=inactive; access_key_1=inactive";

#[test]
fn the_log_tells_when_the_last_of_the_credentials_was_revoked() {
    let on = Some("password=active; access_key_1=active");
    let key = format!("{PASSWORD_REVOKED}2026-08-14T18:30:00Z,credential_revoked,a1,,access_key_1\n");
    assert_eq!(by_credentials(on, OFF, &key), ["on_time", "2026-08-14T18:30:00Z", "events.csv:3"]);
    assert_eq!(by_credentials(on, OFF, PASSWORD_REVOKED)[0], "undetermined", "nothing shows when the key went");
    assert_eq!(by_credentials(on, "password=inactive; access_key_1=active", &key)[0], "open", "the dump is newer");
    assert_eq!(by_credentials(None, OFF, &key)[0], "undetermined", "there may have been one that is not listed any more");
}

#[test]
fn a_key_that_the_log_names_by_an_id_is_one_that_an_earlier_dump_lists_unless_it_was_made_since() {
    let on = Some("password=active; access_key_1=active");
    let key = format!("{PASSWORD_REVOKED}2026-08-14T18:30:00Z,credential_revoked,a1,access_key,K1\n");
    assert_eq!(by_credentials(on, OFF, &key), ["on_time", "2026-08-14T18:30:00Z", "events.csv:3"]);
    let made = format!("{key}2026-08-14T18:40:00Z,credential_added,a1,access_key,K2\n");
    assert_eq!(by_credentials(on, OFF, &made)[0], "undetermined", "what became of the new key is not told");
    let gone = format!("{made}2026-08-14T20:00:00Z,credential_revoked,a1,access_key,K2\n");
    assert_eq!(by_credentials(on, OFF, &gone)[..2], ["late", "2026-08-14T20:00:00Z"]);
}

/// Ann's account in App, which works by its dump, and in Door, whose log shows it disabled at 18:20.
fn through(system: &str, events: &str) -> Case {
    let sources = r#"
[[source]]
kind = "people"
path = "people.csv"
[[source]]
kind = "accounts"
system = "App"
path = "accounts.csv"
exported_at = "2026-10-01T08:00:00Z"
[[source]]
kind = "events"
system = "App"
path = "events.csv"
[[source]]
kind = "accounts"
system = "Door"
path = "door.csv"
exported_at = "2026-10-01T08:00:00Z"
[[source]]
kind = "events"
system = "Door"
path = "door-log.csv"
[[system]]
name = "App"
"#;
    Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{sources}{system}")),
        ("people.csv", "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\n"),
        ("accounts.csv", "account_id,email,status\na1,ann@acme.example,active\n"),
        ("events.csv", &format!("at,action,target\n{events}")),
        ("door.csv", "account_id,email,status\nd1,ann@acme.example,disabled\n"),
        ("door-log.csv", "at,action,target\n2026-08-14T18:20:00Z,disabled,d1\n"),
    ])
}

fn app(case: &Case) -> Row {
    case.audit(&[]).rows("revocations.csv").into_iter().find(|r| r["system"] == "App").unwrap()
}

#[test]
fn a_revocation_where_people_sign_in_cuts_the_systems_behind_it_with_both_shown() {
    let case = through("sign_in = \"Door\"\n", "");
    let row = app(&case);
    assert_eq!(told(&row), "on_time|2026-08-14T18:20:00Z|||event|door-log.csv:2; accounts.csv:2");
    assert_eq!((row["latency_seconds"].as_str(), row["exposure_seconds"].as_str()), ("1200", "1200"));
    let ran = case.audit(&[]);
    assert!(ran.text("summary.json").contains("People sign in to App through Door only"));
    let last = ran.rows("timelines.csv").into_iter().rfind(|r| r["system"] == "App").unwrap();
    assert_eq!(
        ["from", "state", "evidence", "evidence_at"].map(|c| last[c].as_str()).join("|"),
        "2026-08-14T18:20:00Z|not_usable|cascade|door-log.csv:2"
    );
}

#[test]
fn while_the_system_through_which_people_sign_in_was_closed_nothing_behind_it_was_exposed() {
    let measured = |events: &str, again: &str, door: &str| {
        let case = through("sign_in = \"Door\"\n", events);
        case.write("door-log.csv", format!("at,action,target\n2026-08-14T18:20:00Z,disabled,d1\n{again}").as_bytes());
        case.write("door.csv", format!("account_id,email,status\nd1,ann@acme.example,{door}\n").as_bytes());
        let own = if events.contains("disabled,a1") { "disabled" } else { "active" };
        case.write("accounts.csv", format!("account_id,email,status\na1,ann@acme.example,{own}\n").as_bytes());
        let row = app(&case);
        [&row["exposure_seconds"], &row["reactivations"]].map(String::as_str).join("|")
    };
    let again = "2026-08-16T18:00:00Z,enabled,d1\n2026-08-16T18:10:00Z,disabled,d1\n";
    assert_eq!(measured("", again, "disabled"), "1800|1", "twenty minutes, and ten more two days later");
    let opened = "2026-10-01T07:00:00Z,enabled,d1\n";
    assert_eq!(measured("", opened, "active"), "4800|1", "twenty minutes, and the hour up to the dump");
    let off = "2026-08-14T19:00:00Z,disabled,a1\n";
    assert_eq!(measured(off, opened, "active"), "1200|0", "the account itself stayed closed");
    let inside = "2026-08-15T09:00:00Z,signed_in,a1\n";
    assert_eq!(measured(inside, again, "disabled"), "173400|0", "a use shows another way in");
}

#[test]
fn two_dumps_that_show_the_system_before_it_opened_again_show_the_account_usable_again() {
    let case = through("sign_in = \"Door\"\n", "");
    let earlier = "\n[[source]]\nkind = \"accounts\"\nsystem = \"Door\"\npath = \"door-earlier.csv\"\nexported_at = \"2026-09-01T08:00:00Z\"\n";
    let case = case.with(earlier);
    case.write("door-earlier.csv", b"account_id,email,status\nd1,ann@acme.example,disabled\n");
    case.write("door.csv", b"account_id,email,status\nd1,ann@acme.example,active\n");
    let row = app(&case);
    let columns = ["outcome", "revoked_at", "exposure_seconds", "reactivations"];
    assert_eq!(columns.map(|column| row[column].as_str()), ["open", "", "", "1"], "since when is not known");
    let ran = case.audit(&[]);
    let again = |row: &&Row| row["rule"] == "reactivated-after-departure" && row["system"] == "App";
    let told = ran.rows("findings.csv").iter().find(again).map(|row| row["evidence_at"].clone());
    assert_eq!(told.as_deref(), Some("door.csv:2; people.csv:2"));
}

#[test]
fn another_way_in_disproves_the_cascade() {
    let open = |system: &str, events: &str| app(&through(system, events))["outcome"].clone();
    assert_eq!(open("", ""), "open", "nobody says that Door is the only way");
    assert_eq!(open("sign_in = \"Door\"\nlocal_login = true\n", ""), "open");
    let behind = "sign_in = \"Door\"\n";
    assert_eq!(open(behind, "2026-08-14T19:00:00Z,signed_in,a1\n"), "open");
    assert_eq!(open(behind, "2026-08-14T19:00:00Z,credential_added,a1\n"), "open");
    assert_eq!(open(behind, "2026-08-14T18:10:00Z,signed_in,a1\n"), "on_time");
}

#[test]
fn systems_that_are_reached_through_each_other_only_are_an_error() {
    let case = through("sign_in = \"Door\"\n[[system]]\nname = \"Door\"\nsign_in = \"App\"\n", "");
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("through the other only"), "{}", ran.stderr);
}

#[test]
fn what_a_system_leaves_open_is_told_with_the_export_that_would_settle_it() {
    let case = dump("grants", "a1,ann@acme.example,disabled,\n", "2026-08-01T08:00:00Z,signed_in,a1,success\n");
    let app = case.audit(&[]).summary()["systems"][0].clone();
    assert_eq!(app["settled_by"][0], "the log of App from 2026-08-01T08:00:00Z to 2026-10-01T08:00:00Z would decide 1 account");
    assert_eq!(app["lacks"][0], "nothing in the log before 2026-08-01");
    let case = dump("grants", "a1,ann@acme.example,,\n", "");
    let ran = case.audit(&[]);
    let told = "a dump of App later than 2026-08-14T19:00:00Z that shows their status would decide 1 account";
    assert_eq!(ran.summary()["systems"][0]["settled_by"][0], told);
    assert!(ran.text("report.html").contains(told));
}

#[test]
fn a_silence_of_a_log_is_told_and_a_line_of_any_kind_ends_it() {
    let events = |more: &str| {
        let days = (1..=30).flat_map(|day| (0..24).map(move |hour| (day, hour)));
        let busy = days.filter(|(day, _)| !(10..=13).contains(day));
        let lines: Vec<String> =
            busy.map(|(day, hour)| format!("2026-08-{day:02}T{hour:02}:30:00Z,signed_in,b1,success\n")).collect();
        dump("grants", "a1,ann@acme.example,active,\nb1,bob@acme.example,active,\n", &(lines.concat() + more))
    };
    let silences = |case: &Case| case.audit(&[]).summary()["systems"][0]["silences"].clone();
    let case = events("");
    assert_eq!(silences(&case), serde_json::json!([["2026-08-10T00:00:00Z", "2026-08-14T00:00:00Z"]]));
    let check = crate::program::lastday(&["check", "."], case.path());
    assert!(String::from_utf8_lossy(&check.stdout).contains("no line at all from 2026-08-10T00:00:00Z"));
    let other: Vec<String> = (10..=13).map(|day| format!("2026-08-{day}T12:00:00Z,file_opened,b1,success\n")).collect();
    assert_eq!(silences(&events(&other.concat())), serde_json::json!([]), "what is out of scope is a line all the same");
}
