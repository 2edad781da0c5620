//! People who have left and are still somebody's manager.

use hashbrown::HashMap;

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::origin::Origin;
use crate::model::person::PersonId;

/// See `manager-left.md`.
pub struct ManagerLeft;

impl Rule for ManagerLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "manager-left",
            title: "Nobody reports to somebody who has left",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("manager-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let mut reports: HashMap<PersonId, Vec<Origin>> = HashMap::new();
        let mut named = false;
        for id in examined.everybody().filter(|id| examined.gone(*id).is_none()) {
            let person = examined.people.get(id);
            let manager = examined.people.entry(person).manager_id.trim();
            named |= !manager.is_empty();
            for manager in examined.keys.by_person_id(manager).iter() {
                reports.entry(*manager).or_default().push(person.origin);
            }
        }
        if !named {
            return;
        }
        for (id, departure) in examined.everybody().filter_map(|id| Some((id, examined.gone(id)?))) {
            let Some(rows) = reports.get(&id) else {
                verdict(Verdict::Pass);
                continue;
            };
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                since: Some(departure.latest),
                detail: format!(
                    "{} has left and is still the manager of {}",
                    examined.people.name(id),
                    if rows.len() == 1 { "1 person".to_owned() } else { format!("{} people", rows.len()) }
                ),
                evidence_at: [examined.people.get(id).origin].into_iter().chain(rows.iter().copied()).collect(),
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "5.18"), Control("NIST SP 800-53r5", "AC-2"), Control("SOC 2", "CC6.2")];
