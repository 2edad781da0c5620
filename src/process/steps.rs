//! The dated steps of each leaver. Each step keeps its bounds; none is taken from another.

use super::Told;
use crate::case::Case;
use crate::latency::{Measured, Standing};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::{People, Person, PersonId};
use crate::model::revocation::{Departure, Revocation, Revoked};
use crate::model::step::{Stage, Step, Within};
use crate::time;

/// All steps of all leavers of the period, by person id and in the order of [`Stage::ALL`].
#[must_use]
pub fn steps(case: &Case, people: &People, standings: &[Standing], measured: &Measured, told: &Told) -> Vec<Step> {
    let mut leavers: Vec<(PersonId, Departure)> = Vec::new();
    for (row, standing) in standings.iter().enumerate() {
        if let Standing::Leaver(departure) = standing {
            leavers.push((PersonId(u32::try_from(row).unwrap_or(u32::MAX)), *departure));
        }
    }
    leavers.sort_by_cached_key(|(id, _)| people.person_id(*id));
    let mut steps = Vec::new();
    for (id, departure) in leavers {
        let person = people.get(id);
        let rows = measured.revocations_of(id);
        let began = person.start_at.map(|start| time::within(start, person.zone).0);
        for stage in Stage::ALL {
            let (within, evidence_at) = match stage {
                Stage::Departed => (known(departure.earliest, departure.latest), vec![person.origin]),
                Stage::Recorded => recorded(person, case.as_of),
                Stage::Told => told.when(id, began).unwrap_or_default(),
                Stage::FirstRevoked => first_revoked(rows),
                Stage::LastRevoked => last_revoked(rows),
            };
            steps.push(Step { person: id, stage, within, seconds: since(&departure, stage, within), evidence_at });
        }
    }
    steps
}

fn known(earliest: Instant, latest: Instant) -> Within {
    Within { earliest: Some(earliest), latest: Some(latest) }
}

/// Seconds after the departure: at least, at most.
fn since(departure: &Departure, stage: Stage, within: Within) -> [Option<i64>; 2] {
    if stage == Stage::Departed {
        return [Some(0), Some(0)];
    }
    [within.earliest.map(|at| at.seconds_since(departure.latest)), within.latest.map(|at| at.seconds_since(departure.earliest))]
}

fn recorded(person: &Person, as_of: Instant) -> (Within, Vec<Origin>) {
    let at = person.recorded_at.map(|moment| time::within(moment, person.zone)).filter(|(first, _)| *first <= as_of);
    at.map(|(first, last)| (known(first, last.min(as_of)), vec![person.origin])).unwrap_or_default()
}

/// An account was not revoked before this.
fn not_before(row: &Revocation) -> Option<Instant> {
    match row.revoked {
        Revoked::At(at) | Revoked::Not { seen: at, .. } => Some(at),
        Revoked::Between { after, .. } | Revoked::Unknown { after } => after,
    }
}

/// An account was revoked by this.
fn not_after(row: &Revocation) -> Option<Instant> {
    match row.revoked {
        Revoked::At(at) | Revoked::Between { before: at, .. } => Some(at),
        Revoked::Not { .. } | Revoked::Unknown { .. } => None,
    }
}

/// The earliest of all: not before the earliest that any can be, and by the time by which the first one had happened.
fn first_revoked(rows: &[Revocation]) -> (Within, Vec<Origin>) {
    // `None` is before every instant: an account of which nothing is known may have been the first.
    let lower = rows.iter().min_by_key(|row| not_before(row));
    let upper = rows.iter().filter(|row| not_after(row).is_some()).min_by_key(|row| not_after(row));
    bounds(lower, upper)
}

/// The latest of all: known to have happened only where every account was revoked.
fn last_revoked(rows: &[Revocation]) -> (Within, Vec<Origin>) {
    let lower = rows.iter().max_by_key(|row| not_before(row));
    let all = rows.iter().all(|row| not_after(row).is_some());
    bounds(lower, rows.iter().filter(|_| all).max_by_key(|row| not_after(row)))
}

fn bounds(lower: Option<&Revocation>, upper: Option<&Revocation>) -> (Within, Vec<Origin>) {
    let within = Within { earliest: lower.and_then(not_before), latest: upper.and_then(not_after) };
    let mut rows: Vec<Origin> = Vec::new();
    for row in [lower, upper].into_iter().flatten().flat_map(|row| &row.evidence_at) {
        if !rows.contains(row) {
            rows.push(*row);
        }
    }
    (within, rows)
}
