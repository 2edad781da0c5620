//! The report for the binder.

use crate::program::{Case, REVIEW, SOURCES, with_pdf};

const HEADER: &str = "person_id,name,email,departs_at,department\n";

fn case(people: &str) -> Case {
    Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}")),
        ("people.csv", &format!("{HEADER}{people}")),
        ("accounts.csv", "account_id,email,status\na1,ann@acme.example,active\na2,stray@acme.example,active\n"),
        ("events.csv", "at,action,target,outcome\n2026-08-14T19:00:00Z,signed_in,a1,success\n"),
    ])
}

fn run(case: &Case, args: &[&str]) -> (i32, String) {
    let output = with_pdf(args, case.path());
    let told = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(told).unwrap())
}

/// What the document says of itself stands in it as plain XML.
fn pdf(case: &Case) -> (Vec<u8>, String) {
    let bytes = std::fs::read(case.path().join("out/report.pdf")).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (bytes, text)
}

#[test]
fn it_is_tagged_for_screen_readers_and_made_to_last() {
    let case = case("E1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z,Sales\n");
    assert_eq!(run(&case, &["audit", ".", "--out", "out"]).0, 0);
    let (bytes, text) = pdf(&case);
    assert!(bytes.starts_with(b"%PDF-1.7") && text.trim_end().ends_with("%%EOF"));
    for said in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"] {
        assert!(text.contains(said), "{said}");
    }
    assert!(text.contains("Test: leavers") && text.contains("/Lang"), "its title and language");
    assert!(text.contains("2026-10-01"), "its date is that of the analysis");
}

#[test]
fn names_in_any_script_and_texts_that_look_like_markup_are_set_as_text() {
    let people = "E1,王伟 👩‍💻,ann@acme.example,2026-08-14T18:00:00Z,\"#panic(\"\"x\"\") *b* $x^ \\ [ ] <a> @ref // ${}\"\n\
                  E2,عمر שלום Ὀδυσσεύς Žofie,x@acme.example,2026-08-15T18:00:00Z,\u{e000}\u{200b}−≤\n";
    let case = case(people);
    let (code, told) = run(&case, &["audit", ".", "--out", "out"]);
    assert_eq!(code, 0, "{told}");
    assert!(pdf(&case).0.len() > 10_000);
}

#[test]
fn it_can_be_left_out_and_a_pack_made_again_has_what_was_sealed() {
    let case = case("E1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z,Sales\n");
    for (args, there) in [(vec!["audit", ".", "--out", "out"], true), (vec!["audit", ".", "--out", "out", "--no-pdf"], false)] {
        assert_eq!(run(&case, &args).0, 0);
        assert_eq!(case.path().join("out/report.pdf").exists(), there);
        let pack = if there { "with.zip" } else { "without.zip" };
        assert_eq!(run(&case, &["pack", "out", "--case", ".", "--out", pack]).0, 0);
        let (code, told) = run(&case, &["verify", pack, "--rerun"]);
        assert_eq!(code, 0, "{told}");
    }
}
