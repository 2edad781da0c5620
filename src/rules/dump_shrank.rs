//! Lists of accounts that are much shorter than the one before.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::origin::Origin;

/// A list that lost more than one account in ten, and more than five, has shrunk.
const SHARE: u64 = 10;
/// See [`SHARE`].
const LEAST: u64 = 5;

/// See `dump-shrank.md`.
pub struct DumpShrank;

impl Rule for DumpShrank {
    fn facts(&self) -> Facts {
        Facts {
            id: "dump-shrank",
            title: "No list of accounts is much shorter than the one before",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("dump-shrank.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, system) in examined.systems() {
            for pair in examined.listed.snapshots[usize::from(id.0)].windows(2) {
                let [before, after] = pair else { continue };
                let lost = before.accepted.saturating_sub(after.accepted);
                if lost <= LEAST || lost * SHARE <= before.accepted {
                    verdict(Verdict::Pass);
                    continue;
                }
                verdict(Verdict::Finding(Draft {
                    system: Some(id),
                    key: after.at.to_string(),
                    since: Some(after.at),
                    detail: format!(
                        "The list of the accounts of {} of {} has {} rows, that of {} has {}: accounts that are missing count as deleted, \
                         unless the list was cut short",
                        system.name, after.at, after.accepted, before.at, before.accepted
                    ),
                    evidence_at: [before, after].map(|dump| Origin::whole(dump.file)).to_vec(),
                    ..Draft::default()
                }));
            }
        }
    }
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "5.33"), Control("NIST SP 800-53r5", "AC-2(j)"), Control("SOC 2", "CC4.1")];
