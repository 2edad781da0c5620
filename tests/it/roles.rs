//! `lastday roles`: accounts beside the templates of roles, and templates proposed from what holders have.

use crate::program::{Case, REVIEW, SOURCES, lastday, rows};

const PEOPLE: &str = "person_id,name,email,role,departs_at\n\
                      E1,Ann Example,ann@acme.example,Engineer,\nE2,Bob Example,bob@acme.example,engineer,\n\
                      E3,Cyd Example,cyd@acme.example,Engineer,\nE4,Dan Example,dan@acme.example,Engineer,\n\
                      E5,Eve Example,eve@acme.example,Engineer,2026-08-14T18:00:00Z\nE6,Fay Example,fay@acme.example,Clerk,\n";
const ACCOUNTS: &str = "account_id,email,status,grants\na,ann@acme.example,active,Code;Wiki\nb,bob@acme.example,active,code;Wiki\n\
                        c,cyd@acme.example,active,Code;Wiki;Payroll\nd,dan@acme.example,active,Code\n\
                        e,eve@acme.example,active,Payroll\nf,fay@acme.example,active,Till\n";

fn case(roles: Option<&str>) -> Case {
    let source = roles.map(|_| "\n[[source]]\nkind = \"roles\"\npath = \"roles.csv\"\n").unwrap_or_default();
    let case = Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{source}")),
        ("people.csv", PEOPLE),
        ("accounts.csv", ACCOUNTS),
        ("events.csv", "at,action,target\n"),
    ]);
    if let Some(roles) = roles {
        case.write("roles.csv", roles.as_bytes());
    }
    case
}

fn json(case: &Case, more: &[&str]) -> serde_json::Value {
    let output = lastday(&[&["roles", ".", "--format", "json"], more].concat(), case.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn role<'j>(json: &'j serde_json::Value, name: &str) -> &'j serde_json::Value {
    json["roles"].as_array().unwrap().iter().find(|role| role["role"] == name).unwrap()
}

#[test]
fn a_template_is_proposed_of_what_most_holders_have_with_support_and_the_outliers_by_name() {
    let json = json(&case(None), &["--share", "0.75"]);
    let engineer = role(&json, "Engineer");
    assert_eq!(engineer["holders"], serde_json::json!(["E1", "E2", "E3", "E4"]), "who left is no holder");
    let proposed = engineer["proposed"].as_array().unwrap();
    let told: Vec<_> = proposed.iter().map(|p| (p["grant"].as_str().unwrap(), p["support"].as_u64().unwrap())).collect();
    assert_eq!(told, [("Code", 4), ("Wiki", 3)]);
    assert_eq!(proposed[1]["confidence"], 0.75);
    assert_eq!(proposed[1]["without"], serde_json::json!(["E4"]));
    assert_eq!(engineer["outliers"][0]["grant"], "Payroll");
    assert_eq!(engineer["outliers"][0]["with"], serde_json::json!(["E3"]));
    let clerk = role(&json, "Clerk");
    assert_eq!((clerk["enough_holders"].as_bool(), clerk["proposed"].as_array().unwrap().len()), (Some(false), 0));
}

#[test]
fn a_higher_share_proposes_less() {
    let json = json(&case(None), &["--share", "1", "--holders", "1"]);
    assert_eq!(role(&json, "Engineer")["proposed"].as_array().unwrap().len(), 1);
    assert_eq!(role(&json, "Clerk")["proposed"][0]["grant"], "Till");
}

#[test]
fn holders_are_compared_with_the_template_where_there_is_one() {
    let json = json(&case(Some("role,system,grant\nEngineer,App,Code\nEngineer,App,Wiki\n")), &[]);
    let engineer = role(&json, "Engineer");
    assert_eq!(engineer["template_at"], "roles.csv:2");
    assert!(engineer["proposed"].is_null());
    let compared = engineer["compared"].as_array().unwrap();
    assert_eq!(compared[2]["beyond"][0]["grant"], "Payroll");
    assert_eq!(compared[2]["beyond"][0]["evidence_at"], "accounts.csv:4");
    assert_eq!(compared[3]["lacking"][0]["grant"], "Wiki");
    assert!(compared[0]["beyond"].as_array().unwrap().is_empty() && compared[0]["lacking"].as_array().unwrap().is_empty());
}

#[test]
fn a_system_that_no_template_names_is_not_evaluable() {
    let case = case(Some("role,system,grant\nEngineer,App,Code\nEngineer,App,Wiki\n")).with(
        "\n[[source]]\nkind = \"accounts\"\nsystem = \"Forum\"\npath = \"forum.csv\"\nexported_at = \"2026-10-01T08:00:00Z\"\n",
    );
    case.write("forum.csv", b"account_id,email,status,grants\nx,ann@acme.example,active,member\n");
    let ran = case.audit(&[]);
    let beyond: Vec<_> = ran.rows("findings.csv").into_iter().filter(|row| row["rule"] == "beyond-role").collect();
    assert_eq!(
        beyond.iter().map(|row| row["account_id"].as_str()).collect::<Vec<_>>(),
        ["c"],
        "the list of roles says nothing of Forum"
    );
    let json = json(&case, &[]);
    let compared = &role(&json, "Engineer")["compared"];
    assert!(compared[0]["beyond"].as_array().unwrap().is_empty(), "{compared}");
}

#[test]
fn the_proposed_templates_are_written_as_a_list_of_roles_that_the_next_run_reads() {
    let case = case(None);
    let output = lastday(&["roles", ".", "--share", "0.75", "--out", "roles.csv"], case.path());
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("App \"Wiki\"") && text.contains("3 of 4 (75 %); not Dan Example (E4)"), "{text}");
    assert!(text.contains("outlier: App \"Payroll\" 1 of 4 (Cyd Example (E3))"), "{text}");
    let written = rows(&std::fs::read_to_string(case.path().join("roles.csv")).unwrap());
    let cells: Vec<_> = written.iter().map(|row| ["role", "system", "grant", "support"].map(|c| row[c].as_str())).collect();
    assert_eq!(cells, [["Engineer", "App", "Code", "4"], ["Engineer", "App", "Wiki", "3"]]);
    let case = case.with("\n[[source]]\nkind = \"roles\"\npath = \"roles.csv\"\n");
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let beyond: Vec<_> = ran.rows("findings.csv").into_iter().filter(|row| row["rule"] == "beyond-role").collect();
    assert_eq!(beyond.iter().map(|row| row["account_id"].as_str()).collect::<Vec<_>>(), ["c"]);
}

#[test]
fn without_roles_in_the_hr_list_it_says_so_and_where_it_cannot_write_it_reads_nothing() {
    let case = Case::usual("a,ann@acme.example,active,,,\n", "");
    let output = lastday(&["roles", "."], case.path());
    assert!(String::from_utf8_lossy(&output.stderr).contains("HR's list names no role"));
    let output = lastday(&["roles", ".", "--out", "no/such/folder/roles.csv"], case.path());
    assert_eq!(output.status.code(), Some(3));
    let output = lastday(&["roles", ".", "--share", "0.2"], case.path());
    assert_eq!(output.status.code(), Some(2));
}
