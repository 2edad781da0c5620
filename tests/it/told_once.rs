//! One fault is one finding, and what explains itself is none.

use std::fmt::Write;

use crate::program::{Case, REVIEW, Ran, Row, SOURCES};

/// A result with the case that it lies in.
struct Kept {
    ran: Ran,
    _case: Case,
}

impl std::ops::Deref for Kept {
    type Target = Ran;
    fn deref(&self) -> &Ran {
        &self.ran
    }
}

fn audited(case: Case) -> Kept {
    let ran = case.audit(&[]);
    assert!(case.path().exists() && ran.wrote(), "{}", ran.stderr);
    Kept { ran, _case: case }
}

/// The findings of a rule: person, system, account.
fn of(ran: &Ran, rule: &str) -> Vec<(String, String, String)> {
    let rows = ran.rows("findings.csv");
    let of = rows.iter().filter(|row| row["rule"] == rule);
    of.map(|row| (row["person_id"].clone(), row["system"].clone(), row["account_id"].clone())).collect()
}

fn owned(texts: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    texts.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

/// The usual sources with these files.
fn case(toml: &str, people: &str, accounts: &str, events: &str) -> Kept {
    let files = [
        ("lastday.toml", format!("{REVIEW}{SOURCES}{toml}")),
        ("people.csv", people.to_owned()),
        ("accounts.csv", accounts.to_owned()),
        ("events.csv", format!("at,action,target,outcome\n{events}")),
    ];
    let case = Case::new(&[]);
    for (name, text) in &files {
        case.write(name, text.as_bytes());
    }
    audited(case)
}

#[test]
fn a_system_of_which_nothing_was_read_is_one_finding() {
    let case = Case::usual("a,ann@acme.example,disabled,2026-08-14T18:05:00Z,,\n", "2026-08-14T18:05:00Z,disabled,a,success\n");
    let ran = audited(case.with("\n[[system]]\nname = \"Fax\"\ntype = \"device\"\n"));
    assert_eq!(of(&ran, "system-without-dump"), owned(&[("", "Fax", "")]));
    assert_eq!(of(&ran, "log-gap").iter().filter(|(_, system, _)| system == "Fax").count(), 0);
    assert!(ran.text("findings.csv").contains("and no log of it was read: nothing is known of them"));
}

/// A line every four hours from a day on, the last on 30 September.
fn lines(from: &str) -> String {
    let first: chrono::DateTime<chrono::Utc> = from.parse().unwrap();
    let mut text = String::new();
    for place in 0.. {
        let at = first + chrono::Duration::hours(4 * place);
        if *at.to_rfc3339() > *"2026-09-30T22" {
            break;
        }
        let _ = writeln!(text, "{},signed_in,b,success", at.format("%Y-%m-%dT%H:%M:%SZ"));
    }
    text
}

#[test]
fn a_silence_of_the_log_counts_from_the_beginning_of_the_period() {
    let gaps = |events: String| of(&audited(Case::usual("b,bob@acme.example,active,,,\n", &events)), "log-gap");
    let early = "2026-05-15T09:00:00Z,signed_in,b,success\n";
    assert!(gaps(format!("{early}{}", lines("2026-07-01T01:00:00Z"))).is_empty(), "before the period nobody asks");
    let late = format!("{early}{}", lines("2026-07-06T01:00:00Z"));
    assert_eq!(gaps(late), owned(&[("", "App", "")]), "five days of the period are missing");
}

#[test]
fn a_list_may_be_shorter_by_those_who_left_and_by_what_the_log_tells_of() {
    let mut people = "person_id,email,departs_at\n".to_owned();
    let (mut before, mut after, mut events) =
        ("account_id,email,status\n".to_owned(), "account_id,email,status\n".to_owned(), String::new());
    for place in 0..30 {
        let left = if place < 6 { "2026-08-14T18:00:00Z" } else { "" };
        let _ = writeln!(people, "E{place},p{place}@acme.example,{left}");
        let row = format!("a{place},p{place}@acme.example,active\n");
        before += &row;
        match place {
            0..9 => drop(writeln!(
                events,
                "2026-08-{},deleted,a{place},success",
                if place < 6 { "14T18:05:00Z" } else { "20T10:00:00Z" }
            )),
            _ => after += &row,
        }
    }
    let shrunk = |after: &str| {
        let case = Case::new(&[]);
        let toml = format!(
            "{REVIEW}{}",
            SOURCES.replace(
                "[[source]]\nkind = \"events\"",
                "[[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"before.csv\"\nexported_at = \"2026-07-01T08:00:00Z\"\n\
                 [[source]]\nkind = \"events\""
            )
        );
        case.write("lastday.toml", toml.as_bytes());
        let events = format!("at,action,target,outcome\n{events}");
        for (name, text) in [("people.csv", &people), ("before.csv", &before), ("events.csv", &events)] {
            case.write(name, text.as_bytes());
        }
        case.write("accounts.csv", after.as_bytes());
        audited(case)
    };
    assert!(of(&shrunk(&after), "dump-shrank").is_empty(), "nine are missing, and each is accounted for");
    let cut: String = after.lines().take(15).fold(String::new(), |text, line| text + line + "\n");
    let ran = shrunk(&cut);
    assert_eq!(of(&ran, "dump-shrank"), owned(&[("", "App", "")]), "of seven more nothing tells");
    assert!(ran.text("findings.csv").contains("9 of them are told as gone by HR or by a date"));
}

const BEHIND: &str = r#"
[[source]]
kind = "accounts"
system = "Chat"
path = "chat.csv"
exported_at = "2026-10-01T08:00:00Z"
[[system]]
name = "Chat"
sign_in = "App"
"#;

fn behind(provider: &str, log: &str, chat: &str) -> Kept {
    let case = Case::usual(provider, log).with(BEHIND);
    case.write("chat.csv", format!("account_id,email,status,last_used_at\n{chat}").as_bytes());
    audited(case)
}

#[test]
fn a_revocation_that_is_dated_at_the_provider_is_dated_where_nothing_lets_in_but_the_provider() {
    let chat = "c,ann@acme.example,disabled,\n";
    let dated = behind("a,ann@acme.example,disabled,,,\n", "2026-08-14T18:05:00Z,disabled,a,success\n", chat);
    assert!(of(&dated, "revocation-undated").is_empty());
    let case = Case::usual("a,ann@acme.example,disabled,,,\n", "2026-08-14T18:05:00Z,disabled,a,success\n").with(BEHIND);
    case.write("chat.csv", format!("account_id,email,status,last_used_at\n{chat}").as_bytes());
    case.write("people.csv", b"person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14\n");
    let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
    case.write("lastday.toml", toml.replace("departure_time = \"18:00\"", "departure_time = \"unknown\"").as_bytes());
    let day = audited(case);
    assert!(day.rows("revocations.csv").iter().all(|row| row["outcome"] == "undetermined"));
    assert!(of(&day, "revocation-undated").is_empty(), "it is the departure of which the time is not known");
    let undated = behind("a,ann@acme.example,disabled,,,\n", "", chat);
    assert_eq!(of(&undated, "revocation-undated").len(), 2, "nothing dates either");
    let late = behind("a,ann@acme.example,disabled,,,\n", "2026-08-20T18:05:00Z,disabled,a,success\n", chat);
    assert_eq!(
        of(&late, "revocation-undated"),
        owned(&[("E1", "Chat", "c")]),
        "whether this one was cut sooner by itself would matter"
    );
}

#[test]
fn an_idle_account_of_a_leaver_is_dormant_behind_a_closed_system_and_told_as_open_behind_an_open_one() {
    let chat = "c,ann@acme.example,active,2026-06-01T09:00:00Z\n";
    let closed =
        behind("a,ann@acme.example,disabled,2026-08-14T18:05:00Z,,\n", "2026-08-14T18:05:00Z,disabled,a,success\n", chat);
    assert_eq!(of(&closed, "dormant-account"), owned(&[("E1", "Chat", "c")]), "nothing else tells of it");
    assert!(of(&closed, "leaver-account-open").is_empty() && of(&closed, "local-login-left").is_empty());
    let open = behind("a,ann@acme.example,active,,2026-08-01T09:00:00Z,\n", "", chat);
    assert!(of(&open, "dormant-account").is_empty());
    assert_eq!(of(&open, "leaver-account-open"), owned(&[("E1", "App", "a"), ("E1", "Chat", "c")]));
}

#[test]
fn each_secret_that_somebody_took_along_is_a_finding_of_its_own_on_the_account_of_the_vault() {
    let case = Case::usual("a,ann@acme.example,disabled,2026-08-14T18:05:00Z,,\n", "").with(
        "[[source]]\nkind = \"grants\"\nsystem = \"App\"\npath = \"secrets.csv\"\n[[system]]\nname = \"App\"\ntype = \"vault\"\n",
    );
    case.write("secrets.csv", b"target,grant,rotated_at\na,Bank,2026-01-01\na,Door,2026-01-01\nE1,Alarm,2026-01-01\na,Shop,2026-09-01\na,Shop,2026-01-01\n");
    let ran = case.audit(&[]);
    let rows = ran.rows("findings.csv");
    let secrets: Vec<&Row> = rows.iter().filter(|row| row["rule"] == "shared-secret-unchanged").collect();
    let mut ids: Vec<&str> = secrets.iter().map(|row| row["finding_id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4, "one for each secret, and of two with one name the older counts");
    let accounts: Vec<&str> = secrets.iter().map(|row| row["account_id"].as_str()).collect();
    assert_eq!(accounts, ["", "a", "a", "a"], "who is named by number has no account there: {accounts:?}");
    assert!(secrets.iter().all(|row| row["system"] == "App" && row["person_id"] == "E1"));
}

#[test]
fn logins_of_programs_and_counters_are_known_without_a_word_in_the_case_unless_it_has_its_own() {
    let accounts = "account_id,status\nsvc-scan,active\nreception@acme.example,active\njdoe,active\nrobot7,active\n";
    let undeclared = |toml: &str| {
        let ran = case(toml, "person_id,email,departs_at\nE1,ann@acme.example,\n", accounts, "");
        of(&ran, "undeclared-service-account").into_iter().map(|(_, _, account)| account).collect::<Vec<_>>()
    };
    assert_eq!(undeclared(""), ["reception@acme.example", "svc-scan"]);
    assert_eq!(undeclared("\n[linking]\nservice_patterns = [\"robot?\"]\n"), ["reception@acme.example", "robot7"]);
    assert_eq!(undeclared("\n[linking]\nservice_patterns = []\n"), ["reception@acme.example"]);
}

#[test]
fn decisions_on_several_accounts_that_are_gone_are_findings_with_ids_of_their_own() {
    let case = Case::usual("b,bob@acme.example,active,,,\n", "");
    let rows =
        "App,ghost,nobody,,,,ann,2026-09-01T09:00:00Z,left over\nApp,spectre,nobody,,,,ann,2026-09-01T09:00:00Z,left over\n";
    let header = "system,login,decision,person_id,account_id,kind,decided_by,decided_at,reason\n";
    case.write("overrides.csv", format!("{header}{rows}").as_bytes());
    let ran = case.audit(&[]);
    let rows = ran.rows("findings.csv");
    let ids: std::collections::BTreeSet<&String> = rows
        .iter()
        .filter(|row| row["rule"] == "decision-not-applied" && row["system"] == "App")
        .map(|row| &row["finding_id"])
        .collect();
    assert_eq!(ids.len(), 2);
}

/// Ann left as `E1` and stands in the list as `E9` too.
fn twice(second: &str, accounts: &str) -> Kept {
    let people = format!(
        "person_id,name,email,login,start_at,departs_at\nE1,Ann Example,ann@acme.example,ann,2020-01-06,2026-07-10\n{second}\n"
    );
    case("", &people, &format!("account_id,email,person_id,status,created_at\n{accounts}"), "")
}

#[test]
fn whoever_came_back_under_a_new_number_is_told_once_and_has_the_accounts_of_both() {
    let accounts = "a,ann@acme.example,,active,2020-01-06T09:00:00Z\nb,,E1,active,2020-01-06T09:00:00Z\n";
    let ran = twice("E9,Ann Example,ann@acme.example,ann,2026-07-20,", accounts);
    let rows = ran.rows("findings.csv");
    let told: Vec<&str> =
        rows.iter().map(|row| row["rule"].as_str()).filter(|rule| !["log-gap", "system-unowned"].contains(rule)).collect();
    assert_eq!(told, ["duplicate-account", "duplicate-person"], "two accounts in one system, one person under two numbers");
    assert!(ran.text("findings.csv").contains("whether access was cut in between is not measured"));
    assert!(ran.rows("accounts.csv").iter().all(|row| row["situation"] == "linked" && row["person_id"] == "E9"));
    assert_eq!((ran.summary()["counts"]["leavers"].as_u64(), ran.rows("revocations.csv").len()), (Some(0), 0));
}

#[test]
fn a_namesake_an_heir_of_a_login_and_somebody_who_is_yet_to_begin_are_not_taken_for_a_return() {
    let accounts = "a,,E1,active,2020-01-06T09:00:00Z\n";
    for second in [
        "E9,Ann Example,ann2@acme.example,ann2,2026-07-20,",
        "E9,Bea Other,ann@acme.example,ann,2026-07-20,",
        "E9,Ann Example,ann@acme.example,ann,2026-11-20,",
        "E9,Ann Example,ann@acme.example,ann,2026-07-20,2026-09-01",
        "E9,Ann Example,ann@acme.example,ann,2026-05-20,",
    ] {
        let ran = twice(second, accounts);
        assert_eq!(of(&ran, "leaver-account-open"), owned(&[("E1", "App", "a")]), "{second}");
    }
}

#[test]
fn an_account_that_may_be_either_of_two_rows_of_one_person_is_told_with_the_rows() {
    let people = "person_id,name,email,login,start_at,departs_at\nE1,Ann Example,ann@acme.example,,2020-01-06,\n\
                  E2,Ann Example,ann@acme.example,,2020-01-06,\n";
    let ran = case("", people, "account_id,email,status\na,ann@acme.example,active\n", "");
    assert!(of(&ran, "disputed-account").is_empty());
    let findings = ran.rows("findings.csv");
    let twin = findings.iter().find(|row| row["rule"] == "duplicate-person").unwrap();
    assert!(twin["detail"].ends_with("; 1 usable account may be either's"), "{}", twin["detail"]);
    assert_eq!(twin["evidence_at"], "people.csv:2; people.csv:3; accounts.csv:2");
    assert_eq!(ran.rows("accounts.csv")[0]["situation"], "disputed");
}

#[test]
fn a_key_that_outlives_the_disabled_account_is_told_as_an_open_account_and_not_as_a_contradiction() {
    let people = "person_id,email,departs_at\nE1,ann@acme.example,2026-08-14T18:00:00Z\n";
    let accounts = "account_id,email,status,disabled_at,credentials\n\
                    a,ann@acme.example,disabled,2026-08-14T18:05:00Z,password=inactive; app_password=active\n";
    let ran = case("", people, accounts, "2026-08-14T18:05:00Z,disabled,a,success\n");
    assert_eq!(of(&ran, "leaver-account-open"), owned(&[("E1", "App", "a")]));
    assert!(ran.text("findings.csv").contains("what works: app_password"));
    assert!(of(&ran, "contradicting-evidence").is_empty());
    assert_eq!(ran.rows("revocations.csv")[0]["outcome"], "open");
}
