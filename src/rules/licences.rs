//! What accounts cost: the case's prices, as far as accounts hold what is paid for.

use super::Examined;
use crate::case::Licence;
use crate::model::account::{AccountId, Status};
use crate::model::index::same;
use crate::model::money::Sums;

impl Examined<'_> {
    /// The licences of an account that are still paid for, as far as the dumps show: those that it holds while it exists, and those
    /// of an account that can be used.
    pub fn paid_for(&self, id: AccountId) -> impl Iterator<Item = &Licence> {
        let account = self.listed.accounts.get(id);
        let exists = account.newest().is_some_and(|newest| newest.status != Status::Deleted) || self.usable(id);
        let pays = move |licence: &&Licence| match &licence.grant {
            Some(grant) => exists && self.access.held(id).iter().any(|held| same(held.grant.trim(), grant)),
            None => self.usable(id),
        };
        self.case.licences.iter().filter(move |licence| licence.system == account.system).filter(pays)
    }

    /// What an account costs a month.
    #[must_use]
    pub fn cost(&self, id: AccountId) -> Sums {
        let mut sums = Sums::default();
        self.paid_for(id).for_each(|licence| sums.add(&licence.price));
        sums
    }

    /// `; it costs 12.50 EUR a month`, where the case has a price for it; else nothing.
    #[must_use]
    pub fn cost_words(&self, id: AccountId) -> String {
        let sums = self.cost(id);
        if sums.is_empty() { String::new() } else { format!("; it costs {} a month", sums.words()) }
    }

    /// Whether the case has a price for a grant.
    #[must_use]
    pub fn priced(&self, id: AccountId, grant: &str) -> bool {
        let system = self.listed.accounts.get(id).system;
        let of_this = |licence: &Licence| licence.grant.as_deref().is_some_and(|priced| same(priced, grant.trim()));
        self.case.licences.iter().any(|licence| licence.system == system && of_this(licence))
    }
}
