//! Accounts of people who left that still work.

use super::{Draft, Examined, Facts, Rule, Verdict, controls};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::model::revocation::{Outcome, Revoked};

/// See `leaver-account-open.md`.
pub struct LeaverAccountOpen;

impl Rule for LeaverAccountOpen {
    fn facts(&self) -> Facts {
        Facts {
            id: "leaver-account-open",
            title: "No account of somebody who left can still be used",
            severity: Severity::Critical,
            controls: controls::REMOVAL,
            prose: include_str!("leaver-account-open.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in examined.revocations() {
            verdict(match row.outcome {
                Outcome::OnTime | Outcome::Late => Verdict::Pass,
                Outcome::Pending | Outcome::Undetermined => Verdict::NotEvaluable,
                Outcome::Open => {
                    let privileged = examined.privileged(row.account);
                    let seen = match row.revoked {
                        Revoked::Not { seen, .. } => seen,
                        _ => row.departure.latest,
                    };
                    let still = duration_words(seen.seconds_since(row.departure.latest));
                    let used = if row.uses_after_departure > 0 { "; it was used since" } else { "" };
                    let more = if privileged { "; it is privileged" } else { "" };
                    Verdict::Finding(Draft {
                        severity: Some(if privileged || row.uses_after_departure > 0 {
                            Severity::Critical
                        } else {
                            Severity::High
                        }),
                        person: Some(row.person),
                        account: Some(row.account),
                        since: Some(row.departure.latest),
                        detail: format!(
                            "{} of {} still works, {still} after the departure{used}{more}{}",
                            examined.account_words(row.account),
                            examined.people.name(row.person),
                            examined.credentials_words(row.account)
                        ),
                        evidence_at: examined.evidence(row),
                        ..Draft::default()
                    })
                }
            });
        }
    }
}
