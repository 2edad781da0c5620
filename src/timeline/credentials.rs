//! The credentials of one account, each of which opens it by itself. What the dumps list and what the logs change of them come
//! in; proofs go out: when the last one was revoked, and when one worked again.
//!
//! The log is followed from a dump on, never back from one: a credential that was deleted is not listed any more, so that a later
//! list tells nothing of what there was before. Only accounts whose dump knows no other state than that of their credentials are
//! judged so: where a status stands beside the list, there may be ways in that the list does not show.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{CredentialChange, Says};
use super::proof::Proof;
use crate::model::account::{AccountId, Accounts};
use crate::model::credential;
use crate::model::instant::Instant;
use crate::model::system::Snapshot;

/// What one dump lists: each credential with whether it works.
type Listing<'a> = Vec<(&'a str, bool)>;

/// The instants at which the logs show the last working credential revoked (`NotUsable`), or one working again (`Usable`).
/// `changes` are in the order of time.
#[must_use]
pub fn proofs(id: AccountId, accounts: &Accounts, snapshots: &[Snapshot], changes: &[CredentialChange]) -> Vec<Proof> {
    if changes.is_empty() {
        return Vec::new();
    }
    let listings = listings(id, accounts, snapshots);
    let mut proofs = Vec::new();
    for (place, (from, listing)) in listings.iter().enumerate() {
        let Some(listing) = listing else { continue };
        let to = listings.get(place + 1).map(|(at, _)| *at);
        let since = changes.iter().filter(|c| c.at > *from && to.is_none_or(|to| c.at <= to));
        proofs.extend(turns(listing, since));
    }
    proofs
}

/// The dumps that show the account, oldest first; each with its list where that alone gives the state, and wholly.
fn listings<'a>(id: AccountId, accounts: &'a Accounts, snapshots: &[Snapshot]) -> Vec<(Instant, Option<Listing<'a>>)> {
    let mut listings: Vec<_> = accounts
        .sightings(id)
        .filter_map(|sighting| {
            let at = snapshots.get(usize::from(sighting.snapshot))?.at;
            let whole: Option<Vec<_>> = credential::states(accounts.pool.get(sighting.further.credentials))
                .map(|(name, works)| Some((name, works?)))
                .collect();
            Some((at, whole.filter(|states| sighting.further.by_credentials && !states.is_empty())))
        })
        .collect();
    listings.sort_by_key(|(at, _)| *at);
    listings
}

/// Follows the changes since a dump.
fn turns<'c>(listing: &[(&str, bool)], changes: impl Iterator<Item = &'c CredentialChange>) -> Vec<Proof> {
    let mut slots = listing.to_vec();
    // Of a class of which the log names single credentials by ids that the dump does not show: those revoked since.
    let mut gone: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut since: BTreeSet<String> = BTreeSet::new();
    let mut works = slots.iter().any(|(_, works)| *works);
    let mut proofs = Vec::new();
    for change in changes {
        let key = change.key();
        let class = slots.iter().filter_map(|(name, _)| credential::class(name)).find(|class| change.of_class(class));
        let slot = slots.iter().position(|(name, _)| change.is(name));
        match slot {
            Some(slot) => slots[slot].1 = change.added,
            None if change.added => {
                let again = class.and_then(|class| gone.get_mut(class)).is_some_and(|gone| gone.remove(&key));
                if !again {
                    since.insert(key);
                }
            }
            // Which one is not told: it may be any.
            None if change.name.is_empty() => {}
            None => {
                if !since.remove(&key)
                    && let Some(class) = class
                {
                    gone.entry(class).or_default().insert(key);
                }
            }
        }
        let class_gone = |name: &str| {
            let Some(class) = credential::class(name) else { return false };
            let of_it = slots.iter().filter(|(name, _)| credential::class(name) == Some(class)).count();
            gone.get(class).is_some_and(|gone| gone.len() >= of_it)
        };
        let now = !since.is_empty() || slots.iter().any(|(name, works)| *works && !class_gone(name));
        if now != works {
            proofs.push(change.proof(if now { Says::Usable } else { Says::NotUsable }));
            works = now;
        }
    }
    proofs
}

impl CredentialChange {
    /// What tells it from others of the account.
    fn key(&self) -> String {
        format!("{} {}", self.class, self.name).to_lowercase()
    }

    /// Whether it is about the listed credential of this very name. A class alone names the only one of it.
    fn is(&self, listed: &str) -> bool {
        let name = if self.name.is_empty() { &self.class } else { &self.name };
        listed.eq_ignore_ascii_case(name)
    }

    /// Whether it is about one of the listed credentials of this class, by an id that is not shown.
    fn of_class(&self, class: &str) -> bool {
        class.eq_ignore_ascii_case(&self.class)
    }

