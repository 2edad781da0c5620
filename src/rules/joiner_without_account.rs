//! People who started and have no account anywhere.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::latency;
use crate::model::finding::Severity;
use crate::model::person::PersonId;

/// See `joiner-without-account.md`.
pub struct JoinerWithoutAccount;

impl Rule for JoinerWithoutAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "joiner-without-account",
            title: "Whoever starts gets an account",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("joiner-without-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let mut with_one = vec![false; examined.people.rows.len()];
        for person in examined.links.iter().filter_map(|link| link.person()) {
            with_one[person.0 as usize] = true;
        }
        let joined = latency::joined(examined.people, examined.case);
        let gone = |id: &PersonId| examined.gone(*id).is_some();
        for id in examined.everybody().filter(|id| joined[id.0 as usize] && !gone(id)) {
            if with_one[id.0 as usize] {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                detail: format!(
                    "{} started within the period and has no account in any system that was read",
                    examined.people.name(id)
                ),
                evidence_at: vec![examined.people.get(id).origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.2"),
    Control("CIS Controls v8", "6.1"),
];
