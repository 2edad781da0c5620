//! Finds the account that an event's target names, among the accounts of one system.

use crate::model::account::{Account, AccountId, Accounts};
use crate::model::event::Named;
use crate::model::index::{KeyIndex, same};

/// The accounts of one system by account id, login and e-mail address.
#[derive(Default)]
pub struct Directory {
    ids: KeyIndex,
    logins: KeyIndex,
    emails: KeyIndex,
}

impl Directory {
    /// Enters an account under its id alone, while a dump is read.
    pub(super) fn enter_id(&mut self, id: AccountId, accounts: &Accounts) {
        self.ids.insert(id.0, |row| text(accounts, row, |a| a.account_id));
    }

    /// Enters an account under its login and address, once its newest row is known.
    pub fn enter_names(&mut self, id: AccountId, accounts: &Accounts) {
        let get = |field: fn(&Account) -> crate::model::text::Text| text(accounts, id.0, field);
        let (account_id, login, email) = (get(|a| a.account_id), get(|a| a.login), get(|a| a.email));
        if !same(login, account_id) {
            self.logins.insert(id.0, |row| text(accounts, row, |a| a.login));
        }
        if !same(email, account_id) && !same(email, login) {
            self.emails.insert(id.0, |row| text(accounts, row, |a| a.email));
        }
    }

    /// The account with exactly this id.
    pub fn with_id(&self, account_id: &str, accounts: &Accounts) -> Option<AccountId> {
        let key_of = |row| text(accounts, row, |a| a.account_id);
        self.ids.find(account_id, key_of).find(|row| key_of(*row) == account_id).map(AccountId)
    }

    /// The account that a target names: by id, else by login, else by address.
    pub fn named(&self, target: &str, accounts: &Accounts) -> Named {
        let id_of = |row| text(accounts, row, |a| a.account_id);
        let mut named = Named::None;
        for row in self.ids.find(target, id_of) {
            if id_of(row) == target {
                return Named::One(AccountId(row));
            }
            named = if named == Named::None { Named::One(AccountId(row)) } else { Named::Several };
        }
        let by = |index: &KeyIndex, field: fn(&Account) -> crate::model::text::Text| {
            let mut found = index.find(target, |row| text(accounts, row, field));
            match (found.next(), found.next()) {
                (Some(one), None) => Named::One(AccountId(one)),
                (Some(_), Some(_)) => Named::Several,
                (None, _) => Named::None,
            }
        };
        if named == Named::None {
            named = by(&self.logins, |a| a.login);
        }
        if named == Named::None {
            named = by(&self.emails, |a| a.email);
        }
        named
    }
}

fn text(accounts: &Accounts, row: u32, field: fn(&Account) -> crate::model::text::Text) -> &str {
    accounts.pool.get(field(accounts.get(AccountId(row))))
}
