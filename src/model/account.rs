//! Accounts as the systems' dumps show them, and the words said of them.

use crate::model::instant::Instant;
use crate::model::names::Names;
use crate::model::origin::Origin;
use crate::model::system::SystemId;
use crate::model::text::{Pool, Text, Together};

/// An account, by place in [`Accounts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub u32);

/// What a dump says of an account's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Can be used.
    Active,
    /// Cannot be used.
    Disabled,
    /// Is gone.
    Deleted,
    /// The dump does not say, or says it in a word that is not known. Proves nothing.
    Unknown,
}

impl Status {
    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
            Self::Unknown => "unknown",
        }
    }

    /// The status that a canonical word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Active, Self::Disabled, Self::Deleted, Self::Unknown].into_iter().find(|s| word.eq_ignore_ascii_case(s.word()))
    }
}

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One person's.
    Human,
    /// A program's.
    Service,
    /// Several people's.
    Shared,
    /// An outsider's.
    Guest,
    /// For emergencies.
    BreakGlass,
}

impl Kind {
    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Service => "service",
            Self::Shared => "shared",
            Self::Guest => "guest",
            Self::BreakGlass => "break-glass",
        }
    }

    /// The kind that a canonical word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Human, Self::Service, Self::Shared, Self::Guest, Self::BreakGlass]
            .into_iter()
            .find(|k| word.eq_ignore_ascii_case(k.word()))
    }
}

/// What one dump says of one account, as it is kept: what few dumps tell of few accounts lies in [`Accounts::further`].
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Which dump of the system, oldest first.
    pub snapshot: u16,
    /// Its state there.
    pub status: Status,
    /// 1 + the place of the rest, 0 for none.
    further: u32,
    /// What it may do, joined by `;`.
    pub grants: Text,
    /// Its last use, by the dump's own field.
    pub last_used_at: Option<Instant>,
    /// The row.
    pub origin: Origin,
}

/// What few dumps tell of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Further {
    /// The dump has no state for it but those of its credentials.
    pub by_credentials: bool,
    /// The dump says disabled, and a credential that works keeps it usable all the same.
    pub kept_open: bool,
    /// `disabled_at` gives a day, not an instant: `disabled_at` is then the day's first instant.
    pub disabled_on_a_day: bool,
    /// When it was disabled, by the dump's own dated field.
    pub disabled_at: Option<Instant>,
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
    /// The latest instant of the newest change of any kind, by the dump's own field.
    pub changed_at: Option<Instant>,
    /// Its credentials with their states, as written: `password=active; access_key_1=inactive`.
    pub credentials: Text,
}

/// What shows an account.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    /// Dumps: the newest of them so.
    Listed(Seen),
    /// The log alone, on this line first.
    Named(Origin),
}

/// All that one dump says of one account.
#[derive(Clone, Copy, Debug)]
pub struct Sighting {
    /// Which dump of the system, oldest first.
    pub snapshot: u16,
    /// Its state there.
    pub status: Status,
    /// What it may do, joined by `;`.
    pub grants: Text,
    /// Its last use, by the dump's own field.
    pub last_used_at: Option<Instant>,
    /// The row.
    pub origin: Origin,
    /// The rest.
    pub further: Further,
}

/// One login in one system. Texts live in the pool of [`Accounts`].
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// How the system names it and its holder: see [`Accounts::names`].
    pub names: Together,
    /// When it was made; of a date alone, the day's first instant.
    pub created_at: Option<Instant>,
    /// Where that is a date alone: the day's last instant.
    pub created_by: Option<Instant>,
    /// Where it stands.
    pub shown: Option<Shown>,
    /// The system.
    pub system: SystemId,
    /// What it is for, where the dump says.
    pub kind: Option<Kind>,
    /// Whether it has more rights than most, where the dump says.
    pub privileged: Option<bool>,
    /// Older sightings: 1 + the place of the next older one in [`Accounts::older`], 0 for none.
    pub older: u32,
}

impl Account {
    /// How the newest dump that lists it shows it; `None` where only the log knows it.
    #[must_use]
    pub fn newest(&self) -> Option<Seen> {
        if let Some(Shown::Listed(seen)) = self.shown { Some(seen) } else { None }
    }

