//! Exports that are piped in.

use std::io::Write;
use std::process::{Command, Stdio};

use super::packed;
use crate::program::{Case, REVIEW};

const PEOPLE: &str =
    "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2/8/2026\nE2,Bob Example,bob@acme.example,14/8/2026\n";

/// Runs the program with `input` piped in.
pub fn piped(case: &Case, args: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lastday"))
        .args(args)
        .current_dir(case.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Who refuses the case does not read its input.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn an_export_is_piped_in_plain_or_packed_read_twice_where_its_dates_need_it_and_sealed() {
    let case = Case::new(&[("lastday.toml", &format!("{REVIEW}[[source]]\nkind = \"people\"\npath = \"-\"\n"))]);
    for input in [PEOPLE.as_bytes().to_vec(), packed(PEOPLE.as_bytes())] {
        let (code, out, told) = piped(&case, &["audit", "--no-pdf", "--out", "out"], &input);
        assert_eq!(code, 0, "{out}{told}");
        let read = |name: &str| std::fs::read_to_string(case.path().join("out").join(name)).unwrap();
        let book = crate::program::rows(&read("reconciliation.csv")).remove(0);
        let hash = lastday::container::hex(&<sha2::Sha256 as sha2::Digest>::digest(&input));
        assert_eq!((&*book["file"], &*book["rows_accepted"], &*book["sha256"]), ("standard input", "2", &*hash));
        assert!(read("manifest.json").contains(&hash));
    }
    let (code, out, _) = piped(&case, &["check"], PEOPLE.as_bytes());
    assert_eq!(code, 0);
    assert!(out.contains("standard input  people"), "{out}");
}

#[test]
fn nothing_piped_in_and_two_sources_that_want_it_are_refused() {
    let one = "[[source]]\nkind = \"people\"\npath = \"-\"\n";
    let case = Case::new(&[("lastday.toml", &format!("{REVIEW}{one}{one}"))]);
    let (code, _, told) = piped(&case, &["check"], PEOPLE.as_bytes());
    assert_eq!(code, 3);
    assert!(told.contains("two sources are read from standard input"), "{told}");
    let case = Case::new(&[("lastday.toml", &format!("{REVIEW}{one}"))]);
    let (code, _, told) = piped(&case, &["check"], b"");
    assert_eq!(code, 3);
    assert!(told.contains("standard input: the file is empty"), "{told}");
}
