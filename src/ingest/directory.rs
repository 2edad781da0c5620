//! Finds the account that an event's target names, among the accounts of one system.

use crate::model::account::{AccountId, Accounts};
use crate::model::event::Named;
use crate::model::index::{Key, KeyIndex, same};
use crate::model::names::Names;

/// The accounts of one system by account id, login and e-mail address.
#[derive(Default)]
pub struct Directory {
    ids: KeyIndex,
    logins: KeyIndex,
    emails: KeyIndex,
}

impl Directory {
    /// What makes keys of ids.
    pub(super) fn keys(&self) -> KeyIndex {
        KeyIndex::beside(&self.ids, 0)
    }

    /// Is told which ids will be asked for, so that what they lead to is at hand then, and the accounts that have them.
    pub(super) fn expect(&self, ids: &[Key], accounts: &Accounts) {
        let mut found = Vec::new();
        self.ids.find_all(ids, &mut found);
        // One after the other: to read a name, an account must have been waited for.
        let rows = || found.iter().map(|(_, row)| *row);
        std::hint::black_box(rows().filter(|row| accounts.rows[*row as usize].older > 0).count());
        std::hint::black_box(rows().filter(|row| names(accounts, *row).account_id.is_empty()).count());
    }

    /// Enters an account under its id alone, while a dump is read.
    pub(super) fn enter_id(&mut self, id: AccountId, key: Key) {
        self.ids.enter(key, id.0);
    }

    /// Enters accounts under their logins and addresses, once their newest rows are known.
    pub fn enter_names(&mut self, ids: impl Iterator<Item = AccountId>, accounts: &Accounts) {
        let (mut logins, mut emails) = (Vec::new(), Vec::new());
        for id in ids {
            let Names { account_id, login, email, .. } = accounts.names_of(id);
            if !login.is_empty() && !same(login, account_id) {
                logins.push(id.0);
            }
            if !email.is_empty() && !same(email, account_id) && !same(email, login) {
                emails.push(id.0);
            }
        }
        (self.logins, self.emails) = (KeyIndex::beside(&self.ids, logins.len()), KeyIndex::beside(&self.ids, emails.len()));
        self.logins.insert_all(logins.into_iter().map(|row| (row, names(accounts, row).login)));
        self.emails.insert_all(emails.into_iter().map(|row| (row, names(accounts, row).email)));
    }

    /// The account with exactly this id, of which this is the key.
    pub(super) fn with_id(&self, account_id: &str, key: Key, accounts: &Accounts) -> Option<AccountId> {
        self.ids.find_key(key).find(|row| names(accounts, *row).account_id == account_id).map(AccountId)
    }

    /// The accounts that many targets name, as [`Self::named`] tells it of each.
    pub fn named_all(&self, targets: &[&str], accounts: &Accounts) -> Vec<Named> {
        let mut named = vec![Named::None; targets.len()];
        let mut left: Vec<usize> = (0..targets.len()).collect();
        let mut keys: Vec<Key> = targets.iter().map(|target| self.ids.key(target)).collect();
        let mut found = Vec::with_capacity(targets.len());
        for (place, index) in [&self.ids, &self.logins, &self.emails].into_iter().enumerate() {
            found.clear();
            index.find_all(&keys, &mut found);
            for (key, row) in &found {
                let named = &mut named[left[*key as usize]];
                *named = if *named == Named::None { Named::One(AccountId(*row)) } else { Named::Several };
            }
            let of_ids = found.iter().filter(|_| place == 0);
            for (key, row) in of_ids {
                // Of ids that differ in case alone, the one that is written like the target.
                let (named, target) = (&mut named[left[*key as usize]], targets[left[*key as usize]]);
                if *named == Named::Several && names(accounts, *row).account_id == target {
                    *named = Named::One(AccountId(*row));
                }
            }
            let open = |place: &usize| named[*place] == Named::None;
            let mut was_open = left.iter().map(open);
            keys.retain(|_| was_open.next().unwrap_or(false));
            left.retain(open);
        }
        named
    }

    /// The account that a target names: by id, else by login, else by address.
    pub fn named(&self, target: &str, accounts: &Accounts) -> Named {
        let mut named = Named::None;
        for row in self.ids.find(target) {
            if names(accounts, row).account_id == target {
                return Named::One(AccountId(row));
            }
            named = if named == Named::None { Named::One(AccountId(row)) } else { Named::Several };
        }
        let by = |index: &KeyIndex| {
            let mut found = index.find(target);
            match (found.next(), found.next()) {
                (Some(one), None) => Named::One(AccountId(one)),
                (Some(_), Some(_)) => Named::Several,
                (None, _) => Named::None,
            }
        };
        if named == Named::None {
            named = by(&self.logins);
        }
        if named == Named::None {
            named = by(&self.emails);
        }
        named
    }
}

fn names(accounts: &Accounts, row: u32) -> Names<'_> {
    accounts.names_of(AccountId(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Account;

    proptest::proptest! {
        /// Many targets name what each names alone.
        #[test]
        fn targets_name_together_what_they_name_alone(
            rows in proptest::collection::vec(("[aAbB]{1,2}", "[aAbB]{0,2}", "[aAbB]{0,2}"), 0..12),
            targets in proptest::collection::vec("[aAbB]{1,2}", 0..30),
        ) {
            let mut accounts = Accounts::default();
            let mut directory = Directory::default();
            for (account_id, login, email) in &rows {
                let names = Names { account_id, login, email, ..Names::default() }.keep(&mut accounts.pool);
                let id = AccountId(u32::try_from(accounts.rows.len()).unwrap());
                accounts.rows.push(Account { names, ..Account::default() });
                directory.enter_id(id, directory.ids.key(account_id));
            }
            directory.enter_names((0..).map(AccountId).take(rows.len()), &accounts);
            let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
            let alone: Vec<Named> = targets.iter().map(|target| directory.named(target, &accounts)).collect();
            proptest::prop_assert_eq!(directory.named_all(&targets, &accounts), alone);
        }
    }
}
