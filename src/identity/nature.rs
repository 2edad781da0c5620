//! What an account is where it is no person's: by the dump's own facts first, by patterns of its login second. Nothing is hidden by
//! this: it only says what an undeclared account looks like.

use super::login::Forms;
use crate::case::Case;
use crate::model::account::{Account, Accounts, Kind};

/// What an account looks like, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// The kind.
    pub kind: Kind,
    /// What says so.
    pub why: &'static str,
}

/// Tells what accounts look like.
pub struct Natures<'a> {
    /// The case's own, in place of the usual ones.
    patterns: Option<&'a [glob::Pattern]>,
    forms: &'a Forms,
}

impl<'a> Natures<'a> {
    /// By the case's patterns.
    #[must_use]
    pub fn new(case: &'a Case, forms: &'a Forms) -> Self {
        Self { patterns: case.linking.service_patterns.as_deref(), forms }
    }

    /// What an account looks like; `None` for what may be anybody's.
    #[must_use]
    pub fn of(&self, account: &Account, accounts: &Accounts) -> Option<Nature> {
        if let Some(kind) = account.kind {
            return Some(Nature { kind, why: "the dump says so" });
        }
        let logins = [accounts.pool.get(account.login), accounts.pool.get(account.account_id)];
        if logins.iter().any(|login| !login.is_empty() && self.forms.built_in(login)) {
            return Some(Nature { kind: Kind::Service, why: "an account of this name comes with the system" });
        }
        let users = logins.map(|login| login.split('@').next().unwrap_or("").rsplit('\\').next().unwrap_or(""));
        let users = || users.iter().filter(|user| !user.is_empty());
        let (service, why) = match self.patterns {
            Some(patterns) => {
                let fits = |user: &&str| patterns.iter().any(|pattern| pattern.matches(&user.to_lowercase()));
                (!patterns.is_empty() && users().any(fits), "its login fits a service pattern of the case")
            }
            None => (users().any(|user| self.forms.service(user)), "its login is built as those of programs are"),
        };
        if service {
            return Some(Nature { kind: Kind::Service, why });
        }
        let shared = users().any(|user| self.forms.shared(user));
        shared.then_some(Nature { kind: Kind::Shared, why: "its login is a team's or a counter's" })
    }
}
