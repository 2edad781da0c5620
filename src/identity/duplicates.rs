//! People who stand in the list twice: two numbers, and more in common than a name.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;
use rayon::prelude::*;

use super::likely::Knowledge;
use super::profile::{NO_NUMBER, phone};
use crate::model::person::{People, Person, PersonId};
use crate::time::Moment;

/// Two rows that may be one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The one that stands first.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// What they have in common.
    pub why: &'static str,
}

/// Of a name or an address that more people share nothing is said.
const MOST: usize = 10;

/// What people may share, by the hash of it, with who has it. Two texts have one hash of 128 bits by no chance that counts.
type Shared = Vec<((u64, u64), PersonId)>;

/// All pairs, by the second of them; each person is the second of one pair at most.
#[must_use]
pub fn twins(people: &People, knowledge: &Knowledge) -> Vec<Twin> {
    let hashers = [DefaultHashBuilder::default(), DefaultHashBuilder::default()];
    let hash = |text: &str| (hashers[0].hash_one(text), hashers[1].hash_one(text));
    let rows = 0..u32::try_from(people.rows.len()).unwrap_or(u32::MAX);
    let keys = |row| {
        let id = PersonId(row);
        let entry = people.entry_of(id);
        let addresses = entry.emails.split([';', ',', ' ']).filter(|a| !a.is_empty());
        let addresses = addresses.filter_map(|address| knowledge.forms.canonical(address));
        let login = Some(entry.login.trim().to_lowercase()).filter(|login| !login.is_empty());
        addresses.chain(login).map(|key| (hash(&key), id)).collect::<Vec<_>>()
    };
    let name = |row| {
        let name = knowledge.words.parts(people.name(PersonId(row)));
        let whole = || hash(&format!("{} {}", name.given, name.surname.concat()));
        (!name.given.is_empty()).then(|| (whole(), PersonId(row)))
    };
    let by_key: Shared = rows.clone().into_par_iter().flat_map_iter(keys).collect();
    let by_name: Shared = rows.into_par_iter().filter_map(name).collect();
    let mut twins: Vec<Twin> = Vec::new();
    let mut groups = |mut shared: Shared, why: &dyn Fn(&Person, &Person) -> Option<&'static str>| {
        shared.par_sort_unstable();
        shared.dedup();
        for group in shared.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=MOST).contains(&group.len())) {
            for (place, (_, second)) in group.iter().enumerate().skip(1) {
                let mut before = group[..place].iter().map(|(_, first)| *first);
                let found = before.find_map(|first| Some((first, why(people.get(first), people.get(*second))?)));
                twins.extend(found.map(|(first, why)| Twin { first, second: *second, why }));
            }
        }
    };
    groups(by_key, &|_, _| Some("they share an address or a login"));
    groups(by_name, &|a, b| in_common(people, a, b));
    // The groups come in no order; sorted, the result does.
    twins.sort_by_key(|twin| (twin.second, twin.first));
    twins.dedup_by_key(|twin| twin.second);
    twins
}

/// What two people of one name have in common beside it.
fn in_common(people: &People, a: &Person, b: &Person) -> Option<&'static str> {
    let date = |moment: Option<Moment>| match moment? {
        Moment::On(date) => Some(date),
        Moment::At(at) => Some(at.to_chrono().date_naive()),
    };
    let same_phone = phone(people.entry(a).phone) == phone(people.entry(b).phone);
    if same_phone && phone(people.entry(a).phone) != NO_NUMBER {
        return Some("the same name and telephone number");
    }
    let (start_a, start_b) = (date(a.start_at), date(b.start_at));
    if start_a.is_some() && start_a == start_b {
        return Some("the same name and first day");
    }
    let after =
        |left: Option<Moment>, began: Option<chrono::NaiveDate>| date(left).zip(began).is_some_and(|(left, began)| began >= left);
    if after(a.departs_at, start_b) || after(b.departs_at, start_a) {
        return Some("the same name, and one began after the other left: perhaps a return under a new number");
    }
    None
}
