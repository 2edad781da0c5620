//! Usable guests that nobody has used for long, or ever.

use super::{Control, Examined, Facts, Rule, Verdict, unused};
use crate::model::finding::Severity;

/// See `guest-unused.md`.
pub struct GuestUnused;

impl Rule for GuestUnused {
    fn facts(&self) -> Facts {
        Facts {
            id: "guest-unused",
            title: "Guests who do not come are removed",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("guest-unused.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let tells = unused::telling(examined);
        let concerned = |id| examined.usable(id) && examined.guest(id) && !unused::left_open(examined, id);
        for (id, ..) in examined.accounts().filter(|(id, ..)| concerned(*id)) {
            let used = examined.last_used(id).is_some();
            verdict(if used { unused::idle(examined, id) } else { unused::never_used(examined, id, &tells) });
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2(3)"),
    Control("PCI DSS v4.0.1", "8.2.6"),
    Control("CIS Controls v8", "5.3"),
];
