//! Usable accounts with a password or key that is older than the policy allows.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::model::account::AccountId;
use crate::model::credential;
use crate::model::finding::Severity;
use crate::model::instant::Instant;
use crate::model::particulars::Particular;

/// See `password-too-old.md`.
pub struct PasswordTooOld;

impl Rule for PasswordTooOld {
    fn facts(&self) -> Facts {
        Facts {
            id: "password-too-old",
            title: "No password or key is older than the policy allows",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("password-too-old.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id) && examined.signs_in_itself(*id)) {
            let changed = changed(examined, id);
            let Some(allowed) = examined.case.policy.password_max_age.filter(|_| !changed.is_empty()) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let old: Vec<_> = changed.into_iter().filter(|(_, at)| examined.age(*at) > allowed).collect();
            let Some(oldest) = old.iter().map(|(_, at)| *at).min() else {
                verdict(Verdict::Pass);
                continue;
            };
            let told: Vec<String> = old
                .iter()
                .map(|(what, at)| format!("the {what} was changed {} ago", duration_words(examined.age(*at))))
                .collect();
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(id).then_some(Severity::Medium),
                because: examined.privilege(id),
                person: link.person(),
                account: Some(id),
                since: Some(oldest.plus_seconds(allowed)),
                detail: format!(
                    "{}: {}; the policy allows {}",
                    examined.account_words(id),
                    told.join(", "),
                    duration_words(allowed)
                ),
                evidence_at: examined.row_of(id).into_iter().collect(),
                ..Draft::default()
            }));
        }
    }
}

/// What works and when it was changed last, as far as the dump says.
fn changed(examined: &Examined, id: AccountId) -> Vec<(&'static str, Instant)> {
    let at = |seconds: &str| seconds.parse().ok().and_then(Instant::from_seconds);
    let off = credential::states(examined.listed.accounts.credentials(id))
        .any(|(name, works)| name == "password" && works == Some(false));
    let password = at(examined.particular(id, Particular::PasswordChanged)).filter(|_| !off);
    let keys = examined.particular(id, Particular::KeysChanged).split(';').filter_map(at);
    password.map(|at| ("password", at)).into_iter().chain(keys.map(|at| ("key", at))).collect()
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.17"),
    Control("NIST SP 800-53r5", "IA-5"),
    Control("NIST CSF 2.0", "PR.AA-01"),
    Control("SOC 2", "CC6.1"),
    Control("PCI DSS v4.0.1", "8.3.9"),
];
