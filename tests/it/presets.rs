//! Every preset against its fixture: the canonical rows that were written down by hand.

use std::path::Path;

use chrono_tz::Tz;
use lastday::case::{Case, Source};
use lastday::ingest::{self, ledger::Ledger};
use lastday::model::columns::SourceKind;
use lastday::presets::Presets;

use crate::program::{root, rows};

/// A case around one export, so that the source is what the case file makes of it.
fn source(presets: &Presets, kind: SourceKind, preset: Option<&str>, export: &Path) -> (tempfile::TempDir, Case) {
    let dir = tempfile::tempdir().unwrap();
    let name = export.file_name().unwrap().to_str().unwrap();
    std::fs::copy(export, dir.path().join(name)).unwrap();
    let preset = preset.map(|id| format!("preset = \"{id}\"\n")).unwrap_or_default();
    let case = format!(
        "[review]\nname = \"Fixture\"\nperiod = \"2026-07-01/2026-09-30\"\nas_of = \"2026-10-01T09:00:00Z\"\n\
         [[source]]\nkind = \"{}\"\nsystem = \"It\"\npath = \"{name}\"\n{preset}",
        kind.word()
    );
    std::fs::write(dir.path().join("lastday.toml"), case).unwrap();
    let case = Case::load(dir.path(), presets, &[]).unwrap();
    (dir, case)
}

fn exports(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !matches!(path.file_name().and_then(|n| n.to_str()), Some("README.md" | "expected.csv")))
        .collect();
    files.sort();
    files
}

/// The canonical rows of the first file of a source, and the books.
pub fn read(source: &Source, presets: &Presets) -> (Vec<ingest::CanonicalRow>, Ledger) {
    let mut ledger = Ledger::new(indicatif::ProgressBar::hidden());
    let (shown, path) = &source.files[0];
    let rows = ingest::canonical(source, shown, path, presets, Tz::UTC, &mut ledger, usize::MAX).unwrap();
    (rows, ledger)
}

#[test]
fn every_preset_reads_its_fixture_into_the_rows_written_down_by_hand() {
    let presets = Presets::load().unwrap();
    let mut wrong: Vec<String> = Vec::new();
    for preset in presets.all() {
        let folder = root().join("samples").join(&preset.id);
        let expected = rows(&std::fs::read_to_string(folder.join("expected.csv")).unwrap());
        for export in exports(&folder) {
            let name = export.file_name().unwrap().to_str().unwrap();
            let wanted: Vec<_> = expected.iter().filter(|row| row.get("file").is_none_or(|file| file == name)).collect();
            let (_dir, case) = source(&presets, preset.kind, Some(&preset.id), &export);
            let (got, _) = read(&case.sources[0], &presets);
            let lines = |rows: &[u32]| rows.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
            let got_lines: Vec<u32> = got.iter().map(|r| r.line).collect();
            let wanted_lines: Vec<u32> = wanted.iter().map(|r| r["line"].parse().unwrap()).collect();
            if got_lines != wanted_lines {
                wrong.push(format!(
                    "{}/{name}: accepted lines {} instead of {}",
                    preset.id,
                    lines(&got_lines),
                    lines(&wanted_lines)
                ));
                continue;
            }
            for (row, wanted) in got.iter().zip(&wanted) {
                for (column, cell) in preset.kind.columns().iter().zip(&row.cells) {
                    let expected = wanted.get(*column).map_or("", String::as_str);
                    if cell != expected {
                        wrong
                            .push(format!("{}/{name}:{}: {column} is \"{cell}\" instead of \"{expected}\"", preset.id, row.line));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_is_recognised_without_naming_its_preset() {
    let presets = Presets::load().unwrap();
    for preset in presets.all() {
        for export in exports(&root().join("samples").join(&preset.id)) {
            let (_dir, case) = source(&presets, preset.kind, None, &export);
            let (_, ledger) = read(&case.sources[0], &presets);
            assert_eq!(ledger.files[0].preset, preset.id, "{}", export.display());
        }
    }
}

#[test]
fn every_row_of_every_fixture_is_in_the_books() {
    let presets = Presets::load().unwrap();
    for preset in presets.all() {
        for export in exports(&root().join("samples").join(&preset.id)) {
            let (_dir, case) = source(&presets, preset.kind, Some(&preset.id), &export);
            let (rows, ledger) = read(&case.sources[0], &presets);
            let entry = &ledger.files[0];
            assert_eq!(entry.accepted, rows.len() as u64, "{}", export.display());
            assert_eq!(entry.read(), entry.accepted + entry.rejected + entry.duplicate + entry.out_of_scope);
            assert!(entry.read() > 0, "{}", export.display());
        }
    }
}

#[test]
fn a_preset_pasted_into_a_case_as_a_mapping_of_ones_own_gives_the_same_rows() {
    let presets = Presets::load().unwrap();
    for preset in presets.all() {
        for export in exports(&root().join("samples").join(&preset.id)) {
            let (dir, case) = source(&presets, preset.kind, Some(&preset.id), &export);
            let (wanted, books) = read(&case.sources[0], &presets);
            let block = lastday::presets::as_source(preset);
            let name = export.file_name().unwrap().to_str().unwrap();
            let block = block.replace("CHANGE: the file, or a glob", name);
            let review = "[review]\nname = \"Fixture\"\nperiod = \"2026-07-01/2026-09-30\"\nas_of = \"2026-10-01T09:00:00Z\"\n";
            std::fs::write(dir.path().join("lastday.toml"), format!("{review}{block}")).unwrap();
            let case = Case::load(dir.path(), &presets, &[]).unwrap_or_else(|e| panic!("{}: {e:?}", preset.id));
            let (got, own) = read(&case.sources[0], &presets);
            assert_eq!(own.files[0].preset, "", "{}: by its own mapping", export.display());
            let rows = |rows: &[ingest::CanonicalRow]| rows.iter().map(|r| (r.line, r.cells.clone())).collect::<Vec<_>>();
            assert_eq!(rows(&got), rows(&wanted), "{}", export.display());
            let counts = |l: &Ledger| (l.files[0].accepted, l.files[0].rejected, l.files[0].duplicate, l.files[0].out_of_scope);
            assert_eq!(counts(&own), counts(&books), "{}", export.display());
        }
    }
}
