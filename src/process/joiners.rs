//! Every account of everybody who started within the period: how soon it could be used.

use rayon::prelude::*;

use super::provision::Known;
use crate::case::Case;
use crate::identity::Link;
use crate::model::account::{AccountId, Sighting};
use crate::model::joiner::{Joiner, Provisioned};
use crate::model::person::People;
use crate::time;
use crate::timeline::Collected;

/// A row for each account of each joiner, by person id, system and account id.
#[must_use]
pub fn joiners(case: &Case, people: &People, joined: &[bool], collected: &Collected) -> Vec<Joiner> {
    let accounts = &collected.listed.accounts;
    let one = |(row, link): (usize, &Link)| {
        let Link::Linked(person, ..) = *link else { return None };
        let start = people.get(person).start_at.filter(|_| joined[person.0 as usize])?;
        let start = time::within_at(start, case.policy.start_time, people.get(person).zone);
        let id = AccountId(u32::try_from(row).unwrap_or(u32::MAX));
        let account = accounts.get(id);
        let mut sightings: Vec<Sighting> = accounts.sightings(id).collect();
        sightings.reverse();
        let known = Known {
            account,
            names: accounts.names(account).targets(),
            sightings: &sightings,
            snapshots: &collected.listed.snapshots[usize::from(account.system.0)],
            history: &collected.histories.of(id),
            as_of: case.as_of,
        };
        let (usable, evidence_at) = known.first_usable();
        let seconds = [usable.earliest.map(|at| at.seconds_since(start.1)), usable.latest.map(|at| at.seconds_since(start.0))];
        let outcome = outcome(seconds, case.policy.provision_within);
        Some(Joiner { person, account: id, start, usable, seconds, outcome, evidence_at })
    };
    let mut list: Vec<Joiner> = collected.links.par_iter().enumerate().filter_map(one).collect();
    list.par_sort_by_cached_key(|joiner| {
        let account = accounts.get(joiner.account);
        (people.person_id(joiner.person), case.system_name(account.system), accounts.names(account).account_id)
    });
    list
}

/// In time where the latest instant allows it, late where the earliest does not.
fn outcome(seconds: [Option<i64>; 2], target: i64) -> Provisioned {
    match seconds {
        [_, Some(most)] if most <= target => Provisioned::OnTime,
        [Some(least), _] if least > target => Provisioned::Late,
        _ => Provisioned::Undetermined,
    }
}
