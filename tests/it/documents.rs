//! The generated parts of the README are what the program says. `UPDATE=1 cargo test documents` writes them anew.

use std::fmt::Write;

use lastday::presets::Presets;

use crate::program::{lastday, root};

fn blocks() -> Vec<(&'static str, String)> {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let verdict = lastday(&["audit", "samples/acme", "--out", out.to_str().unwrap()], root());
    let help = lastday(&["audit", "--help"], root());
    let fenced = |bytes: Vec<u8>| format!("```text\n{}\n```\n", String::from_utf8(bytes).unwrap().trim_end());
    let sample = lastday(&["sample", "--help"], root());
    vec![
        ("verdict", fenced(verdict.stdout)),
        ("presets", presets()),
        ("rules", rules()),
        ("help", fenced(help.stdout)),
        ("help-sample", fenced(sample.stdout)),
    ]
}

fn presets() -> String {
    let mut table = "| preset | export | holds | formats |\n|---|---|---|---|\n".to_owned();
    for preset in Presets::load().unwrap().all() {
        let formats: Vec<String> = preset.formats.iter().map(|f| format!("{f:?}").to_uppercase()).collect();
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} |",
            preset.id,
            preset.title.replace('|', "\\|"),
            preset.kind.word(),
            formats.join(", ")
        );
    }
    table
}

fn rules() -> String {
    let mut table = "| rule | the compliant state | at worst | controls |\n|---|---|---|---|\n".to_owned();
    for rule in lastday::rules::list() {
        let facts = rule.facts();
        let _ = writeln!(table, "| `{}` | {} | {} | {} |", facts.id, facts.title, facts.severity.word(), facts.controls_text());
    }
    table
}

#[test]
fn the_generated_parts_of_the_readme_are_what_the_program_says() {
    let path = root().join("README.md");
    let mut text = std::fs::read_to_string(&path).unwrap();
    for (name, block) in blocks() {
        let start = format!("<!-- generated: {name} -->\n");
        let from = text.find(&start).unwrap_or_else(|| panic!("no block {name}")) + start.len();
        let to = from + text[from..].find("<!-- end -->").unwrap();
        let wanted = format!("\n{block}\n");
        if std::env::var_os("UPDATE").is_some() {
            text.replace_range(from..to, &wanted);
        } else {
            assert_eq!(&text[from..to], wanted, "the block {name} of the README is out of date: UPDATE=1 cargo test documents");
        }
    }
    std::fs::write(path, text).unwrap();
}

#[test]
fn every_link_of_the_documents_leads_to_a_file() {
    for name in
        ["README.md", "samples/acme/README.md", "docs/method.md", "docs/mapping.md", "docs/formats.md", "docs/coverage.md"]
    {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap().split('#').next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                let path = root().join(name).parent().unwrap().join(target);
                assert!(path.exists(), "{name} links to {target}");
            }
        }
    }
}

#[test]
fn the_page_on_coverage_names_every_rule_and_no_other() {
    let text = std::fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fault") && !line.starts_with("| what"));
    let told = rows.map(|row| row.split('|').nth(2).unwrap());
    let named: std::collections::BTreeSet<&str> = told.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let known: std::collections::BTreeSet<&str> = lastday::rules::ids().into_iter().collect();
    assert_eq!(named, known);
}

#[test]
fn the_sample_s_page_names_every_rule() {
    let text = std::fs::read_to_string(root().join("samples/acme/README.md")).unwrap();
    let unnamed: Vec<_> = lastday::rules::ids().into_iter().filter(|rule| !text.contains(&format!("`{rule}`"))).collect();
    assert_eq!(unnamed, Vec::<&str>::new());
}
