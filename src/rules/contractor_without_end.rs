//! Contractors and other temporary workers whose work has no end.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;

/// Words that make a kind of worker a temporary one.
const TEMPORARY: [&str; 14] = [
    "contract",
    "temp",
    "extern",
    "consult",
    "freelanc",
    "agency",
    "intern",
    "seasonal",
    "contingent",
    "vendor",
    "non-employee",
    "nonemployee",
    "trainee",
    "fixed",
];

/// See `contractor-without-end.md`.
pub struct ContractorWithoutEnd;

impl Rule for ContractorWithoutEnd {
    fn facts(&self) -> Facts {
        Facts {
            id: "contractor-without-end",
            title: "Everybody who is here for a time has an end",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("contractor-without-end.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for id in examined.everybody().filter(|id| examined.gone(*id).is_none()) {
            let person = examined.people.get(id);
            let worker_type = examined.people.entry(person).worker_type;
            let word = worker_type.to_lowercase();
            if word.contains("internal") || !TEMPORARY.iter().any(|part| word.contains(part)) {
                continue;
            }
            if person.departs_at.is_some() || person.contract_ends_at.is_some() {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                detail: format!("{} ({worker_type}) has no end date in the HR list", examined.people.name(id)),
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
