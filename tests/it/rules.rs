//! Each rule on the case in its folder under `tests/rules/`, against the verdicts written down there.

use std::fmt::Write;

use crate::program::{ran, root};

#[test]
fn every_rule_finds_what_its_folder_says_and_passes_the_rest() {
    for rule in lastday::rules::ids() {
        let folder = root().join("tests/rules").join(rule);
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let ran = ran(&["audit", folder.to_str().unwrap(), "--out", out.to_str().unwrap()], root(), out.clone());
        // Rows that cannot be read are what one of the rules is about.
        assert_eq!(ran.code, if rule == "rows-rejected" { 4 } else { 0 }, "{rule}: {}", ran.stderr);
        let mut text = String::new();
        for row in ran.rows("findings.csv").iter().filter(|row| row["rule"] == rule) {
            let cell = |name: &str| if row[name].is_empty() { "-".to_owned() } else { row[name].clone() };
            let _ = writeln!(
                text,
                "finding {} {} {} {} {}",
                row["severity"],
                row["status"],
                cell("person_id"),
                cell("system"),
                cell("account_id")
            );
            let exists = |at: &str| {
                at.rsplit_once(':').is_some_and(|(file, line)| {
                    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
                    line.parse::<usize>().is_ok_and(|line| (1..=text.lines().count()).contains(&line))
                })
            };
            assert!(row["evidence_at"].split("; ").all(exists), "{rule}: {}", row["evidence_at"]);
            assert!(!row["controls"].is_empty() && !row["detail"].is_empty());
        }
        let summary = ran.summary();
        let figures = summary["rules"].as_array().unwrap().iter().find(|r| r["rule"] == rule).unwrap();
        let _ = writeln!(text, "pass {}\nnot evaluable {}", figures["pass"], figures["not_evaluable"]);
        let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap();
        assert_eq!(text, expected, "{rule}");
    }
}

#[test]
fn a_finding_keeps_its_id_when_it_is_found_again_later() {
    let folder = root().join("tests/rules/orphaned-account");
    let ids = |as_of: &str| {
        let case = crate::program::Case::new(&[]);
        for name in ["lastday.toml", "people.csv", "accounts.csv", "events.csv"] {
            let text = std::fs::read_to_string(folder.join(name)).unwrap();
            case.write(name, text.replace("2026-10-01T0", as_of).replace("root@", "root2@").as_bytes());
        }
        let rows = case.audit(&[]).rows("findings.csv");
        rows.iter()
            .filter(|r| r["rule"] == "orphaned-account")
            .map(|r| (r["finding_id"].clone(), r["account_id"].clone()))
            .collect::<Vec<_>>()
    };
    let (first, second) = (ids("2026-10-01T0"), ids("2026-12-31T0"));
    assert_eq!(first.len(), 3);
    assert_eq!(first, second);
    assert!(first.iter().all(|(id, _)| id.len() == 14 && id.starts_with("F-")));
}
