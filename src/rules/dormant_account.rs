//! Usable accounts that nobody has used for long.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::identity::Link;
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
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            let Some((last_used, origin)) = examined.measured.last_used[id.0 as usize] else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let idle = examined.age(last_used);
            if idle <= examined.case.policy.dormant_after {
                verdict(Verdict::Pass);
                continue;
            }
            let person = match link {
                Link::Linked(person, ..) => Some(person),
                _ => None,
            };
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(id).then_some(Severity::Medium),
                person,
                account: Some(id),
                since: Some(last_used),
                detail: format!(
                    "{} was last used {} ago; the policy allows {}",
                    examined.account_words(id),
                    duration_words(idle),
                    duration_words(examined.case.policy.dormant_after)
                ),
                evidence_at: vec![origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2(3)"),
    Control("PCI DSS v4.0.1", "8.2.6"),
    Control("CIS Controls v8", "5.3"),
];
