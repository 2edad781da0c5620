//! Usable accounts that are old enough to have been used, and never were.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
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
        // Only a dump that knows the last use of some account can show that another has none.
        let mut tells = vec![false; examined.case.systems.len()];
        for account in &examined.listed.accounts.rows {
            tells[usize::from(account.system.0)] |= account.newest.is_some_and(|newest| newest.last_used_at.is_some());
        }
        let ordinary = |id, link| {
            let kind = examined.nature(id).map(|nature| nature.kind);
            !matches!(link, Link::Declared(_)) && kind.is_none_or(|kind| matches!(kind, Kind::Human | Kind::Guest))
        };
        for (id, link, _) in examined.accounts().filter(|(id, link, _)| examined.usable(*id) && ordinary(*id, *link)) {
            let account = examined.listed.accounts.get(id);
            if examined.measured.last_used[id.0 as usize].is_some() {
                verdict(Verdict::Pass);
                continue;
            }
            let Some(made) = account.created_at.filter(|_| tells[usize::from(account.system.0)]) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let age = examined.age(made);
            if age <= examined.case.policy.dormant_after {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(id).then_some(Severity::Medium),
                person: link.person(),
                account: Some(id),
                since: Some(made),
                detail: format!(
                    "{} was made {} ago, and no use of it is known; the policy allows {} without one",
                    examined.account_words(id),
                    duration_words(age),
                    duration_words(examined.case.policy.dormant_after)
                ),
                evidence_at: examined.row_of(id).into_iter().collect(),
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
