//! The holders of a role beside its template.

use std::collections::BTreeMap;

use super::{Held, Roles, Template, folded};
use crate::model::account::AccountId;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// One holder beside the template.
pub struct Compared {
    /// Who.
    pub person: PersonId,
    /// What the accounts hold that the template does not give.
    pub beyond: Vec<(AccountId, Held)>,
    /// What the template gives and none of the accounts holds.
    pub lacking: Vec<Lacking>,
    /// Accounts of systems whose grants nothing tells, or which no template names.
    pub not_evaluable: Vec<AccountId>,
}

/// Something that the template gives and somebody does not have.
pub struct Lacking {
    /// The system.
    pub system: SystemId,
    /// The grant; `None` where it is an account that is lacking.
    pub grant: Option<String>,
}

impl Roles<'_> {
    pub(super) fn compare(
        &self,
        template: &Template,
        holders: &[PersonId],
        accounts: &BTreeMap<PersonId, Vec<AccountId>>,
    ) -> Vec<Compared> {
        holders.iter().map(|person| self.beside(template, *person, accounts.get(person).map_or(&[], Vec::as_slice))).collect()
    }

    fn beside(&self, template: &Template, person: PersonId, accounts: &[AccountId]) -> Compared {
        let system_of = |id: AccountId| self.listed.accounts.get(id).system;
        let (mut beyond, mut not_evaluable) = (Vec::new(), Vec::new());
        for id in accounts.iter().copied() {
            if !self.access.compares(system_of(id)) {
                not_evaluable.push(id);
                continue;
            }
            let more = self.access.held(id).iter().filter(|held| !template.allows(system_of(id), &held.grant));
            beyond.extend(more.map(|held| (id, held.clone())));
        }
        let mut lacking = Vec::new();
        for (system, grants) in template.systems() {
            let here: Vec<AccountId> = accounts.iter().copied().filter(|id| system_of(*id) == system).collect();
            if here.is_empty() {
                lacking.push(Lacking { system, grant: None });
                continue;
            }
            if self.access.knows(system) {
                let has =
                    |grant: &str| here.iter().any(|id| self.access.held(*id).iter().any(|h| folded(&h.grant) == folded(grant)));
                let missing = grants.into_iter().filter(|grant| !has(grant));
                lacking.extend(missing.map(|grant| Lacking { system, grant: Some(grant.to_owned()) }));
            }
        }
        Compared { person, beyond, lacking, not_evaluable }
    }
}
