//! What accounts are for, and who answers for guests: what several rules ask.

use super::Examined;
use crate::identity::Link;
use crate::model::account::{AccountId, Kind};
use crate::model::particulars::Particular;
use crate::model::person::PersonId;

/// Who answers for a guest, by the dump.
pub enum Sponsor<'e> {
    /// The dump names nobody.
    None,
    /// Somebody who is here.
    Here,
    /// Somebody who left.
    Gone(PersonId),
    /// Somebody whom HR does not list, as written.
    Unknown(&'e str),
}

impl Examined<'_> {
    /// What an account is for: by its declaration, else an analyst's decision, the dump or the case's patterns.
    #[must_use]
    pub fn kind(&self, id: AccountId) -> Option<Kind> {
        match self.links[id.0 as usize] {
            Link::Declared(place) => Some(self.case.declared[place as usize].kind),
            _ => self.nature(id).map(|nature| nature.kind),
        }
    }

    /// Whether an account is a guest's.
    #[must_use]
    pub fn guest(&self, id: AccountId) -> bool {
        self.kind(id) == Some(Kind::Guest)
    }

    /// Who answers for a guest. Of several one who is here suffices.
    #[must_use]
    pub fn sponsor(&self, id: AccountId) -> Sponsor<'_> {
        let named = self.particular(id, Particular::Sponsor);
        let (mut gone, mut unknown) = (None, None);
        for written in named.split(';').map(str::trim).filter(|written| !written.is_empty()) {
            let by_login = || self.keys.by_login(written).only();
            match self.keys.named(written, written).or_else(by_login) {
                Some(person) if self.gone(person).is_some() => gone = gone.or(Some(person)),
                Some(_) => return Sponsor::Here,
                None => unknown = unknown.or(Some(written)),
            }
        }
        match (gone, unknown) {
            (Some(person), _) => Sponsor::Gone(person),
            (None, Some(written)) => Sponsor::Unknown(written),
            (None, None) => Sponsor::None,
        }
    }

    /// Whether an account is a guest's for whom somebody who is here answers: then it is not nobody's.
    #[must_use]
    pub fn sponsored(&self, id: AccountId) -> bool {
        !self.particular(id, Particular::Sponsor).is_empty() && self.guest(id) && matches!(self.sponsor(id), Sponsor::Here)
    }
}