    /// Where only the log knows it: the first line that names it.
    #[must_use]
    pub fn first_named(&self) -> Option<Origin> {
        if let Some(Shown::Named(origin)) = self.shown { Some(origin) } else { None }
    }

    /// Its row in the newest dump that lists it, or the first line of the log that names it.
    #[must_use]
    pub fn row(&self) -> Option<Origin> {
        self.shown.map(|shown| match shown {
            Shown::Listed(seen) => seen.origin,
            Shown::Named(origin) => origin,
        })
    }

    /// Takes over what an earlier dump says of when it was made, where that is the earlier time.
    pub fn keep_older_creation(&mut self, created_at: Option<Instant>, created_by: Option<Instant>) {
        if created_at.is_some_and(|older| self.created_at.is_none_or(|newer| older <= newer)) {
            (self.created_at, self.created_by) = (created_at, created_by);
        }
    }
}

/// Every account of every system.
#[derive(Default)]
pub struct Accounts {
    /// The text of all rows.
    pub pool: Pool,
    /// The accounts, system by system in the order of reading.
    pub rows: Vec<Account>,
    /// Sightings in dumps before the newest, each with the link to the next older one.
    pub older: Vec<(Seen, u32)>,
    /// What few sightings tell.
    further: Vec<Further>,
    /// Accounts as older dumps name them, where a later one gives the same id another login, address or number.
    pub former: Vec<Former>,
}

/// An account under the keys that an older dump shows.
#[derive(Clone, Debug)]
pub struct Former {
    /// The account.
    pub account: AccountId,
    /// It, as the last dump with these keys shows it.
    pub then: Account,
    /// As the next dump shows it, with others.
    pub next: Seen,
}

impl Accounts {
    /// The account at `id`.
    #[must_use]
    pub fn get(&self, id: AccountId) -> &Account {
        &self.rows[id.0 as usize]
    }

    /// How its system names an account and its holder.
    #[must_use]
    pub fn names(&self, account: &Account) -> Names<'_> {
        Names::of(&self.pool, account.names)
    }

    /// The same of the account at `id`.
    #[must_use]
    pub fn names_of(&self, id: AccountId) -> Names<'_> {
        self.names(self.get(id))
    }

    /// Keeps a sighting.
    pub fn keep(&mut self, sighting: &Sighting) -> Seen {
        let Sighting { snapshot, status, grants, last_used_at, origin, further } = *sighting;
        let place = if further == Further::default() {
            0
        } else {
            self.further.push(further);
            u32::try_from(self.further.len()).unwrap_or(u32::MAX)
        };
        Seen { snapshot, status, further: place, grants, last_used_at, origin }
    }

    /// All that a sighting tells.
    #[must_use]
    pub fn sighting(&self, seen: Seen) -> Sighting {
        let Seen { snapshot, status, further, grants, last_used_at, origin } = seen;
        let further = (further as usize).checked_sub(1).and_then(|place| self.further.get(place)).copied().unwrap_or_default();
        Sighting { snapshot, status, grants, last_used_at, origin, further }
    }

    /// All sightings of an account, newest first.
    pub fn sightings(&self, id: AccountId) -> impl Iterator<Item = Sighting> {
        let account = self.get(id);
        let mut next = account.older;
        let older = std::iter::from_fn(move || {
            let (seen, older) = *self.older.get((next as usize).checked_sub(1)?)?;
            next = older;
            Some(seen)
        });
        account.newest().into_iter().chain(older).map(|seen| self.sighting(seen))
    }

    /// The credentials of an account with their states, by the newest dump that lists it; empty where it tells of none.
    #[must_use]
    pub fn credentials(&self, id: AccountId) -> &str {
        let newest = self.get(id).newest().map(|seen| self.sighting(seen));
        newest.map_or("", |newest| self.pool.get(newest.further.credentials))
    }

    /// The newest use that any dump shows.
    #[must_use]
    pub fn last_used_at(&self, id: AccountId) -> Option<Instant> {
        self.sightings(id).filter_map(|s| s.last_used_at).max()
    }
}
