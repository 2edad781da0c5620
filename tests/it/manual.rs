//! The manual of the mapping language: its examples are run, and it knows every key.

use lastday::presets::Presets;

use crate::presets::read;
use crate::program::{Case, REVIEW, SOURCES, root};

/// The fenced blocks: what stands behind the fence, and the text.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    let fenced = text.split("\n```").collect::<Vec<_>>();
    fenced[1..].iter().step_by(2).map(|block| block.split_once('\n').unwrap_or((block, ""))).collect()
}

fn manual() -> String {
    std::fs::read_to_string(root().join("docs/mapping.md")).unwrap()
}

#[test]
fn every_example_of_the_manual_gives_the_rows_that_it_shows() {
    let (manual, presets) = (manual(), Presets::load().unwrap());
    let blocks = blocks(&manual);
    assert!(blocks.len() >= 24 && blocks.len().is_multiple_of(3), "{} blocks", blocks.len());
    for example in blocks.chunks(3) {
        let [(input_name, input), ("toml mapping", keys), ("csv out", wanted)] = example else {
            panic!("an export, a mapping and rows: {example:?}");
        };
        let ending = input_name.strip_suffix(" in").unwrap();
        let file = format!("export.{ending}");
        let source = format!("[[source]]\nkind = \"accounts\"\nsystem = \"It\"\npath = \"{file}\"\n{keys}\n");
        let case = Case::new(&[("lastday.toml", &format!("{REVIEW}{source}")), (&file, input)]);
        let loaded = lastday::case::Case::load(case.path(), &presets, &[]).unwrap_or_else(|e| panic!("{keys}\n{e:?}"));
        let source = &loaded.sources[0];
        let (rows, books) = read(source, &presets);
        assert_eq!(books.files[0].rejected, 0, "{keys}");
        let mut reader = csv::Reader::from_reader(wanted.as_bytes());
        let header = reader.headers().unwrap().clone();
        let places: Vec<usize> =
            header.iter().map(|name| source.kind.columns().iter().position(|c| *c == name).unwrap()).collect();
        let got: Vec<Vec<&str>> = rows.iter().map(|row| places.iter().map(|p| row.cells[*p].as_str()).collect()).collect();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let wanted: Vec<Vec<&str>> = records.iter().map(|record| record.iter().collect()).collect();
        assert_eq!(got, wanted, "{keys}");
    }
}

/// The keys and words that the program says it knows, where it is given one that it does not.
fn known(keys: &str) -> Vec<String> {
    let case = Case::usual("", "");
    let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.csv\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
    let said = case.audit(&[]).stderr;
    let list = said.split("expected one of").nth(1).unwrap_or_else(|| panic!("{said}"));
    let list = list.split(",-[").next().unwrap_or(list);
    list.split('`').skip(1).step_by(2).map(|name| name.split_whitespace().collect()).collect()
}

#[test]
fn the_manual_knows_every_key_of_the_language() {
    let manual = manual();
    for keys in [
        "zzz = 1",
        "rows = { zzz = 1 }",
        "columns = { account_id = { zzz = 1 } }",
        "columns = { account_id = { case = [{ zzz = 1 }] } }",
        "columns = { account_id = { from = \"a\", when = { b = { zzz = 1 } } } }",
        "columns = { account_id = { from = \"a\", time = \"zzz\" } }",
    ] {
        let known = known(keys);
        assert!(known.len() >= 3, "{keys}: {known:?}");
        for key in known {
            assert!(manual.contains(&format!("`{key}`")), "docs/mapping.md does not tell `{key}`, as in {keys}");
        }
    }
}
