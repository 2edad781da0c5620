//! Rights and licences that a leaver's disabled account still holds.

use super::{Control, Examined, Facts, Rule, Verdict, still_held};
use crate::access::Held;
use crate::model::finding::Severity;

/// See `grants-left.md`.
pub struct GrantsLeft;

impl Rule for GrantsLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "grants-left",
            title: "A disabled account of somebody who left holds no rights and no licence",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("grants-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        // What has a price is told as a licence.
        let counts = |id, held: &Held| !examined.priced(id, &held.grant);
        still_held::check(examined, verdict, |_| true, counts, |_, grants, _| format!("still holds {grants}"));
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.3"),
    Control("PCI DSS v4.0.1", "7.2.4"),
];
