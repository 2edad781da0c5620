//! Accounts of leavers that are disabled, with nothing to show when.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::revocation::{Outcome, Revocation, Revoked};

/// See `revocation-undated.md`.
pub struct RevocationUndated;

impl Rule for RevocationUndated {
    fn facts(&self) -> Facts {
        Facts {
            id: "revocation-undated",
            title: "The revocation of every account of a leaver is dated by evidence",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("revocation-undated.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in examined.revocations() {
            verdict(match row.revoked {
                Revoked::At(_) => Verdict::Pass,
                Revoked::Between { .. } if by_provider(examined, row) => Verdict::Pass,
                Revoked::Not { .. } | Revoked::Unknown { .. } => Verdict::NotEvaluable,
                Revoked::Between { after, before } => {
                    let after = after.map(|after| format!("after {after} and ")).unwrap_or_default();
                    let decided = match row.outcome {
                        Outcome::OnTime => "which is within the target all the same",
                        Outcome::Late => "which is late in any case",
                        _ => "so that nobody can say whether it was on time",
                    };
                    Verdict::Finding(Draft {
                        severity: Some(if row.outcome == Outcome::Undetermined { Severity::Medium } else { Severity::Low }),
                        because: if row.outcome == Outcome::Undetermined {
                            "whether it was in time is not known"
                        } else {
                            "it was in time or late in any case"
                        },
                        person: Some(row.person),
                        account: Some(row.account),
                        since: Some(before),
                        detail: format!(
                            "{} of {} was revoked {after}not later than {before}, {decided}",
                            examined.account_words(row.account),
                            examined.people.name(row.person)
                        ),
                        evidence_at: row.evidence_at.clone(),
                        ..Draft::default()
                    })
                }
            });
        }
    }
}

/// Whether it ended in time, as far as the departure is known, and not later than the dated end of the accounts at the system through which alone people sign in: whether
/// it was cut by itself before makes no difference then.
fn by_provider(examined: &Examined, row: &Revocation) -> bool {
    let Revoked::Between { before, .. } = row.revoked else { return false };
    let mut system = examined.listed.accounts.get(row.account).system;
    for _ in 0..examined.case.systems.len() {
        let Some(provider) = examined.case.systems[usize::from(system.0)].sign_in else { return false };
        let there = examined.revocations_of(row.person).iter();
        let mut there = there.filter(|r| examined.listed.accounts.get(r.account).system == provider);
        // Where the departure alone leaves it open whether the target was kept, an earlier end of this one would tell no more.
        let decided = |r: &Revocation| {
            row.outcome == Outcome::OnTime || (row.outcome, r.outcome) == (Outcome::Undetermined, Outcome::Undetermined)
        };
        if there.any(|r| r.revoked == Revoked::At(before) && decided(r)) {
            return true;
        }
        system = provider;
    }
    false
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.33"),
    Control("ISO/IEC 27001:2022", "8.15"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "10.5.1"),
];
