//! The template that the holders of a role suggest: what most of them have. Nothing is decided by it; somebody who knows the role has to
//! read it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Roles, Wanted, folded};
use crate::model::account::AccountId;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// A template that is suggested.
pub struct Proposed {
    /// What most holders have.
    pub grants: Vec<Proposal>,
    /// What only some have: looked at, and not proposed.
    pub others: Vec<Proposal>,
    /// Whether there are enough holders to say what is usual; if not, all is in `others`.
    pub enough: bool,
}

/// Something that holders of a role have.
pub struct Proposal {
    /// The system.
    pub system: SystemId,
    /// The grant as it is first written; empty where it is an account and nothing tells of its grants.
    pub grant: String,
    /// Who has it.
    pub with: Vec<PersonId>,
    /// Who does not.
    pub without: Vec<PersonId>,
}

impl Proposal {
    /// How many holders have it: its support.
    #[must_use]
    pub fn support(&self) -> usize {
        self.with.len()
    }

    /// The share of the holders who have it: the confidence that a holder has it.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts of people")]
    pub fn confidence(&self) -> f64 {
        self.with.len() as f64 / (self.with.len() + self.without.len()) as f64
    }
}

impl Roles<'_> {
    pub(super) fn propose(
        &self,
        holders: &[PersonId],
        accounts: &BTreeMap<PersonId, Vec<AccountId>>,
        wanted: Wanted,
    ) -> Proposed {
        let mut having: BTreeMap<(SystemId, String), (String, BTreeSet<PersonId>)> = BTreeMap::new();
        for person in holders {
            for id in accounts.get(person).into_iter().flatten() {
                let system = self.listed.accounts.get(*id).system;
                let mut has = |grant: &str| {
                    let entry = having.entry((system, folded(grant))).or_insert_with(|| (grant.to_owned(), BTreeSet::new()));
                    entry.1.insert(*person);
                };
                if self.access.knows(system) {
                    self.access.held(*id).iter().for_each(|held| has(held.grant.trim()));
                } else {
                    has("");
                }
            }
        }
        let proposal = |((system, _), (grant, with)): ((SystemId, String), (String, BTreeSet<PersonId>))| {
            let (with, without) = holders.iter().partition(|person| with.contains(person));
            Proposal { system, grant, with, without }
        };
        let enough = holders.len() >= wanted.holders;
        let (grants, others) =
            having.into_iter().map(proposal).partition(|proposal| enough && proposal.confidence() >= wanted.share);
        Proposed { grants, others, enough }
    }
}
