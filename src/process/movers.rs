//! The grants of the former role of everybody who changed roles within the period: whether and when they were taken away.

use std::collections::{BTreeMap, BTreeSet};

use super::possession::{Mark, Possession, possession};
use crate::access::Access;
use crate::case::Case;
use crate::ingest::Others;
use crate::latency::{Standing, moved};
use crate::model::account::AccountId;
use crate::model::index::same;
use crate::model::mover::{Kept, Mover};
use crate::model::origin::Origin;
use crate::model::person::{People, PersonId};
use crate::model::step::Within;
use crate::model::system::SystemId;
use crate::time;
use crate::timeline::Collected;

/// What was found of the movers.
#[derive(Default)]
pub struct Movers {
    /// A row for each grant, by person id, system, account id and grant.
    pub rows: Vec<Mover>,
    /// People who changed roles within the period and are still there.
    pub people: usize,
    /// Those of whom nothing tells which of their grants were the former role's.
    pub not_evaluable: usize,
}

/// What is looked at.
struct Seen<'a> {
    people: &'a People,
    collected: &'a Collected,
    others: &'a Others,
    /// The clock time of a change that HR gives as a date.
    start_time: Option<chrono::NaiveTime>,
    access: &'a Access,
    /// Dumps that show grants of any account, by system and place: only in those is a missing grant one that is not held.
    telling: BTreeSet<(SystemId, u16)>,
}

impl Movers {
    /// Of all who changed roles and have not left.
    #[must_use]
    pub fn of(
        case: &Case,
        people: &People,
        standings: &[Standing],
        collected: &Collected,
        others: &Others,
        access: &Access,
    ) -> Self {
        let there = |row: usize| standings[row].departure().is_none();
        let movers: BTreeSet<PersonId> = (0u32..)
            .zip(moved(people, case))
            .filter(|(row, moved)| *moved && there(*row as usize))
            .map(|(row, _)| PersonId(row))
            .collect();
        if movers.is_empty() {
            return Self::default();
        }
        let mut accounts: BTreeMap<PersonId, Vec<AccountId>> = BTreeMap::new();
        for (row, link) in (0u32..).zip(&collected.links) {
            if let Some(person) = link.person().filter(|person| movers.contains(person)) {
                accounts.entry(person).or_default().push(AccountId(row));
            }
        }
        let seen = Seen { people, collected, others, start_time: case.policy.start_time, access, telling: telling(collected) };
        let mut found = Self { people: movers.len(), ..Self::default() };
        for person in movers {
            let of_person = accounts.get(&person).map(Vec::as_slice).unwrap_or_default();
            match seen.rows(person, of_person) {
                Some(rows) => found.rows.extend(rows),
                None => found.not_evaluable += 1,
            }
        }
        let accounts = &collected.listed.accounts;
        found.rows.sort_by_cached_key(|row| {
            let account = accounts.get(row.account);
            (
                people.person_id(row.person),
                case.system_name(account.system),
                accounts.names(account).account_id,
                row.grant.clone(),
            )
        });
        found
    }
}

/// Dumps that show a grant of any account.
fn telling(collected: &Collected) -> BTreeSet<(SystemId, u16)> {
    let accounts = &collected.listed.accounts;
    let mut telling = BTreeSet::new();
    for (row, account) in (0u32..).zip(&accounts.rows) {
        let with = accounts.sightings(AccountId(row)).filter(|s| !accounts.pool.get(s.grants).trim().is_empty());
        telling.extend(with.map(|s| (account.system, s.snapshot)));
    }
    telling
}

