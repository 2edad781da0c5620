//! Accounts made at random whose states are known, seen through evidence with gaps: no claim may go beyond the truth.

use super::history::{Change, History, Says};
use super::proof::{Source, proofs};
use super::{Ending, Timeline};
use crate::latency::outcome;
use crate::model::account::{Account, AccountId, Accounts, Further, Shown, Sighting, Status};
use crate::model::instant::Instant;
use crate::model::origin::{FileId, Origin};
use crate::model::revocation::{Basis, Departure, Outcome, Revoked};
use crate::model::span::{Ground, Span, State};
use crate::model::system::{Snapshot, SystemId, Unread};
use crate::model::text::{Text, Together};

/// Numbers that look random and are the same for the same seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((z ^ (z >> 31)) % sides).unwrap()
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.roll(100) < percent
    }
}

fn at(seconds: i64) -> Instant {
    Instant::from_seconds(1_790_000_000 + seconds).unwrap()
}

const END: i64 = 100_000;

/// The truth: usable from the beginning; each of these instants turns it off or on again.
struct Truth(Vec<i64>);

impl Truth {
    fn made(dice: &mut Dice) -> Self {
        let mut turns: Vec<i64> = (0..dice.roll(6)).map(|_| 10 + dice.roll(END as u64 - 20)).collect();
        turns.sort_unstable();
        turns.dedup();
        Self(turns)
    }

    fn usable(&self, seconds: i64) -> bool {
        self.0.iter().filter(|turn| **turn <= seconds).count().is_multiple_of(2)
    }

    /// When it was turned off for good.
    fn revoked(&self) -> Option<i64> {
        self.0.last().copied().filter(|_| !self.usable(END))
    }
}

struct Seen {
    ending: Ending,
    spans: Vec<Span>,
}

/// What the tool makes of evidence with gaps: every enabling is in the log or a receipt, all else may be missing.
fn seen(truth: &Truth, dice: &mut Dice) -> Seen {
    let mut line = 0;
    let mut origin = || {
        line += 1;
        Origin { file: FileId(0), line }
    };
    let mut history = History::default();
    for (place, turn) in truth.0.iter().enumerate() {
        let says = if place.is_multiple_of(2) { Says::NotUsable } else { Says::Usable };
        if says == Says::Usable || dice.chance(60) {
            let source = if dice.chance(30) { Source::Receipt } else { Source::Event };
            history.changes.push(Change { at: at(*turn), says, source, origin: origin(), fingerprint: 0 });
        }
    }
    for _ in 0..dice.roll(6) {
        let now = dice.roll(END as u64);
        if truth.usable(now) {
            history.last_use = history.last_use.max(Some((at(now), origin())));
        } else if dice.chance(50) {
            let says = Says::NotUsable;
            let source = if dice.chance(30) { Source::Found } else { Source::Refusal };
            history.changes.push(Change { at: at(now), says, source, origin: origin(), fingerprint: 0 });
        }
    }
    let mut accounts = Accounts::default();
    let mut dumps: Vec<i64> = (0..dice.roll(4)).map(|_| dice.roll(END as u64)).collect();
    dumps.sort_unstable();
    dumps.dedup();
    let mut snapshots = Vec::new();
    let mut sightings: Vec<Sighting> = Vec::new();
    for dumped in dumps {
        snapshots.push(Snapshot { at: at(dumped), file: FileId(1), accepted: 1, unread: Unread::default() });
        let turned = truth.0.iter().rev().find(|turn| **turn <= dumped).copied();
        let off = !truth.usable(dumped);
        let status = if dice.chance(15) {
            Status::Unknown
        } else if off {
            Status::Disabled
        } else {
            Status::Active
        };
        let since = |turn: i64, dice: &mut Dice| at(turn + dice.roll(u64::try_from(dumped - turn + 1).unwrap()));
        sightings.push(Sighting {
            snapshot: u16::try_from(snapshots.len() - 1).unwrap(),
            status,
            grants: Text::default(),
            last_used_at: None,
            origin: origin(),
            further: Further {
                disabled_at: turned.filter(|_| off && dice.chance(30)).map(at),
                changed_at: turned.filter(|_| dice.chance(40)).map(|turn| since(turn, dice)),
                ..Further::default()
            },
        });
    }
    let mut older = 0;
    let newest = sightings.pop();
    for sighting in sightings {
        let seen = accounts.keep(&sighting);
        accounts.older.push((seen, older));
        older = u32::try_from(accounts.older.len()).unwrap();
    }
    let listed = newest.map(|newest| Shown::Listed(accounts.keep(&newest)));
    accounts.rows.push(Account {
        names: Together::default(),
        created_at: None,
        created_by: None,
        shown: listed.or_else(|| Some(Shown::Named(origin()))),
        system: SystemId(0),
        kind: None,
        privileged: None,
        older,
    });
    history.changes.sort_by_key(|c| (c.at, c.says, c.origin));
    let proofs = proofs(AccountId(0), &accounts, &snapshots, &history, at(END));
    let unknown = newest.filter(|n| n.status == Status::Unknown).map(|n| snapshots[usize::from(n.snapshot)].at);
    let timeline = Timeline::new(&proofs, history.last_use, unknown);
    Seen { ending: timeline.ending(), spans: timeline.spans() }
}

fn claims_hold(seed: u64) -> Result<(), String> {
    let mut dice = Dice(seed);
    let truth = Truth::made(&mut dice);
    let Seen { ending, spans } = seen(&truth, &mut dice);
    let revoked = truth.revoked().map(at);
    let holds = match ending.revoked {
        Revoked::At(claimed) => revoked == Some(claimed),
        Revoked::Between { after, before } => revoked.is_some_and(|r| after.is_none_or(|after| after <= r) && r <= before),
        Revoked::Not { seen, .. } => truth.usable(seen.seconds_since(at(0))),
        Revoked::Unknown { .. } => true,
    };
    if !holds {
        return Err(format!("seed {seed}: {:?} against {:?}", ending.revoked, truth.0));
    }
    let (gone, target) = (at(dice.roll(END as u64)), 1 + dice.roll(20_000));
    let date = gone.to_chrono().date_naive();
    let departure = Departure { earliest: gone, latest: gone, date, basis: Basis::Instant };
    let late = |r: Instant| r.seconds_since(gone) > target;
    let holds = match outcome(&departure, ending.revoked, target) {
        Outcome::OnTime => revoked.is_some_and(|r| !late(r)),
        Outcome::Late => revoked.is_some_and(late),
        Outcome::Open => revoked.is_none_or(late),
        Outcome::Pending | Outcome::Undetermined => true,
    };
    if !holds {
        return Err(format!("seed {seed}: outcome of {:?}, left {gone}, target {target}, against {:?}", ending.revoked, truth.0));
    }
    for span in spans.iter().filter(|s| s.state != State::Unknown && s.ground != Ground::Assumed) {
        let (from, to) = (span.from.unwrap_or(at(0)), span.to.unwrap_or(at(END)));
        let middle = from.seconds_since(at(0)) + to.seconds_since(from) / 2;
        if to > from && truth.usable(middle) != (span.state == State::Usable) {
            return Err(format!("seed {seed}: {span:?} against {:?}", truth.0));
        }
    }
    Ok(())
}

#[test]
fn no_claim_goes_beyond_the_truth() {
    let wrong: Vec<String> = (0..20_000).filter_map(|seed| claims_hold(seed).err()).collect();
    assert!(wrong.is_empty(), "{} of 20000, the first: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
}