    fn proof(&self, says: Says) -> Proof {
        Proof { at: self.at, says, source: self.source, not_before: None, origin: self.origin }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::origin::{FileId, Origin};
    use crate::timeline::proof::Source;

    fn at(seconds: u32) -> Instant {
        Instant::from_seconds(1_790_000_000 + i64::from(seconds)).unwrap()
    }

    fn change(seconds: u32, class: &str, name: &str, added: bool) -> CredentialChange {
        let (class, name) = (class.to_owned(), name.to_owned());
        let origin = Origin { file: FileId(0), line: seconds };
        CredentialChange { at: at(seconds), class, name, added, source: Source::Event, origin, fingerprint: u128::from(seconds) }
    }

    /// When it was last revoked for good, as far as shown.
    fn off(proofs: &[Proof]) -> Option<Instant> {
        proofs.last().filter(|proof| proof.says == Says::NotUsable).map(|proof| proof.at)
    }

    #[test]
    fn keys_that_the_log_names_by_ids_are_all_gone_when_as_many_were_revoked_as_the_dump_lists() {
        let states = vec![("password", true), ("access_key_1", true), ("access_key_2", false)];
        let listing = states;
        let of = |changes: &[CredentialChange]| off(&turns(&listing, changes.iter()));
        let password = change(10, "password", "password", false);
        let (one, two) = (change(20, "access_key", "K1", false), change(30, "access_key", "K2", false));
        assert_eq!(of(&[password.clone(), one.clone()]), None, "the one revoked may be the one that was off");
        assert_eq!(of(&[password.clone(), one.clone(), two.clone()]), Some(at(30)));
        let again = change(25, "access_key", "K1", false);
        assert_eq!(of(&[password.clone(), one.clone(), again]), None, "made inactive, then deleted: one key");
        let (new, newly_gone) = (change(5, "access_key", "K3", true), change(25, "access_key", "K3", false));
        assert_eq!(of(&[new, password, one, newly_gone]), None, "a key made since is none of those listed");
    }

    #[test]
    fn a_revocation_that_names_none_of_several_takes_none_away() {
        let listing = vec![("password", true)];
        let (password, made) = (change(1, "", "password", false), change(2, "token", "", true));
        let gone = change(3, "token", "", false);
        assert_eq!(off(&turns(&listing, [password, made, gone].iter())), None);
    }

    #[test]
    fn a_credential_that_may_stand_for_many_is_not_gone_with_one_of_them() {
        let listing = vec![("token", true)];
        let of = |name: &str| off(&turns(&listing, [change(10, "token", name, false)].iter()));
        assert_eq!(of("T1"), None);
        assert_eq!(of(""), Some(at(10)));
    }

    proptest! {
        /// No instant that is told as not usable is one at which a credential worked, though revocations may be missing from
        /// the log and revoked credentials from the dump; where nothing is missing and the log uses the names of the dump, the
        /// turns are those of the truth.
        #[test]
        fn claims_are_true(
            first in prop::collection::vec(any::<bool>(), 1..4),
            flips in prop::collection::vec((0_usize..4, 1_u32..1000), 0..12),
            dumped in 0_u32..1100,
            by_ids in any::<bool>(),
            whole in any::<bool>(),
            unlogged in prop::collection::vec(any::<bool>(), 12),
            vanished in prop::collection::vec(any::<bool>(), 4),
        ) {
            let mut flips = flips;
            flips.sort_by_key(|(_, at)| *at);
            flips.dedup_by_key(|(_, at)| *at);
            flips.retain(|(slot, _)| *slot < first.len());
            let mut works = first.clone();
            let (mut changes, mut truth) = (Vec::new(), vec![(0, first.iter().any(|w| *w))]);
            let mut listed = first.clone();
            for ((slot, seconds), unlogged) in flips.into_iter().zip(unlogged) {
                works[slot] = !works[slot];
                if seconds <= dumped {
                    listed.clone_from(&works);
                }
                truth.push((seconds, works.iter().any(|w| *w)));
                if unlogged && !whole && !works[slot] {
                    continue;
                }
                let (class, name) = if by_ids { ("key", format!("ID{slot}")) } else { ("", format!("key_{slot}")) };
                changes.push(change(seconds, class, &name, works[slot]));
            }
            let names: Vec<String> = (0..first.len()).map(|slot| format!("key_{slot}")).collect();
            let shown = names.iter().map(String::as_str).zip(listed.iter().copied()).zip(&vanished);
            let states: Vec<_> = shown.filter(|((_, works), vanished)| whole || *works || !**vanished).map(|(state, _)| state).collect();
            if states.is_empty() {
                return Ok(());
            }
            let truly = |when: Instant| truth.iter().rev().find(|(from, _)| at(*from) <= when).is_some_and(|(_, on)| *on);
            let since = &changes[changes.partition_point(|change| change.at <= at(dumped))..];
            let told = turns(&states, since.iter());
            for proof in told.iter().filter(|proof| proof.says == Says::NotUsable) {
                prop_assert!(!truly(proof.at), "{proof:?} against {truth:?}");
            }
            for change in since {
                let told_off = told.iter().rev().find(|proof| proof.at <= change.at).is_some_and(|p| p.says == Says::NotUsable);
                prop_assert!(!(told_off && truly(change.at)));
                let known = told.iter().any(|proof| proof.at <= change.at);
                prop_assert!(by_ids || !whole || !known || told_off != truly(change.at));
            }
        }
    }
}
