//! People whose contract has ended by the HR list, of whom neither a departure nor a new end is recorded.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::time::{self, Moment};

/// See `contract-end-passed.md`.
pub struct ContractEndPassed;

impl Rule for ContractEndPassed {
    fn facts(&self) -> Facts {
        Facts {
            id: "contract-end-passed",
            title: "No contract runs out without a decision",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("contract-end-passed.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for id in examined.everybody().filter(|id| examined.gone(*id).is_none()) {
            let person = examined.people.get(id);
            let Some(end) = person.contract_ends_at else { continue };
            let until = match end {
                Moment::At(at) => at,
                Moment::On(date) => time::day_end(date, person.zone),
            };
            // A departure that is recorded, were it for later, is the decision.
            if until >= examined.case.as_of || person.departs_at.is_some() {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                since: Some(until),
                detail: format!(
                    "The contract of {} ended {} ago; the HR list has neither a departure nor a new end",
                    examined.people.name(id),
                    duration_words(examined.age(until))
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
    Control("NIST SP 800-53r5", "AC-2(2)"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "8.2.7"),
];
