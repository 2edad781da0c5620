//! Decisions in the override file that apply to nothing any more.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::{Link, Why};
use crate::model::finding::Severity;

/// See `decision-not-applied.md`.
pub struct DecisionNotApplied;

impl Rule for DecisionNotApplied {
    fn facts(&self) -> Facts {
        Facts {
            id: "decision-not-applied",
            title: "Every decision in the override file applies to an account and a person that exist",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("decision-not-applied.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let mut applied = vec![None; examined.decisions.len()];
        for (id, place) in examined.applied {
            // Of several accounts with the name the first stands for all.
            applied[*place] = [applied[*place], Some(*id)].into_iter().flatten().min();
        }
        for (decision, applied) in examined.decisions.iter().zip(&applied) {
            let unknown = |id: &crate::model::account::AccountId| match examined.links[id.0 as usize] {
                Link::Disputed(place) => examined.disputes[place as usize].why == Why::Unknown,
                _ => false,
            };
            let what = match applied {
                Some(id) if unknown(id) => "names a person who is not in the list",
                Some(_) => {
                    verdict(Verdict::Pass);
                    continue;
                }
                None => "applies to no account: none has this name any more, or a declaration or a later decision goes before it",
            };
            let name = if decision.account_id.is_empty() { &decision.login } else { &decision.account_id };
            verdict(Verdict::Finding(Draft {
                account: *applied,
                system: Some(decision.system),
                key: if applied.is_none() { name.clone() } else { String::new() },
                detail: format!(
                    "The decision of {} ({}) on {} account \"{name}\" {what}",
                    decision.decided_by,
                    decision.decided_at,
                    examined.case.system_name(decision.system)
                ),
                evidence_at: vec![decision.origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[Control("ISO/IEC 27001:2022", "5.16"), Control("SOC 2", "CC6.2")];
