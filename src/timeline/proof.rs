//! Proofs: single pieces of evidence that an account was usable, or was not, at some instant or within bounds.

use super::credentials;
use super::history::{History, Says};
use crate::model::account::{AccountId, Accounts, Status};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::system::Snapshot;

/// Where a proof comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A line of the log.
    Event,
    /// A receipt of whoever acted on the account: the system answered that it did as asked.
    Receipt,
    /// A dated field of a dump: `disabled_at`, `expires_at`, `created_at`.
    Field,
    /// A sign-in that the log shows refused because the account was disabled: it was by then.
    Refusal,
    /// A receipt of whoever found it disabled already: it was by then.
    Found,
    /// A dated field of a dump that any change moves, of an account that it shows disabled: it was by then.
    Moved,
    /// A status in a dump, at the dump's time.
    Dump,
    /// The account is missing from a dump.
    Absence,
}

/// A piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// When it holds. Of a change, the latest instant at which it can have happened.
    pub at: Instant,
    /// What it says.
    pub says: Says,
    /// Where it comes from.
    pub source: Source,
    /// Where the instant is known to a day only: its first instant.
    pub not_before: Option<Instant>,
    /// The row.
    pub origin: Origin,
}

impl Proof {
    /// Whether `at` is the very instant of the change, not just a time by which it had happened.
    #[must_use]
    pub fn exact(&self) -> bool {
        matches!(self.source, Source::Event | Source::Receipt | Source::Field) && self.not_before.is_none()
    }
}

/// All proofs about an account, in the order of time. `snapshots` are the dumps of its system; `as_of` ends the analysis.
#[must_use]
pub fn proofs(id: AccountId, accounts: &Accounts, snapshots: &[Snapshot], history: &History, as_of: Instant) -> Vec<Proof> {
    let account = accounts.get(id);
    let mut list: Vec<Proof> = Vec::new();
    let sightings: Vec<_> = accounts.sightings(id).collect();
    let last_use = last_use(&sightings, history);
    // What shows the state only after the fact gives way to a use after it.
    let unused_since = |at: Instant| last_use.is_none_or(|used| used <= at);
    let mut push = |at, says, source, origin| list.push(Proof { at, says, source, not_before: None, origin });
    for event in history.changes.iter().filter(|c| c.at <= as_of) {
        match event.source {
            Source::Refusal | Source::Found if !unused_since(event.at) => {}
            source => push(event.at, event.says, source, event.origin),
        }
    }
    if let (Some(created), Some(first)) = (account.created_at, sightings.last())
        && created <= as_of
    {
        push(created, Says::Usable, Source::Field, first.origin);
    }
    for sighting in &sightings {
        let Some(snapshot) = snapshots.get(usize::from(sighting.snapshot)) else { continue };
        let expired = sighting.further.expires_at.filter(|at| *at <= snapshot.at);
        match sighting.status {
            Status::Active if expired.is_none() => push(snapshot.at, Says::Usable, Source::Dump, sighting.origin),
            Status::Unknown | Status::Active => {}
            Status::Disabled | Status::Deleted => {
                push(snapshot.at, Says::NotUsable, Source::Dump, sighting.origin);
                if let Some(at) = sighting.further.changed_at.filter(|at| *at < snapshot.at && unused_since(*at)) {
                    push(at, Says::NotUsable, Source::Moved, sighting.origin);
                }
            }
        }
        if let Some(at) = expired {
            push(at, Says::NotUsable, Source::Field, sighting.origin);
            push(snapshot.at, Says::NotUsable, Source::Dump, sighting.origin);
        }
    }
    for sighting in &sightings {
        let off = matches!(sighting.status, Status::Disabled | Status::Deleted);
        let Some((at, snapshot)) = sighting.further.disabled_at.zip(snapshots.get(usize::from(sighting.snapshot))) else {
            continue;
        };
        if off && at <= snapshot.at {
            let last = if sighting.further.disabled_on_a_day { at.plus_seconds(86_400).min(snapshot.at) } else { at };
            let not_before = sighting.further.disabled_on_a_day.then_some(at);
            list.push(Proof { at: last, says: Says::NotUsable, source: Source::Field, not_before, origin: sighting.origin });
        }
    }
    let names = accounts.names(account).targets();
    let until = history.credentials.partition_point(|change| change.at <= as_of);
    list.extend(credentials::proofs(id, accounts, snapshots, &history.credentials[..until]));
    list.extend(absences(&sightings, snapshots, account.first_named(), history, names));
    list.sort_by_key(|proof| (proof.at, proof.says, proof.source, proof.origin));
    list
}

/// The newest use that the logs or a dump show.
fn last_use(sightings: &[crate::model::account::Sighting], history: &History) -> Option<Instant> {
    sightings.iter().filter_map(|s| s.last_used_at).chain(history.last_use.map(|(at, _)| at)).max()
}

/// Dumps of the system that do not list the account although it was there before, not even in a row that was rejected.
fn absences(
    sightings: &[crate::model::account::Sighting],
    snapshots: &[Snapshot],
    first_named: Option<Origin>,
    history: &History,
    names: [&str; 3],
) -> Vec<Proof> {
    let since = match (sightings.last(), first_named) {
        (Some(first), _) => snapshots.get(usize::from(first.snapshot)).map(|s| s.at),
        (None, Some(_)) => history.first_named_at,
        (None, None) => None,
    };
    let Some(since) = since else { return Vec::new() };
    snapshots
        .iter()
        .enumerate()
        .filter(|(place, snapshot)| {
            let listed = sightings.iter().any(|s| usize::from(s.snapshot) == *place);
            snapshot.at > since && snapshot.accepted > 0 && !listed && !snapshot.unread.may_hold(names)
        })
        .map(|(_, snapshot)| Proof {
            at: snapshot.at,
            says: Says::NotUsable,
            source: Source::Absence,
            not_before: None,
            origin: Origin::whole(snapshot.file),
        })
        .collect()
}
