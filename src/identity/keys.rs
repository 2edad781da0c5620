//! People by the keys that accounts carry: HR's number, e-mail addresses and their aliases, login.

use std::ops::Deref;

use super::login::Forms;
use crate::model::index::KeyIndex;
use crate::model::person::{Entry, People, PersonId};

/// The indexes.
pub struct Keys {
    ids: KeyIndex,
    logins: KeyIndex,
    emails: KeyIndex,
    aliases: KeyIndex,
}

impl Keys {
    /// Indexes everybody.
    pub fn of(people: &People, forms: &Forms) -> Self {
        let by = |field: for<'e> fn(Entry<'e>) -> &'e str| {
            let mut index = KeyIndex::with_room(people.rows.len());
            index.insert_all((0..).zip(&people.rows).map(|(row, person)| (row, field(people.entry(person)))));
            index
        };
        let emails = || {
            let mut index = KeyIndex::with_room(people.rows.len());
            index.insert_all(addresses(people));
            index
        };
        let aliases = || {
            let mut index = KeyIndex::with_room(people.rows.len());
            for (row, address) in addresses(people) {
                index.insert(row, forms.canonical(address).as_deref().unwrap_or(address));
            }
            index
        };
        let ((ids, logins), (emails, aliases)) =
            rayon::join(|| (by(|e| e.person_id), by(|e| e.login)), || rayon::join(emails, aliases));
        Self { ids, logins, emails, aliases }
    }

    /// Is told which keys are looked for next, so that what they lead to is at hand then.
    pub fn expect<'t>(
        &self,
        person_ids: impl Iterator<Item = &'t str>,
        emails: impl Iterator<Item = &'t str>,
        logins: impl Iterator<Item = &'t str>,
    ) {
        // All keys first: while one is made, little memory can be waited for.
        let mut keys = Vec::new();
        keys.extend(person_ids.map(|key| self.ids.key(key)));
        self.ids.fetch(keys.drain(..));
        keys.extend(emails.map(|key| self.emails.key(key)));
        self.emails.fetch(keys.drain(..));
        keys.extend(logins.map(|key| self.logins.key(key)));
        self.logins.fetch(keys.drain(..));
    }

    /// Everybody with this number.
    pub fn by_person_id(&self, key: &str) -> Holders {
        Holders::of(self.ids.find(key))
    }

    /// Everybody with this login.
    pub fn by_login(&self, key: &str) -> Holders {
        Holders::of(self.logins.find(key))
    }

    /// Everybody with this address.
    pub fn by_email(&self, key: &str) -> Holders {
        Holders::of(self.emails.find(key))
    }

    /// The one person whom a row names by number or address; none where the two name different people.
    #[must_use]
    pub fn named(&self, person_id: &str, email: &str) -> Option<PersonId> {
        let found = |key: &str, by: &dyn Fn(&str) -> Holders| if key.is_empty() { Holders::Nobody } else { by(key) };
        let by_id = found(person_id, &|key| self.by_person_id(key));
        let by_email = found(email, &|key| self.by_email(key));
        let named = if by_id.is_empty() { &by_email } else { &by_id };
        let [person] = named[..] else { return None };
        (by_email.is_empty() || by_email.contains(&person)).then_some(person)
    }

    /// Everybody with an address of this canonical form.
    pub fn by_alias(&self, canonical: &str) -> Holders {
        Holders::of(self.aliases.find(canonical))
    }
}

/// All addresses, each with the row of whose it is.
fn addresses(people: &People) -> impl Iterator<Item = (u32, &str)> {
    (0..).zip(&people.rows).flat_map(|(row, person)| {
        let written = people.entry(person).emails.split([';', ',', ' ']);
        written.map(str::trim).filter(|address| !address.is_empty()).map(move |address| (row, address))
    })
}

/// Who has a key, each once and in the order of rows. Nearly always that is nobody or one, which takes no room elsewhere.
#[derive(Debug)]
pub enum Holders {
    /// Nobody.
    Nobody,
    /// One person.
    One([PersonId; 1]),
    /// More than one.
    Several(Vec<PersonId>),
}

impl Holders {
    fn of(found: impl Iterator<Item = u32>) -> Self {
        let mut found = found.map(PersonId);
        match (found.next(), found.next()) {
            (None, _) => Self::Nobody,
            (Some(one), None) => Self::One([one]),
            (Some(one), Some(other)) => Self::several([one, other].into_iter().chain(found).collect()),
        }
    }

    /// Of some, in any order and each as often as it likes.
    fn several(mut people: Vec<PersonId>) -> Self {
        people.sort_unstable();
        people.dedup();
        if let [one] = people[..] { Self::One([one]) } else { Self::Several(people) }
    }

    /// The one person, where it is one.
    #[must_use]
    pub fn only(&self) -> Option<PersonId> {
        if let Self::One([one]) = self { Some(*one) } else { None }
    }

    /// Those of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, one) | (one, Self::Nobody) => one,
            (one, other) if *one == *other => one,
            (one, other) => Self::several([&*one, &*other].concat()),
        }
    }
}

impl Deref for Holders {
    type Target = [PersonId];

    fn deref(&self) -> &[PersonId] {
        match self {
            Self::Nobody => &[],
            Self::One(one) => one,
            Self::Several(several) => several,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whoever is found comes once and in order, however often and in whichever order; and so do those of two keys.
        #[test]
        fn holders_come_once_and_in_order(one in proptest::collection::vec(0_u32..5, 0..6), other in proptest::collection::vec(0_u32..5, 0..6)) {
            let simply = |rows: &[u32]| rows.iter().map(|row| PersonId(*row)).collect::<std::collections::BTreeSet<_>>();
            let found = |rows: &[u32]| Holders::of(rows.iter().copied());
            proptest::prop_assert!(found(&one).iter().copied().eq(simply(&one)));
            let both = found(&one).and(found(&other));
            let expected = simply(&[one, other].concat());
            proptest::prop_assert_eq!(both.only(), expected.first().copied().filter(|_| expected.len() == 1));
            proptest::prop_assert!(both.iter().copied().eq(expected));
        }
    }
}
