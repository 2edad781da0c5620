//! Keeps of the logs what concerns the result: for accounts of people who left every change and every use after the
//! departure, for all others only the newest use and the newest change of either kind. Bounded by accounts, not by logs.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::proof::Says;
use crate::case::Case;
use crate::identity::{Link, Linker};
use crate::ingest::Listed;
use crate::model::account::{Account, AccountId};
use crate::model::event::{Action, Event, Success};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::system::SystemId;
use crate::model::text::Text;

/// A change of usability that a log shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// To what.
    pub says: Says,
    /// The line.
    pub origin: Origin,
    fingerprint: u128,
}

/// A successful sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// When.
    pub at: Instant,
    /// The line.
    pub origin: Origin,
    fingerprint: u128,
}

/// What the logs show of one account.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Changes of usability: all of them where they decide a revocation, else the newest of either kind.
    pub changes: Vec<Change>,
    /// Successful sign-ins after the departure of the account's person, where there was one.
    pub uses: Vec<Use>,
    /// The newest successful sign-in of all.
    pub last_use: Option<(Instant, Origin)>,
    /// Where no dump knows the account: when the log first names it.
    pub first_named_at: Option<Instant>,
}

/// The newest of everything that the logs show of an account that nobody left behind.
#[derive(Clone, Copy, Debug, Default)]
struct Activity {
    /// The newest successful sign-in.
    last_use: Option<(Instant, Origin)>,
    /// The newest proof that it was usable.
    usable: Option<(Instant, Origin)>,
    /// The newest proof that it was not.
    not_usable: Option<(Instant, Origin)>,
}

/// Takes events as they are read.
pub struct Collector<'a, 'p> {
    listed: Listed,
    links: Vec<Link>,
    linker: &'a mut Linker<'p>,
    as_of: Instant,
    /// The earliest instant of each person's departure; `None` for those who are still there.
    departed: &'a [Option<Instant>],
    histories: HashMap<AccountId, History>,
    activity: Vec<Activity>,
    ambiguous: Vec<u64>,
    later: Vec<u64>,
}

/// All accounts with their links, and what the logs show of them.
pub struct Collected {
    /// The accounts, those included that only the log knows.
    pub listed: Listed,
    /// The link of each, by [`AccountId`].
    pub links: Vec<Link>,
    /// What the logs show.
    pub histories: Histories,
    /// Events whose target fits several accounts, by system.
    ambiguous: Vec<u64>,
    /// Events later than `as_of`, by system.
    later: Vec<u64>,
}

impl Collected {
    /// What was left out of the analysis, as sentences.
    #[must_use]
    pub fn notes(&self, case: &Case) -> Vec<String> {
        let told = |counts: &[u64], what: &str| -> Vec<String> {
            let some = counts.iter().zip(&case.systems).filter(|(count, _)| **count > 0);
            some.map(|(count, system)| format!("{}: {count} {what}", system.name)).collect()
        };
        let mut notes = told(&self.ambiguous, "log lines name a target that fits several accounts; they are attributed to none.");
        notes.extend(told(&self.later, "log lines are later than as_of; they are left out of the analysis."));
        notes
    }
}

impl<'a, 'p> Collector<'a, 'p> {
    /// A collector for these accounts; links them all.
    pub fn new(listed: Listed, linker: &'a mut Linker<'p>, departed: &'a [Option<Instant>], as_of: Instant) -> Self {
        let links: Vec<Link> = listed.accounts.rows.iter().map(|account| linker.link(account, &listed.accounts)).collect();
        let systems = listed.snapshots.len();
        let mut collector = Self {
            links,
            linker,
            as_of,
            departed,
            histories: HashMap::new(),
            activity: vec![Activity::default(); listed.accounts.rows.len()],
            ambiguous: vec![0; systems],
            later: vec![0; systems],
            listed,
        };
        for row in 0..u32::try_from(collector.links.len()).unwrap_or(u32::MAX) {
            collector.follow(AccountId(row));
        }
        collector
    }

