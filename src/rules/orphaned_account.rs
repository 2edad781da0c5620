//! Usable accounts that belong to nobody.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::finding::Severity;
use crate::model::revocation::Ended;

/// See `orphaned-account.md`.
pub struct OrphanedAccount;

impl Rule for OrphanedAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "orphaned-account",
            title: "Every usable account belongs to one person, or is declared with an owner",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("orphaned-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        // Somebody may be its person whose row was rejected.
        let unread = match examined.unread_people() {
            0 => String::new(),
            1 => ", of which 1 row could not be read".to_owned(),
            rows => format!(", of which {rows} rows could not be read"),
        };
        for (id, link, ending) in examined.accounts() {
            verdict(match (link, ending) {
                (_, Ended::Unknown) | (Link::Disputed(_), Ended::Not) => Verdict::NotEvaluable,
                (Link::Unmatched, Ended::Not) if !examined.sponsored(id) => {
                    let account = examined.listed.accounts.get(id);
                    let privileged = examined.privileged(id);
                    let kind = account.kind.map(|kind| format!(" ({})", kind.word())).unwrap_or_default();
                    let more = if privileged { "; it is privileged" } else { "" };
                    Verdict::Finding(Draft {
                        severity: Some(if privileged { Severity::High } else { Severity::Medium }),
                        because: examined.privilege(id),
                        account: Some(id),
                        since: account.created_at,
                        detail: format!(
                            "{}{kind} can be used and belongs to nobody in the HR list{unread}{more}",
                            examined.account_words(id)
                        ),
                        evidence_at: account.row().into_iter().collect(),
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
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2(j)"),
    Control("NIST CSF 2.0", "PR.AA-01"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "7.2.4"),
    Control("CIS Controls v8", "5.1"),
];
