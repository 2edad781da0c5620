//! The result by frameworks: the view's lines come in, a section of texts for each framework goes out.

use serde::Serialize;

use super::cut::{Cut, clip, cut, weight};
use crate::report::charts::words::count;
use crate::report::frameworks::{ControlLine, FrameworkLine};
use crate::report::view::View;

const MOST: usize = 200;
const BYTES: usize = 120_000;
const MARKUP: usize = 420;
/// How many findings are named beside a control.
const NAMED: usize = 6;

/// A framework as the page shows it.
#[derive(Serialize)]
pub struct Section {
    /// The word in the case.
    pub id: &'static str,
    /// Its name.
    pub name: String,
    /// What to know when it is read.
    pub note: String,
    /// Its controls.
    pub controls: Cut<Row>,
}

/// A control as the page shows it.
#[derive(Serialize)]
pub struct Row {
    /// Its identifier.
    pub id: String,
    /// What it asks for.
    pub title: String,
    /// The rules that test it.
    pub rules: Vec<&'static str>,
    /// Population, passed, exceptions, waived, not evaluable.
    pub counts: [String; 5],
    /// The result in words.
    pub result: &'static str,
    /// As the style names it.
    pub class: &'static str,
    /// Findings, the first few.
    pub findings: Vec<String>,
    /// How many there are besides.
    pub more: usize,
}

/// The sections.
pub fn sections(view: &View) -> Vec<Section> {
    view.frameworks.iter().map(section).collect()
}

fn section(framework: &FrameworkLine) -> Section {
    Section {
        id: framework.framework,
        name: clip(&framework.name),
        note: framework.note.clone(),
        controls: cut(&framework.controls, MOST, BYTES, |_, control| row(control), weigh),
    }
}

fn row(control: &ControlLine) -> Row {
    let counts = [control.population, control.passed, control.exceptions, control.waived, control.not_evaluable];
    Row {
        id: clip(&control.control),
        title: clip(&control.title),
        rules: control.rules.clone(),
        counts: counts.map(count),
        result: control.result,
        class: match control.result {
            "exceptions" => "late",
            "no exception in what was tested" => "on_time",
            _ => "undetermined",
        },
        findings: control.findings.iter().take(NAMED).cloned().collect(),
        more: control.findings.len().saturating_sub(NAMED),
    }
}

fn weigh(row: &Row) -> usize {
    let lists = row.rules.iter().map(|rule| 60 + weight(rule)).chain(row.findings.iter().map(|id| 40 + weight(id)));
    MARKUP + weight(&row.id) + weight(&row.title) + lists.sum::<usize>()
}
