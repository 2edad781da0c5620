//! The same case gives the same bytes, wherever, whenever and by however many threads it is audited.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::program::{bytes, root};

type Files = BTreeMap<String, Vec<u8>>;

/// The sample's files by path in the case.
fn sample() -> Files {
    bytes(&root().join("samples/acme"))
}

/// Writes a case into a folder, its files one after the other in this order, so that the file system lists them in another one.
fn write<'a>(folder: &Path, files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) {
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

/// The program, on one core where `cores` says so and the system can.
fn program(cores: Option<&str>) -> Command {
    let own = env!("CARGO_BIN_EXE_lastday");
    let pins = |cores: &&str| Command::new("taskset").args(["-c", cores, "true"]).status().is_ok_and(|status| status.success());
    match cores.filter(pins) {
        Some(cores) => {
            let mut command = Command::new("taskset");
            command.args(["-c", cores, own]);
            command
        }
        None => Command::new(own),
    }
}

/// Audits the case at `case`, a path as it is given in `here`, and gives every file of the result.
fn audited(mut program: Command, here: &Path, case: &str, more: &[&str], surroundings: &[(&str, &str)]) -> Files {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("result");
    program.args(["audit", case, "--quiet", "--out", folder.to_str().unwrap()]).args(more).current_dir(here);
    let ran = program.envs(surroundings.iter().copied()).output().unwrap();
    assert_eq!(ran.status.code(), Some(4), "{}", String::from_utf8_lossy(&ran.stderr));
    bytes(&folder)
}

/// The names of files that differ.
fn differing(one: &Files, other: &Files) -> Vec<String> {
    let names = one.keys().chain(other.keys());
    let mut names: Vec<String> = names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn zone_locale_folder_and_threads_change_no_byte_of_any_output() {
    let elsewhere = tempfile::tempdir().unwrap();
    let absolute = root().join("samples/acme");
    let first = audited(
        program(Some("0")),
        elsewhere.path(),
        absolute.to_str().unwrap(),
        &[],
        &[("TZ", "UTC"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1"), ("COLUMNS", "40"), ("HOME", "/nowhere")],
    );
    let second = audited(
        program(None),
        &root().join("samples/acme/okta"),
        "..",
        &[],
        &[
            ("TZ", "Pacific/Auckland"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "de_DE"),
            ("RAYON_NUM_THREADS", "7"),
            ("NO_COLOR", "1"),
        ],
    );
    assert_eq!(differing(&first, &second), Vec::<String>::new());
    for name in [
        "report.html",
        "report.pdf",
        "evidence.xlsx",
        "summary.json",
        "revocations.csv",
        "timelines.csv",
        "steps.csv",
        "joiners.csv",
        "movers.csv",
        "findings.csv",
        "accounts.csv",
        "statistics.csv",
        "reconciliation.csv",
        "rejects.csv",
        "oscal-assessment-results.json",
        "oscal-assessment-plan.json",
        "manifest.json",
    ] {
        assert!(first.contains_key(name), "{name} is missing");
    }
    assert!(first.keys().filter(|n| n.starts_with("charts/")).count() >= 6);
}

#[test]
fn a_copy_with_other_times_and_another_order_on_the_disk_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let files = sample();
    write(&dir.path().join("straight"), files.iter());
    write(&dir.path().join("ein Fall, kopiert – №2"), files.iter().rev());
    let audit = |case: &str| audited(program(None), dir.path(), case, &["--no-pdf"], &[]);
    let straight = audit("straight");
    for case in ["./ein Fall, kopiert – №2/", "straight/../straight/.", "./straight//okta/.."] {
        assert_eq!(differing(&straight, &audit(case)), Vec::<String>::new(), "{case}");
    }
}

/// The text with the other kind of line ends, in whatever encoding it is.
fn with_carriage_returns(text: &[u8]) -> Vec<u8> {
    assert!(!text.contains(&b'\r'));
    text.split_inclusive(|byte| *byte == b'\n')
        .flat_map(|line| match line.split_last() {
            Some((b'\n', before)) => [before, b"\r\n"].concat(),
            _ => line.to_vec(),
        })
        .collect()
}

#[test]
fn the_kind_of_line_ends_changes_hashes_and_sizes_alone() {
    let dir = tempfile::tempdir().unwrap();
    let files = sample();
    let text = |name: &str| [".csv", ".json", ".ndjson", ".toml"].iter().any(|ending| name.ends_with(ending));
    let other: Files = files
        .iter()
        .map(|(name, content)| (name.clone(), if text(name) { with_carriage_returns(content) } else { content.clone() }))
        .collect();
    write(&dir.path().join("straight"), files.iter());
    write(&dir.path().join("returned"), other.iter());
    let audit = |case: &str| audited(program(None), dir.path(), case, &["--no-pdf"], &[]);
    let (straight, returned) = (audit("straight"), audit("returned"));
    let differing = differing(&straight, &returned);
    // These name the SHA-256 or the size of what was read.
    let hashed = [
        "evidence.xlsx",
        "manifest.json",
        "oscal-assessment-plan.json",
        "oscal-assessment-results.json",
        "reconciliation.csv",
        "report.html",
    ];
    assert_eq!(differing, hashed);
    let books = |files: &Files| {
        let mut rows = crate::program::rows(std::str::from_utf8(&files["reconciliation.csv"]).unwrap());
        for row in &mut rows {
            row.retain(|column, _| column != "sha256" && column != "bytes");
        }
        rows
    };
    assert_eq!(books(&straight), books(&returned));
}
