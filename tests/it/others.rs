//! Rows of grants, devices and checklists that lead to nobody: counted as read, and told.

use crate::program::{Case, REVIEW, SOURCES};

#[test]
fn what_names_nobody_is_told_and_attributed_to_none() {
    let source = |kind: &str, more: &str| format!("\n[[source]]\nkind = \"{kind}\"\npath = \"{kind}.csv\"\n{more}");
    let more = [source("devices", ""), source("checklists", ""), source("grants", "system = \"App\"\n")].concat();
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{more}")),
        ("people.csv", "person_id,email,departs_at\nE1,ann@acme.example,2026-08-14T18:00:00Z\n"),
        ("accounts.csv", "account_id,email,status\na1,ann@acme.example,disabled\n"),
        ("events.csv", "at,action,target\n"),
        ("devices.csv", "device_id,person_id,email,status\nL1,E1,,held\nL2,E9,,held\nL3,,,held\nL4,E1,bob@acme.example,held\n"),
        (
            "checklists.csv",
            "person_id,kind,step,done_at\nE1,offboarding,Mailbox,2026-08-14\nE8,offboarding,Mailbox,\n,offboarding,Files,\n",
        ),
        ("grants.csv", "target,grant\na1,Wiki\nnobody,Wiki\n"),
    ]);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let assumptions = ran.summary()["assumptions"].to_string();
    for told in [
        "1 devices are held by nobody whom HR lists, or by more than one",
        "2 steps of checklists name nobody whom HR lists, or more than one",
        "1 grants are of no account that a dump knows, or of more than one",
    ] {
        assert!(assumptions.contains(told), "no {told:?} in {assumptions}");
    }
    let held: Vec<_> = ran.rows("findings.csv").into_iter().filter(|row| row["rule"] == "device-not-returned").collect();
    assert_eq!(held.len(), 2, "L1, and L4, whose number HR knows and whose address nobody has");
}
