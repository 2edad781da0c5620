//! `lastday leaver`: one person tested, several listed, nobody guessed.

use crate::program::{Case, Ran, lastday, ran, root};

fn acme(args: &[&str]) -> Ran {
    let mut all = vec!["leaver"];
    all.extend(args);
    ran(&all, &root().join("samples/acme"), std::path::PathBuf::new())
}

#[test]
fn a_leaver_is_tested_system_by_system_with_why_and_where() {
    let ran = acme(&["Sly Doors"]);
    assert_eq!(ran.code, 1);
    for part in [
        "Sly Doors (E1103), departed 2026-07-29 17:00:00 (date)   hr/employees.csv:105",
        "FAIL           Badge  004235",
        "4 d 16 h after the departure; target 1 h; used once after the departure   badge/cards.xlsx:54",
        "PASS           Okta  sly.doors@acme.example",
        "NOT EVALUABLE  Slack  sdoors",
        "no account found in: AWS, Catalogue, Drawings, Fax (no list of its accounts was read), Gate, GitHub",
        "FAIL: 2 of 4 accounts pass, 1 fail, 1 cannot be evaluated",
    ] {
        assert!(ran.stdout.contains(part), "no {part:?} in {}", ran.stdout);
    }
    let by_address = acme(&["sly.doors@acme.example", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&by_address.stdout).unwrap();
    assert_eq!((&document["person_id"], &document["verdict"]), (&"E1103".into(), &"FAIL".into()));
}

#[test]
fn somebody_who_left_before_the_period_is_tested_on_all_accounts() {
    let ran = acme(&["E1107"]);
    assert!(
        ran.code == 1 && ran.stdout.contains("PASS           Okta") && ran.stdout.contains("FAIL           VPN"),
        "{}",
        ran.stdout
    );
}

#[test]
fn several_hits_are_listed_and_nobody_is_guessed() {
    let ran = acme(&["flywheel"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("people:") && ran.stderr.contains("Yorick Flywheel") && ran.stdout.is_empty(), "{}", ran.stderr);
    let nobody = acme(&["nobody at all"]);
    assert!(nobody.code == 3 && nobody.stderr.contains("nobody in the HR list"), "{}", nobody.stderr);
    let here = acme(&["E1003"]);
    assert!(here.code == 3 && here.stderr.contains("has not left"), "{}", here.stderr);
}

#[test]
fn all_accounts_cut_in_time_pass_and_the_page_says_so() {
    let accounts = "a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,2026-01-01T00:00:00Z\n";
    let case = Case::usual(accounts, "");
    let output = lastday(&["leaver", "ann", ".", "--out", "ann.html"], case.path());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && told.contains("PASS: 1 of 1 accounts pass"), "{told}");
    let page = std::fs::read_to_string(case.path().join("ann.html")).unwrap();
    assert!(page.contains("<h1>PASS: Ann") && !page.contains("http://") && page.contains("Sign-off"));
    let nowhere = lastday(&["leaver", "ann", ".", "--out", "nowhere/ann.html"], case.path());
    assert_eq!(nowhere.status.code(), Some(3));
}

#[test]
fn the_sheet_to_be_signed_is_a_page_a_pdf_or_both_as_its_name_asks() {
    let accounts = "a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,2026-01-01T00:00:00Z\n";
    let case = Case::usual(accounts, "");
    for (out, written) in [("one.pdf", vec!["one.pdf"]), ("two.HTML", vec!["two.HTML"]), ("v1.0", vec!["v1.0.html", "v1.0.pdf"])]
    {
        let output = lastday(&["leaver", "ann", ".", "--out", out], case.path());
        assert!(output.status.success());
        let told = String::from_utf8(output.stderr).unwrap();
        for name in ["one.pdf", "two.HTML", "v1.0.html", "v1.0.pdf", "v1.0", "one.pdf.html"] {
            let path = case.path().join(name);
            assert_eq!(path.exists(), written.contains(&name), "{out}: {name}");
            assert!(!path.exists() || told.contains(name), "{told}");
            let _ = std::fs::remove_file(path);
        }
    }
}

#[test]
fn an_account_that_may_be_the_leavers_is_not_evaluable_and_makes_no_pass() {
    let accounts = "a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,2026-01-01T00:00:00Z\n";
    let case = Case::usual(accounts, "");
    case.write("people.csv", b"person_id,email,departs_at\nE1,ann@acme.example,2026-08-14T18:00:00Z\nE2,ann@acme.example,\n");
    let output = lastday(&["leaver", "E1", "."], case.path());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("NOT EVALUABLE  App  a1"), "{told}");
    assert!(told.contains("may be this person's, or somebody else's (several people have this key)   accounts.csv:2"), "{told}");
    assert!(output.status.success() && !told.contains("no account found"), "{told}");
}
