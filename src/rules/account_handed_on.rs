//! Accounts that were one person's and are another's, or nobody's.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::finding::Severity;

/// See `account-handed-on.md`.
pub struct AccountHandedOn;

impl Rule for AccountHandedOn {
    fn facts(&self) -> Facts {
        Facts {
            id: "account-handed-on",
            title: "No account is renamed for somebody else",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("account-handed-on.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for renamed in examined.renamed {
            let former = renamed.former;
            let link = examined.links[former.account.0 as usize];
            let (Some((person, rule)), Some(last)) = (renamed.was, former.then.newest()) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            if !renamed.handed_on(link) {
                verdict(Verdict::Pass);
                continue;
            }
            let now = match link {
                Link::Linked(heir, ..) => format!("{}'s", examined.people.name(heir)),
                Link::Unmatched => "nobody's who is known".to_owned(),
                Link::Disputed(_) => "disputed".to_owned(),
                Link::Declared(_) => "declared as nobody's".to_owned(),
            };
            let then = examined.listed.accounts.names(&former.then);
            let snapshots = &examined.listed.snapshots[usize::from(former.then.system.0)];
            let at = |snapshot: u16| snapshots[usize::from(snapshot)].at;
            verdict(Verdict::Finding(Draft {
                person: Some(person),
                account: Some(former.account),
                since: Some(at(former.next.snapshot)),
                detail: format!(
                    "{} was {}'s as \"{}\" (by {}) in the dump of {}, and is {now} in the one of {}; \
                     that its password, sessions and keys were changed with its name, no dump can show{}",
                    examined.account_words(former.account),
                    examined.people.name(person),
                    if then.login.is_empty() { then.email } else { then.login },
                    rule.word(),
                    at(last.snapshot),
                    at(former.next.snapshot),
                    examined.uncertain(former.account),
                ),
                evidence_at: vec![last.origin, former.next.origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("NIST SP 800-53r5", "IA-4"),
    Control("PCI DSS v4.0.1", "8.2.2"),
    Control("SOC 2", "CC6.2"),
];
