//! Keeps of the logs what concerns the result: for accounts of people who left, started or changed roles every change and every use after the
//! departure, for all others only the newest use and the newest change of either kind. Bounded by accounts, not by logs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

use super::history::{Activity, Change, CredentialChange, GrantChange, Histories, History, Says, Touch, Use, newer};
use super::proof::Source;
use crate::case::Case;
use crate::identity::{Link, Linker};
use crate::ingest::{Keeper, Listed};
use crate::model::account::{Account, AccountId, Accounts, Shown};
use crate::model::bits::Bits;
use crate::model::event::{Action, Event, Named, Success};
use crate::model::instant::Instant;
use crate::model::names::Names;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// Takes events as they are read.
pub struct Collector<'a, 'p> {
    listed: &'a Listed,
    links: Vec<Link>,
    linker: &'a mut Linker<'p>,
    as_of: Instant,
    /// The earliest instant of each person's departure; `None` for those who are still there.
    departed: &'a [Option<Instant>],
    /// Who started within the period.
    joined: &'a [bool],
    /// Who changed roles within it.
    moved: &'a [bool],
    histories: HashMap<AccountId, Box<History>>,
    /// The accounts of the dumps that have a history.
    followed: Bits,
    /// The accounts of the dumps that are privileged.
    privileged: Bits,
    /// The days (UTC) on which privileged accounts were signed in to.
    days_used: BTreeMap<AccountId, BTreeSet<NaiveDate>>,
    activity: Activity,
    /// Accounts that only the logs know, and where each is found by system and target.
    discovered: Accounts,
    targets: HashMap<(SystemId, String), AccountId>,
    /// When disputed accounts were renamed, the last time.
    renamed: HashMap<AccountId, Instant>,
    ambiguous: Vec<u64>,
    later: Vec<u64>,
    automated: HashSet<Origin>,
}

/// All accounts with their links, and what the logs show of them.
pub struct Collected {
    /// The accounts, those included that only the log knows.
    pub listed: Listed,
    /// The link of each, by [`AccountId`].
    pub links: Vec<Link>,
    /// What the logs show.
    pub histories: Histories,
    /// The lines by which a program that the case names made, enabled, disabled or deleted an account whose whole history is kept.
    pub automated: HashSet<Origin>,
    /// The days (UTC) on which privileged accounts were signed in to.
    pub days_used: BTreeMap<AccountId, BTreeSet<NaiveDate>>,
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

/// What a collector holds when the last event was taken, still without the accounts that it looked at.
pub struct Harvest {
    links: Vec<Link>,
    histories: Histories,
    discovered: Accounts,
    ambiguous: Vec<u64>,
    later: Vec<u64>,
    automated: HashSet<Origin>,
    days_used: BTreeMap<AccountId, BTreeSet<NaiveDate>>,
}

impl Harvest {
    /// Puts the accounts that only the logs know behind those of the dumps, when everything is read.
    #[must_use]
    pub fn join(self, mut listed: Listed) -> Collected {
        // By their names accounts are looked up while logs and lists are read, and not again.
        listed.directories = Vec::new();
        for mut account in self.discovered.rows {
            account.names = Names::of(&self.discovered.pool, account.names).keep(&mut listed.accounts.pool);
            listed.accounts.rows.push(account);
        }
        let Self { links, histories, ambiguous, later, automated, days_used, .. } = self;
        Collected { listed, links, histories, automated, days_used, ambiguous, later }
    }
}

impl Keeper for Collector<'_, '_> {
    fn expect(&self, accounts: impl Iterator<Item = AccountId>) {
        // Read for no other reason than that it is at hand then.
        std::hint::black_box(accounts.filter(|id| self.activity.used(*id)).count());
    }

    fn used(&mut self, system: SystemId, account: AccountId, at: Instant, origin: Origin) {
        if at > self.as_of {
            self.later[usize::from(system.0)] += 1;
            return;
        }
        self.activity.take(account, at, None, true, origin);
    }

    fn watched(&self) -> Bits {
        self.followed.with(&self.privileged)
    }

