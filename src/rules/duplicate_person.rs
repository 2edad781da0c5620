//! People who stand in the HR list twice under two numbers.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;

/// See `duplicate-person.md`.
pub struct DuplicatePerson;

impl Rule for DuplicatePerson {
    fn facts(&self) -> Facts {
        Facts {
            id: "duplicate-person",
            title: "Nobody stands in the HR list under two numbers",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("duplicate-person.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let twice = examined.twice;
        for _ in twice.len()..examined.people.rows.len() {
            verdict(Verdict::Pass);
        }
        for twin in twice {
            let (first, second) = (examined.people.get(twin.first), examined.people.get(twin.second));
            verdict(Verdict::Finding(Draft {
                person: Some(twin.second),
                detail: format!(
                    "{} ({}) may be the same person as {} ({}): {}",
                    examined.people.name(twin.second),
                    examined.people.person_id(twin.second),
                    examined.people.name(twin.first),
                    examined.people.person_id(twin.first),
                    twin.why
                ),
                evidence_at: vec![first.origin, second.origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "5.16"), Control("NIST CSF 2.0", "PR.AA-01"), Control("SOC 2", "CC6.2")];
