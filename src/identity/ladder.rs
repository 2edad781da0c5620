//! The keys of the ladder: what an account carries that is one person's for certain. The first key in the case's order that
//! finds somebody decides; several people, or a later key that points only elsewhere, make the account disputed.

use super::compare::Vector;
use super::keys::{Holders, Keys};
use super::link::{Candidate, Dispute, Why};
use super::login::Forms;
use crate::case::Linking;
use crate::model::account::{Account, Accounts};
use crate::model::index::same;
use crate::model::match_rule::{Rule, Step};
use crate::model::names::Names;
use crate::model::particulars::{Particular, unpack};
use crate::model::person::PersonId;

/// What the keys of an account say.
#[derive(Clone, Debug)]
pub enum Keyed {
    /// One person, by this rule.
    One(PersonId, Rule),
    /// Nobody.
    Nobody,
    /// Several.
    Several(Dispute),
}

/// Looks keys up.
pub struct Ladder<'a> {
    keys: Keys,
    forms: &'a Forms,
    linking: &'a Linking,
}

impl<'a> Ladder<'a> {
    /// A ladder of the case's rules.
    pub fn new(keys: Keys, forms: &'a Forms, linking: &'a Linking) -> Self {
        Self { keys, forms, linking }
    }

    /// People by their keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Is told which accounts come next, so that what their keys lead to is at hand then.
    pub fn expect(&self, accounts: &[Account], all: &Accounts) {
        let names: Vec<Names> = accounts.iter().map(|account| all.names(account)).collect();
        self.keys.expect(names.iter().map(|n| n.person_id), names.iter().map(|n| n.email), names.iter().map(|n| n.login));
    }

    /// Whose account it is by its keys.
    pub fn climb(&self, account: &Account, accounts: &Accounts) -> Keyed {
        let names = &accounts.names(account);
        let mut found: Vec<(Rule, Holders)> = Vec::new();
        for step in &self.linking.order {
            let Step::By(rule) = step else { continue };
            let (rule, people) = self.by_rule(*rule, names);
            if !people.is_empty() {
                found.push((rule, people));
            }
        }
        let Some((rule, first)) = found.first() else { return Keyed::Nobody };
        if let [person] = first[..]
            && found.iter().all(|(_, people)| people.contains(&person))
        {
            return Keyed::One(person, *rule);
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        for (rule, people) in &found {
            for person in people.iter() {
                if !candidates.iter().any(|known| known.person == *person) {
                    candidates.push(Candidate { person: *person, rule: *rule, score: None, levels: Vector::default() });
                }
            }
        }
        let why = if found.iter().any(|(_, people)| people.len() == 1) { Why::Contradiction } else { Why::Shared };
        Keyed::Several(Dispute { why, candidates })
    }

    fn by_rule(&self, rule: Rule, names: &Names) -> (Rule, Holders) {
        match rule {
            Rule::PersonId => (rule, self.keys.by_person_id(names.person_id.trim())),
            Rule::Email => self.by_address(names),
            Rule::FederatedId => {
                let federated = unpack(names.particulars, Particular::FederatedIds).split(';').map(str::trim);
                (rule, union(federated.filter(|name| !name.is_empty()).map(|name| self.by_any(name))))
            }
            Rule::Login => {
                let written = names.login;
                let people = self.keys.by_login(written);
                if people.is_empty() && written.contains('\\') {
                    return (rule, self.keys.by_login(written.rsplit_once('\\').map_or("", |(_, user)| user)));
                }
                (rule, people)
            }
            Rule::Override | Rule::EmailAlias | Rule::LoginPattern | Rule::Name | Rule::Probabilistic => (rule, Holders::Nobody),
        }
    }

    /// Everybody with one of the account's addresses, else with an alias of one.
    fn by_address(&self, Names { email, login, particulars, .. }: &Names) -> (Rule, Holders) {
        let login = Some(*login).filter(|login| login.contains('@') && !same(login, email));
        let others = unpack(particulars, Particular::OtherEmails).split([';', ',', ' ']).map(str::trim);
        let addresses = [*email].into_iter().chain(login).chain(others).filter(|address| !address.is_empty());
        let people = union(addresses.clone().map(|address| self.keys.by_email(address)));
        if !people.is_empty() {
            return (Rule::Email, people);
        }
        let forms = addresses.flat_map(|address| {
            let read = self.forms.read(address).address.filter(|read| !same(read, address));
            read.into_iter().chain([address.to_owned()])
        });
        let canonical = forms.filter_map(|address| self.forms.canonical(&address));
        (Rule::EmailAlias, union(canonical.map(|form| self.keys.by_alias(&form))))
    }

    /// Everybody whom a name of an identity provider may mean: a number, an address or a login.
    fn by_any(&self, name: &str) -> Holders {
        let mut people = self.keys.by_person_id(name);
        if people.is_empty() {
            people = self.keys.by_email(name);
        }
        if people.is_empty() {
            people = self.keys.by_login(name);
        }
        if people.is_empty() {
            people = self.forms.canonical(name).map_or(Holders::Nobody, |form| self.keys.by_alias(&form));
        }
        people
    }
}

fn union(each: impl Iterator<Item = Holders>) -> Holders {
    each.fold(Holders::Nobody, Holders::and)
}
