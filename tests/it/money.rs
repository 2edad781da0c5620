//! What licences of people who left cost.

use crate::program::{Case, REVIEW, SOURCES};

const PEOPLE: &str = "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\n\
                      E2,Bob Example,bob@acme.example,2026-08-14T18:00:00Z\nE3,Cyd Example,cyd@acme.example,\n";
const ACCOUNTS: &str = "account_id,email,status,disabled_at,grants\na,ann@acme.example,active,,Pro\n\
                        b,bob@acme.example,disabled,2026-08-14T18:10:00Z,Pro;all-staff\nc,cyd@acme.example,active,,Pro\n";
const PRICES: &str = "\n[[licence]]\nsystem = \"App\"\ngrant = \"pro\"\nprice = 12.50\ncurrency = \"EUR\"\n\n\
                      [[licence]]\nsystem = \"App\"\nprice = 3\ncurrency = \"USD\"\n";

fn case(toml: &str) -> Case {
    Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{toml}")),
        ("people.csv", PEOPLE),
        ("accounts.csv", ACCOUNTS),
        ("events.csv", "at,action,target\n"),
    ])
}

#[test]
fn the_cost_stands_in_the_findings_and_its_sum_in_the_summary_and_on_the_page() {
    let case = case(PRICES);
    let ran = case.audit(&[]);
    let rows = ran.rows("findings.csv");
    let detail = |rule: &str, account: &str| {
        let row = rows.iter().find(|row| row["rule"] == rule && row["account_id"] == account);
        row.map(|row| row["detail"].clone()).unwrap_or_default()
    };
    assert!(detail("leaver-account-open", "a").ends_with("; it costs 12.50 EUR and 3.00 USD a month"));
    assert!(detail("licence-left", "b").ends_with("still has \"Pro\", which costs 12.50 EUR a month"));
    assert!(detail("grants-left", "b").ends_with("still holds \"all-staff\""), "the licence is told once");
    let costs = &ran.summary()["licences_of_leavers"];
    assert_eq!(costs["accounts"], 2);
    assert_eq!(costs["monthly"], serde_json::json!({ "EUR": "25.00", "USD": "3.00" }));
    assert!(ran.text("report.html").contains("25.00 EUR and 3.00 USD a month"));
    assert!(ran.stdout.contains("25.00 EUR and 3.00 USD a month"));
}

#[test]
fn without_a_price_nothing_is_said_of_costs() {
    let case = case("");
    let ran = case.audit(&[]);
    assert!(ran.summary().get("licences_of_leavers").is_none());
    assert!(!ran.text("report.html").contains("still cost"));
    assert!(ran.rows("findings.csv").iter().all(|row| row["rule"] != "licence-left"));
}

#[test]
fn a_price_that_is_none_is_refused() {
    for (price, currency, why) in [("-1", "EUR", "no price"), ("0.005", "EUR", "no price"), ("1", "euro", "no currency")] {
        let toml = format!("\n[[licence]]\nsystem = \"App\"\nprice = {price}\ncurrency = \"{currency}\"\n");
        let ran = case(&toml).audit(&[]);
        assert!(ran.code == 3 && ran.stderr.contains(why), "{}", ran.stderr);
    }
}
