//! How mature giving and taking access are, by the evidence alone.

use crate::program::{Case, REVIEW, SOURCES};

const PEOPLE: &str = "person_id,name,email,start_at,departs_at,recorded_at\n\
                      E1,Ann Example,ann@acme.example,2020-01-01,2026-08-14T18:00:00Z,2026-08-01\n\
                      E2,Bob Example,bob@acme.example,2020-01-01,2026-08-20T18:00:00Z,2026-08-21\n\
                      E3,Cyd Example,cyd@acme.example,2026-08-03T09:00:00Z,,\n";
const ACCOUNTS: &str =
    "account_id,email,status\na,ann@acme.example,disabled\nb,bob@acme.example,disabled\nc,cyd@acme.example,active\n";
const EVENTS: &str = "at,action,target,actor\n2026-08-03T08:00:00Z,created,c,svc-scim\n2026-08-14T18:05:00Z,disabled,a,SVC-SCIM\n\
                      2026-08-20T18:05:00Z,disabled,b,eve\n";
const TICKETS: &str =
    "\n[[source]]\nkind = \"tickets\"\npath = \"tickets.csv\"\n[[source]]\nkind = \"checklists\"\npath = \"lists.csv\"\n";

fn maturity(policy: &str, sources: &str, lists: &str) -> serde_json::Value {
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{policy}{SOURCES}{sources}")),
        ("people.csv", PEOPLE),
        ("accounts.csv", ACCOUNTS),
        ("events.csv", EVENTS),
        ("tickets.csv", "ticket_id,person_id,kind,opened_at\nT1,E1,leaver,2026-08-02T09:00:00Z\n"),
        ("lists.csv", &format!("person_id,kind,step,done_at\n{lists}")),
    ]);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.text("report.html").contains("id=\"maturity\""));
    ran.summary()["maturity"].clone()
}

#[test]
fn the_level_rests_on_shares_and_names_the_one_step_that_would_raise_it() {
    let lists = "E2,offboarding,Card,2026-08-21\nE3,onboarding,Laptop,2026-08-03\n";
    let got = maturity("automation = [\"svc-scim\"]\n", TICKETS, lists);
    let taking = &got["deprovisioning"];
    let shown: Vec<_> = taking["measures"].as_array().unwrap().iter().map(|m| (m["shown"].as_u64(), m["of"].as_u64())).collect();
    assert_eq!(shown, [(Some(2), Some(2)), (Some(1), Some(2)), (Some(2), Some(2)), (Some(1), Some(2))]);
    assert_eq!(taking["level"], "semi-automated");
    assert_eq!(taking["next"], "To become automated, raise the revocations that a program made: 1 of 2 now, 90 % are needed.");
    assert_eq!(got["provisioning"]["level"], "automated");
    assert!(got["provisioning"].get("next").is_none());
}

#[test]
fn a_checklist_with_an_open_step_is_no_record_of_the_process() {
    let lists = "E2,offboarding,Card,2026-08-21\nE2,offboarding,Laptop,\n";
    let got = maturity("automation = [\"svc-scim\"]\n", TICKETS, lists);
    assert_eq!(got["deprovisioning"]["level"], "not-shown");
    assert_eq!(
        got["deprovisioning"]["next"],
        "To become documented, raise the leavers with a ticket or a complete checklist: 1 of 2 now, 90 % are needed."
    );
}

#[test]
fn what_no_source_tells_is_lacking_and_raises_nothing() {
    let got = maturity("", "", "");
    assert_eq!(got["deprovisioning"]["level"], "not-shown");
    assert!(got["deprovisioning"]["next"].as_str().unwrap().contains("the case names no source of tickets or checklists"));
    assert!(got["deprovisioning"]["measures"][1]["lacks"].as_str().unwrap().contains("automation"));
}
