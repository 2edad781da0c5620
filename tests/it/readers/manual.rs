//! Every example of `docs/formats.md` is a source that can be read.

use super::archives::zip;
use crate::program::{Case, REVIEW, root};

const PEOPLE: &str = "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14\n";
const USERS: &str = "account_id,email,status\na1,ann@acme.example,active\n";

#[test]
fn every_example_of_the_manual_reads_its_export_without_a_reject() {
    let text = std::fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let examples: Vec<&str> = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 3);
    for example in examples {
        let people = "[[source]]\nkind = \"people\"\npath = \"people.csv\"\n";
        let case = Case::new(&[("lastday.toml", &format!("{REVIEW}{people}{example}")), ("people.csv", PEOPLE)]);
        case.write("export.zip", &zip(&[("members/users.csv", USERS.as_bytes())]));
        for name in ["workbooks/accounts.xlsx", "parquet/okta-users.parquet"] {
            let file = root().join("tests/fixtures").join(name);
            case.write(file.file_name().unwrap().to_str().unwrap(), &std::fs::read(&file).unwrap());
        }
        let polish = "Raport\n\nperson_id;name;email;departs_at\nP1;Żaneta Łódzka;z@acme.example;\n";
        case.write("polish.csv", &encoding_rs::WINDOWS_1250.encode(polish).0);
        let (code, out, told) = super::standard_input::piped(&case, &["check"], "person_id,departs_at\nE9,\n".as_bytes());
        // The workbook has a row with an error, on purpose.
        assert_eq!(code, if example.contains("xlsx") { 4 } else { 0 }, "{example}\n{out}{told}");
    }
}