    fn take(&mut self, system: SystemId, event: &Event, origin: Origin) {
        if event.at > self.as_of {
            self.later[usize::from(system.0)] += 1;
            return;
        }
        if event.success == Success::Disabled && (event.receipt || event.action == Action::SignInFailed) {
            self.found_disabled(event, origin);
            return;
        }
        if event.success != Success::Yes || event.action == Action::SignInFailed {
            return;
        }
        let id = match event.named {
            Named::One(id) => id,
            Named::Several => {
                self.ambiguous[usize::from(system.0)] += 1;
                return;
            }
            Named::None => self.discover(system, event, origin),
        };
        let says = match event.action {
            Action::Created | Action::Enabled => Some(Says::Usable),
            Action::Disabled | Action::Deleted => Some(Says::NotUsable),
            _ => None,
        };
        if event.action == Action::Renamed && matches!(self.links[id.0 as usize], Link::Disputed(_)) {
            let last = self.renamed.entry(id).or_insert(event.at);
            *last = event.at.max(*last);
        }
        let used = event.action == Action::SignedIn;
        let known = (id.0 as usize) < self.listed.accounts.rows.len();
        if used && self.privileged.has(id.0) {
            self.days_used.entry(id).or_default().insert(event.at.to_chrono().date_naive());
        }
        let followed = !known || self.followed.has(id.0);
        let Some(history) = followed.then(|| self.histories.get_mut(&id)).flatten() else {
            self.activity.take(id, event.at, says, used, origin);
            return;
        };
        if event.by_automation {
            self.automated.insert(origin);
        }
        if !known {
            history.first_named_at = Some(history.first_named_at.map_or(event.at, |first| first.min(event.at)));
        }
        let source = if event.receipt { Source::Receipt } else { Source::Event };
        let (at, fingerprint) = (event.at, event.fingerprint);
        history.changes.extend(says.map(|says| Change { at, says, source, origin, fingerprint }));
        if event.action == Action::Created && history.created.is_none_or(|(first, line)| (event.at, origin) < (first, line)) {
            history.created = Some((event.at, origin));
        }
        if matches!(event.action, Action::CredentialAdded | Action::CredentialRevoked | Action::PasswordReset) {
            history.last_credential = history.last_credential.max(Some(event.at));
        }
        if matches!(event.action, Action::CredentialAdded | Action::CredentialRevoked) {
            let (class, name, added) =
                (event.credential.to_owned(), event.detail.to_owned(), event.action == Action::CredentialAdded);
            history.credentials.push(CredentialChange { at, class, name, added, source, origin, fingerprint });
        }
        let departed = self.links[id.0 as usize].person().and_then(|person| self.departed[person.0 as usize]);
        let after = departed.is_some_and(|departed| event.at > departed);
        if after && event.action.alters() {
            let (action, by_itself) = (event.action, event.by_itself);
            history.touches.push(Touch { at, action, by_itself, origin, fingerprint });
        }
        if matches!(event.action, Action::GrantAdded | Action::GrantRemoved) && !event.detail.is_empty() {
            let person = self.links[id.0 as usize].person();
            if person.is_some_and(|person| self.moved[person.0 as usize]) {
                let (grant, added) = (event.detail.to_owned(), event.action == Action::GrantAdded);
                history.grants.push(GrantChange { at, grant, added, origin, fingerprint });
            }
        }
        if used {
            newer(&mut history.last_use, event.at, origin);
            if after {
                history.uses.push(Use { at: event.at, origin, fingerprint: event.fingerprint });
            }
        }
    }
}

impl<'a, 'p> Collector<'a, 'p> {
    /// A collector for these accounts and their links; accounts that only a log knows are linked as they come.
    pub fn new(
        listed: &'a Listed,
        links: Vec<Link>,
        linker: &'a mut Linker<'p>,
        departed: &'a [Option<Instant>],
        (joined, moved): (&'a [bool], &'a [bool]),
        as_of: Instant,
    ) -> Self {
        let systems = listed.snapshots.len();
        let mut collector = Self {
            links,
            linker,
            as_of,
            departed,
            joined,
            moved,
            histories: HashMap::new(),
            followed: Bits::of(listed.accounts.rows.len()),
            privileged: Bits::of(listed.accounts.rows.len()),
            days_used: BTreeMap::new(),
            activity: Activity::of(listed.accounts.rows.len()),
            discovered: Accounts::default(),
            targets: HashMap::new(),
            renamed: HashMap::new(),
            ambiguous: vec![0; systems],
            later: vec![0; systems],
            automated: HashSet::new(),
            listed,
        };
        for row in 0..u32::try_from(collector.links.len()).unwrap_or(u32::MAX) {
            collector.follow(AccountId(row));
            if listed.accounts.rows.get(row as usize).is_some_and(|account| account.privileged == Some(true)) {
                collector.privileged.set(row);
            }
        }
        collector
    }

