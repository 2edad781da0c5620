//! Accounts made for somebody who had left.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::model::finding::Severity;

/// See `account-created-after-departure.md`.
pub struct AccountCreatedAfterDeparture;

impl Rule for AccountCreatedAfterDeparture {
    fn facts(&self) -> Facts {
        Facts {
            id: "account-created-after-departure",
            title: "Nobody gets an account after the departure",
            severity: Severity::Critical,
            controls: CONTROLS,
            prose: include_str!("account-created-after-departure.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, link, _) in examined.accounts() {
            let Some((person, departure)) = link.person().and_then(|person| Some((person, examined.gone(person)?))) else {
                continue;
            };
            let account = examined.listed.accounts.get(id);
            let by_dump = account.created_at.zip(examined.row_of(id));
            let Some((made, row)) = by_dump.or_else(|| examined.measured.made.get(&id).copied()) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let late = made.seconds_since(departure.latest);
            if late <= 0 {
                verdict(Verdict::Pass);
                continue;
            }
            let usable = examined.usable(id);
            verdict(Verdict::Finding(Draft {
                severity: Some(if usable { Severity::Critical } else { Severity::High }),
                because: if usable { "it can be used" } else { "it can no longer be used" },
                person: Some(person),
                account: Some(id),
                since: Some(made),
                detail: format!(
                    "{} of {} was made {} after the departure{}",
                    examined.account_words(id),
                    examined.people.name(person),
                    duration_words(late),
                    if usable { ", and works" } else { "" }
                ),
                evidence_at: vec![row, examined.people.get(person).origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "8.2.4"),
    Control("CIS Controls v8", "6.1"),
];
