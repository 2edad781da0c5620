//! Exports damaged on purpose, one place at a time: nothing is lost, nothing is shifted, every reject is explained.

use std::collections::BTreeMap;
use std::path::Path;

use chrono_tz::Tz;
use indicatif::ProgressBar;
use lastday::case::Source;
use lastday::ingest::ledger::Ledger;
use lastday::ingest::{self, CanonicalRow};
use lastday::presets::Presets;

use crate::program::root;

/// What was read of a file: the rows by line, and the books.
struct Read {
    rows: BTreeMap<u32, Vec<Vec<String>>>,
    ledger: Ledger,
}

fn read(source: &Source, path: &Path, presets: &Presets) -> Option<Read> {
    let mut ledger = Ledger::new(ProgressBar::hidden());
    let rows = ingest::canonical(source, "it", path, presets, Tz::UTC, &mut ledger, usize::MAX).ok()?;
    let mut by_line: BTreeMap<u32, Vec<Vec<String>>> = BTreeMap::new();
    for CanonicalRow { line, cells } in rows {
        by_line.entry(line).or_default().push(cells);
    }
    Some(Read { rows: by_line, ledger })
}

/// The ways to damage one physical line, without its end.
fn damaged(line: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let middle = line.len() / 2;
    let put = |bytes: &[u8]| [&line[..middle], bytes, &line[middle..]].concat();
    let mut ways = vec![
        ("a quote put in", put(b"\"")),
        ("two quotes put in", put(b"\"\"")),
        ("a byte that is no UTF-8", put(b"\xFF")),
        ("a NUL", put(b"\0")),
        ("a carriage return", put(b"\r")),
        ("the second half cut off", line[..middle].to_vec()),
        ("the first half cut off", line[middle..].to_vec()),
        ("a delimiter too many", [line, b",;\t:{".as_slice()].concat()),
    ];
    if let Some(at) = line.iter().position(|b| matches!(b, b',' | b';' | b'\t' | b':')) {
        ways.push(("a delimiter missing", [&line[..at], &line[at + 1..]].concat()));
    }
    ways
}

/// Every fixture whose rows are physical lines, of which each can be damaged by itself.
fn fixtures(presets: &Presets) -> Vec<(Source, std::path::PathBuf)> {
    let mut all = Vec::new();
    for preset in presets.all() {
        for entry in std::fs::read_dir(root().join("samples").join(&preset.id)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = name != "expected.csv" && [".csv", ".ndjson"].iter().any(|end| name.ends_with(end));
            if text && std::str::from_utf8(&std::fs::read(&path).unwrap()).is_ok() {
                all.push((Source { preset: Some(preset.clone()), ..Source::of(preset.kind) }, path));
            }
        }
    }
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

#[test]
fn a_damaged_line_costs_its_own_row_and_no_other_and_is_explained() {
    let presets = Presets::load().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (mut tried, mut wrong) = (0, Vec::new());
    for (source, path) in fixtures(&presets) {
        let whole = read(&source, &path, &presets).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
        for at in whole.rows.keys().copied() {
            let line = lines[at as usize - 1];
            let end = line.len() - line.iter().rev().take_while(|b| matches!(b, b'\n' | b'\r')).count();
            if memchr::memchr_iter(b'"', &line[..end]).count() % 2 == 1 {
                continue; // the first line of a row of several
            }
            for (way, damage) in damaged(&line[..end]) {
                let copy = dir.path().join("it.csv");
                let whole_file =
                    [&lines[..at as usize - 1].concat(), damage.as_slice(), &line[end..], &lines[at as usize..].concat()];
                std::fs::write(&copy, whole_file.concat()).unwrap();
                tried += 1;
                let told = format!("{}:{at}, {way}", path.strip_prefix(root()).unwrap().display());
                let Some(got) = read(&source, &copy, &presets) else {
                    wrong.push(format!("{told}: the whole file was refused"));
                    continue;
                };
                let (before, after) = (&whole.ledger.files[0], &got.ledger.files[0]);
                if after.read() < before.read() {
                    wrong.push(format!("{told}: {} rows instead of {}", after.read(), before.read()));
                }
                for (line, cells) in whole.rows.iter().filter(|(line, _)| **line != at) {
                    if got.rows.get(line) != Some(cells) {
                        wrong.push(format!("{told}: the row of line {line} is now {:?}", got.rows.get(line)));
                    }
                }
                for reject in &got.ledger.first_rejects {
                    if reject.fault.reason.is_empty() || reject.origin.line == 0 {
                        wrong.push(format!("{told}: a reject without line or reason"));
                    }
                }
            }
        }
    }
    assert!(tried > 1_000, "only {tried} were tried");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_that_ends_too_early_keeps_every_row_before_the_end() {
    let presets = Presets::load().unwrap();
    let dir = tempfile::tempdir().unwrap();
    for (source, path) in fixtures(&presets) {
        let whole = read(&source, &path, &presets).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let last_start = bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').unwrap() + 1;
        for cut in (last_start + 1..bytes.len()).step_by(11) {
            let copy = dir.path().join("it.csv");
            std::fs::write(&copy, &bytes[..cut]).unwrap();
            let Some(got) = read(&source, &copy, &presets) else { panic!("{}: refused when cut at {cut}", path.display()) };
            let last = u32::try_from(memchr::memchr_iter(b'\n', &bytes[..last_start]).count() + 1).unwrap();
            for (line, cells) in whole.rows.iter().filter(|(line, _)| **line + 1 < last) {
                assert_eq!(got.rows.get(line), Some(cells), "{}:{line} cut at {cut}", path.display());
            }
        }
    }
}
