//! What people have stated of accounts, by name: the case which ones are nobody's, analysts whose they are.

use hashbrown::HashMap;

use crate::case::{Case, Declared};
use crate::model::account::{Account, Accounts};
use crate::model::decision::{Decision, Verdict};
use crate::model::index::{KeyIndex, same};
use crate::model::names::Names;
use crate::model::system::SystemId;

/// Declarations of the case, and decisions of analysts.
pub(super) struct Stated<'a> {
    declared: &'a [Declared],
    by_login: KeyIndex,
    decisions: &'a [Decision],
    /// The places of the decisions by system and account id or login, in lower case.
    by_name: HashMap<(SystemId, String), Vec<usize>>,
}

impl<'a> Stated<'a> {
    pub(super) fn of(case: &'a Case, decisions: &'a [Decision]) -> Self {
        let mut by_name: HashMap<(SystemId, String), Vec<usize>> = HashMap::new();
        for (place, decision) in decisions.iter().enumerate() {
            let name = if decision.account_id.is_empty() { &decision.login } else { &decision.account_id };
            by_name.entry((decision.system, name.to_lowercase())).or_default().push(place);
        }
        let mut by_login = KeyIndex::default();
        for (place, declared) in (0..).zip(&case.declared) {
            by_login.insert(place, &declared.login);
        }
        Self { declared: &case.declared, by_login, decisions, by_name }
    }

    /// What the decision at a place says.
    pub(super) fn verdict(&self, place: usize) -> &'a Verdict {
        &self.decisions[place].verdict
    }

    /// The place of the decision on an account, the last where there are several.
    pub(super) fn decision(&self, account: &Account, accounts: &Accounts) -> Option<usize> {
        if self.by_name.is_empty() {
            return None;
        }
        let Names { account_id, login, .. } = accounts.names(account);
        let places = |name: &str| self.by_name.get(&(account.system, name.to_lowercase())).into_iter().flatten().copied();
        let fits = |place: &usize| {
            let decision = &self.decisions[*place];
            (decision.account_id.is_empty() || same(&decision.account_id, account_id))
                && (decision.login.is_empty() || same(&decision.login, login))
        };
        places(account_id).chain(places(login)).filter(fits).max()
    }

    /// The place of the declaration of an account.
    pub(super) fn declaration(&self, account: &Account, accounts: &Accounts) -> Option<u32> {
        if self.declared.is_empty() {
            return None;
        }
        let Names { account_id, login, email, .. } = accounts.names(account);
        [login, account_id, email].into_iter().find_map(|key| {
            let mut places = self.by_login.find(key);
            places.find(|place| self.declared[*place as usize].system == account.system)
        })
    }
}
