//! What an account is where it is no person's: by the dump's own facts first, by patterns of the case second. Nothing is hidden by
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
    patterns: &'a [glob::Pattern],
    forms: &'a Forms,
}

impl<'a> Natures<'a> {
    /// By the case's patterns.
    #[must_use]
    pub fn new(case: &'a Case, forms: &'a Forms) -> Self {
        Self { patterns: &case.linking.service_patterns, forms }
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
        let user = |login: &str| {
            let lower = login.to_lowercase();
            let user = lower.split('@').next().unwrap_or("");
            user.rsplit('\\').next().unwrap_or("").to_owned()
        };
        let fits = |login: &&str| !login.is_empty() && self.patterns.iter().any(|pattern| pattern.matches(&user(login)));
        logins.iter().any(fits).then_some(Nature { kind: Kind::Service, why: "its login fits a service pattern of the case" })
    }
}
