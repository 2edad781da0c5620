//! Ordinary files that are no export of people or accounts, though they have people, logins or dates in them: `init` must
//! leave them alone, for a wrong list is worse than none.

use std::fmt::Write;

use lastday::ingest::inspect;
use lastday::presets::Presets;

/// Name, and its text: a header and a row, or JSON.
const ORDINARY: &[(&str, &str)] = &[
    ("orders.csv", "Order ID,Customer Name,Email,Status,Order Date,Total\n1,Ann,a@x.example,shipped,2026-01-02,9.50\n"),
    ("customers.csv", "Customer ID,First Name,Last Name,Email,Status,Created At\n1,Ann,Other,a@x.example,active,2026-01-02\n"),
    ("subscribers.csv", "Email,Status,Subscribed On\na@x.example,active,2026-01-02\n"),
    ("leads.csv", "Name,Email,Company Name,Status,Owner,Created Date\nAnn,a@x.example,X,open,Bob,2026-01-02\n"),
    ("contacts.csv", "First Name,Middle Name,Last Name,Title,E-mail Address,E-mail 2 Address\nAnn,,Other,,a@x.example,\n"),
    ("attrition.csv", "Age,Attrition,Department,EmployeeCount,EmployeeNumber,JobRole,YearsAtCompany\n41,Yes,Sales,1,1,Clerk,6\n"),
    (
        "employees.csv",
        "EMPLOYEE_ID,FIRST_NAME,LAST_NAME,EMAIL,HIRE_DATE,JOB_ID,MANAGER_ID\n198,Ann,Other,AOTHER,21-JUN-07,CLERK,124\n",
    ),
    ("job_history.csv", "EMPLOYEE_ID,START_DATE,END_DATE,JOB_ID,DEPARTMENT_ID\n102,13-JAN-01,24-JUL-06,CLERK,60\n"),
    ("payroll.csv", "Employee ID,Name,Department,Gross,Net,Pay Date\nE1,Ann Other,Sales,3000,2000,2026-01-31\n"),
    ("attendance.csv", "Employee ID,Name,Date,Check In,Check Out,Status\nE1,Ann Other,2026-01-31,09:00,17:00,Present\n"),
    ("projects.csv", "ID,Project Name,Owner,Start Date,End Date,Status\n1,Lamp,Ann,2026-01-01,2026-02-01,active\n"),
    ("contracts.csv", "ID,Vendor,Start Date,End Date,Amount\n1,Lampworks,2026-01-01,2026-02-01,100\n"),
    ("students.csv", "Student ID,Name,Email,Course,Grade,Status\n1,Ann,a@x.example,Maths,A,active\n"),
    ("comments.csv", "ID,Username,Comment,Created At\n1,ann,hello,2026-01-01\n"),
    ("access.csv", "Timestamp,Username,Action,Status\n2026-01-01T00:00:00Z,ann,read,200\n"),
    ("transactions.csv", "Transaction ID,User ID,Amount,Currency,Status,Created At\n1,7,5.00,EUR,paid,2026-01-01\n"),
    ("assets.csv", "Asset Tag,Serial Number,Model,Username,Status\nA1,S1,Lamp,ann,deployed\n"),
    ("people-flat.csv", "Name,Age,City\nAnn,41,Lampton\n"),
    ("books.csv", "id,title,author,status,created_at\n1,Lamps,Ann,available,2026-01-01\n"),
    ("servers.csv", "Hostname,IP Address,Owner,Status,Last Seen\nlamp01,10.0.0.1,ann,up,2026-01-01\n"),
    (
        "repositories.json",
        "[{\"id\": 1, \"name\": \"lamp\", \"full_name\": \"x/lamp\", \"owner\": {\"login\": \"x\"}, \"created_at\": \"2026-01-01T00:00:00Z\"}]",
    ),
    ("todos.json", "[{\"userId\": 1, \"id\": 1, \"title\": \"trim wicks\", \"completed\": false}]"),
    (
        "posts.json",
        "{\"data\": [{\"id\": 1, \"username\": \"ann\", \"content\": \"hello\", \"created_at\": \"2026-01-01T00:00:00Z\"}]}",
    ),
    ("package.json", "{\"name\": \"lamp\", \"version\": \"1.0.0\", \"scripts\": {}, \"dependencies\": {\"wick\": \"^1\"}}"),
    (
        "geo.json",
        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {\"name\": \"Lampton\"}}]}",
    ),
    ("notes.txt", "Dear all,\nthe lamps are out.\nAnn\n"),
];

#[test]
fn an_ordinary_file_is_not_taken_for_an_export() {
    let presets = Presets::load().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut wrong = String::new();
    for (name, text) in ORDINARY {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        if let Ok(found) = inspect(&path, &presets).unwrap() {
            let _ =
                writeln!(wrong, "{name} is taken for {}", found.preset.map_or(found.kind.word().to_owned(), |p| p.id.clone()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
