//! The ladder of rules: declared account, person id, e-mail, login. The first key that finds somebody decides; several
//! people, or a later key that points only elsewhere, make the account disputed. Nothing is linked on a guess.

use super::Keys;
use crate::case::{Case, Declared};
use crate::model::account::{Account, Accounts};
use crate::model::index::{KeyIndex, same};
use crate::model::person::PersonId;

/// Which rule linked an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The account carries HR's number.
    PersonId,
    /// The account's address, or a login that is one, is an address of the person.
    Email,
    /// The account's login is the login that HR knows.
    Login,
}

impl Rule {
    /// The word in `match_rule`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::PersonId => "person_id",
            Self::Email => "email",
            Self::Login => "login",
        }
    }
}

/// What links an account to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Exactly one person, by this rule.
    Linked(PersonId, Rule),
    /// Nobody.
    Unmatched,
    /// Several people, or keys that contradict each other: who they are, and the rules that name them.
    Disputed(Vec<(PersonId, Rule)>),
    /// Named in the case as rightly nobody's: its place in [`Case::declared`].
    Declared(usize),
}

/// The link of one account in eight bytes, for millions of them; disputes keep their candidates in the [`Linker`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Exactly one person.
    Linked(PersonId, Rule),
    /// Nobody.
    Unmatched,
    /// Several; the place in [`Linker::disputes`].
    Disputed(u32),
    /// Declared; the place in [`Case::declared`].
    Declared(u32),
}

impl Link {
    /// The word in `situation`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Linked(..) => "linked",
            Self::Unmatched => "unmatched",
            Self::Disputed(_) => "disputed",
            Self::Declared(_) => "declared",
        }
    }
}

/// Links accounts to people.
pub struct Linker<'a> {
    keys: Keys<'a>,
    declared: &'a [Declared],
    by_login: KeyIndex,
    /// The candidates of each disputed account.
    pub disputes: Vec<Vec<(PersonId, Rule)>>,
}

impl<'a> Linker<'a> {
    /// A linker for a case.
    pub fn new(keys: Keys<'a>, case: &'a Case) -> Self {
        let mut by_login = KeyIndex::default();
        let declared = &case.declared;
        for place in 0..u32::try_from(declared.len()).unwrap_or(u32::MAX) {
            by_login.insert(place, |place| &declared[place as usize].login);
        }
        Self { keys, declared, by_login, disputes: Vec::new() }
    }

    /// Whose account it is, kept small.
    pub fn link(&mut self, account: &Account, accounts: &Accounts) -> Link {
        match self.find(account, accounts) {
            Match::Linked(person, rule) => Link::Linked(person, rule),
            Match::Unmatched => Link::Unmatched,
            Match::Declared(place) => Link::Declared(u32::try_from(place).unwrap_or(u32::MAX)),
            Match::Disputed(candidates) => {
                self.disputes.push(candidates);
                Link::Disputed(u32::try_from(self.disputes.len() - 1).unwrap_or(u32::MAX))
            }
        }
    }

    /// Whose account it is.
    pub fn find(&self, account: &Account, accounts: &Accounts) -> Match {
        let text = |t| accounts.pool.get(t);
        let (account_id, login, email) = (text(account.account_id), text(account.login), text(account.email));
        if let Some(place) = self.declaration(account, account_id, login, email) {
            return Match::Declared(place);
        }
        let mut found: Vec<(Rule, Vec<PersonId>)> = Vec::new();
        let mut note = |rule: Rule, people: Vec<PersonId>| {
            if !people.is_empty() {
                found.push((rule, people));
            }
        };
        note(Rule::PersonId, self.keys.by_person_id(text(account.person_id)));
        note(Rule::Email, self.by_address(email, login));
        note(Rule::Login, self.keys.by_login(login));
        let Some((rule, first)) = found.first() else { return Match::Unmatched };
        if let [person] = first[..]
            && found.iter().all(|(_, people)| people.contains(&person))
        {
            return Match::Linked(person, *rule);
        }
        let mut candidates: Vec<(PersonId, Rule)> = Vec::new();
        for (rule, people) in &found {
            for person in people {
                if !candidates.iter().any(|(known, _)| known == person) {
                    candidates.push((*person, *rule));
                }
            }
        }
        Match::Disputed(candidates)
    }

    /// Everybody with the account's address, or with its login where that is an address.
    fn by_address(&self, email: &str, login: &str) -> Vec<PersonId> {
        let mut people = self.keys.by_email(email);
        if login.contains('@') && !same(login, email) {
            people.extend(self.keys.by_email(login));
            people.sort_unstable();
            people.dedup();
        }
        people
    }

    fn declaration(&self, account: &Account, account_id: &str, login: &str, email: &str) -> Option<usize> {
        if self.declared.is_empty() {
            return None;
        }
        [login, account_id, email].into_iter().find_map(|key| {
            let mut places = self.by_login.find(key, |place| &self.declared[place as usize].login);
            places.find(|place| self.declared[*place as usize].system == account.system).map(|place| place as usize)
        })
    }
}
