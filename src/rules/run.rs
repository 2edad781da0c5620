//! Runs the rules: counts verdicts, gives findings their stable ids, applies the case's waivers, sorts worst first.

use chrono::NaiveDate;
use compact_str::CompactString;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{Draft, Examined, Facts, Rule, Verdict, list, severity};
use crate::case::Waiver;
use crate::container::hex;
use crate::model::finding::Finding;
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
pub fn run(examined: &Examined) -> (Vec<Finding>, Vec<Examination>) {
    let mut used = vec![false; examined.case.waivers.len()];
    let mut all: Vec<Said> = list().into_par_iter().map(|rule| said(examined, rule, |take| rule.check(examined, take))).collect();
    for place in all.iter().flat_map(|said| &said.covering) {
        used[*place] = true;
    }
    // Whether a waiver covers anything is known when every other rule has run.
    for (rule, before) in list().into_iter().zip(&mut all) {
        let mut after = said(examined, rule, |take| rule.check_waivers(examined, &used, take));
        for place in after.covering {
            used[place] = true;
        }
        let (sum, more) = (&mut before.examination, after.examination);
        sum.passed += more.passed;
        sum.not_evaluable += more.not_evaluable;
        sum.found += more.found;
        sum.waived += more.waived;
        before.findings.append(&mut after.findings);
    }
    let (mut findings, mut examinations) = (Vec::new(), Vec::new());
    for said in all {
        findings.extend(said.findings);
        examinations.push(said.examination);
    }
    findings.par_sort_by(|(a, fa), (b, fb)| {
        let rank = |f: &Finding| (f.waived.is_some(), std::cmp::Reverse(f.severity), f.rule);
        rank(fa).cmp(&rank(fb)).then_with(|| a.cmp(b))
    });
    (findings.into_iter().map(|(_, finding)| finding).collect(), examinations)
}

/// What one rule says.
struct Said {
    examination: Examination,
    findings: Vec<(SortKey, Finding)>,
    /// The places of the waivers that cover one of them.
    covering: Vec<usize>,
}

fn said(examined: &Examined, rule: &dyn Rule, check: impl Fn(&mut dyn FnMut(Verdict))) -> Said {
    let today = examined.case.as_of.to_chrono().with_timezone(&examined.case.zone).date_naive();
    let examination = Examination { facts: rule.facts(), passed: 0, not_evaluable: 0, found: 0, waived: 0 };
    let mut said = Said { examination, findings: Vec::new(), covering: Vec::new() };
    check(&mut |verdict| match verdict {
        Verdict::Pass => said.examination.passed += 1,
        Verdict::NotEvaluable => said.examination.not_evaluable += 1,
        Verdict::Finding(draft) => {
            let Finished { key, finding, waiver } = finish(examined, &said.examination.facts, draft, today);
            if waiver.is_some() {
                said.examination.waived += 1;
            } else {
                said.examination.found += 1;
            }
            said.covering.extend(waiver);
            said.findings.push((key, finding));
        }
    });
    said
}

/// System, account and person of a finding, as one text, with NUL bytes between them. It decides the order alone.
type SortKey = String;

/// A finding with its id, and the place of the waiver that covers it.
struct Finished {
    key: SortKey,
    finding: Finding,
    waiver: Option<usize>,
}

fn finish(examined: &Examined, facts: &Facts, draft: Draft, today: NaiveDate) -> Finished {
    let account = draft.account.map(|id| examined.listed.accounts.get(id));
    let pool = &examined.listed.accounts.pool;
    let system_id = account.map(|a| a.system).or(draft.system);
    let system = system_id.map_or("", |id| examined.case.system_name(id));
    let account_id = account.map_or(draft.key.as_str(), |a| pool.get(a.account_id));
    // What tells several findings on one account apart.
    let key = if account.is_some() { draft.key.as_str() } else { "" };
    let login = account.map_or("", |a| pool.get(a.login));
    let person_id = draft.person.map_or("", |person| examined.people.person_id(person));
    let covers = |waiver: &&Waiver| {
        waiver.rule == facts.id
            && waiver.system.is_none_or(|id| system_id == Some(id))
            && waiver.login.as_deref().is_none_or(|l| same(l, login) || same(l, account_id))
            && waiver.person_id.as_deref().is_none_or(|p| same(p, person_id))
            && waiver.expires >= today
    };
    let waivers = &examined.case.waivers;
    let waiver = waivers.iter().position(|waiver| covers(&waiver));
    let waived =
        waiver.map(|place| &waivers[place]).map(|w| format!("waived by {} until {}: {}", w.approved_by, w.expires, w.reason));
    let uncertain = draft.account.map(|id| examined.uncertain(id)).unwrap_or_default();
    let (severity, why) = severity::judged(examined, facts, &draft, system_id);
    let finding = Finding {
        finding_id: finding_id(facts.id, [person_id, system, account_id, key]),
        rule: facts.id,
        severity,
        why,
        detail: match &waived {
            Some(waiver) => format!("{}{uncertain} ({waiver})", draft.detail),
            None => format!("{}{uncertain}", draft.detail),
        },
        waived,
        person: draft.person,
        account: draft.account,
        system: system_id,
        since: draft.since,
        evidence_at: draft.evidence_at,
        case_line: draft.case_line,
    };
    let key = [system, account_id, person_id, key].join("\0");
    Finished { key, finding, waiver }
}

/// The same for the same thing whenever it is found: from the rule, the person, the system, the account (or what else is the
/// rule's subject) and what tells several findings on one account apart alone.
/// `F-` and the first 12 hex digits of the SHA-256 of these, each followed by a line feed; the last only where there is one.
fn finding_id(rule: &str, [person_id, system, account_id, key]: [&str; 4]) -> CompactString {
    let end = if key.is_empty() { "" } else { "\n" };
    let hash = Sha256::digest(format!("{rule}\n{person_id}\n{system}\n{account_id}\n{key}{end}"));
    compact_str::format_compact!("F-{}", &hex(&hash)[..12])
}
