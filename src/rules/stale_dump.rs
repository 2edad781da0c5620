//! Systems whose newest list of accounts is older than the end of the period.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::origin::Origin;
use crate::time;

/// See `stale-dump.md`.
pub struct StaleDump;

impl Rule for StaleDump {
    fn facts(&self) -> Facts {
        Facts {
            id: "stale-dump",
            title: "Every list of accounts is newer than the period that it is to prove",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("stale-dump.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let end = time::day_end(examined.case.period.1, examined.case.zone);
        for (id, system) in examined.systems() {
            let Some(newest) = examined.listed.snapshots[usize::from(id.0)].last() else { continue };
            if newest.at >= end || examined.case.as_of < end {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                system: Some(id),
                since: Some(newest.at),
                detail: format!(
                    "The newest list of the accounts of {} was exported at {}, before the period ended ({end}): it proves nothing about \
                     who left after that",
                    system.name, newest.at
                ),
                evidence_at: vec![Origin::whole(newest.file)],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.33"),
    Control("NIST SP 800-53r5", "AC-2(j)"),
    Control("SOC 2", "CC4.1"),
    Control("PCI DSS v4.0.1", "7.2.4"),
];
