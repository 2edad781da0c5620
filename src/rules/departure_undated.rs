//! People of whom HR says that they have left, and not when.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;

/// See `departure-undated.md`.
pub struct DepartureUndated;

impl Rule for DepartureUndated {
    fn facts(&self) -> Facts {
        Facts {
            id: "departure-undated",
            title: "HR dates every departure",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("departure-undated.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for id in examined.everybody() {
            let person = examined.people.get(id);
            if !person.undated {
                if person.departs_at.is_some() {
                    verdict(Verdict::Pass);
                }
                continue;
            }
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                detail: format!(
                    "HR says that {} has left, and not when: whether the accounts were cut in time cannot be told, and they count as \
                     those of somebody who is still here",
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
