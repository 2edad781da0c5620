//! Accounts of leavers that were revoked later than the target allows.

use super::{Draft, Examined, Facts, Rule, Verdict, controls};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::model::revocation::{Outcome, Revoked};

/// See `revoked-late.md`.
pub struct RevokedLate;

impl Rule for RevokedLate {
    fn facts(&self) -> Facts {
        Facts {
            id: "revoked-late",
            title: "Every account of a leaver is revoked within the target",
            severity: Severity::Medium,
            controls: controls::REMOVAL,
            prose: include_str!("revoked-late.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in examined.revocations() {
            verdict(match row.outcome {
                Outcome::OnTime => Verdict::Pass,
                Outcome::Open | Outcome::Pending | Outcome::Undetermined => Verdict::NotEvaluable,
                Outcome::Late => {
                    let worse = examined.privileged(row.account) || row.uses_after_departure > 0;
                    let how = match (row.latency_seconds, row.revoked) {
                        (Some(latency), _) => format!("{} after the departure", duration_words(latency)),
                        (None, Revoked::Between { after: Some(after), .. }) => {
                            format!("more than {} after the departure", duration_words(after.seconds_since(row.departure.latest)))
                        }
                        _ => "later than the target allows".to_owned(),
                    };
                    Verdict::Finding(Draft {
                        severity: Some(if worse { Severity::High } else { Severity::Medium }),
                        because: if row.uses_after_departure > 0 {
                            "it was used after the departure"
                        } else {
                            examined.privilege(row.account)
                        },
                        person: Some(row.person),
                        account: Some(row.account),
                        since: Some(row.departure.latest.plus_seconds(row.target_seconds)),
                        detail: format!(
                            "{} of {} was revoked {how}; the target is {}",
                            examined.account_words(row.account),
                            examined.people.name(row.person),
                            duration_words(row.target_seconds)
                        ),
                        evidence_at: examined.evidence(row),
                        ..Draft::default()
                    })
                }
            });
        }
    }
}
