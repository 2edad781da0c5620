//! The result by the frameworks that the case names: what was tested for each control, on how many, with what result. A control is never
//! called satisfied: what was not evaluable stays so, and a tool sees the part of a control that leaves traces.

use serde::Serialize;

use super::view::RuleLine;
use crate::case::Case;
use crate::error::Result;
use crate::frameworks::{self, Framework, Listed};
use crate::model::finding::Findings;

/// A framework, as the result is told by it.
#[derive(Serialize)]
pub struct FrameworkLine {
    /// The word in the case.
    pub framework: &'static str,
    /// Its name.
    pub name: String,
    /// What to know when it is read.
    pub note: String,
    /// Its controls.
    pub controls: Vec<ControlLine>,
}

/// A control and what its tests came to.
#[derive(Serialize)]
pub struct ControlLine {
    /// Its identifier.
    pub control: String,
    /// What it asks for, in words of our own.
    pub title: String,
    /// The rules that test it.
    pub rules: Vec<&'static str>,
    /// How many subjects they have: the sum of the next four.
    pub population: usize,
    /// Without an exception.
    pub passed: usize,
    /// Findings that are not waived.
    pub exceptions: usize,
    /// Findings that are.
    pub waived: usize,
    /// Not evaluable by the evidence.
    pub not_evaluable: usize,
    /// The same in words.
    pub result: &'static str,
    /// The findings, open ones first.
    pub findings: Vec<String>,
}

/// The result by each framework that the case names.
pub fn lines(case: &Case, rules: &[RuleLine], findings: &Findings) -> Result<Vec<FrameworkLine>> {
    let mut lines = Vec::new();
    for id in &case.frameworks {
        if let Some(framework) = frameworks::get(id)? {
            let controls = framework.controls.iter().map(|control| line(&framework, control, rules, findings)).collect();
            let note = framework.note.trim().to_owned();
            lines.push(FrameworkLine { framework: framework.id, name: framework.name, note, controls });
        }
    }
    Ok(lines)
}

fn line(framework: &Framework, control: &Listed, rules: &[RuleLine], findings: &Findings) -> ControlLine {
    let own = format!("{} {}", framework.name, control.id);
    let asks = |cited: &str| cited == own || control.same_as.iter().any(|other| other == cited);
    let tests: Vec<&RuleLine> = rules.iter().filter(|rule| rule.controls.split("; ").any(asks)).collect();
    let sum = |count: fn(&RuleLine) -> usize| tests.iter().map(|rule| count(rule)).sum::<usize>();
    let (passed, exceptions) = (sum(|rule| rule.passed), sum(|rule| rule.found));
    let (waived, not_evaluable) = (sum(|rule| rule.waived), sum(|rule| rule.not_evaluable));
    let found = findings.iter().filter(|finding| tests.iter().any(|rule| rule.id == finding.rule));
    ControlLine {
        control: control.id.clone(),
        title: control.title.clone(),
        rules: tests.iter().map(|rule| rule.id).collect(),
        population: passed + exceptions + waived + not_evaluable,
        passed,
        exceptions,
        waived,
        not_evaluable,
        result: match (tests.is_empty(), exceptions, waived, passed, not_evaluable) {
            (true, ..) => "not tested by this tool",
            (_, 1.., ..) => "exceptions",
            (_, _, 1.., ..) => "accepted exceptions only",
            (_, _, _, 0, 0) => "nothing to test",
            (_, _, _, 0, _) => "not evaluable",
            (_, _, _, _, 0) => "no exception in what was tested",
            _ => "no exception in what could be tested",
        },
        findings: found.map(|finding| finding.finding_id.to_owned()).collect(),
    }
}
