//! Secrets of which somebody who left still knows the present value.

use std::collections::BTreeMap;

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::model::person::PersonId;
use crate::model::secret::Secret;
use crate::model::system::SystemId;

/// See `shared-secret-unchanged.md`.
pub struct SharedSecretUnchanged;

impl Rule for SharedSecretUnchanged {
    fn facts(&self) -> Facts {
        Facts {
            id: "shared-secret-unchanged",
            title: "Nobody who left knows a secret that is still in use",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("shared-secret-unchanged.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let mut known: BTreeMap<(PersonId, SystemId, &str), Verdict> = BTreeMap::new();
        for secret in &examined.others.secrets {
            let Some(person) = knower(examined, secret) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            if examined.gone(person).is_none() {
                continue;
            }
            // One secret may be shared with somebody in several ways, and several may have one name: of these rows the worst.
            let now = of(examined, person, secret);
            let worst = known.entry((person, secret.system, secret.name.trim())).or_insert(Verdict::Pass);
            if matches!(
                (&now, &*worst),
                (Verdict::Finding(_), Verdict::Pass | Verdict::NotEvaluable) | (Verdict::NotEvaluable, Verdict::Pass)
            ) {
                *worst = now;
            }
        }
        known.into_values().for_each(verdict);
    }
}

/// Who it is that knows it, where that is one person.
fn knower(examined: &Examined, secret: &Secret) -> Option<PersonId> {
    let by_account = secret.account.and_then(|account| examined.links[account.0 as usize].person());
    let by_login = || examined.keys.by_login(&secret.known_by).only();
    by_account.or_else(|| examined.keys.named(&secret.known_by, &secret.known_by)).or_else(by_login)
}

fn of(examined: &Examined, person: PersonId, secret: &Secret) -> Verdict {
    let (Some(departure), Some((first, last))) = (examined.gone(person), secret.rotated) else { return Verdict::NotEvaluable };
    if first >= departure.latest {
        return Verdict::Pass;
    }
    let due = departure.latest.plus_seconds(examined.case.target_seconds(secret.system));
    // On the day of the departure, or before the time that the policy leaves for it.
    if last >= departure.earliest || secret.listed_at.unwrap_or(examined.case.as_of) <= due {
        return Verdict::NotEvaluable;
    }
    let since = secret.since.map(|since| format!(", known since {since}")).unwrap_or_default();
    Verdict::Finding(Draft {
        person: Some(person),
        system: Some(secret.system),
        account: secret.account,
        key: secret.name.trim().to_owned(),
        since: Some(departure.latest),
        detail: format!(
            "{} left and knows the secret \"{}\" in {}{since}: it was last changed {} before the departure",
            examined.people.name(person),
            secret.name.trim(),
            examined.case.system_name(secret.system),
            duration_words(departure.earliest.seconds_since(last))
        ),
        evidence_at: vec![secret.origin, examined.people.get(person).origin],
        ..Draft::default()
    })
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.17"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST SP 800-53r5", "IA-5"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.1"),
    Control("PCI DSS v4.0.1", "8.3.9"),
    Control("CIS Controls v8", "6.2"),
];
