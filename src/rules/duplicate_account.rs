//! People with several usable accounts in one system.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::account::{Account, AccountId};
use crate::model::finding::Severity;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// See `duplicate-account.md`.
pub struct DuplicateAccount;

impl Rule for DuplicateAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "duplicate-account",
            title: "Nobody has two ordinary accounts in one system",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("duplicate-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let mut held: Vec<(SystemId, PersonId, AccountId)> = Vec::new();
        for (id, link, _) in examined.accounts() {
            if let Link::Linked(person, ..) = link
                && examined.usable(id)
                && !examined.second_account(id)
            {
                held.push((examined.listed.accounts.get(id).system, person, id));
            }
        }
        held.sort_unstable();
        for same in held.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let [(_, person, _), _, ..] = same else {
                verdict(Verdict::Pass);
                continue;
            };
            for (place, (_, _, id)) in same.iter().enumerate().skip(1) {
                let account = examined.listed.accounts.get(*id);
                let first = examined.listed.accounts.get(same[0].2);
                let evidence = [first, account].into_iter().filter_map(Account::row);
                verdict(Verdict::Finding(Draft {
                    person: Some(*person),
                    account: Some(*id),
                    since: account.created_at,
                    detail: format!(
                        "{} is account {} of {} of {} in this system, beside {}",
                        examined.account_words(*id),
                        place + 1,
                        same.len(),
                        examined.people.name(*person),
                        examined.account_words(same[0].2)
                    ),
                    evidence_at: evidence.collect(),
                    ..Draft::default()
                }));
            }
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("NIST SP 800-53r5", "IA-4"),
    Control("PCI DSS v4.0.1", "8.2.2"),
    Control("CIS Controls v8", "5.1"),
];
