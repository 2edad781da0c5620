//! Usable accounts with an address outside the organisation that are no guest's.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::finding::Severity;
use crate::model::index::same;

/// See `external-address.md`.
pub struct ExternalAddress;

impl Rule for ExternalAddress {
    fn facts(&self) -> Facts {
        Facts {
            id: "external-address",
            title: "Only guests have an address outside the organisation",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("external-address.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            let account = examined.listed.accounts.get(id);
            let email = examined.listed.accounts.names(account).email.trim();
            let own = &examined.case.policy.domains;
            let Some((_, domain)) = email.rsplit_once('@').filter(|_| !own.is_empty()) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let domain = domain.to_lowercase();
            let ours =
                own.iter().any(|own| domain == *own || domain.strip_suffix(own.as_str()).is_some_and(|d| d.ends_with('.')));
            // Whoever stands in the HR list with an outside address is known to have it.
            let known = || {
                let emails = link.person().map_or("", |person| examined.people.entry_of(person).emails);
                emails.split([';', ',', ' ']).any(|address| same(address.trim(), email))
            };
            if ours || matches!(link, Link::Declared(_)) || examined.guest(id) || known() {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(id).then_some(Severity::High),
                because: examined.privilege(id),
                person: link.person(),
                account: Some(id),
                since: account.created_at,
                detail: format!(
                    "{} has the address {email}, which is outside the organisation's domains, and is no guest's",
                    examined.account_words(id)
                ),
                evidence_at: examined.row_of(id).into_iter().collect(),
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST CSF 2.0", "PR.AA-01"),
    Control("SOC 2", "CC6.2"),
    Control("CIS Controls v8", "5.1"),
];
