//! Departures that HR recorded after the fact.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::latency::Standing;
use crate::model::finding::Severity;
use crate::model::person::PersonId;
use crate::time::{self, Moment};

/// See `departure-recorded-late.md`.
pub struct DepartureRecordedLate;

impl Rule for DepartureRecordedLate {
    fn facts(&self) -> Facts {
        Facts {
            id: "departure-recorded-late",
            title: "HR records every departure before it takes effect",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("departure-recorded-late.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (row, standing) in examined.standings.iter().enumerate() {
            let Standing::Leaver(departure) = standing else { continue };
            let id = PersonId(u32::try_from(row).unwrap_or(u32::MAX));
            let person = examined.people.get(id);
            let recorded = match person.recorded_at {
                None => {
                    verdict(Verdict::NotEvaluable);
                    continue;
                }
                // Of a day only its first instant is certain.
                Some(Moment::On(date)) => time::day_start(date, person.zone),
                Some(Moment::At(at)) => at,
            };
            if recorded <= departure.latest {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                person: Some(id),
                since: Some(departure.latest),
                detail: format!(
                    "The departure of {} was recorded {} after it took effect",
                    examined.people.name(id),
                    duration_words(recorded.seconds_since(departure.latest))
                ),
                evidence_at: vec![person.origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "AC-2(h)"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("NIST CSF 2.0", "GV.RR-04"),
    Control("SOC 2", "CC6.2"),
];
