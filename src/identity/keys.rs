//! People by the keys that accounts carry: HR's number, e-mail addresses and their aliases, login.

use super::login::Forms;
use crate::model::index::KeyIndex;
use crate::model::person::{People, Person, PersonId};
use crate::model::text::{Pool, Text};

/// The indexes.
pub struct Keys<'a> {
    people: &'a People,
    ids: KeyIndex,
    logins: KeyIndex,
    emails: KeyIndex,
    aliases: KeyIndex,
    /// One entry for each address of each person.
    addresses: Vec<Address>,
    pool: Pool,
}

/// An address as written, its canonical form, which may be the same, and whose it is.
type Address = (Text, Text, PersonId);

impl<'a> Keys<'a> {
    /// Indexes everybody.
    pub fn of(people: &'a People, forms: &Forms) -> Self {
        let rows = 0..u32::try_from(people.rows.len()).unwrap_or(u32::MAX);
        let by = |field: fn(&Person) -> Text| {
            let mut index = KeyIndex::with_room(people.rows.len());
            rows.clone().for_each(|row| index.insert(row, |row| people.pool.get(field(people.get(PersonId(row))))));
            index
        };
        let ((ids, logins), (addresses, pool)) =
            rayon::join(|| (by(|p| p.person_id), by(|p| p.login)), || addresses(people, forms));
        let entries = 0..u32::try_from(addresses.len()).unwrap_or(u32::MAX);
        let by = |field: fn(&Address) -> Text| {
            let mut index = KeyIndex::with_room(addresses.len());
            entries.clone().for_each(|entry| index.insert(entry, |entry| pool.get(field(&addresses[entry as usize]))));
            index
        };
        let (emails, aliases) = rayon::join(|| by(|address| address.0), || by(|address| address.1));
        Self { people, ids, logins, emails, aliases, addresses, pool }
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

/// All addresses, and their texts.
fn addresses(people: &People, forms: &Forms) -> (Vec<Address>, Pool) {
    let (mut addresses, mut pool) = (Vec::with_capacity(people.rows.len()), Pool::default());
    for (row, person) in (0..).zip(&people.rows) {
        let written = people.pool.get(person.emails);
        for address in written.split([';', ',', ' ']).map(str::trim).filter(|address| !address.is_empty()) {
            let kept = pool.keep(address);
            let canonical = forms.canonical(address).filter(|form| !form.eq_ignore_ascii_case(address));
            let canonical = canonical.map_or(kept, |form| pool.keep(&form));
            addresses.push((kept, canonical, PersonId(row)));
        }
    }
    (addresses, pool)
}

fn sorted(found: impl Iterator<Item = PersonId>) -> Vec<PersonId> {
    let mut list: Vec<PersonId> = found.collect();
    list.sort_unstable();
    list.dedup();
    list
}
