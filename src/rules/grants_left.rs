//! Rights and licences that a leaver's disabled account still holds.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::access::{Held, listed};
use crate::model::account::Status;
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
        for row in examined.revocations() {
            let account = examined.listed.accounts.get(row.account);
            let Some(newest) = account.newest.filter(|newest| newest.status == Status::Disabled) else { continue };
            if !examined.access.knows(account.system) {
                verdict(Verdict::NotEvaluable);
                continue;
            }
            // What has a price is told as a licence.
            let held: Vec<&Held> =
                examined.access.held(row.account).iter().filter(|held| !examined.priced(row.account, &held.grant)).collect();
            if held.is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            let mut evidence_at = vec![newest.origin];
            evidence_at.extend(held.iter().map(|held| held.origin).filter(|origin| *origin != newest.origin));
            verdict(Verdict::Finding(Draft {
                person: Some(row.person),
                account: Some(row.account),
                since: Some(row.departure.latest),
                detail: format!(
                    "{} of {} is disabled and still holds {}",
                    examined.account_words(row.account),
                    examined.people.name(row.person),
                    listed(held.iter().map(|held| held.grant.as_str()))
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.3"),
    Control("PCI DSS v4.0.1", "7.2.4"),
];
