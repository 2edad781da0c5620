//! Licences that are still paid for, of people who left.

use super::{Control, Examined, Facts, Rule, Verdict, still_held};
use crate::access::Held;
use crate::model::finding::Severity;

/// See `licence-left.md`.
pub struct LicenceLeft;

impl Rule for LicenceLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "licence-left",
            title: "No licence is paid for somebody who left",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("licence-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let priced = |system| examined.case.licences.iter().any(|licence| licence.system == system && licence.grant.is_some());
        let counts = |id, held: &Held| examined.priced(id, &held.grant);
        still_held::check(examined, verdict, priced, counts, |id, grants, draft| {
            draft.case_line = examined.paid_for(id).map(|licence| licence.line).next();
            format!("still has {grants}, which costs {} a month", examined.cost(id).words())
        });
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.3"),
];