    /// Somebody tried to sign in and was refused since the account was disabled, or was to disable it and found it so: no use, and it
    /// was disabled by then. An attempt makes no account known.
    fn found_disabled(&mut self, event: &Event, origin: Origin) {
        let Named::One(id) = event.named else { return };
        let source = if event.receipt { Source::Found } else { Source::Refusal };
        let (at, says) = (event.at, Says::NotUsable);
        match self.histories.get_mut(&id) {
            Some(history) => history.changes.push(Change { at, says, source, origin, fingerprint: event.fingerprint }),
            None => self.activity.take(id, at, Some(says), false, origin),
        }
    }

    /// Ends the collection: every event once, in the order of time.
    #[must_use]
    pub fn finish(mut self) -> Harvest {
        #[allow(clippy::iter_over_hash_type, reason = "each account is decided by itself")]
        for (id, at) in &self.renamed {
            let link = &mut self.links[id.0 as usize];
            if let Link::Disputed(place) = *link {
                *link = self.linker.renamed_at(place, *at).unwrap_or(*link);
            }
        }
        let mut histories = self.histories;
        #[allow(clippy::iter_over_hash_type, reason = "each history is put in order by itself")]
        for history in histories.values_mut() {
            history.changes.sort_by_key(|c| (c.at, c.says, c.origin));
            let mut seen = std::collections::HashSet::new();
            history.changes.retain(|c| seen.insert(c.fingerprint));
            history.uses.sort_by_key(|u| (u.at, u.origin));
            seen.clear();
            history.uses.retain(|u| seen.insert(u.fingerprint));
            history.credentials.sort_by_key(|c| (c.at, c.added, c.origin));
            seen.clear();
            history.credentials.retain(|c| seen.insert(c.fingerprint));
            history.touches.sort_by_key(|t| (t.at, t.origin));
            seen.clear();
            history.touches.retain(|t| seen.insert(t.fingerprint));
            history.changes.shrink_to_fit();
            history.uses.shrink_to_fit();
        }
        Harvest {
            links: self.links,
            histories: Histories {
                full: histories,
                followed: self.followed,
                listed: self.listed.accounts.rows.len(),
                newest: self.activity,
            },
            discovered: self.discovered,
            ambiguous: self.ambiguous,
            later: self.later,
            automated: self.automated,
            days_used: self.days_used,
        }
    }

    /// An account that only the log knows.
    fn discover(&mut self, system: SystemId, event: &Event, origin: Origin) -> AccountId {
        let key = (system, event.target.to_lowercase());
        if let Some(id) = self.targets.get(&key) {
            let account = &mut self.discovered.rows[id.0 as usize - self.listed.accounts.rows.len()];
            if account.first_named().is_some_and(|first| origin < first) {
                // Named as on the line that stands first, whichever was read first.
                account.names = Names::of_target(event.target).keep(&mut self.discovered.pool);
                account.shown = Some(Shown::Named(origin));
            }
            return *id;
        }
        let account = Account {
            names: Names::of_target(event.target).keep(&mut self.discovered.pool),
            created_at: None,
            created_by: None,
            shown: Some(Shown::Named(origin)),
            system,
            kind: None,
            privileged: None,
            older: 0,
        };
        let id = AccountId(u32::try_from(self.links.len()).unwrap_or(u32::MAX));
        self.links.push(self.linker.link(id, &account, &self.discovered));
        self.discovered.rows.push(account);
        self.activity.push();
        self.histories.insert(id, Box::new(History { first_named_at: Some(event.at), ..History::default() }));
        self.targets.insert(key, id);
        id
    }

    /// Keeps the whole history of an account of somebody who left, started or changed roles.
    fn follow(&mut self, id: AccountId) {
        let concerns = |person: PersonId| {
            let row = person.0 as usize;
            self.departed[row].is_some() || self.joined[row] || self.moved[row]
        };
        if let Link::Linked(person, ..) = self.links[id.0 as usize]
            && concerns(person)
        {
            self.histories.insert(id, Box::default());
            self.followed.set(id.0);
        }
    }
}
