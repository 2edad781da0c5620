//! Leavers of whom no ticket told IT.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::columns::SourceKind;
use crate::model::finding::Severity;
use crate::model::step::Stage;

/// See `leaver-without-ticket.md`.
pub struct LeaverWithoutTicket;

impl Rule for LeaverWithoutTicket {
    fn facts(&self) -> Facts {
        Facts {
            id: "leaver-without-ticket",
            title: "A ticket tells IT of every departure",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("leaver-without-ticket.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let listed = examined.case.sources.iter().any(|source| source.kind == SourceKind::Tickets);
        for step in examined.process.steps.iter().filter(|step| step.stage == Stage::Told) {
            if !listed {
                verdict(Verdict::NotEvaluable);
            } else if step.evidence_at.is_empty() {
                verdict(Verdict::Finding(Draft {
                    person: Some(step.person),
                    since: examined.gone(step.person).map(|departure| departure.latest),
                    detail: format!("No ticket told IT that {} leaves", examined.people.name(step.person)),
                    evidence_at: vec![examined.people.get(step.person).origin],
                    ..Draft::default()
                }));
            } else {
                verdict(Verdict::Pass);
            }
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "AC-2(h)"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.2"),
    Control("HIPAA", "164.308(a)(3)(ii)(C)"),
];
