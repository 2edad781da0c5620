//! What was observed: of each rule what it came to (TEST: everything within its scope was compared with the compliant state), and of its findings the
//! worst ones with their rows (EXAMINE: the records that show them). All findings are in `findings.csv`.

use std::collections::HashMap;

use super::documents::{line, origins, property};
use super::model::{Evidence, Observation};
use super::names::Names;
use crate::model::finding::Finding;
use crate::model::instant::Instant;
use crate::report::view::{RuleLine, View};

/// How many findings of a rule are told one by one.
pub(super) const FINDINGS: usize = 50;
/// How many rows of a finding are.
const ROWS: usize = 20;

/// The observations of a rule: the rule's own first.
pub(super) fn of_rule(
    view: &View,
    names: &Names,
    rule: &RuleLine,
    told: &[Finding],
    resources: &HashMap<&str, String>,
) -> Vec<Observation> {
    let mut observations = vec![whole(view, names, rule)];
    observations.extend(told.iter().enumerate().map(|(place, finding)| one(view, names, (place, finding), resources)));
    observations
}

/// What a rule came to, in words.
pub(super) fn came_to(rule: &RuleLine) -> String {
    format!(
        "{}: {} open, {} waived, {} passed, {} not evaluable",
        rule.id, rule.found, rule.waived, rule.passed, rule.not_evaluable
    )
}

fn whole(view: &View, names: &Names, rule: &RuleLine) -> Observation {
    let total = rule.found + rule.waived;
    let (href, description) = match total {
        0 => ("summary.json", "what each rule came to".to_owned()),
        _ => ("findings.csv", format!("the {total} findings of this rule")),
    };
    let counts = [
        ("findings-open", rule.found),
        ("findings-waived", rule.waived),
        ("passed", rule.passed),
        ("not-evaluable", rule.not_evaluable),
    ];
    let props = [property("rule", rule.id), property("severity-at-worst", rule.severity.word())].into_iter().flatten();
    Observation {
        uuid: names.uuid("rule", rule.id),
        title: rule.title.to_owned(),
        description: came_to(rule),
        props: props.chain(counts.iter().filter_map(|(name, count)| property(name, &count.to_string()))).collect(),
        methods: ["TEST"],
        types: ["control-objective"],
        origins: origins(names),
        relevant_evidence: vec![Evidence { href: Some(href.to_owned()), description }],
        collected: view.as_of.to_string(),
        remarks: (total > FINDINGS).then(|| {
            format!("The first {FINDINGS} of {total} findings, worst first, are told one by one here; findings.csv has them all.")
        }),
    }
}

fn one(view: &View, names: &Names, (place, finding): (usize, &Finding), resources: &HashMap<&str, String>) -> Observation {
    let rows: Vec<&str> = finding.evidence_at.split("; ").filter(|row| !row.is_empty()).collect();
    let evidence = rows.iter().take(ROWS).map(|row| {
        let file = row.rsplit_once(':').and_then(|(file, _)| resources.get(file));
        Evidence { href: file.map(|uuid| format!("#{uuid}")), description: line(row) }
    });
    let props = [
        ("finding-id", finding.finding_id),
        ("rule", finding.rule),
        ("severity", finding.severity.word()),
        ("status", finding.status()),
        ("person-id", finding.person_id),
        ("system", finding.system),
        ("account-id", finding.account_id),
        ("login", finding.login),
        ("since", &Instant::cell(finding.since)),
    ];
    Observation {
        uuid: names.uuid("finding", &format!("{}\n{place}\n{}", finding.rule, finding.finding_id)),
        title: format!("{} {}", finding.finding_id, finding.rule),
        description: finding.detail.to_owned(),
        props: props.into_iter().filter_map(|(name, value)| property(name, value)).collect(),
        methods: ["EXAMINE"],
        types: ["finding"],
        origins: origins(names),
        relevant_evidence: evidence.collect(),
        collected: view.as_of.to_string(),
        remarks: (rows.len() > ROWS).then(|| format!("The first {ROWS} of {} rows; findings.csv has them all.", rows.len())),
    }
}