    /// Takes one event.
    pub fn take(&mut self, system: SystemId, event: &Event, origin: Origin) {
        if event.at > self.as_of {
            self.later[usize::from(system.0)] += 1;
            return;
        }
        if event.success != Success::Yes || event.action == Action::SignInFailed {
            return;
        }
        let place = usize::from(system.0);
        let id = match self.listed.directories[place].named(event.target, &self.listed.accounts) {
            crate::ingest::Named::One(id) => id,
            crate::ingest::Named::Several => {
                self.ambiguous[place] += 1;
                return;
            }
            crate::ingest::Named::None => self.discover(system, event, origin),
        };
        let says = match event.action {
            Action::Created | Action::Enabled => Some(Says::Usable),
            Action::Disabled | Action::Deleted => Some(Says::NotUsable),
            _ => None,
        };
        let used = event.action == Action::SignedIn;
        match self.histories.entry(id) {
            Entry::Occupied(mut entry) => {
                let history = entry.get_mut();
                if self.listed.accounts.get(id).newest.is_none() {
                    history.first_named_at = Some(history.first_named_at.map_or(event.at, |first| first.min(event.at)));
                }
                history.changes.extend(says.map(|says| Change { at: event.at, says, origin, fingerprint: event.fingerprint }));
                if used {
                    newer(&mut history.last_use, event.at, origin);
                    let departed = match self.links[id.0 as usize] {
                        Link::Linked(person, _) => self.departed[person.0 as usize],
                        _ => None,
                    };
                    if departed.is_some_and(|departed| event.at > departed) {
                        history.uses.push(Use { at: event.at, origin, fingerprint: event.fingerprint });
                    }
                }
            }
            Entry::Vacant(_) => {
                let activity = &mut self.activity[id.0 as usize];
                match says {
                    Some(Says::Usable) => newer(&mut activity.usable, event.at, origin),
                    Some(Says::NotUsable) => newer(&mut activity.not_usable, event.at, origin),
                    None => {}
                }
                if used {
                    newer(&mut activity.last_use, event.at, origin);
                }
            }
        }
    }

    /// Ends the collection: every event once, in the order of time.
    pub fn finish(self) -> Collected {
        let mut histories = self.histories;
        #[allow(clippy::iter_over_hash_type, reason = "each history is put in order by itself")]
        for history in histories.values_mut() {
            history.changes.sort_by_key(|c| (c.at, c.says, c.origin));
            let mut seen = std::collections::HashSet::new();
            history.changes.retain(|c| seen.insert(c.fingerprint));
            history.uses.sort_by_key(|u| (u.at, u.origin));
            seen.clear();
            history.uses.retain(|u| seen.insert(u.fingerprint));
        }
        Collected {
            listed: self.listed,
            links: self.links,
            histories: Histories { full: histories, newest: self.activity },
            ambiguous: self.ambiguous,
            later: self.later,
        }
    }

    /// An account that only the log knows.
    fn discover(&mut self, system: SystemId, event: &Event, origin: Origin) -> AccountId {
        let accounts = &mut self.listed.accounts;
        let target = accounts.pool.keep(event.target);
        let account = Account {
            account_id: target,
            login: target,
            email: if event.target.contains('@') { target } else { Text::default() },
            person_id: Text::default(),
            created_at: None,
            newest: None,
            first_named: Some(origin),
            system,
            kind: None,
            privileged: None,
            older: 0,
        };
        let id = AccountId(u32::try_from(accounts.rows.len()).unwrap_or(u32::MAX));
        self.links.push(self.linker.link(&account, accounts));
        accounts.rows.push(account);
        self.activity.push(Activity::default());
        self.listed.directories[usize::from(system.0)].enter(id, accounts);
        self.histories.insert(id, History { first_named_at: Some(event.at), ..History::default() });
        id
    }

    /// Keeps the whole history of an account of somebody who left.
    fn follow(&mut self, id: AccountId) {
        let left = |person: PersonId| self.departed[person.0 as usize].is_some();
        if let Link::Linked(person, _) = self.links[id.0 as usize]
            && left(person)
        {
            self.histories.insert(id, History::default());
        }
    }
}

fn newer(kept: &mut Option<(Instant, Origin)>, at: Instant, origin: Origin) {
    if kept.is_none_or(|(newest, _)| newest < at) {
        *kept = Some((at, origin));
    }
}

/// What the logs show, by account.
pub struct Histories {
    full: HashMap<AccountId, History>,
    newest: Vec<Activity>,
}

impl Histories {
    /// What the logs show of an account.
    #[must_use]
    pub fn of(&self, id: AccountId) -> std::borrow::Cow<'_, History> {
        if let Some(history) = self.full.get(&id) {
            return std::borrow::Cow::Borrowed(history);
        }
        let activity = self.newest.get(id.0 as usize).copied().unwrap_or_default();
        let change = |kept: Option<(Instant, Origin)>, says| kept.map(|(at, origin)| Change { at, says, origin, fingerprint: 0 });
        let changes = [change(activity.not_usable, Says::NotUsable), change(activity.usable, Says::Usable)];
        std::borrow::Cow::Owned(History {
            changes: changes.into_iter().flatten().collect(),
            last_use: activity.last_use,
            ..History::default()
        })
    }
}
