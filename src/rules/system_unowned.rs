//! Systems for which nobody who is still here answers.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;

/// See `system-unowned.md`.
pub struct SystemUnowned;

impl Rule for SystemUnowned {
    fn facts(&self) -> Facts {
        Facts {
            id: "system-unowned",
            title: "Every system has an owner who is still here",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("system-unowned.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, system) in examined.systems() {
            let owner = system.owner.as_deref().map(|owner| (owner, examined.person(owner)));
            let (severity, what, person) = match owner {
                None => (Severity::Low, "has no owner".to_owned(), None),
                Some((owner, None)) => {
                    (Severity::Medium, format!("has the owner {owner}, who is not in the list of people"), None)
                }
                Some((_, Some(person))) if examined.gone(person).is_some() => {
                    (Severity::Medium, format!("has an owner who left: {}", examined.people.name(person)), Some(person))
                }
                Some((_, Some(_))) => {
                    verdict(Verdict::Pass);
                    continue;
                }
            };
            verdict(Verdict::Finding(Draft {
                severity: Some(severity),
                case_line: Some(system.line),
                system: Some(id),
                since: person.and_then(|person| examined.gone(person)).map(|departure| departure.latest),
                detail: format!("{} {what}", system.name),
                evidence_at: person.map(|person| examined.people.get(person).origin).into_iter().collect(),
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST CSF 2.0", "PR.AA-05"),
    Control("SOC 2", "CC6.3"),
    Control("PCI DSS v4.0.1", "7.2.4"),
];
