//! Accounts that were used after their owner left.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::revocation::Revoked;

/// See `used-after-departure.md`.
pub struct UsedAfterDeparture;

impl Rule for UsedAfterDeparture {
    fn facts(&self) -> Facts {
        Facts {
            id: "used-after-departure",
            title: "No account is used after its owner has left",
            severity: Severity::Critical,
            controls: CONTROLS,
            prose: include_str!("used-after-departure.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in examined.revocations() {
            if row.uses_after_departure == 0 {
                verdict(Verdict::Pass);
                continue;
            }
            let times = match row.uses_after_departure {
                1 => "once".to_owned(),
                n => format!("{n} times"),
            };
            let last = row.last_used_at.map(|at| format!(", the last time at {at}")).unwrap_or_default();
            let outlived = match (row.revoked, row.last_used_at) {
                (Revoked::At(revoked), Some(used)) if used > revoked => "; that is after it was revoked",
                _ => "",
            };
            let mut evidence_at = examined.evidence(row);
            evidence_at.extend(row.uses_at.iter().filter(|at| !row.evidence_at.contains(at)));
            verdict(Verdict::Finding(Draft {
                person: Some(row.person),
                account: Some(row.account),
                since: Some(row.departure.latest),
                detail: format!(
                    "{} of {} was used {times} after the departure{last}{outlived}",
                    examined.account_words(row.account),
                    examined.people.name(row.person)
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "8.15"),
    Control("Cyber Essentials", "A7.3"),
    Control("NIST SP 800-53r5", "AC-2(g)"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "8.2.5"),
    Control("HIPAA", "164.308(a)(3)(ii)(C)"),
];
