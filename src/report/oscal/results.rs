//! The assessment results: what was observed, and a finding for each control of which the evidence decides whether it is satisfied.

use std::collections::HashMap;

use serde::Serialize;

use super::PLAN;
use super::controls::{self, Asked};
use super::documents::{UNNAMED, metadata, named};
use super::model::{
    AssessmentResults, BackMatter, Finding, Hash, Import, Observation, RelatedObservation, Resource, ResourceLink, Status,
    Target, TestResult,
};
use super::names::Names;
use super::observations::{self, came_to};
use crate::error::Result;
use crate::model::finding;
use crate::report::view::{RuleLine, View};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    assessment_results: AssessmentResults,
}

/// `oscal-assessment-results.json`
pub fn results(view: &View) -> Result<String> {
    let names = Names::of(view);
    let resources = resources(view, &names);
    let by_path: HashMap<&str, String> = resources.iter().map(|r| (r.title.as_str(), r.uuid.clone())).collect();
    let mut found: HashMap<&str, Vec<finding::Finding>> = HashMap::new();
    for finding in view.findings.iter() {
        let told = found.entry(finding.rule).or_default();
        if told.len() < observations::FINDINGS {
            told.push(finding);
        }
    }
    let nothing = Vec::new();
    let of_rules: Vec<(&RuleLine, Vec<Observation>)> = view
        .rules
        .iter()
        .map(|rule| (rule, observations::of_rule(view, &names, rule, found.get(rule.id).unwrap_or(&nothing), &by_path)))
        .collect();
    let uuids: HashMap<&str, Vec<String>> =
        of_rules.iter().map(|(rule, all)| (rule.id, all.iter().map(|o| o.uuid.clone()).collect())).collect();
    let unread = unread(view);
    let (mut findings, mut undecided) = (Vec::new(), Vec::new());
    for asked in controls::asked(view) {
        match decided(&asked, unread.as_deref()) {
            Ok(status) => findings.push(finding(&names, &asked, status, &uuids)),
            Err(why) => undecided.push(format!("{}: {why}", controls::words(asked.control))),
        }
    }
    let (from, to) = &view.period;
    let result = TestResult {
        uuid: names.uuid("result", ""),
        title: view.name.clone(),
        description: format!("{} Period {from} to {to}; read and measured by lastday {}.", view.verdict, view.version),
        start: view.as_of.to_string(),
        end: view.as_of.to_string(),
        reviewed_controls: controls::reviewed(view),
        observations: of_rules.into_iter().flat_map(|(_, all)| all).collect(),
        findings,
        remarks: remarks(&undecided, unread),
    };
    let title = format!("{}: results", view.name);
    named(&Document {
        assessment_results: AssessmentResults {
            uuid: UNNAMED.to_owned(),
            metadata: metadata(view, title, None),
            import_ap: Import { href: PLAN.to_owned(), remarks: None },
            results: vec![result],
            back_matter: BackMatter { resources },
        },
    })
}

/// What was not read, as a sentence: nothing is satisfied then, since it may hold what would speak against it.
fn unread(view: &View) -> Option<String> {
    let rejected = (view.rejected > 0).then(|| format!("{} rows could not be read (rejects.csv)", view.rejected));
    let missing = (!view.missing.is_empty()).then(|| format!("no file was found for {}", view.missing.join(", ")));
    let all: Vec<String> = rejected.into_iter().chain(missing).collect();
    (!all.is_empty()).then(|| format!("Not read: {}.", all.join("; ")))
}

fn remarks(undecided: &[String], unread: Option<String>) -> Option<String> {
    let undecided = (!undecided.is_empty()).then(|| {
        format!("There is no finding for these controls, since the evidence does not decide them: {}.", undecided.join("; "))
    });
    let all: Vec<String> = undecided.into_iter().chain(unread).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// Whether a control is satisfied, as far as its rules tell: never where one of them could not be evaluated on anything that it should have
/// been, nor where part of the exports was not read.
fn decided(asked: &Asked, unread: Option<&str>) -> std::result::Result<Status, String> {
    let sum = |of: fn(&RuleLine) -> usize| asked.rules.iter().map(|rule| of(rule)).sum::<usize>();
    let (open, waived, passed) = (sum(|rule| rule.found), sum(|rule| rule.waived), sum(|rule| rule.passed));
    let named = |of: fn(&RuleLine) -> bool| asked.rules.iter().filter(|rule| of(rule)).map(|rule| rule.id).collect::<Vec<_>>();
    if open > 0 {
        let remarks = (waived > 0).then(|| format!("Waived besides: {waived}."));
        return Ok(Status { state: "not-satisfied", reason: "fail", remarks });
    }
    if waived > 0 {
        let remarks = Some(format!("Every finding is waived ({waived}): the risk is accepted, the control is not satisfied."));
        return Ok(Status { state: "not-satisfied", reason: "other", remarks });
    }
    let unevaluable = named(|rule| rule.not_evaluable > 0);
    if !unevaluable.is_empty() {
        return Err(format!("not evaluable in part by {}", unevaluable.join(", ")));
    }
    if passed == 0 {
        return Err("nothing to examine".to_owned());
    }
    if unread.is_some() {
        return Err("nothing found, but not everything was read".to_owned());
    }
    let idle = named(|rule| rule.passed == 0);
    let idle = (!idle.is_empty()).then(|| format!(" Nothing to examine for {}.", idle.join(", ")));
    let remarks = Some(format!("As far as these rules check it.{}", idle.unwrap_or_default()));
    Ok(Status { state: "satisfied", reason: "pass", remarks })
}

fn finding(names: &Names, asked: &Asked, status: Status, uuids: &HashMap<&str, Vec<String>>) -> Finding {
    let (control, statement) = controls::ids(asked.control);
    let title = controls::words(asked.control);
    let rules: Vec<String> = asked.rules.iter().map(|rule| came_to(rule)).collect();
    let related = asked.rules.iter().filter_map(|rule| uuids.get(rule.id)).flatten();
    Finding {
        uuid: names.uuid("control", &statement),
        description: format!("Rules that answer {control}: {}.", rules.join("; ")),
        target: Target { kind: "statement-id", id: statement, title: title.clone(), status },
        related_observations: related.map(|uuid| RelatedObservation { observation_uuid: uuid.clone() }).collect(),
        title,
    }
}

/// The case file and everything that was read, each with its hash.
fn resources(view: &View, names: &Names) -> Vec<Resource> {
    let case_file = ("lastday.toml", view.case_sha256.as_str());
    let files = view.files.iter().map(|file| (file.file.as_str(), file.sha256.as_str()));
    let all = std::iter::once(case_file).chain(files).enumerate();
    let resource = |(place, (path, sha256)): (usize, (&str, &str))| Resource {
        uuid: names.uuid("file", &format!("{place}\n{path}")),
        title: path.to_owned(),
        description: None,
        rlinks: vec![ResourceLink {
            href: reference(path),
            hashes: vec![Hash { algorithm: "SHA-256", value: sha256.to_owned() }],
        }],
    };
    all.map(resource).collect()
}

/// A path in the case as a relative reference.
fn reference(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&crate::container::hex(&[byte]).to_uppercase());
        }
    }
    out
}
