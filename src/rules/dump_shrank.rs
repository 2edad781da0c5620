//! Lists of accounts that are much shorter than the one before.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::account::AccountId;
use crate::model::finding::Severity;
use crate::model::origin::Origin;
use crate::model::revocation::Ended;
use crate::model::system::SystemId;

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
            for (place, pair) in (0_u16..).zip(examined.listed.snapshots[usize::from(id.0)].windows(2)) {
                let [before, after] = pair else { continue };
                let lost = before.accepted.saturating_sub(after.accepted);
                let many = |lost: u64| lost > LEAST && lost * SHARE > before.accepted;
                let explained = if many(lost) { explained(examined, id, place) } else { 0 };
                if !many(lost.saturating_sub(explained)) {
                    verdict(Verdict::Pass);
                    continue;
                }
                let why = if explained > 0 {
                    format!("; {explained} of them are told as gone by HR or by a date")
                } else {
                    String::new()
                };
                verdict(Verdict::Finding(Draft {
                    system: Some(id),
                    key: after.at.to_string(),
                    since: Some(after.at),
                    detail: format!(
                        "The list of the accounts of {} of {} has {} rows, that of {} has {}: accounts that are missing count as deleted, \
                         unless the list was cut short{why}",
                        system.name, after.at, after.accepted, before.at, before.accepted
                    ),
                    evidence_at: [before, after].map(|dump| Origin::whole(dump.file)).to_vec(),
                    ..Draft::default()
                }));
            }
        }
    }
}

/// Accounts of the dump at this place that are missing from the next one, and of which something else tells that they are gone: HR a departure
/// of whose they are, or the log or a field a date.
fn explained(examined: &Examined, system: SystemId, place: u16) -> u64 {
    let gone = |id: AccountId, ending: Ended| {
        let left = examined.links[id.0 as usize].person().is_some_and(|person| examined.gone(person).is_some());
        left || matches!(ending, Ended::At)
    };
    let missing = |id: AccountId| {
        let (mut before, mut after) = (false, false);
        for sighting in examined.listed.accounts.sightings(id) {
            before |= sighting.snapshot == place;
            after |= sighting.snapshot == place + 1;
        }
        before && !after
    };
    let own = examined.accounts().filter(|(id, ..)| examined.listed.accounts.get(*id).system == system);
    own.filter(|(id, _, ending)| gone(*id, *ending) && missing(*id)).count() as u64
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "5.33"), Control("NIST SP 800-53r5", "AC-2(j)"), Control("SOC 2", "CC4.1")];
