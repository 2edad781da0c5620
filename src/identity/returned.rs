//! People who left and are here again under a new number: the HR list has two rows of them, which accounts cannot tell apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::likely::Knowledge;
use super::link::{Candidate, Score};
use crate::model::person::{People, PersonId};
use crate::time::Moment;

/// The former row of each person who came back, with the present one: the same name, the same address (the first of each) or the same login,
/// and a first day not before the departure. `gone` tells the day of a departure, `here` who is here now. Who may be several is left out.
#[must_use]
pub fn returned(
    people: &People,
    knowledge: &Knowledge,
    gone: &dyn Fn(PersonId) -> Option<NaiveDate>,
    here: &dyn Fn(PersonId) -> bool,
) -> BTreeMap<PersonId, PersonId> {
    let rows = || (0..u32::try_from(people.rows.len()).unwrap_or(u32::MAX)).map(PersonId);
    let mut by_key: HashMap<String, Vec<(PersonId, NaiveDate)>> = HashMap::new();
    for (id, left) in rows().filter_map(|id| Some((id, gone(id)?))) {
        for key in keys(people, id) {
            by_key.entry(key).or_default().push((id, left));
        }
    }
    let mut back: BTreeMap<PersonId, Vec<PersonId>> = BTreeMap::new();
    if by_key.is_empty() {
        return BTreeMap::new();
    }
    let first_left = by_key.values().flatten().map(|(_, left)| *left).min();
    for present in rows() {
        let began = match people.get(present).start_at {
            Some(Moment::On(date)) => date,
            Some(Moment::At(at)) => at.to_chrono().date_naive(),
            None => continue,
        };
        if first_left.is_none_or(|left| began < left) || !here(present) {
            continue;
        }
        for (former, left) in keys(people, present).iter().filter_map(|key| by_key.get(key)).flatten() {
            let named = |id| {
                let name = knowledge.words.parts(people.name(id));
                (name.given.clone(), name.surname.concat())
            };
            let rows = back.entry(*former).or_default();
            if began >= *left && !rows.contains(&present) && named(*former) == named(present) {
                rows.push(present);
            }
        }
    }
    back.into_iter().filter_map(|(former, present)| <[_; 1]>::try_from(present).ok().map(|[present]| (former, present))).collect()
}

/// Candidates with the two rows of somebody who came back as one, as likely as both together; the likeliest first.
pub(super) fn merged(candidates: &[Candidate], back: &BTreeMap<PersonId, PersonId>) -> Vec<Candidate> {
    let mut merged: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let person = back.get(&candidate.person).copied().unwrap_or(candidate.person);
        match merged.iter_mut().find(|known| known.person == person) {
            Some(known) => {
                known.score = known.score.zip(candidate.score).map(|(a, b)| Score::of(a.chance() + b.chance())).or(known.score);
            }
            None => merged.push(Candidate { person, ..*candidate }),
        }
    }
    if merged.len() < candidates.len() {
        merged.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    }
    merged
}

/// What accounts know a person by: the first address and the login, told apart.
fn keys(people: &People, id: PersonId) -> Vec<String> {
    let entry = people.entry_of(id);
    let address = entry.emails.split([';', ',', ' ']).map(str::trim).find(|address| !address.is_empty());
    let login = Some(entry.login.trim()).filter(|login| !login.is_empty());
    let address = address.map(|address| format!("a {}", address.to_lowercase()));
    address.into_iter().chain(login.map(|login| format!("l {}", login.to_lowercase()))).collect()
}
