//! People who stand in an older HR list and not in the newest, without a departure.

use std::collections::BTreeMap;

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::instant::Instant;
use crate::model::person::PersonId;

/// See `person-vanished.md`.
pub struct PersonVanished;

impl Rule for PersonVanished {
    fn facts(&self) -> Facts {
        Facts {
            id: "person-vanished",
            title: "Nobody disappears from the HR list without a departure",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("person-vanished.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let listed_at = |id: PersonId| examined.people.get(id).listed_at;
        let Some(newest) = examined.everybody().filter_map(listed_at).max() else { return };
        let (stayed, vanished): (Vec<_>, Vec<_>) = examined
            .everybody()
            .filter(|id| listed_at(*id).is_some() && examined.people.get(*id).departs_at.is_none())
            .partition(|id| listed_at(*id) == Some(newest));
        for _ in &stayed {
            verdict(Verdict::Pass);
        }
        // Most of an older list of the same people are in the newest too: a list of others (contractors, another country) is none.
        let mut lists: BTreeMap<Instant, usize> = BTreeMap::new();
        vanished.iter().filter_map(|id| listed_at(*id)).for_each(|at| *lists.entry(at).or_default() += 1);
        let was = |id: &&PersonId, at: Instant| examined.people.get(**id).first_listed_at.is_some_and(|first| first <= at);
        lists.retain(|at, missing| *missing <= stayed.iter().filter(|id| was(id, *at)).count());
        for id in &vanished {
            let Some(at) = listed_at(*id).filter(|at| lists.contains_key(at)) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let id = *id;
            let person = examined.people.get(id);
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                since: Some(at),
                detail: format!(
                    "{} stands in the HR list of {at} and not in that of {newest}, and no list gives a departure: whether and when \
                     this person left is not known",
                    examined.people.name(id)
                ),
                evidence_at: vec![person.origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("NIST CSF 2.0", "GV.RR-04"),
    Control("SOC 2", "CC6.2"),
];
