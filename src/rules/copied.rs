//! Whose rights somebody has who changed roles: what the rules on copied profiles and on rights beyond a role ask.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::Examined;
use crate::access::Held;
use crate::latency::moved;
use crate::model::account::AccountId;
use crate::model::index::same;
use crate::model::mover::Kept;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// The grants of one person, over all accounts that can be used: the system and the grant in lower case.
pub type Profile = BTreeSet<(SystemId, String)>;

/// What is known of one who changed roles.
pub struct Copied {
    /// Who.
    pub person: PersonId,
    /// The accounts that can be used and whose grants are known.
    pub accounts: Vec<AccountId>,
    /// Colleagues with the very same rights, where more than the role gives is among them; by number.
    pub colleagues: Vec<PersonId>,
}

/// Fewer grants than this are alike by chance.
const FEWEST: usize = 2;

impl Examined<'_> {
    /// Everybody who changed roles within the period and is still there, with the colleagues whose rights they have; `None` where
    /// the role's template or any grant is not known.
    #[must_use]
    pub fn copies(&self) -> Vec<(PersonId, Option<Copied>)> {
        let moved: Vec<bool> = moved(self.people, self.case);
        let movers: Vec<PersonId> = self.everybody().filter(|id| moved[id.0 as usize] && self.gone(*id).is_none()).collect();
        if movers.is_empty() || self.others.roles.is_empty() {
            return movers.into_iter().map(|person| (person, None)).collect();
        }
        let (mut profiles, mut accounts): (BTreeMap<PersonId, Profile>, BTreeMap<PersonId, Vec<AccountId>>) = Default::default();
        for (id, link, _) in self.accounts().filter(|(id, ..)| self.usable(*id)) {
            let Some(person) = link.person().filter(|person| self.gone(*person).is_none()) else { continue };
            let system = self.listed.accounts.get(id).system;
            if self.access.knows(system) {
                accounts.entry(person).or_default().push(id);
                let held = self.access.held(id).iter().map(|held| (system, held.grant.trim().to_lowercase()));
                profiles.entry(person).or_default().extend(held);
            }
        }
        let mut alike: HashMap<&Profile, Vec<PersonId>> = HashMap::new();
        for (person, profile) in &profiles {
            alike.entry(profile).or_default().push(*person);
        }
        let copied = |person: PersonId| {
            let profile = profiles.get(&person)?;
            let colleagues = self.like(person, profile, alike.get(profile).map(Vec::as_slice).unwrap_or_default())?;
            Some(Copied { person, accounts: accounts.get(&person).cloned().unwrap_or_default(), colleagues })
        };
        movers.into_iter().map(|person| (person, copied(person))).collect()
    }

    /// The colleagues of whom a profile is a copy, among all who have the same; `None` where the role has no template.
    fn like(&self, person: PersonId, profile: &Profile, same_profile: &[PersonId]) -> Option<Vec<PersonId>> {
        let role_of = |id: PersonId| self.people.entry_of(id).role.trim();
        let former = self.people.entry_of(person).previous_role.trim();
        let (role, template) = (role_of(person), self.access.template(role_of(person))?);
        let beyond = |of: &&(SystemId, String)| {
            let by_former = self.access.template(former).is_some_and(|former| former.allows(of.0, &of.1));
            self.access.compares(of.0) && !template.allows(of.0, &of.1) && !by_former
        };
        let others = || same_profile.iter().copied().filter(|other| *other != person);
        // What several of the same role have is their role's, and its template lacks it; what those of the former role have was kept.
        let of_the_role = others().filter(|other| same(role_of(*other), role)).count() > 1;
        if profile.len() < FEWEST || of_the_role || !profile.iter().any(|grant| beyond(&grant)) {
            return Some(Vec::new());
        }
        let mut colleagues: Vec<PersonId> = others().filter(|other| !same(role_of(*other), former)).collect();
        colleagues.sort_by_key(|id| self.people.person_id(*id));
        Some(colleagues)
    }

    /// Whether a grant is one of a former role's that the rule on kept rights tells.
    #[must_use]
    pub fn kept(&self, id: AccountId, held: &Held) -> bool {
        let rows = &self.process.movers.rows;
        rows.iter().any(|row| row.account == id && row.outcome != Kept::Removed && same(row.grant.trim(), held.grant.trim()))
    }
}
