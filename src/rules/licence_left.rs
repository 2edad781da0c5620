//! Licences that are still paid for, of people who left.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::access::{Held, listed};
use crate::model::account::Status;
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
        for row in examined.revocations() {
            let account = examined.listed.accounts.get(row.account);
            let priced = examined.case.licences.iter().any(|l| l.system == account.system && l.grant.is_some());
            let Some(newest) = account.newest.filter(|newest| priced && newest.status == Status::Disabled) else { continue };
            if !examined.access.knows(account.system) {
                verdict(Verdict::NotEvaluable);
                continue;
            }
            let held: Vec<&Held> =
                examined.access.held(row.account).iter().filter(|held| examined.priced(row.account, &held.grant)).collect();
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
                    "{} of {} is disabled and still has {}, which costs {} a month",
                    examined.account_words(row.account),
                    examined.people.name(row.person),
                    listed(held.iter().map(|held| held.grant.as_str())),
                    examined.cost(row.account).words()
                ),
                evidence_at,
                case_line: examined.paid_for(row.account).map(|licence| licence.line).next(),
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.3"),
];