impl Seen<'_> {
    /// The rows of one mover; `None` where the templates of both roles or any grants of the accounts are not known.
    fn rows(&self, id: PersonId, accounts: &[AccountId]) -> Option<Vec<Mover>> {
        let person = self.people.get(id);
        let entry = self.people.entry(person);
        let changed = time::within_at(person.changed_at?, self.start_time, person.zone);
        let [former, role] = [entry.previous_role, entry.role].map(|role| self.access.template(role));
        let (former, role) = (former?, role?);
        let system = |account: &AccountId| self.collected.listed.accounts.get(*account).system;
        if !accounts.iter().any(|account| self.access.knows(system(account))) {
            return None;
        }
        let mut rows = Vec::new();
        for account in accounts {
            let system = system(account);
            for grant in self.grants(*account) {
                if !former.allows(system, &grant) || role.allows(system, &grant) {
                    continue;
                }
                let Some(found) = possession(self.marks(*account, &grant)).or_else(|| self.undated(*account, &grant)) else {
                    continue;
                };
                let removed = found.removed;
                let outcome = match (removed.latest, removed.earliest) {
                    (Some(_), _) => Kept::Removed,
                    (None, Some(seen)) if seen >= changed.1 => Kept::Kept,
                    (None, _) => Kept::Undetermined,
                };
                let since = |at: Option<crate::model::instant::Instant>, change| at.map(|at| at.seconds_since(change));
                let seconds = [since(removed.earliest, changed.1), since(removed.latest, changed.0)];
                let evidence_at: Vec<Origin> =
                    found.evidence_at.into_iter().chain(former.origin()).chain(role.origin()).collect();
                rows.push(Mover { person: id, account: *account, grant, changed, removed, seconds, outcome, evidence_at });
            }
        }
        Some(rows)
    }

    /// All grants that anything names of an account, each as it is first written.
    fn grants(&self, id: AccountId) -> Vec<String> {
        let accounts = &self.collected.listed.accounts;
        let history = self.collected.histories.of(id);
        let dumped = accounts.sightings(id).flat_map(|s| accounts.pool.get(s.grants).split(';'));
        let listed = self.others.grants.iter().filter(|grant| grant.account == id).map(|grant| grant.grant.as_str());
        let logged = history.grants.iter().map(|change| change.grant.as_str());
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for name in dumped.chain(listed).chain(logged).map(str::trim).filter(|name| !name.is_empty()) {
            names.entry(name.to_lowercase()).or_insert_with(|| name.to_owned());
        }
        names.into_values().collect()
    }

    /// What a list of grants shows that has no time of its own: that it is held, and not when.
    fn undated(&self, id: AccountId, grant: &str) -> Option<Possession> {
        let of_this = self.others.grants.iter().filter(|held| held.account == id && same(held.grant.trim(), grant));
        let evidence_at: Vec<Origin> = of_this.map(|held| held.origin).collect();
        (!evidence_at.is_empty()).then(|| Possession { removed: Within::default(), evidence_at })
    }

    /// What shows whether an account holds a grant. A list of grants without a time of its own shows nothing here.
    fn marks(&self, id: AccountId, grant: &str) -> Vec<Mark> {
        let listed = &self.collected.listed;
        let (accounts, history) = (&listed.accounts, self.collected.histories.of(id));
        let system = accounts.get(id).system;
        let snapshots = &listed.snapshots[usize::from(system.0)];
        let dumped = accounts.sightings(id).filter(|s| self.telling.contains(&(system, s.snapshot))).filter_map(|s| {
            let holds = accounts.pool.get(s.grants).split(';').any(|held| same(held.trim(), grant));
            let at = snapshots.get(usize::from(s.snapshot))?.at;
            Some(Mark { at, holds, change: false, origin: s.origin })
        });
        let of_this = self.others.grants.iter().filter(|held| held.account == id && same(held.grant.trim(), grant));
        let in_lists = of_this.filter_map(|g| Some(Mark { at: g.listed_at?, holds: true, change: false, origin: g.origin }));
        let logged = history.grants.iter().filter(|change| same(change.grant.trim(), grant));
        let logged = logged.map(|c| Mark { at: c.at, holds: c.added, change: true, origin: c.origin });
        // A dump may show grants of one kind only: its silence tells of those that a dump has shown.
        let mut dumped: Vec<Mark> = dumped.collect();
        if dumped.iter().all(|mark| !mark.holds) {
            dumped.clear();
        }
        dumped.into_iter().chain(in_lists).chain(logged).collect()
    }
}
