//! Usable accounts that nobody has used for long.

use super::{Control, Examined, Facts, Rule, Verdict, unused};
use crate::model::account::Kind;
use crate::model::finding::Severity;

/// See `dormant-account.md`.
pub struct DormantAccount;

impl Rule for DormantAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "dormant-account",
            title: "Accounts that are not used are disabled",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("dormant-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        // Guests have a rule of their own, so have open accounts of people who left, and one for emergencies is rightly unused.
        let concerned = |id| examined.usable(id) && !matches!(examined.kind(id), Some(Kind::Guest | Kind::BreakGlass));
        for (id, ..) in examined.accounts().filter(|(id, ..)| concerned(*id) && !unused::left_open(examined, *id)) {
            verdict(unused::idle(examined, id));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2(3)"),
    Control("PCI DSS v4.0.1", "8.2.6"),
    Control("CIS Controls v8", "5.3"),
];
