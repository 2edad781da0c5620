//! Usable guests for whom nobody who is here answers.

use super::guest::Sponsor;
use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::account::AccountId;
use crate::model::finding::Severity;
use crate::model::revocation::Ended;

/// See `guest-without-sponsor.md`.
pub struct GuestWithoutSponsor;

impl Rule for GuestWithoutSponsor {
    fn facts(&self) -> Facts {
        Facts {
            id: "guest-without-sponsor",
            title: "Somebody who is here answers for every guest",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("guest-without-sponsor.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, link, ending) in examined.accounts().filter(|(id, ..)| examined.guest(*id)) {
            match (ending, link) {
                (Ended::Unknown, _) | (Ended::Not, Link::Disputed(_)) => verdict(Verdict::NotEvaluable),
                (Ended::At | Ended::Between, _) | (_, Link::Linked(..)) => verdict(Verdict::Pass),
                // Whose owner is not here is told by the rule on declared accounts.
                (_, Link::Declared(place)) => {
                    let owner = examined.case.declared[place as usize].owner.as_deref();
                    if owner.and_then(|owner| examined.person(owner)).is_some_and(|owner| examined.gone(owner).is_none()) {
                        verdict(Verdict::Pass);
                    }
                }
                (_, Link::Unmatched) => verdict(unmatched(examined, id)),
            }
        }
    }
}

/// A usable guest that is nobody's: by the sponsor whom the dump names.
fn unmatched(examined: &Examined, id: AccountId) -> Verdict {
    let mut evidence_at: Vec<_> = examined.row_of(id).into_iter().collect();
    let (left, what) = match examined.sponsor(id) {
        Sponsor::Here => return Verdict::Pass,
        Sponsor::None => (None, "has no sponsor: the dump names none, and the case declares no owner".to_owned()),
        Sponsor::Unknown(named) => (None, format!("has the sponsor {named}, whom HR does not list")),
        Sponsor::Gone(person) => {
            evidence_at.push(examined.people.get(person).origin);
            (Some(person), format!("has a sponsor who left: {}", examined.people.name(person)))
        }
    };
    let high = left.is_some() || examined.privileged(id);
    Verdict::Finding(Draft {
        severity: Some(if high { Severity::High } else { Severity::Medium }),
        because: if left.is_some() { "the sponsor has left" } else { examined.privilege(id) },
        account: Some(id),
        since: match left {
            Some(person) => examined.gone(person).map(|departure| departure.latest),
            None => examined.listed.accounts.get(id).created_at,
        },
        detail: format!("The guest {} {what}", examined.account_words(id)),
        evidence_at,
        ..Draft::default()
    })
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST CSF 2.0", "PR.AA-01"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "8.2.7"),
    Control("CIS Controls v8", "5.1"),
];
