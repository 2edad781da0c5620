//! People by the keys that accounts carry: HR's number, e-mail addresses and their aliases, login.

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
        self.ids.fetch(person_ids.map(|key| self.ids.key(key)));
        self.emails.fetch(emails.map(|key| self.emails.key(key)));
        self.logins.fetch(logins.map(|key| self.logins.key(key)));
    }

    /// Everybody with this number.
    pub fn by_person_id(&self, key: &str) -> Vec<PersonId> {
        sorted(self.ids.find(key))
    }

    /// Everybody with this login.
    pub fn by_login(&self, key: &str) -> Vec<PersonId> {
        sorted(self.logins.find(key))
    }

    /// Everybody with this address.
    pub fn by_email(&self, key: &str) -> Vec<PersonId> {
        sorted(self.emails.find(key))
    }

    /// The one person whom a row names by number or address; none where the two name different people.
    #[must_use]
    pub fn named(&self, person_id: &str, email: &str) -> Option<PersonId> {
        let found = |key: &str, by: &dyn Fn(&str) -> Vec<PersonId>| if key.is_empty() { Vec::new() } else { by(key) };
        let by_id = found(person_id, &|key| self.by_person_id(key));
        let by_email = found(email, &|key| self.by_email(key));
        let named = if by_id.is_empty() { &by_email } else { &by_id };
        let [person] = named[..] else { return None };
        (by_email.is_empty() || by_email.contains(&person)).then_some(person)
    }

    /// Everybody with an address of this canonical form.
    pub fn by_alias(&self, canonical: &str) -> Vec<PersonId> {
        sorted(self.aliases.find(canonical))
    }
}

/// All addresses, each with the row of whose it is.
fn addresses(people: &People) -> impl Iterator<Item = (u32, &str)> {
    (0..).zip(&people.rows).flat_map(|(row, person)| {
        let written = people.entry(person).emails.split([';', ',', ' ']);
        written.map(str::trim).filter(|address| !address.is_empty()).map(move |address| (row, address))
    })
}

fn sorted(found: impl Iterator<Item = u32>) -> Vec<PersonId> {
    let mut list: Vec<PersonId> = found.map(PersonId).collect();
    list.sort_unstable();
    list.dedup();
    list
}
