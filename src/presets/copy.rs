//! A preset as a `[[source]]` to paste into a case and change: the same columns, words and rows, and nothing that needs the preset.

use std::fmt::Write;

use super::Preset;

/// The block. It keeps the preset's comments.
#[must_use]
pub fn as_source(preset: &Preset) -> String {
    let sections = sections(preset.text);
    let mut out = format!("# {}: a copy of the preset {} to change.\n[[source]]\n", preset.title, preset.id);
    let _ = writeln!(out, "kind = \"{}\"", preset.kind.word());
    if preset.kind.of_a_system() {
        let _ = writeln!(out, "system = {:?}", preset.system.as_deref().unwrap_or("CHANGE: the system's name"));
    }
    out.push_str("path = \"CHANGE: the file, or a glob\"\n");
    if let Some(zone) = &preset.times.zone {
        let _ = writeln!(out, "timezone = {zone:?}");
    }
    if let Some(order) = preset.times.date_order {
        let _ = writeln!(out, "date_order = \"{}\"", order.word());
    }
    // Keys of the source itself come before its tables.
    if let Some((_, body)) = sections.iter().find(|(name, _)| name == "layout") {
        let _ = writeln!(out, "{}", body.trim_end());
    }
    for (name, body) in sections.iter().filter(|(name, _)| !matches!(name.as_str(), "layout" | "recognise" | "times")) {
        let _ = write!(out, "\n[source.{name}]\n{}\n", body.trim_end());
        if name == "columns" {
            out.push_str(&unmapped(preset));
        }
    }
    out
}

/// The canonical columns that the preset leaves empty. A case would find them by their own names, should the export have such.
fn unmapped(preset: &Preset) -> String {
    let names = preset.kind.columns().iter().zip(&preset.columns.0).filter(|(_, column)| column.is_none());
    let mut lines = String::new();
    for (name, _) in names {
        let head = if lines.is_empty() { "# Not in this export:\n" } else { "" };
        let _ = writeln!(lines, "{head}{name} = []");
    }
    lines
}

/// The tables of a preset's text by name, each with its own text.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let name = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')).filter(|name| !name.starts_with(['[', '"']));
        match (name, sections.last_mut()) {
            (Some(name), _) => sections.push((name.to_owned(), String::new())),
            (None, Some((_, body))) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {}
        }
    }
    sections
}
