//! The OSCAL files: what a control comes to, what is cut, and that hostile texts stay texts. `tests/oscal.sh` holds them against OSCAL's own model.

use std::fmt::Write;

use serde_json::Value;

use crate::program::{Case, REVIEW, Ran, SOURCES};

const IN_TIME: &str = "a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,2026-01-01T00:00:00Z\n";
const OPEN: &str = "a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n";

fn results(ran: &Ran) -> Value {
    let mut document: Value = serde_json::from_str(&ran.text("oscal-assessment-results.json")).unwrap();
    document["assessment-results"].take()
}

/// State, reason and remarks of the finding for a control, where there is one.
fn status(results: &Value, control: &str) -> Option<[String; 3]> {
    let findings = results["results"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["title"] == control)?;
    let status = &finding["target"]["status"];
    Some(["state", "reason", "remarks"].map(|key| status[key].as_str().unwrap_or_default().to_owned()))
}

fn property<'a>(observation: &'a Value, name: &str) -> Option<&'a str> {
    let props = observation["props"].as_array()?;
    props.iter().find(|prop| prop["name"] == name)?["value"].as_str()
}

#[test]
fn a_control_with_an_open_finding_is_not_satisfied_and_one_that_passes_everywhere_is() {
    let log = "2026-08-14T18:05:00Z,disabled,a1,success\n";
    let passed = results(&Case::usual(IN_TIME, log).audit(&[]));
    let used = "NIST SP 800-53r5 AC-2(g)";
    let [state, reason, remarks] = status(&passed, used).unwrap();
    assert_eq!((state.as_str(), reason.as_str()), ("satisfied", "pass"));
    assert_eq!(remarks, "As far as these rules check it.");
    let log = format!("{log}2026-09-01T09:00:00Z,signed_in,a1,success\n");
    let failed = results(&Case::usual(OPEN, &log).audit(&[]));
    assert_eq!(status(&failed, used).unwrap()[..2], ["not-satisfied", "fail"]);
    assert_ne!(passed["uuid"], failed["uuid"], "another result has another id");
}

#[test]
fn what_could_not_be_evaluated_is_never_satisfied_and_the_result_says_why() {
    let case = Case::usual(IN_TIME, "");
    let results = results(&case.audit(&[]));
    let findings = results["results"][0]["findings"].as_array().unwrap();
    let observations = results["results"][0]["observations"].as_array().unwrap();
    let mut satisfied = 0;
    for finding in findings.iter().filter(|finding| finding["target"]["status"]["state"] == "satisfied") {
        satisfied += 1;
        for related in finding["related-observations"].as_array().unwrap() {
            let rule = observations.iter().find(|o| o["uuid"] == related["observation-uuid"]).unwrap();
            for count in ["findings-open", "findings-waived", "not-evaluable"] {
                assert_eq!(property(rule, count), Some("0"), "{}: {}", finding["title"], rule["description"]);
            }
        }
    }
    assert!(satisfied > 0);
    let remarks = results["results"][0]["remarks"].as_str().unwrap();
    let told = observations.iter().find(|o| property(o, "rule") == Some("leaver-without-ticket")).unwrap();
    assert_ne!(property(told, "not-evaluable"), Some("0"));
    assert!(
        status(&results, "HIPAA 164.308(a)(3)(ii)(C)").is_none() && remarks.contains("HIPAA 164.308(a)(3)(ii)(C): not evaluable"),
        "{remarks}"
    );
}

#[test]
fn a_waived_finding_makes_no_control_satisfied() {
    let waiver = "[[waiver]]\nrule = \"system-unowned\"\nsystem = \"App\"\nreason = \"known\"\napproved_by = \"CISO\"\nexpires = \"2026-12-31\"\n";
    let results = results(&Case::usual(IN_TIME, "").with(waiver).audit(&[]));
    let [state, reason, remarks] = status(&results, "NIST SP 800-53r5 AC-2").unwrap();
    assert_eq!(state, "not-satisfied");
    assert!(reason == "fail" || remarks.contains("the risk is accepted"), "{reason} {remarks}");
    let observations = results["results"][0]["observations"].as_array().unwrap();
    let waived =
        observations.iter().find(|o| o["types"][0] == "finding" && property(o, "rule") == Some("system-unowned")).unwrap();
    assert_eq!(property(waived, "status"), Some("waived"));
}

