//! Runs the rules: counts verdicts, gives findings their stable ids, applies the case's waivers, sorts worst first.

use std::fmt::Write;

use chrono::NaiveDate;
use compact_str::CompactString;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{Draft, Examined, Facts, Rule, Verdict, list, severity};
use crate::case::Waiver;
use crate::container::hex;
use crate::ingest::ledger::cite;
use crate::model::finding::{Finding, Findings, Told};
use crate::model::index::same;

/// What a rule came to.
pub struct Examination {
    /// The rule's facts.
    pub facts: Facts,
    /// Subjects that passed.
    pub passed: usize,
    /// Subjects for which the evidence does not suffice.
    pub not_evaluable: usize,
    /// Findings, waived ones left out.
    pub found: usize,
    /// Findings that are waived.
    pub waived: usize,
}

/// Runs every rule, those that know nothing of waivers side by side. Findings come worst first; open ones before waived ones.
#[must_use]
pub fn run(examined: &Examined) -> (Findings, Vec<Examination>) {
    let mut used = vec![false; examined.case.waivers.len()];
    let mut all: Vec<Said> = list().into_par_iter().map(|rule| said(examined, rule, |take| rule.check(examined, take))).collect();
    for place in all.iter().flat_map(|said| &said.covering) {
        used[*place] = true;
    }
    // Whether a waiver covers anything is known when every other rule has run.
    for (rule, before) in list().into_iter().zip(&mut all) {
        let after = said(examined, rule, |take| rule.check_waivers(examined, &used, take));
        for place in after.covering {
            used[place] = true;
        }
        let (sum, more) = (&mut before.examination, after.examination);
        sum.passed += more.passed;
        sum.not_evaluable += more.not_evaluable;
        sum.found += more.found;
        sum.waived += more.waived;
        before.findings.append(after.findings);
    }
    let (mut findings, mut examinations) = (Findings::default(), Vec::new());
    findings.reserve(all.iter().map(|said| said.findings.len()).sum());
    for said in all {
        findings.append(said.findings);
        examinations.push(said.examination);
    }
    findings.sort();
    (findings, examinations)
}

/// What one rule says.
struct Said {
    examination: Examination,
    findings: Findings,
    /// The places of the waivers that cover one of them.
    covering: Vec<usize>,
}

fn said(examined: &Examined, rule: &dyn Rule, check: impl Fn(&mut dyn FnMut(Verdict))) -> Said {
    let today = examined.case.as_of.to_chrono().with_timezone(&examined.case.zone).date_naive();
    let examination = Examination { facts: rule.facts(), passed: 0, not_evaluable: 0, found: 0, waived: 0 };
    let mut said = Said { examination, findings: Findings::default(), covering: Vec::new() };
    check(&mut |verdict| match verdict {
        Verdict::Pass => said.examination.passed += 1,
        Verdict::NotEvaluable => said.examination.not_evaluable += 1,
        Verdict::Finding(draft) => {
            let waiver = finish(examined, &said.examination.facts, &draft, today, &mut said.findings);
            if waiver.is_some() {
                said.examination.waived += 1;
            } else {
                said.examination.found += 1;
            }
            said.covering.extend(waiver);
        }
    });
    said
}

/// Enters a finding with its id; the place of the waiver that covers it comes back.
fn finish(examined: &Examined, facts: &Facts, draft: &Draft, today: NaiveDate, findings: &mut Findings) -> Option<usize> {
    let account = draft.account.map(|id| examined.listed.accounts.get(id));
    let names = account.map(|a| examined.listed.accounts.names(a)).unwrap_or_default();
    let system = account.map(|a| a.system).or(draft.system);
    let (severity, why) = severity::judged(examined, facts, draft, system);
    let of_case = draft.case_line.map(|line| format!("lastday.toml:{line}"));
    let cited = [of_case.unwrap_or_default(), cite(examined.files, &draft.evidence_at)];
    let told = Told {
        why: &why,
        person_id: draft.person.map_or("", |person| examined.people.person_id(person)),
        person: draft.person.map_or("", |person| examined.people.name(person)),
        system: system.map_or("", |id| examined.case.system_name(id)),
        account_id: names.account_id,
        login: names.login,
        key: &draft.key,
        evidence_at: &cited.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "),
        ..Told::default()
    };
    let mut finding = Finding { rule: facts.id, severity, waived: false, since: draft.since, told };
    let covers = |waiver: &Waiver| {
        waiver.rule == facts.id
            && waiver.system.is_none_or(|id| system == Some(id))
            && waiver.login.as_deref().is_none_or(|l| same(l, finding.login) || same(l, finding.subject()[1]))
            && waiver.person_id.as_deref().is_none_or(|p| same(p, finding.person_id))
            && waiver.expires >= today
    };
    let waiver = examined.case.waivers.iter().position(covers);
    let mut detail = format!("{}{}", draft.detail, draft.account.map(|id| examined.uncertain(id)).unwrap_or_default());
    if let Some(Waiver { approved_by, expires, reason, .. }) = waiver.map(|place| &examined.case.waivers[place]) {
        // Writing to a text cannot fail.
        let _ = write!(detail, " (waived by {approved_by} until {expires}: {reason})");
    }
    let id = finding_id(&finding);
    (finding.told.finding_id, finding.waived, finding.told.detail) = (&id, waiver.is_some(), &detail);
    findings.push(&finding);
    waiver
}

/// The same for the same thing whenever it is found: from the rule, the person, the system, the account (or what else is the
/// rule's subject) and what tells several findings on one account apart alone.
/// `F-` and the first 12 hex digits of the SHA-256 of these, each followed by a line feed; the last only where there is one.
fn finding_id(finding: &Finding) -> CompactString {
    let ([system, account_id, person_id, key], rule) = (finding.subject(), finding.rule);
    let end = if key.is_empty() { "" } else { "\n" };
    let hash = Sha256::digest(format!("{rule}\n{person_id}\n{system}\n{account_id}\n{key}{end}"));
    compact_str::format_compact!("F-{}", &hex(&hash)[..12])
}
