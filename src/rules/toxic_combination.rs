//! People who hold grants together that nobody should.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use std::collections::BTreeMap;

use crate::access::{Held, listed};
use crate::case::Conflict;
use crate::model::account::AccountId;
use crate::model::index::same;
use crate::model::person::PersonId;

/// See `toxic-combination.md`.
pub struct ToxicCombination;

impl Rule for ToxicCombination {
    fn facts(&self) -> Facts {
        Facts {
            id: "toxic-combination",
            title: "Nobody holds both sides of a conflict",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("toxic-combination.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let conflicts = &examined.case.conflicts;
        if conflicts.is_empty() {
            return;
        }
        let mut accounts: BTreeMap<PersonId, Vec<AccountId>> = BTreeMap::new();
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            if let Some(person) = link.person().filter(|_| !examined.access.held(id).is_empty()) {
                accounts.entry(person).or_default().push(id);
            }
        }
        for conflict in conflicts {
            let systems = || conflict.sides.iter().flatten().map(|(system, _)| *system);
            if !systems().all(|system| examined.access.knows(system)) {
                verdict(Verdict::NotEvaluable);
                continue;
            }
            for (person, accounts) in &accounts {
                let [one, other] = sides(examined, conflict, accounts);
                if one.is_empty() || other.is_empty() {
                    verdict(Verdict::Pass);
                    continue;
                }
                let mut evidence_at: Vec<_> = one.iter().chain(&other).map(|held| held.origin).collect();
                evidence_at.dedup();
                verdict(Verdict::Finding(Draft {
                    person: Some(*person),
                    key: conflict.name.clone(),
                    detail: format!(
                        "{} holds {} and {}: {}",
                        examined.people.name(*person),
                        listed(one.iter().map(|held| &*held.grant)),
                        listed(other.iter().map(|held| &*held.grant)),
                        conflict.name
                    ),
                    evidence_at,
                    case_line: Some(conflict.line),
                    ..Draft::default()
                }));
            }
        }
    }
}

/// What the accounts of one person hold of either side.
fn sides<'e>(examined: &'e Examined, conflict: &Conflict, accounts: &[AccountId]) -> [Vec<&'e Held>; 2] {
    conflict.sides.each_ref().map(|side| {
        let of = |id: &AccountId| {
            let system = examined.listed.accounts.get(*id).system;
            let counts = move |held: &&Held| side.iter().any(|(at, grant)| *at == system && same(grant, &held.grant));
            examined.access.held(*id).iter().filter(counts)
        };
        accounts.iter().flat_map(of).collect()
    })
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.3"),
    Control("NIST SP 800-53r5", "AC-5"),
    Control("SOC 2", "CC6.3"),
    Control("SOX ITGC", "AS 2201"),
];
