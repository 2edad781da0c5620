//! Expected access by role: who holds each role and which accounts they have come in; how these compare with the role's template, or
//! which template they suggest, goes out.

use std::collections::BTreeMap;

use super::{Access, Compared, Proposed, Template, folded};
use crate::identity::Link;
use crate::ingest::Listed;
use crate::latency::{Measured, Standing};
use crate::model::account::AccountId;
use crate::model::person::{People, PersonId};
use crate::model::revocation::Ended;

/// When a template is proposed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// From this share of the holders on who have a grant.
    pub share: f64,
    /// From so many holders on.
    pub holders: usize,
}

/// What is known of people and their accounts.
pub struct Roles<'a> {
    /// The people.
    pub people: &'a People,
    /// How each of them stands.
    pub standings: &'a [Standing],
    /// The accounts.
    pub listed: &'a Listed,
    /// The link of each account.
    pub links: &'a [Link],
    /// What was measured.
    pub measured: &'a Measured,
    /// What accounts may do, and what roles should.
    pub access: &'a Access,
}

/// One role.
pub struct Role<'a> {
    /// Its name, as HR first writes it.
    pub name: &'a str,
    /// Who holds it and is here, by number.
    pub holders: Vec<PersonId>,
    /// Its template.
    pub template: Option<&'a Template>,
    /// The holders beside the template; empty without one.
    pub compared: Vec<Compared>,
    /// What the holders suggest where there is no template.
    pub proposed: Option<Proposed>,
}

impl<'a> Roles<'a> {
    /// All roles that anybody holds who is here, by name.
    #[must_use]
    pub fn all(&self, wanted: Wanted) -> Vec<Role<'a>> {
        let accounts = self.accounts();
        let mut holders: BTreeMap<String, (&'a str, Vec<PersonId>)> = BTreeMap::new();
        for (row, person) in (0u32..).zip(&self.people.rows) {
            let name = self.people.entry(person).role.trim();
            if !name.is_empty() && self.standings[row as usize].departure().is_none() {
                holders.entry(folded(name)).or_insert_with(|| (name, Vec::new())).1.push(PersonId(row));
            }
        }
        let role = |(name, mut holders): (&'a str, Vec<PersonId>)| {
            holders.sort_by_key(|id| self.people.person_id(*id));
            let template = self.access.template(name);
            let compared = template.map(|template| self.compare(template, &holders, &accounts)).unwrap_or_default();
            let proposed = template.is_none().then(|| self.propose(&holders, &accounts, wanted));
            Role { name, holders, template, compared, proposed }
        };
        holders.into_values().map(role).collect()
    }

    /// The accounts of everybody that can be used.
    fn accounts(&self) -> BTreeMap<PersonId, Vec<AccountId>> {
        let mut accounts: BTreeMap<PersonId, Vec<AccountId>> = BTreeMap::new();
        for ((row, link), ended) in (0u32..).zip(self.links).zip(&self.measured.ended) {
            if let (Some(person), Ended::Not) = (link.person(), ended) {
                accounts.entry(person).or_default().push(AccountId(row));
            }
        }
        accounts
    }
}