#[test]
fn where_rows_could_not_be_read_no_control_is_satisfied() {
    let log = "2026-08-14T18:05:00Z,disabled,a1,success\nyesterday,disabled,a1,success\n";
    let case = Case::usual(IN_TIME, log);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4);
    let results = results(&ran);
    assert_eq!(status(&results, "NIST SP 800-53r5 AC-2(g)"), None);
    let states: Vec<&Value> =
        results["results"][0]["findings"].as_array().unwrap().iter().map(|f| &f["target"]["status"]["state"]).collect();
    assert!(!states.is_empty() && states.iter().all(|state| *state == "not-satisfied"), "{states:?}");
    let remarks = results["results"][0]["remarks"].as_str().unwrap();
    assert!(remarks.contains("NIST SP 800-53r5 AC-2(g): nothing found, but not everything was read"), "{remarks}");
    assert!(remarks.contains("Not read: 1 rows could not be read (rejects.csv)"), "{remarks}");
}

#[test]
fn of_many_findings_the_first_are_told_and_the_cut_is_stated() {
    let mut people = "person_id,email,departs_at\n".to_owned();
    let mut accounts = "account_id,email,status\n".to_owned();
    for n in 0..70 {
        let _ = writeln!(people, "E{n:03},l{n}@acme.example,2026-08-14T18:00:00Z");
        let _ = writeln!(accounts, "a{n},l{n}@acme.example,active");
    }
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}")),
        ("people.csv", &people),
        ("accounts.csv", &accounts),
        ("events.csv", "at,action,target\n"),
    ]);
    let ran = case.audit(&[]);
    let results = results(&ran);
    let observations = results["results"][0]["observations"].as_array().unwrap();
    let of_rule: Vec<&Value> = observations.iter().filter(|o| property(o, "rule") == Some("leaver-account-open")).collect();
    assert_eq!(of_rule.len(), 51, "the rule's own and fifty findings");
    let remarks = of_rule[0]["remarks"].as_str().unwrap();
    assert_eq!(remarks, "The first 50 of 70 findings, worst first, are told one by one here; findings.csv has them all.");
    let listed = ran.rows("findings.csv").iter().filter(|row| row["rule"] == "leaver-account-open").count();
    assert_eq!(listed, 70);
}

#[test]
fn texts_that_oscal_would_not_take_are_written_as_texts_that_it_does() {
    let case = Case::usual("a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n", "");
    case.write(
        "accounts.csv",
        "account_id,login,email,status\n\" a\u{1}\n 1\u{a0}\",\"\t\",ann@acme.example,active\n".as_bytes(),
    );
    let ran = case.audit(&[]);
    let results = results(&ran);
    let observations = results["results"][0]["observations"].as_array().unwrap();
    let mut values = 0;
    for value in observations.iter().filter_map(|o| o["props"].as_array()).flatten().map(|prop| prop["value"].as_str().unwrap()) {
        values += 1;
        assert!(!value.is_empty() && value == value.trim() && !value.chars().any(char::is_control), "{value:?}");
    }
    assert!(values > 40);
    assert!(observations.iter().any(|o| property(o, "account-id").is_some_and(|id| id.starts_with("a 1"))), "the id in one line");
}

#[test]
fn rows_lead_to_files_with_their_hashes() {
    let case = Case::usual(OPEN, "");
    let ran = case.audit(&[]);
    let results = results(&ran);
    let resources = results["back-matter"]["resources"].as_array().unwrap();
    let books = ran.rows("reconciliation.csv");
    for book in &books {
        let resource = resources.iter().find(|r| r["title"] == book["file"].as_str()).unwrap();
        assert_eq!(resource["rlinks"][0]["hashes"][0]["value"], book["sha256"].as_str());
    }
    let observations = results["results"][0]["observations"].as_array().unwrap();
    let open =
        observations.iter().find(|o| o["types"][0] == "finding" && property(o, "rule") == Some("leaver-account-open")).unwrap();
    let evidence = &open["relevant-evidence"][0];
    assert_eq!(evidence["description"], "accounts.csv:2");
    let uuid = evidence["href"].as_str().unwrap().trim_start_matches('#');
    assert!(resources.iter().any(|r| r["uuid"] == uuid && r["title"] == "accounts.csv"));
}
