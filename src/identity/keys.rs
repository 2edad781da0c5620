//! People by the keys that accounts carry: HR's number, e-mail addresses and their aliases, login.

use super::login::Forms;
use crate::model::index::KeyIndex;
use crate::model::person::{People, PersonId};
use crate::model::text::{Pool, Text};

/// The indexes.
pub struct Keys<'a> {
    people: &'a People,
    ids: KeyIndex,
    logins: KeyIndex,
    emails: KeyIndex,
    aliases: KeyIndex,
    /// One entry for each address of each person: as written, and its canonical form where that is another.
    addresses: Vec<(Text, Text, PersonId)>,
    pool: Pool,
}

impl<'a> Keys<'a> {
    /// Indexes everybody.
    pub fn of(people: &'a People, forms: &Forms) -> Self {
        let mut keys = Self {
            people,
            ids: KeyIndex::default(),
            logins: KeyIndex::default(),
            emails: KeyIndex::default(),
            aliases: KeyIndex::default(),
            addresses: Vec::new(),
            pool: Pool::default(),
        };
        for row in 0..u32::try_from(people.rows.len()).unwrap_or(u32::MAX) {
            keys.ids.insert(row, |row| people.pool.get(people.get(PersonId(row)).person_id));
            keys.logins.insert(row, |row| people.pool.get(people.get(PersonId(row)).login));
            let written = people.pool.get(people.get(PersonId(row)).emails);
            for address in written.split([';', ',', ' ']).map(str::trim).filter(|address| !address.is_empty()) {
                let entry = u32::try_from(keys.addresses.len()).unwrap_or(u32::MAX);
                let kept = keys.pool.keep(address);
                let canonical = forms.canonical(address).filter(|form| !form.eq_ignore_ascii_case(address));
                let canonical = canonical.map_or(kept, |form| keys.pool.keep(&form));
                keys.addresses.push((kept, canonical, PersonId(row)));
                let (addresses, pool) = (&keys.addresses, &keys.pool);
                keys.emails.insert(entry, |entry| pool.get(addresses[entry as usize].0));
                keys.aliases.insert(entry, |entry| pool.get(addresses[entry as usize].1));
            }
        }
        keys
    }

    /// Everybody with this number.
    pub fn by_person_id(&self, key: &str) -> Vec<PersonId> {
        let people = self.people;
        sorted(self.ids.find(key, |row| people.pool.get(people.get(PersonId(row)).person_id)).map(PersonId))
    }

    /// Everybody with this login.
    pub fn by_login(&self, key: &str) -> Vec<PersonId> {
        let people = self.people;
        sorted(self.logins.find(key, |row| people.pool.get(people.get(PersonId(row)).login)).map(PersonId))
    }

    /// Everybody with this address.
    pub fn by_email(&self, key: &str) -> Vec<PersonId> {
        let text = |entry: u32| self.pool.get(self.addresses[entry as usize].0);
        sorted(self.emails.find(key, text).map(|entry| self.addresses[entry as usize].2))
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
        let text = |entry: u32| self.pool.get(self.addresses[entry as usize].1);
        sorted(self.aliases.find(canonical, text).map(|entry| self.addresses[entry as usize].2))
    }
}

fn sorted(found: impl Iterator<Item = PersonId>) -> Vec<PersonId> {
    let mut list: Vec<PersonId> = found.collect();
    list.sort_unstable();
    list.dedup();
    list
}
