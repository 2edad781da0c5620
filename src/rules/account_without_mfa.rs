//! Usable accounts of people that need no second factor.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::account::{AccountId, Kind};
use crate::model::finding::Severity;
use crate::model::particulars::Particular;

/// See `account-without-mfa.md`.
pub struct AccountWithoutMfa;

impl Rule for AccountWithoutMfa {
    fn facts(&self) -> Facts {
        Facts {
            id: "account-without-mfa",
            title: "Nobody signs in without a second factor",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("account-without-mfa.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        // A program has no second factor.
        let concerned =
            |id: AccountId| examined.usable(id) && examined.signs_in_itself(id) && examined.kind(id) != Some(Kind::Service);
        for (id, link, _) in examined.accounts().filter(|(id, ..)| concerned(*id)) {
            verdict(match examined.particular(id, Particular::Mfa) {
                "true" => Verdict::Pass,
                "false" => Verdict::Finding(Draft {
                    severity: examined.privileged(id).then_some(Severity::High),
                    because: examined.privilege(id),
                    person: link.person(),
                    account: Some(id),
                    detail: format!("{} can be used without a second factor", examined.account_words(id)),
                    evidence_at: examined.row_of(id).into_iter().collect(),
                    ..Draft::default()
                }),
                _ => Verdict::NotEvaluable,
            });
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "8.5"),
    Control("Cyber Essentials", "user access control"),
    Control("NIST SP 800-53r5", "IA-2(1)"),
    Control("NIST SP 800-53r5", "IA-2(2)"),
    Control("NIST CSF 2.0", "PR.AA-03"),
    Control("SOC 2", "CC6.1"),
    Control("PCI DSS v4.0.1", "8.4.2"),
    Control("CIS Controls v8", "6.3"),
];
