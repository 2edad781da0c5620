//! Damaged containers of every format: an answer or a clear refusal, and never a fault of the tool.

use std::path::{Path, PathBuf};

use crate::program::root;

use lastday::container::archive;
use lastday::ingest::ledger::Ledger;
use lastday::ingest::{canonical, inspect};
use lastday::presets::Presets;

/// Small pseudo-random numbers that are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Looks at a file as `init` does, and reads it as the case that comes of it would.
fn read(path: &Path, presets: &Presets) {
    let Ok(Ok(found)) = inspect(path, presets) else { return };
    let source =
        lastday::case::Source { preset: found.preset.clone(), sheet: found.sheet, ..lastday::case::Source::of(found.kind) };
    let mut books = Ledger::new(indicatif::ProgressBar::hidden());
    let _ = canonical(&source, "damaged", path, presets, chrono_tz::Tz::UTC, &mut books, usize::MAX);
}

#[test]
fn truncated_flipped_and_random_bytes_of_every_format_are_survived() {
    let presets = Presets::load().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("damaged");
    let mut samples: Vec<Vec<u8>> = ["parquet", "workbooks"]
        .iter()
        .flat_map(|folder| files(&root().join("tests/fixtures").join(folder)))
        .map(|file| std::fs::read(file).unwrap())
        .collect();
    for sample in ["okta-users", "ad-users-ldif", "slack-members", "windows-security"] {
        let folder = root().join("samples").join(sample);
        if folder.is_dir() {
            samples.extend(files(&folder).into_iter().filter(|f| f.is_file()).map(|file| std::fs::read(file).unwrap()));
        }
    }
    let table = b"account_id,email,status\na,b,active\n".repeat(30);
    let workbook = std::fs::read(root().join("tests/fixtures/workbooks/accounts.xlsx")).unwrap();
    samples.push(super::archives::zip(&[("a.csv", &table), ("b.csv.gz", &super::packed(&table)), ("c.xlsx", &workbook)]));
    samples.push(super::packed(b"account_id,email,status\na,b,active\n"));
    let mut numbers = Numbers(7);
    for whole in &samples {
        for _ in 0..12 {
            let mut bytes = whole.clone();
            match numbers.below(3) {
                0 => bytes.truncate(numbers.below(whole.len())),
                1 => {
                    for _ in 0..=numbers.below(8) {
                        let at = numbers.below(bytes.len());
                        bytes[at] = u8::try_from(numbers.below(256)).unwrap();
                    }
                }
                _ => {
                    let keep = numbers.below(whole.len().min(64));
                    for byte in &mut bytes[keep..] {
                        if numbers.below(4) == 0 {
                            *byte = u8::try_from(numbers.below(256)).unwrap();
                        }
                    }
                }
            }
            std::fs::write(&path, &bytes).unwrap();
            read(&path, &presets);
            if archive::is_archive(&path) {
                for member in archive::entries("damaged", &path).unwrap_or_default() {
                    read(&archive::path_of(&path, &member.name), &presets);
                }
            }
        }
    }
}
