//! Accounts that were enabled again after their owner left.

use super::{Draft, Examined, Facts, Rule, Verdict, controls};
use crate::model::finding::Severity;

/// See `reactivated-after-departure.md`.
pub struct ReactivatedAfterDeparture;

impl Rule for ReactivatedAfterDeparture {
    fn facts(&self) -> Facts {
        Facts {
            id: "reactivated-after-departure",
            title: "No account is enabled again after its owner has left",
            severity: Severity::High,
            controls: controls::REMOVAL,
            prose: include_str!("reactivated-after-departure.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in examined.revocations() {
            if row.reactivations == 0 {
                verdict(Verdict::Pass);
                continue;
            }
            let again = if examined.usable(row.account) { " and still works" } else { ", and later revoked again" };
            let mut evidence_at = row.reactivated_at.clone();
            evidence_at.push(examined.people.get(row.person).origin);
            verdict(Verdict::Finding(Draft {
                severity: Some(if examined.usable(row.account) { Severity::Critical } else { Severity::High }),
                because: if examined.usable(row.account) { "it still works" } else { "" },
                person: Some(row.person),
                account: Some(row.account),
                since: Some(row.departure.latest),
                detail: format!(
                    "{} of {} could be used again after the departure{again}",
                    examined.account_words(row.account),
                    examined.people.name(row.person)
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}
