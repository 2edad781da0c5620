//! How bad a finding is, and why: what the rule says of it, what the case says of the system and the rule, and how the person left.

use compact_str::{CompactString, format_compact};

use super::{Draft, Examined, Facts};
use crate::case::Sensitivity;
use crate::model::finding::Severity;
use crate::model::system::SystemId;

/// Rules on access after a departure: they weigh more where somebody was made to leave.
const AFTER_DEPARTURE: [&str; 10] = [
    "leaver-account-open",
    "remote-access-left",
    "badge-left",
    "local-login-left",
    "used-after-departure",
    "reactivated-after-departure",
    "revoked-late",
    "account-created-after-departure",
    "account-changed-after-departure",
    "shared-secret-unchanged",
];

/// All severities, the least first.
const STEPS: [Severity; 5] = [Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

/// How bad, and why in a few words.
pub fn judged(examined: &Examined, facts: &Facts, draft: &Draft, system: Option<SystemId>) -> (Severity, CompactString) {
    let mut severity = draft.severity.unwrap_or(facts.severity);
    let mut why = format_compact!("{} by the rule", severity.word());
    if !draft.because.is_empty() {
        why.push_str(": ");
        why.push_str(draft.because);
    }
    let mut step = |up: bool, because: &str| {
        let next = moved(severity, up);
        if next != severity {
            severity = next;
            let way = if up { "raised" } else { "lowered" };
            why = format_compact!("{why}; {way} to {}, {because}", severity.word());
        }
    };
    let dismissed = draft.person.is_some_and(|person| examined.people.get(person).dismissed);
    if dismissed && AFTER_DEPARTURE.contains(&facts.id) {
        step(true, "the person was made to leave");
    }
    if let Some(system) = system.map(|id| &examined.case.systems[usize::from(id.0)]) {
        match system.sensitivity {
            Sensitivity::High => step(true, &format!("{} is of high sensitivity", system.name)),
            Sensitivity::Low => step(false, &format!("{} is of low sensitivity", system.name)),
            Sensitivity::Normal => {}
        }
    }
    // Of several, the one that names the system.
    let fits = examined.case.weights.iter().filter(|w| w.rule == facts.id && w.system.is_none_or(|id| system == Some(id)));
    if let Some(weight) = fits.max_by_key(|weight| (weight.system.is_some(), std::cmp::Reverse(weight.line))) {
        severity = weight.severity;
        why = format_compact!("{} by the case (lastday.toml:{})", severity.word(), weight.line);
    }
    (severity, why)
}

/// One step worse or better, as far as there is one.
fn moved(severity: Severity, up: bool) -> Severity {
    let place = STEPS.iter().position(|step| *step == severity).unwrap_or(0);
    let next = if up { place + 1 } else { place.saturating_sub(1) };
    STEPS[next.min(STEPS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_on_departures_are_rules() {
        assert!(AFTER_DEPARTURE.iter().all(|id| crate::rules::ids().contains(id)));
        assert_eq!([moved(Severity::Critical, true), moved(Severity::Info, false)], [Severity::Critical, Severity::Info]);
    }
}
