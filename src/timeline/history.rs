//! What the logs show of an account, and how little of it is kept.

use hashbrown::HashMap;

use super::proof::Source;
use crate::model::account::AccountId;
use crate::model::bits::Bits;
use crate::model::event::Action;
use crate::model::instant::Instant;
use crate::model::origin::Origin;

/// What a piece of evidence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// It could not be used. Before the other: at one instant the harsher reading, usable, has the last word.
    NotUsable,
    /// It could be used.
    Usable,
}

/// A change of usability that a log shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// To what.
    pub says: Says,
    /// [`Source::Event`] or [`Source::Receipt`]; [`Source::Refusal`] or [`Source::Found`] where it had happened by then.
    pub source: Source,
    /// The line.
    pub origin: Origin,
    pub(super) fingerprint: u128,
}

/// A successful sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// When.
    pub at: Instant,
    /// The line.
    pub origin: Origin,
    pub(super) fingerprint: u128,
}

/// A change of what an account is, may do or signs in with, after the departure of its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    /// When.
    pub at: Instant,
    /// What.
    pub action: Action,
    /// Whether the account did it to itself.
    pub by_itself: bool,
    /// The line.
    pub origin: Origin,
    pub(super) fingerprint: u128,
}

/// A credential that a log or a receipt shows made or revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialChange {
    /// When.
    pub at: Instant,
    /// What kind of credential, as the dumps name it: `password`, `access_key`; empty where the log does not say.
    pub class: String,
    /// Which one, as written; empty where there is one of the kind only.
    pub name: String,
    /// Whether it was made, or made to work again.
    pub added: bool,
    /// [`Source::Event`] or [`Source::Receipt`].
    pub source: Source,
    /// The line.
    pub origin: Origin,
    pub(super) fingerprint: u128,
}

/// A grant that a log shows given or taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantChange {
    /// When.
    pub at: Instant,
    /// What, as written.
    pub grant: String,
    /// Whether it was given.
    pub added: bool,
    /// The line.
    pub origin: Origin,
    pub(super) fingerprint: u128,
}

/// What the logs show of one account.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Changes of usability: all of them where they decide a revocation, else the newest of either kind.
    pub changes: Vec<Change>,
    /// Successful sign-ins after the departure of the account's person, where there was one.
    pub uses: Vec<Use>,
    /// Changes of what it is, may do or signs in with, after that departure.
    pub touches: Vec<Touch>,
    /// Grants given and taken away, where the person changed roles.
    pub grants: Vec<GrantChange>,
    /// Credentials made and revoked, where the whole history is kept.
    pub credentials: Vec<CredentialChange>,
    /// The newest successful sign-in of all.
    pub last_use: Option<(Instant, Origin)>,
    /// The newest change of a password, key or token, where the whole history is kept.
    pub last_credential: Option<Instant>,
    /// The first event that made it, where the whole history is kept.
    pub created: Option<(Instant, Origin)>,
    /// Where no dump knows the account: when the log first names it.
    pub first_named_at: Option<Instant>,
}

/// The newest of everything that the logs show of accounts that nobody left behind.
#[derive(Default)]
pub(super) struct Activity {
    /// The newest successful sign-in of each, by [`AccountId`].
    last_use: Vec<Option<(Instant, Origin)>>,
    /// Of the few whose usability changed: the newest proof that each was usable, and that it was not.
    changes: HashMap<AccountId, [Option<(Instant, Origin)>; 2]>,
    /// Which of the dumps' accounts these are.
    changed: Bits,
}

impl Activity {
    /// Of so many accounts.
    pub(super) fn of(accounts: usize) -> Self {
        Self { last_use: vec![None; accounts], changes: HashMap::new(), changed: Bits::of(accounts) }
    }

    /// Room for another account.
    pub(super) fn push(&mut self) {
        self.last_use.push(None);
    }

    /// Whether any use of an account is known.
    pub(super) fn used(&self, id: AccountId) -> bool {
        self.last_use[id.0 as usize].is_some()
    }

    /// Takes what one event says of an account.
    pub(super) fn take(&mut self, id: AccountId, at: Instant, says: Option<Says>, used: bool, origin: Origin) {
        if let Some(says) = says {
            self.changed.set(id.0);
            let [usable, not_usable] = self.changes.entry(id).or_default();
            newer(if says == Says::Usable { usable } else { not_usable }, at, origin);
        }
        if used {
            newer(&mut self.last_use[id.0 as usize], at, origin);
        }
    }
}

/// Keeps the newer of two; of two at one instant the one that stands first, since events come in no certain order.
pub(super) fn newer(kept: &mut Option<(Instant, Origin)>, at: Instant, origin: Origin) {
    if kept.is_none_or(|(newest, first)| newest < at || (newest == at && origin < first)) {
        *kept = Some((at, origin));
    }
}

/// What the logs show, by account.
pub struct Histories {
    pub(super) full: HashMap<AccountId, Box<History>>,
    /// Which of the dumps' accounts these are, and how many there are in all: those behind them, which only the logs know, all are.
    pub(super) followed: Bits,
    pub(super) listed: usize,
    pub(super) newest: Activity,
}

impl Histories {
    /// The newest successful sign-in of an account, and where it stands.
    #[must_use]
    pub fn last_use(&self, id: AccountId) -> Option<(Instant, Origin)> {
        let newest = self.newest.last_use.get(id.0 as usize).copied().flatten();
        newest.or_else(|| self.whole(id)?.last_use)
    }

    /// What is kept of an account, where that is all.
    fn whole(&self, id: AccountId) -> Option<&History> {
        let is_whole = self.followed.has(id.0) || id.0 as usize >= self.listed;
        is_whole.then(|| self.full.get(&id)).flatten().map(|history| &**history)
    }

    /// What the logs show of an account.
    #[must_use]
    pub fn of(&self, id: AccountId) -> std::borrow::Cow<'_, History> {
        if let Some(history) = self.whole(id) {
            return std::borrow::Cow::Borrowed(history);
        }
        let changes = self.newest.changed.has(id.0).then(|| self.newest.changes.get(&id)).flatten();
        let [usable, not_usable] = changes.copied().unwrap_or_default();
        let source = Source::Event;
        let change =
            |kept: Option<(Instant, Origin)>, says| kept.map(|(at, origin)| Change { at, says, source, origin, fingerprint: 0 });
        let changes = [change(not_usable, Says::NotUsable), change(usable, Says::Usable)];
        std::borrow::Cow::Owned(History {
            changes: changes.into_iter().flatten().collect(),
            last_use: self.newest.last_use.get(id.0 as usize).copied().flatten(),
            ..History::default()
        })
    }
}
