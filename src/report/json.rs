//! `summary.json`: the counts, the distributions and the figures by system.

use serde::Serialize;
use serde_json::{Value, json};

use super::figures;
use super::frameworks::FrameworkLine;
use super::licences::LicenceCosts;
use super::linking::Links;
use super::trend;
use super::view::{Counts, View};
use crate::error::{Error, Result};
use crate::latency::statistics::Span;
use crate::model::instant::Instant;
use crate::model::match_rule::Rule;
use crate::model::revocation::Outcome;
use crate::process::ProcessFigures;
use crate::process::maturity::Both;

#[derive(Serialize)]
struct Summary<'a> {
    review: &'a str,
    version: &'a str,
    period: [&'a str; 2],
    as_of: String,
    timezone: &'a str,
    verdict: &'a str,
    target_seconds: i64,
    counts: Counts,
    process: &'a ProcessFigures,
    latency: serde_json::Map<String, Value>,
    statistics: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trend: Vec<Value>,
    systems: Vec<Value>,
    rules: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maturity: Option<&'a Both>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frameworks: Option<&'a [FrameworkLine]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licences_of_leavers: Option<&'a LicenceCosts>,
    assumptions: &'a [String],
    missing_sources: &'a [String],
}

/// How many accounts are linked by each rule, and how many by none.
fn links(links: &Links) -> serde_json::Map<String, Value> {
    let by_rule = Rule::ALL.iter().zip(links.by_rule).map(|(rule, count)| (rule.word(), count));
    let others = [("declared", links.declared), ("disputed", links.disputed), ("unmatched", links.unmatched)];
    by_rule.chain(others).filter(|(_, count)| *count > 0).map(|(word, count)| (word.to_owned(), count.into())).collect()
}

/// The summary, pretty printed.
pub fn summary(view: &View) -> Result<String> {
    let systems = view.systems.iter().map(|s| {
        let outcomes: serde_json::Map<String, Value> =
            Outcome::ALL.iter().zip(s.outcomes).map(|(outcome, count)| (outcome.word().to_owned(), count.into())).collect();
        json!({
            "system": s.name,
            "type": s.kind,
            "target_seconds": s.target_seconds,
            "dumps": s.dumps.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "log_first_at": Instant::cell(s.log.map(|l| l.0)),
            "log_last_at": Instant::cell(s.log.map(|l| l.1)),
            "lacks": s.lacks,
            "silences": s.silences.iter().map(|(from, to)| [from.to_string(), to.to_string()]).collect::<Vec<_>>(),
            "settled_by": s.settled_by,
            "accounts": s.accounts,
            "orphaned": s.orphaned,
            "links": links(&s.links),
            "outcomes": outcomes,
            "median_seconds": s.median.and_then(Span::value),
            "median_after_seconds": s.median.filter(|m| m.value().is_none()).and_then(|m| m.after),
            "median_before_seconds": s.median.filter(|m| m.value().is_none()).and_then(|m| m.until),
        })
    });
    let rules = view.rules.iter().map(
        |r| json!({ "rule": r.id, "pass": r.passed, "finding": r.found, "waived": r.waived, "not_evaluable": r.not_evaluable }),
    );
    let summary = Summary {
        review: &view.name,
        version: view.version,
        period: [&view.period.0, &view.period.1],
        as_of: view.as_of.to_string(),
        timezone: &view.zone,
        verdict: &view.verdict,
        target_seconds: view.target_seconds,
        counts: view.counts,
        process: &view.process,
        latency: figures::latency(view),
        statistics: figures::statistics(view),
        trend: trend::trend(view),
        systems: systems.collect(),
        rules: rules.collect(),
        maturity: view.maturity.as_ref(),
        frameworks: Some(view.frameworks.as_slice()).filter(|lines| !lines.is_empty()),
        licences_of_leavers: view.licences.as_ref(),
        assumptions: &view.assumptions,
        missing_sources: &view.missing,
    };
    let mut text = serde_json::to_string_pretty(&summary).map_err(Error::fault)?;
    text.push('\n');
    Ok(text)
}
