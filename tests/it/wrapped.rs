//! A vendor's log as the tools that carry logs write it: the same events, whatever is around them.

use std::process::Output;

use crate::program::{Case, lastday};

/// Two events of one account, as the vendor writes them.
const EVENTS: [&str; 2] = [
    r#"{"uuid":"e1","published":"2026-08-03T09:00:00Z","eventType":"user.session.start","actor":{"id":"u1","type":"User","alternateId":"ann@acme.example"},"outcome":{"result":"SUCCESS"},"target":null}"#,
    r#"{"uuid":"e2","published":"2026-08-04T09:00:00Z","eventType":"user.lifecycle.deactivate","actor":{"id":"u9","type":"User","alternateId":"root@acme.example"},"outcome":{"result":"SUCCESS"},"target":[{"id":"u1","type":"User","alternateId":"ann@acme.example"}]}"#,
];

fn text(json: &str) -> String {
    serde_json::Value::String(json.to_owned()).to_string()
}

fn cell(json: &str) -> String {
    format!("\"{}\"", json.replace('"', "\"\""))
}

fn run(case: &Case, args: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = lastday(args, case.path());
    (status.code(), String::from_utf8(if stdout.is_empty() { stderr } else { stdout }).unwrap())
}

/// What `init` and `check` make of a file: the preset, the rows accepted and rejected, and why.
fn read(name: &str, content: &str) -> (String, u64, u64, Vec<String>) {
    let people = "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\n";
    let case = Case::new(&[(name, content), ("people.csv", people)]);
    let (code, said) = run(&case, &["init"]);
    assert_eq!(code, Some(0), "{name}: {said}");
    let (_, checked) = run(&case, &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&checked).unwrap_or_else(|_| panic!("{name}: {checked}"));
    let file = found["files"].as_array().unwrap().iter().find(|file| file["file"] == name).unwrap();
    let rejects = found["first_rejects"].as_array().unwrap().iter().map(|r| r["reason"].as_str().unwrap().to_owned()).collect();
    (
        file["preset"].as_str().unwrap().to_owned(),
        file["rows_accepted"].as_u64().unwrap(),
        file["rows_rejected"].as_u64().unwrap(),
        rejects,
    )
}

#[test]
fn the_same_log_is_read_whatever_tool_has_carried_it() {
    let [one, two] = EVENTS;
    let flat = "actor.alternateId,eventType,outcome.result,published,target.0.alternateId,target.0.type,uuid\n\
                ann@acme.example,user.session.start,SUCCESS,2026-08-03T09:00:00Z,,,e1\n\
                root@acme.example,user.lifecycle.deactivate,SUCCESS,2026-08-04T09:00:00Z,ann@acme.example,User,e2\n";
    let store = "TimeGenerated [UTC],actor_alternateId_s,eventType_s,outcome_result_s,published_t [UTC],target_s,uuid_g\n\
                 ,ann@acme.example,user.session.start,SUCCESS,2026-08-03T09:00:00Z,,e1\n\
                 ,root@acme.example,user.lifecycle.deactivate,SUCCESS,2026-08-04T09:00:00Z,\
                 \"[{\"\"type\"\":\"\"User\"\",\"\"alternateId\"\":\"\"ann@acme.example\"\"}]\",e2\n";
    let shapes = [
        ("lines.json", format!("{one}\n{two}\n")),
        ("hits.json", format!("{{\"took\":1,\"hits\":{{\"hits\":[{{\"_source\":{one}}},{{\"_source\":{two}}}]}}}}")),
        ("original.json", EVENTS.map(|e| format!("{{\"@timestamp\":\"t\",\"event\":{{\"original\":{}}}}}\n", text(e))).concat()),
        ("splunk.json", EVENTS.map(|e| format!("{{\"preview\":false,\"result\":{{\"_raw\":{}}}}}\n", text(e))).concat()),
        ("splunk.csv", format!("_time,_raw,host\n1,{},h\n2,{},h\n", cell(one), cell(two))),
        ("bridge.json", EVENTS.map(|e| format!("{{\"version\":\"0\",\"detail-type\":\"x\",\"detail\":{e}}}\n")).concat()),
        ("page.json", format!("{{\"events\":[{one},\n{two}],\"next\":null}}")),
        ("flat.csv", flat.to_owned()),
        ("store.csv", store.to_owned()),
    ];
    for (name, content) in shapes {
        assert_eq!(read(name, &content), ("okta-system-log".to_owned(), 2, 0, Vec::new()), "{name}");
    }
}

#[test]
fn a_record_that_is_cut_off_in_its_wrapping_is_rejected_and_says_why() {
    let [one, two] = EVENTS;
    let cut = &one[..40];
    let (_, accepted, rejected, reasons) = read("cut.csv", &format!("_time,_raw\n1,{}\n2,{}\n", cell(cut), cell(two)));
    assert_eq!((accepted, rejected), (1, 1));
    assert!(reasons[0].starts_with("the JSON in `_raw` cannot be read"), "{reasons:?}");
}

#[test]
fn a_table_that_only_shares_names_with_a_log_is_not_taken_for_one() {
    let case = Case::new(&[("things.csv", "uuid,published,title\n1,2026-08-03,A\n")]);
    assert_ne!(run(&case, &["init"]).0, Some(0));
}
