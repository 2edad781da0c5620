//! The leavers of a result, each with the accounts, the steps on the way to the last of them, and the checklist: what was examined comes in,
//! lines go out.

use std::collections::BTreeMap;

use super::view::{LeaverLine, RevocationLine, StepLine};
use crate::ingest::ledger::Ledger;
use crate::latency::Standing;
use crate::model::checklist::ChecklistStep;
use crate::model::person::PersonId;
use crate::model::revocation::{Basis, Outcome};
use crate::model::step::{Stage, Step, Within};
use crate::rules::Examined;

/// The leavers of the period, and those who left before and have an account open; worst first.
pub fn lines(examined: &Examined, revocations: &[RevocationLine], ledger: &Ledger) -> Vec<LeaverLine> {
    let mut steps = steps(examined, ledger);
    let mut rows: BTreeMap<&str, std::ops::Range<usize>> = BTreeMap::new();
    for (place, line) in revocations.iter().enumerate() {
        rows.entry(&line.person_id).or_insert(place..place).end = place + 1;
    }
    let mut lines: Vec<LeaverLine> = Vec::new();
    for (row, standing) in examined.standings.iter().enumerate() {
        let id = PersonId(u32::try_from(row).unwrap_or(u32::MAX));
        let person_id = examined.people.person_id(id);
        let (departure, before_period) = match standing {
            Standing::Leaver(departure) => (departure, false),
            Standing::Left(departure) if rows.contains_key(person_id) => (departure, true),
            _ => continue,
        };
        let rows = rows.get(person_id).cloned().unwrap_or(0..0);
        let own = &revocations[rows.clone()];
        let person = examined.people.get(id);
        lines.push(LeaverLine {
            person_id: person_id.to_owned(),
            name: examined.people.name(id).to_owned(),
            department: examined.people.entry(person).department.to_owned(),
            worker_type: examined.people.entry(person).worker_type.to_owned(),
            departed_at: match departure.basis {
                Basis::Day => departure.date.to_string(),
                Basis::Date | Basis::Instant => departure.earliest.to_string(),
            },
            departed: departure.latest,
            departed_on: departure.date,
            before_period,
            worst: own.iter().map(|r| r.outcome).max_by_key(|o| o.badness()),
            exposure_seconds: own.iter().filter_map(|r| r.exposure_seconds).sum(),
            exposure_unknown: own.iter().filter(|r| r.exposure_seconds.is_none()).count(),
            rows,
            steps: steps.remove(&id).unwrap_or_default(),
        });
    }
    lines.sort_by(|a, b| {
        let rank = |l: &LeaverLine| (std::cmp::Reverse(l.worst.map(Outcome::badness)), std::cmp::Reverse(l.exposure_seconds));
        rank(a).cmp(&rank(b)).then_with(|| a.person_id.cmp(&b.person_id))
    });
    lines
}

/// What is known of each leaver's steps: those that everybody takes, in order, and those of the checklist.
fn steps(examined: &Examined, ledger: &Ledger) -> BTreeMap<PersonId, Vec<StepLine>> {
    let mut steps: BTreeMap<PersonId, Vec<StepLine>> = BTreeMap::new();
    for step in examined.process.steps.iter().filter(|step| step.stage != Stage::Departed) {
        steps.entry(step.person).or_default().push(taken(step, ledger));
    }
    for step in &examined.others.checklists {
        if let Some(person) = examined.keys.named(&step.person_id, "") {
            steps.entry(person).or_default().push(ticked(step, ledger));
        }
    }
    steps
}

fn taken(step: &Step, ledger: &Ledger) -> StepLine {
    let what = match step.stage {
        Stage::Departed => "departed",
        Stage::Recorded => "HR recorded the departure",
        Stage::Told => "IT was told by a ticket",
        Stage::FirstRevoked => "first account cut",
        Stage::LastRevoked => "last account cut",
    };
    StepLine { what: what.to_owned(), checklist: false, within: Some(step.within), due: None, at: ledger.cite(&step.evidence_at) }
}

fn ticked(step: &ChecklistStep, ledger: &Ledger) -> StepLine {
    let responsible = if step.responsible.is_empty() { String::new() } else { format!(" ({})", step.responsible) };
    let within = step.done.map(|(earliest, latest)| Within { earliest: Some(earliest), latest: Some(latest) });
    StepLine {
        what: format!("{}{responsible}", step.step),
        checklist: true,
        within,
        due: step.due,
        at: ledger.cite(&[step.origin]),
    }
}
