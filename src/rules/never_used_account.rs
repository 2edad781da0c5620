//! Usable accounts that are old enough to have been used, and never were.

use super::{Control, Examined, Facts, Rule, Verdict, unused};
use crate::identity::Link;
use crate::model::account::Kind;
use crate::model::finding::Severity;

/// See `never-used-account.md`.
pub struct NeverUsedAccount;

impl Rule for NeverUsedAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "never-used-account",
            title: "Accounts that were never used are disabled",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("never-used-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let tells = unused::telling(examined);
        let ordinary = |id, link| {
            let kind = examined.nature(id).map(|nature| nature.kind);
            !matches!(link, Link::Declared(_)) && !unused::left_open(examined, id) && kind.is_none_or(|kind| kind == Kind::Human)
        };
        for (id, ..) in examined.accounts().filter(|(id, link, _)| examined.usable(*id) && ordinary(*id, *link)) {
            let used = examined.last_used(id).is_some();
            verdict(if used { Verdict::Pass } else { unused::never_used(examined, id, &tells) });
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2(3)"),
    Control("PCI DSS v4.0.1", "8.2.6"),
    Control("CIS Controls v8", "5.3"),
];
