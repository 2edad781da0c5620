//! A result under pseudonyms: the view and the CSV files come in, the same without names, addresses and logins go out. Everything else of a result is made
//! from these two.

use std::io::Write;
use std::path::Path;

use super::sheet::Sheet;
use super::view::View;
use crate::error::{Error, Result};
use crate::model::finding::{Finding, Findings, Told};
use crate::redact::Redactor;

/// Columns whose cells are values as a whole.
const VALUES: [&str; 6] = ["person_id", "person", "account_id", "login", "email", "name"];
/// Columns that hold words and figures of our own, or what names no person.
const OURS: [&str; 33] = [
    "outcome",
    "rule",
    "severity",
    "status",
    "kind",
    "situation",
    "departure_basis",
    "match_rule",
    "match_score",
    "evidence",
    "step",
    "state",
    "controls",
    "sha256",
    "finding_id",
    "system",
    "preset",
    "group_kind",
    "group",
    "agrees",
    "differs",
    "privileged",
    "framework",
    "control",
    "title",
    "rules",
    "result",
    "findings",
    "process",
    "level",
    "measure",
    "lacks",
    "next_step",
];
/// Columns of rejected rows, which hold whatever the export held.
const WHATEVER: [&str; 2] = ["value", "raw"];
/// What stands in place of them.
const LEFT_OUT: &str = "[left out]";

/// Writes a CSV file of a result to `out`, with pseudonyms for what it holds.
pub(super) fn table(plain: &Path, out: &mut impl Write, redactor: &Redactor) -> Result<()> {
    let broken = |e: csv::Error| Error::fault(format!("{}: {e}", plain.display()));
    let mut reader = csv::Reader::from_path(plain).map_err(broken)?;
    let header: Vec<String> = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let mut sheet = Sheet::new(out, &header.iter().map(String::as_str).collect::<Vec<_>>())?;
    for row in reader.records() {
        let row = row.map_err(broken)?;
        let cells: Vec<String> = header.iter().zip(row.iter()).map(|(name, text)| cell(name, text, redactor)).collect();
        sheet.row(cells.iter().map(String::as_str))?;
    }
    sheet.end()
}

fn cell(name: &str, text: &str, redactor: &Redactor) -> String {
    if VALUES.contains(&name) {
        redactor.value(text)
    } else if WHATEVER.contains(&name) && !text.is_empty() {
        LEFT_OUT.to_owned()
    } else if OURS.contains(&name) {
        text.to_owned()
    } else {
        redactor.text(text)
    }
}

impl View {
    /// Replaces what the view holds.
    pub fn redact(&mut self, redactor: &Redactor) {
        let value = |text: &mut String| *text = redactor.value(text);
        let text = |text: &mut String| *text = redactor.text(text);
        for system in &mut self.systems {
            value(&mut system.owner);
            system.lacks.iter_mut().chain(&mut system.settled_by).for_each(text);
        }
        for leaver in &mut self.leavers {
            [&mut leaver.person_id, &mut leaver.name].into_iter().for_each(value);
            leaver.steps.iter_mut().flat_map(|step| [&mut step.what, &mut step.at]).for_each(text);
        }
        for row in self.joiners.iter_mut().chain(&mut self.movers) {
            [&mut row.person_id, &mut row.person, &mut row.account].into_iter().for_each(value);
            row.roles.iter_mut().chain([&mut row.grant, &mut row.evidence_at]).for_each(text);
        }
        for row in &mut self.revocations {
            [&mut row.person_id, &mut row.person, &mut row.account_id, &mut row.login].into_iter().for_each(value);
            text(&mut row.evidence_at);
        }
        let mut findings = Findings::default();
        for line in self.findings.iter() {
            let told = Told {
                finding_id: &redactor.finding(line.finding_id),
                why: &redactor.text(line.why),
                person_id: &redactor.value(line.person_id),
                person: &redactor.value(line.person),
                account_id: &redactor.value(line.account_id),
                login: &redactor.value(line.login),
                key: "",
                detail: &redactor.text(line.detail),
                evidence_at: &redactor.text(line.evidence_at),
                ..line.told
            };
            findings.push(&Finding { told, ..line });
        }
        self.findings = findings;
        for control in self.frameworks.iter_mut().flat_map(|framework| &mut framework.controls) {
            control.findings.iter_mut().for_each(|id| *id = redactor.finding(id));
        }
        for file in &mut self.files {
            file.unknown_words.iter_mut().chain([&mut file.file]).for_each(text);
        }
        for reject in &mut self.rejects {
            (reject.value, reject.raw) = (LEFT_OUT.to_owned(), LEFT_OUT.to_owned());
            [&mut reject.at, &mut reject.column, &mut reject.reason].into_iter().for_each(text);
        }
        self.missing.iter_mut().chain(&mut self.assumptions).for_each(text);
        self.assumptions.push(
            "Names, e-mail addresses and logins are replaced by pseudonyms; whoever packed this result has the key to them."
                .to_owned(),
        );
    }
}
