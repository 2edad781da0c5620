//! People who changed roles and have the very rights of a colleague, beyond those of the role.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::access::listed;
use crate::model::finding::Severity;

/// See `copied-profile.md`.
pub struct CopiedProfile;

/// How many colleagues are named.
const NAMED: usize = 3;

impl Rule for CopiedProfile {
    fn facts(&self) -> Facts {
        Facts {
            id: "copied-profile",
            title: "Whoever changes roles gets the rights of the role, not those of a colleague",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("copied-profile.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (person, copied) in examined.copies() {
            let Some(copied) = copied else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            if copied.colleagues.is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            let (role, people) = (examined.people.entry_of(person).role, examined.people);
            let template = examined.access.template(role);
            let mut held = Vec::new();
            for id in &copied.accounts {
                let system = examined.listed.accounts.get(*id).system;
                let allowed = |grant: &str| template.is_some_and(|template| template.allows(system, grant));
                let beyond = |grant: &str| examined.access.compares(system) && !allowed(grant);
                held.extend(examined.access.held(*id).iter().filter(|held| beyond(&held.grant)));
            }
            let mut named: Vec<String> = copied.colleagues.iter().take(NAMED).map(|id| people.name(*id).to_owned()).collect();
            if copied.colleagues.len() > NAMED {
                named.push(format!("{} more", copied.colleagues.len() - NAMED));
            }
            let mut evidence_at = vec![people.get(person).origin];
            evidence_at.extend(held.iter().map(|held| held.origin));
            evidence_at.dedup();
            evidence_at.push(people.get(copied.colleagues[0]).origin);
            evidence_at.extend(template.and_then(crate::access::Template::origin));
            let privileged = copied.accounts.iter().any(|id| examined.privileged(*id));
            verdict(Verdict::Finding(Draft {
                severity: privileged.then_some(Severity::High),
                because: if privileged { "one of the accounts is privileged" } else { "" },
                person: Some(person),
                detail: format!(
                    "{} changed to {role} and has the very same rights as {}; the role's template does not give {}",
                    people.name(person),
                    named.join(", "),
                    listed(held.iter().map(|held| &*held.grant))
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
    Control("NIST SP 800-53r5", "PS-5"),
    Control("SOC 2", "CC6.3"),
    Control("CIS Controls v8", "6.8"),
];
