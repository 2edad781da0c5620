//! Accounts that may do more than the role of their holder should be allowed to do.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::access::{Held, listed};
use crate::model::finding::Severity;
use crate::model::person::PersonId;
use std::collections::BTreeSet;

/// See `beyond-role.md`.
pub struct BeyondRole;

impl Rule for BeyondRole {
    fn facts(&self) -> Facts {
        Facts {
            id: "beyond-role",
            title: "Nobody holds more than the role's template gives",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("beyond-role.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        if examined.others.roles.is_empty() {
            return;
        }
        // Told by the rule on copied profiles, all of it.
        let copied: BTreeSet<PersonId> = examined
            .copies()
            .into_iter()
            .filter_map(|(person, copied)| copied.filter(|c| !c.colleagues.is_empty()).map(|_| person))
            .collect();
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            let Some(person) = link.person().filter(|person| examined.gone(*person).is_none() && !copied.contains(person)) else {
                continue;
            };
            let account = examined.listed.accounts.get(id);
            let role = examined.people.entry_of(person).role;
            let Some(template) = examined.access.template(role).filter(|_| examined.access.compares(account.system)) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let beyond = |held: &&Held| !template.allows(account.system, &held.grant) && !examined.kept(id, held);
            let more: Vec<&Held> = examined.access.held(id).iter().filter(beyond).collect();
            if more.is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            let mut evidence_at: Vec<_> = more.iter().map(|held| held.origin).collect();
            evidence_at.dedup();
            evidence_at.extend(template.origin());
            evidence_at.push(examined.people.get(person).origin);
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(id).then_some(Severity::High),
                because: examined.privilege(id),
                person: Some(person),
                account: Some(id),
                detail: format!(
                    "{} of {} ({role}) holds what the role\'s template does not give: {}",
                    examined.account_words(id),
                    examined.people.name(person),
                    listed(more.iter().map(|held| &*held.grant))
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.15"),
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-6(7)"),
    Control("SOC 2", "CC6.3"),
    Control("PCI DSS v4.0.1", "7.2.4"),
    Control("CIS Controls v8", "6.8"),
];
