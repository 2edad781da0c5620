//! Accounts of joiners that could be used before the first day.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use std::collections::HashSet;

use crate::case::duration_words;
use crate::model::joiner::Joiner;
use crate::model::person::PersonId;

/// Whoever had an account so long before the start, in seconds, was here before.
const EARLIER: i64 = 90 * 86_400;
use crate::model::finding::Severity;

/// See `access-before-start.md`.
pub struct AccessBeforeStart;

impl Rule for AccessBeforeStart {
    fn facts(&self) -> Facts {
        Facts {
            id: "access-before-start",
            title: "Nobody has access before the first day",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("access-before-start.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let joiners = &examined.process.joiners;
        let long_before = |row: &&Joiner| row.usable.latest.is_some_and(|at| row.start.0.seconds_since(at) > EARLIER);
        let returned: HashSet<PersonId> = joiners.iter().filter(long_before).map(|row| row.person).collect();
        for row in joiners {
            let (Some(latest), (first, _), false) = (row.usable.latest, row.start, returned.contains(&row.person)) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            if latest >= first {
                verdict(Verdict::Pass);
                continue;
            }
            let used = examined.last_used(row.account).filter(|(at, _)| *at < first);
            let mut evidence_at = vec![examined.people.get(row.person).origin];
            evidence_at.extend(&row.evidence_at);
            evidence_at.extend(used.map(|(_, origin)| origin));
            verdict(Verdict::Finding(Draft {
                severity: used.map(|_| Severity::Medium),
                because: if used.is_some() { "it was used" } else { "" },
                person: Some(row.person),
                account: Some(row.account),
                since: Some(latest),
                detail: format!(
                    "{} of {} was usable {} before the first day{}",
                    examined.account_words(row.account),
                    examined.people.name(row.person),
                    duration_words(first.seconds_since(latest)),
                    if used.is_some() { ", and was used before it" } else { "" }
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "6.1"),
    Control("NIST SP 800-53r5", "PS-3"),
    Control("SOC 2", "CC6.2"),
];
