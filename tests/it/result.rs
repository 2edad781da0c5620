//! What a result is, whatever the case: whole, the same bytes each time, safe to open, traceable.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::program::{Case, bytes, lastday, root};

#[test]
fn the_manifest_holds_the_hash_of_every_input_and_output() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "");
    let ran = case.audit(&[]);
    let manifest: serde_json::Value = serde_json::from_str(&ran.text("manifest.json")).unwrap();
    let hash = |path: &Path| lastday::container::hex(&Sha256::digest(std::fs::read(path).unwrap()));
    let check = |list: &serde_json::Value, folder: &Path| {
        for entry in list.as_array().unwrap() {
            let path = folder.join(entry["path"].as_str().unwrap());
            assert_eq!(entry["sha256"], hash(&path), "{}", path.display());
        }
        list.as_array().unwrap().len()
    };
    assert_eq!(check(&manifest["inputs"], case.path()), 3);
    let written = bytes(&case.path().join("out")).len();
    assert_eq!(check(&manifest["outputs"], &case.path().join("out")), written - 1, "all but the manifest itself");
    assert_eq!(manifest["case_file"]["sha256"], hash(&case.path().join("lastday.toml")));
}

#[test]
fn a_second_run_replaces_the_first_and_keeps_what_somebody_added() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "");
    case.audit(&[]);
    case.write("out/sign-off.txt", b"seen");
    case.audit(&["--no-population"]);
    let out = bytes(&case.path().join("out"));
    assert!(out.contains_key("sign-off.txt") && !out.contains_key("accounts.csv"));
    assert_eq!(std::fs::read_dir(case.path()).unwrap().count(), 5, "nothing is left behind");
}

#[test]
fn no_cell_runs_as_a_formula() {
    let case = Case::usual("=1+1,\"=cmd|' /C calc'!A0\",active,,,\n@x,ann@acme.example,active,,,\n", "");
    let ran = case.audit(&[]);
    for name in ["accounts.csv", "revocations.csv", "findings.csv"] {
        for row in ran.rows(name) {
            for (column, cell) in row {
                assert!(!cell.starts_with(['=', '@', '+', '\t']), "{name} {column}: {cell}");
            }
        }
    }
    assert_eq!(ran.rows("revocations.csv")[0]["account_id"], "'@x");
}

#[test]
fn every_reference_leads_to_a_line_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    lastday(&["audit", "samples/acme", "--quiet", "--out", out.to_str().unwrap()], root());
    let mut checked = 0;
    for (name, column) in [("revocations.csv", "evidence_at"), ("findings.csv", "evidence_at"), ("accounts.csv", "source_at")] {
        for row in crate::program::rows(&std::fs::read_to_string(out.join(name)).unwrap()) {
            for at in row[column].split("; ").filter(|at| !at.is_empty()) {
                let (file, line) = at.rsplit_once(':').unwrap();
                let bytes = std::fs::read(root().join("samples/acme").join(file)).unwrap();
                if file != "badge/cards.xlsx" {
                    let lines = bytes.split(|b| *b == b'\n').count();
                    assert!((1..=lines).contains(&line.parse().unwrap()), "{at}");
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 700, "{checked}");
}

#[test]
fn fail_on_and_json_serve_scripts() {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "");
    assert_eq!(case.audit(&["--fail-on", "high"]).code, 1);
    assert_eq!(case.audit(&["--fail-on", "critical"]).code, 0);
    let ran = case.audit(&["--format", "json"]);
    let printed: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(printed, ran.summary());
    assert!(case.audit(&["--quiet"]).stdout.is_empty());
}

#[test]
fn the_verdict_fits_one_screen() {
    let output =
        lastday(&["audit", "samples/acme", "--out", tempfile::tempdir().unwrap().path().join("o").to_str().unwrap()], root());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().count() <= 24, "{}", text.lines().count());
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_lastday"))
        .args(["explain", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_packed_log_is_read_as_the_plain_one() {
    use std::io::Write;
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "2026-08-14T18:40:00Z,disabled,a1,success\n");
    let plain = case.audit(&[]).text("revocations.csv");
    let text = std::fs::read(case.path().join("events.csv")).unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(&text).unwrap();
    let packed = packer.finish().unwrap();
    case.write("events.csv", &packed);
    assert_eq!(case.audit(&[]).text("revocations.csv"), plain);
    case.write("events.csv", &packed[..packed.len() / 2]);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 3, "a log that is cut off is refused: {}", ran.stderr);
}

#[test]
fn an_event_in_two_exports_is_one_however_it_is_written() {
    let case = Case::usual("", "");
    case.write("a.json", br#"[{"at": "2026-08-14T18:05:00Z", "action": "disabled", "target": "x"}, {"at": "2026-08-15T00:00:00Z", "action": "enabled", "target": "x"}]"#);
    case.write("b.json", b"{\"target\":\"x\",\"action\":\"disabled\",\"at\":\"2026-08-14T18:05:00Z\"}\n{\"target\":\"y\",\"action\":\"disabled\",\"at\":\"2026-08-14T18:05:00Z\"}\n");
    let sources = crate::program::SOURCES.replace("path = \"events.csv\"", "path = \"?.json\"");
    case.write("lastday.toml", format!("{}{sources}", crate::program::REVIEW).as_bytes());
    let books = case.audit(&[]).rows("reconciliation.csv");
    let of = |file: &str| {
        let row = books.iter().find(|r| r["file"] == file).unwrap();
        (row["rows_accepted"].clone(), row["rows_duplicate"].clone())
    };
    assert_eq!([of("a.json"), of("b.json")], [("2".to_owned(), "0".to_owned()), ("1".to_owned(), "1".to_owned())]);
}
