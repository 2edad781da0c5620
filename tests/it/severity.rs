//! How bad findings are, and what the case may say of it.

use crate::program::{Case, REVIEW, Row, SOURCES};

const PEOPLE: &str = "person_id,name,email,departs_at,departure_cause\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z,Involuntary\n\
                      E2,Bob Example,bob@acme.example,2026-08-14T18:00:00Z,voluntary\nE3,Cyd Example,cyd@acme.example,,\n";
const ACCOUNTS: &str = "account_id,email,status\na,ann@acme.example,active\nb,bob@acme.example,active\nx,x@acme.example,active\n";

fn findings(toml: &str) -> Vec<Row> {
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{toml}")),
        ("people.csv", PEOPLE),
        ("accounts.csv", ACCOUNTS),
        ("events.csv", "at,action,target\n"),
    ]);
    case.audit(&[]).rows("findings.csv")
}

fn of(rows: &[Row], account: &str) -> (String, String) {
    let row = rows.iter().find(|row| row["account_id"] == account).unwrap();
    (row["severity"].clone(), row["severity_because"].clone())
}

#[test]
fn a_finding_says_why_it_is_that_bad_and_weighs_more_where_somebody_was_made_to_leave() {
    let rows = findings("");
    assert_eq!(of(&rows, "b"), ("high".into(), "high by the rule".into()));
    assert_eq!(of(&rows, "a"), ("critical".into(), "high by the rule; raised to critical, the person was made to leave".into()));
    assert_eq!(of(&rows, "x").0, "medium");
}

#[test]
fn the_sensitivity_of_a_system_raises_and_lowers_what_is_found_in_it() {
    let rows = findings("\n[[system]]\nname = \"App\"\nsensitivity = \"high\"\n");
    assert_eq!(of(&rows, "x"), ("high".into(), "medium by the rule; raised to high, App is of high sensitivity".into()));
    assert_eq!(of(&rows, "a").0, "critical", "there is nothing above");
    let rows = findings("\n[[system]]\nname = \"App\"\nsensitivity = \"low\"\n");
    assert_eq!(of(&rows, "x"), ("low".into(), "medium by the rule; lowered to low, App is of low sensitivity".into()));
}

#[test]
fn the_case_decides_how_bad_the_findings_of_a_rule_are_and_the_line_is_named() {
    let toml = "\n[[severity]]\nrule = \"orphaned-account\"\nseverity = \"info\"\n\n[[severity]]\n\
                rule = \"orphaned-account\"\nsystem = \"App\"\nseverity = \"critical\"\n";
    let (severity, why) = of(&findings(toml), "x");
    let text = format!("{REVIEW}{SOURCES}{toml}");
    let line = text.lines().enumerate().filter(|(_, line)| line.starts_with("rule = ")).last().unwrap().0 + 1;
    assert_eq!((severity.as_str(), why), ("critical", format!("critical by the case (lastday.toml:{line})")));
}

#[test]
fn an_unknown_rule_severity_or_sensitivity_is_refused() {
    for (toml, near) in [
        ("[[severity]]\nrule = \"orphan-account\"\nseverity = \"low\"\n", "did you mean \"orphaned-account\"?"),
        ("[[severity]]\nrule = \"orphaned-account\"\nseverity = \"hihg\"\n", "did you mean \"high\"?"),
        ("[[system]]\nname = \"App\"\nsensitivity = \"secret\"\n", "known are: high, normal, low"),
    ] {
        let case = Case::new(&[("lastday.toml", &format!("{REVIEW}{SOURCES}\n{toml}")), ("people.csv", PEOPLE)]);
        let ran = case.audit(&[]);
        assert!(ran.code == 3 && ran.stderr.contains(near), "{}", ran.stderr);
    }
}
