//! Rights of the former role that somebody kept who changed roles.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::access::{Held, listed};
use crate::model::finding::Severity;
use crate::time;

/// See `mover-kept-grants.md`.
pub struct MoverKeptGrants;

impl Rule for MoverKeptGrants {
    fn facts(&self) -> Facts {
        Facts {
            id: "mover-kept-grants",
            title: "Whoever changes roles loses the rights of the former one",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("mover-kept-grants.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let start = time::day_start(examined.case.period.0, examined.case.zone);
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            let Some(id_of) = link.person().filter(|person| examined.gone(*person).is_none()) else { continue };
            let person = examined.people.get(id_of);
            let Some((_, changed)) = person.changed_at.map(|moment| time::within(moment, person.zone)) else { continue };
            let former = examined.people.pool.get(person.previous_role);
            if former.is_empty() || changed < start || changed > examined.case.as_of {
                continue;
            }
            let role = examined.people.pool.get(person.role);
            let system = examined.listed.accounts.get(id).system;
            let templates = examined.access.template(former).zip(examined.access.template(role));
            let Some((old, new)) = templates.filter(|_| examined.access.knows(system)) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let held = examined.access.held(id).iter();
            let kept: Vec<&Held> =
                held.filter(|held| old.allows(system, &held.grant) && !new.allows(system, &held.grant)).collect();
            if kept.is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            let mut evidence_at: Vec<_> = kept.iter().map(|held| held.origin).collect();
            evidence_at.dedup();
            evidence_at.push(person.origin);
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(id).then_some(Severity::High),
                person: Some(id_of),
                account: Some(id),
                since: Some(changed),
                detail: format!(
                    "{} changed from {former} to {role}, and {} still holds what only the former role gives: {}",
                    examined.people.name(id_of),
                    examined.account_words(id),
                    listed(&kept)
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "PS-5"),
    Control("SOC 2", "CC6.3"),
    Control("CIS Controls v8", "6.2"),
    Control("DORA RTS", "21(e)(iii)"),
];
