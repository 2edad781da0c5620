//! Usable accounts that may be several people's.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::finding::Severity;
use crate::model::revocation::Ended;

/// See `disputed-account.md`.
pub struct DisputedAccount;

/// How many candidates a finding names; `matches.csv` has them all.
const NAMED: usize = 3;

impl Rule for DisputedAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "disputed-account",
            title: "No usable account leaves open whose it is",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("disputed-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let pairs = examined.pairs();
        for (id, link, ending) in examined.accounts() {
            verdict(match (link, ending) {
                (Link::Disputed(_), Ended::Unknown) => Verdict::NotEvaluable,
                // Which of two rows of one person it is, is told with these by `duplicate-person`.
                (Link::Disputed(place), Ended::Not) if examined.between(&pairs, place).is_some() => Verdict::NotEvaluable,
                (Link::Disputed(place), Ended::Not) => {
                    let dispute = &examined.disputes[place as usize];
                    let account = examined.listed.accounts.get(id);
                    let first = || dispute.candidates.iter().take(NAMED);
                    let names: Vec<String> = first()
                        .map(|c| format!("{} ({})", examined.people.name(c.person), examined.people.person_id(c.person)))
                        .collect();
                    let more = dispute.candidates.len().saturating_sub(NAMED);
                    let more = if more > 0 { format!(" or one of {more} more") } else { String::new() };
                    let whose = if names.is_empty() { "somebody else".to_owned() } else { names.join(" or ") };
                    let mut evidence_at: Vec<_> = account.row().into_iter().collect();
                    evidence_at.extend(first().map(|c| examined.people.get(c.person).origin));
                    Verdict::Finding(Draft {
                        severity: Some(if examined.privileged(id) { Severity::High } else { Severity::Medium }),
                        because: examined.privilege(id),
                        account: Some(id),
                        since: account.created_at,
                        detail: format!(
                            "{} can be used and may be the account of {whose}{more}: {}",
                            examined.account_words(id),
                            dispute.why.words()
                        ),
                        evidence_at,
                        ..Draft::default()
                    })
                }
                _ => Verdict::Pass,
            });
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("NIST SP 800-53r5", "IA-4"),
    Control("NIST CSF 2.0", "PR.AA-01"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "8.2.2"),
    Control("CIS Controls v8", "5.1"),
];
