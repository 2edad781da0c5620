//! What an account is where it is no person's: by the dump's own facts first, by patterns of its login second. Nothing is hidden by
//! this: it only says what an undeclared account looks like.

use rayon::prelude::*;

use super::globs::Globs;
use super::linker::Linker;
use super::login::{Forms, held};
use crate::case::Case;
use crate::model::account::{Account, Accounts, Kind};
use crate::model::decision::Verdict;

/// What an account looks like, and why: two bytes, for millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// The kind.
    pub kind: Kind,
    /// What says so.
    pub why: Because,
}

/// What says what an account looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Somebody who looked at it.
    Decision,
    /// The dump.
    Dump,
    /// Its login: it comes with the system.
    BuiltIn,
    /// A service pattern of the case.
    Case,
    /// The usual patterns of programs' logins.
    Service,
    /// The usual logins of teams.
    Shared,
}

impl Because {
    /// As a clause, for the middle of a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Decision => "an analyst decided so",
            Self::Dump => "the dump says so",
            Self::BuiltIn => "an account of this name comes with the system",
            Self::Case => "its login fits a service pattern of the case",
            Self::Service => "its login is built as those of programs are",
            Self::Shared => "its login is a team's or a counter's",
        }
    }
}

/// Tells what accounts look like.
pub struct Natures<'a> {
    /// The case's own, in place of the usual ones.
    patterns: Option<Globs>,
    forms: &'a Forms,
}

impl<'a> Natures<'a> {
    /// By the case's patterns.
    #[must_use]
    pub fn new(case: &Case, forms: &'a Forms) -> Self {
        Self { patterns: case.linking.service_patterns.clone().map(Globs::of), forms }
    }

    /// What an account looks like; `None` for what may be anybody's.
    #[must_use]
    pub fn of(&self, account: &Account, accounts: &Accounts) -> Option<Nature> {
        if let Some(kind) = account.kind {
            return Some(Nature { kind, why: Because::Dump });
        }
        let names = accounts.names(account);
        let logins = [names.login, names.account_id];
        if logins.iter().any(|login| !login.is_empty() && self.forms.built_in(login)) {
            return Some(Nature { kind: Kind::Service, why: Because::BuiltIn });
        }
        let users = logins.map(|login| login.split('@').next().unwrap_or("").rsplit('\\').next().unwrap_or(""));
        let users = || users.iter().filter(|user| !user.is_empty());
        let (service, why) = match &self.patterns {
            Some(patterns) => (!patterns.is_empty() && users().any(|user| held(patterns, user)), Because::Case),
            None => (users().any(|user| self.forms.service(user)), Because::Service),
        };
        if service {
            return Some(Nature { kind: Kind::Service, why });
        }
        users().any(|user| self.forms.shared(user)).then_some(Nature { kind: Kind::Shared, why: Because::Shared })
    }
}

impl Linker<'_> {
    /// What each account looks like where it is no person's, by its id: an analyst's decision, the dump's own facts, the patterns of
    /// logins.
    #[must_use]
    pub fn natures(&self, accounts: &Accounts) -> Vec<Option<Nature>> {
        let mut natures: Vec<_> = accounts.rows.par_iter().map(|account| self.natures.of(account, accounts)).collect();
        let decided = self.applied.iter().filter_map(|(id, place)| match self.stated.verdict(*place) {
            Verdict::Kind(kind) => Some((id, Nature { kind: *kind, why: Because::Decision })),
            _ => None,
        });
        for (id, nature) in decided {
            natures[id.0 as usize] = Some(nature);
        }
        natures
    }
}
