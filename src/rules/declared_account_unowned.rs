//! Declared accounts that nobody who is still here answers for, or whose declaration has no end or has passed it.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::finding::Severity;

/// See `declared-account-unowned.md`.
pub struct DeclaredAccountUnowned;

impl Rule for DeclaredAccountUnowned {
    fn facts(&self) -> Facts {
        Facts {
            id: "declared-account-unowned",
            title: "Every declared account has an owner who is still here, and a date of review",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("declared-account-unowned.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let today = examined.case.as_of.to_chrono().with_timezone(&examined.case.zone).date_naive();
        for (id, link, _) in examined.accounts() {
            let Link::Declared(place) = link else { continue };
            if !examined.usable(id) {
                verdict(Verdict::Pass);
                continue;
            }
            let declared = &examined.case.declared[place as usize];
            let owner = declared.owner.as_deref().map(|owner| (owner, examined.person(owner)));
            let left = owner.and_then(|(_, person)| examined.standings[person?.0 as usize].departure());
            let (severity, what) = match (owner, left, declared.expires) {
                (None, ..) => (Severity::Medium, "has no owner".to_owned()),
                (Some((owner, None)), ..) => {
                    (Severity::Medium, format!("has the owner {owner}, who is not in the list of people"))
                }
                (Some((_, Some(person))), Some(_), _) => {
                    (Severity::High, format!("has an owner who left: {}", examined.people.name(person)))
                }
                (_, None, None) => (Severity::Low, "has no date of review (expires)".to_owned()),
                (_, None, Some(end)) if end < today => (Severity::Medium, format!("is declared until {end}, which has passed")),
                _ => {
                    verdict(Verdict::Pass);
                    continue;
                }
            };
            let account = examined.listed.accounts.get(id);
            let mut evidence_at: Vec<_> = account.row().into_iter().collect();
            evidence_at.extend(owner.and_then(|(_, person)| Some(examined.people.get(person?).origin)));
            verdict(Verdict::Finding(Draft {
                severity: Some(severity),
                account: Some(id),
                since: left.map(|departure| departure.latest),
                detail: format!("{}, declared as {}, {what}", examined.account_words(id), declared.kind.word()),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("ISO/IEC 27001:2022", "8.2"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.1"),
    Control("PCI DSS v4.0.1", "7.2.5.1"),
];
