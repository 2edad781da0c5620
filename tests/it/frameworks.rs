//! The result by the frameworks that a case names.

use crate::program::{Case, REVIEW, SOURCES};

fn case(frameworks: &str) -> Case {
    let review = REVIEW.replace("timezone = \"UTC\"\n", &format!("timezone = \"UTC\"\nframeworks = [{frameworks}]\n"));
    Case::new(&[
        ("lastday.toml", &format!("{review}{SOURCES}")),
        (
            "people.csv",
            "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\nE2,Bob Example,bob@acme.example,\n",
        ),
        ("accounts.csv", "account_id,email,status\na,ann@acme.example,active\nb,bob@acme.example,active\n"),
        ("events.csv", "at,action,target\n"),
    ])
}

#[test]
fn each_control_is_told_with_its_tests_its_population_and_its_exceptions() {
    let case = case("\"iso-27001-2013\", \"hipaa\"");
    let ran = case.audit(&[]);
    let summary = ran.summary();
    let frameworks = summary["frameworks"].as_array().unwrap();
    assert_eq!(frameworks.iter().map(|f| f["framework"].as_str().unwrap()).collect::<Vec<_>>(), ["iso-27001-2013", "hipaa"]);
    let control = |framework: usize, id: &str| {
        frameworks[framework]["controls"].as_array().unwrap().iter().find(|c| c["control"] == id).unwrap().clone()
    };
    let removal = control(1, "164.308(a)(3)(ii)(C)");
    assert_eq!(removal["result"], "exceptions");
    let open = ran.rows("findings.csv").into_iter().find(|row| row["rule"] == "leaver-account-open").unwrap();
    assert!(removal["findings"].as_array().unwrap().iter().any(|id| *id == open["finding_id"]));
    for control in frameworks.iter().flat_map(|f| f["controls"].as_array().unwrap()) {
        let n = |key: &str| control[key].as_u64().unwrap();
        assert_eq!(n("population"), n("passed") + n("exceptions") + n("waived") + n("not_evaluable"), "{control}");
        let result = control["result"].as_str().unwrap();
        assert!(n("passed") > 0 || !result.starts_with("no exception"), "{control}");
        assert!(n("not_evaluable") == 0 || result != "no exception in what was tested", "{control}");
    }
    let rights = control(0, "A.9.2.6");
    assert!(rights["rules"].as_array().unwrap().iter().any(|rule| rule == "leaver-account-open"), "by its successor 5.18");
    let page = ran.text("report.html");
    assert!(page.contains("id=\"framework-hipaa\"") && page.contains("A.9.2.6") && !page.to_lowercase().contains(">satisfied<"));
}

#[test]
fn a_control_of_which_nothing_could_be_tested_is_not_evaluable() {
    let case = case("\"pci-dss\"");
    let ran = case.audit(&[]);
    let controls = ran.summary()["frameworks"][0]["controls"].clone();
    let result = |id: &str| controls.as_array().unwrap().iter().find(|c| c["control"] == id).unwrap()["result"].clone();
    assert_eq!(result("8.4.2"), "not evaluable");
}

#[test]
fn without_a_choice_there_is_no_section_and_an_unknown_framework_is_refused_with_the_nearest() {
    let usual = Case::usual("a,ann@acme.example,active,,,\n", "");
    let ran = usual.audit(&[]);
    assert!(ran.summary().get("frameworks").is_none() && !ran.text("report.html").contains("id=\"frameworks\""));
    let ran = case("\"soc2\"").audit(&[]);
    assert!(ran.code == 3 && ran.stderr.contains("did you mean \"soc-2\"?"), "{}", ran.stderr);
}

#[test]
fn the_controls_and_what_the_levels_rest_on_are_tables_too_in_files_and_in_the_workbook() {
    use calamine::Reader;
    let case = case("\"soc-2\"");
    let ran = case.audit(&[]);
    let rows = ran.rows("controls.csv");
    let summary = ran.summary();
    let controls = summary["frameworks"][0]["controls"].as_array().unwrap();
    assert_eq!(rows.len(), controls.len());
    for (row, control) in rows.iter().zip(controls) {
        assert_eq!(row["control"], control["control"].as_str().unwrap());
        for count in ["population", "passed", "exceptions", "waived", "not_evaluable"] {
            assert_eq!(row[count], control[count].to_string(), "{count} of {}", row["control"]);
        }
        assert_eq!(row["result"], control["result"].as_str().unwrap());
        assert_eq!(
            row["findings"].split("; ").filter(|id| !id.is_empty()).count(),
            control["findings"].as_array().unwrap().len()
        );
    }
    let measures = ran.rows("maturity.csv");
    assert!(measures.iter().any(|row| row["process"] == "de-provisioning" && row["level"] == "not shown"));
    assert!(measures.iter().all(|row| row["share"].is_empty() == (!row["lacks"].is_empty() || row["of"] == "0")));
    let bytes = std::fs::read(case.path().join("out/evidence.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.worksheet_range("controls").unwrap().rows().count(), rows.len() + 1);
    assert_eq!(book.worksheet_range("maturity").unwrap().rows().count(), measures.len() + 1);
}
