//! People as they are compared: names in parts, logins and addresses, and what else may agree; about 60 bytes a person and
//! the words once.

use std::ops::Range;

use chrono::Datelike;
use hashbrown::HashMap;

use super::agreement::{Grade, words};
use super::built::{Parts, built};
use super::fold::{fold, squeeze};
use super::login::Forms;
use super::name::Words;
use super::sketch::Sketch;
use super::vocabulary::{Vocabulary, Word};
use crate::model::person::{People, Person, PersonId};
use crate::model::text::{Pool, Text};
use crate::parallel;
use crate::time::Moment;

/// The role of a word in a name, for [`Vocabulary::count`].
pub const GIVEN: usize = 0;
/// See [`GIVEN`].
pub const SURNAME: usize = 1;
/// People who are read by one core at a time.
const FEW: usize = 1 << 8;
/// So many times that before their words are entered.
const AT_A_TIME: usize = 32;
/// No number is known.
pub const NO_NUMBER: u32 = u32::MAX;
/// No day is known.
pub const NO_DAY: i32 = i32::MIN;

/// A login or the local part of an address.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    /// Its letters and digits.
    pub text: Text,
    /// The same in short.
    pub sketch: Sketch,
    /// The domain of the address; the empty word for a login.
    pub domain: Word,
    /// It is built from the person's name and has no digits.
    pub plain: bool,
}

/// A person as compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Profile {
    /// The first given name.
    pub given: Word,
    /// The first middle name.
    pub middle: Word,
    /// The surname.
    pub surname: Word,
    /// The second half of a double one.
    pub second: Word,
    /// Particles before the surname.
    pub particles: Word,
    /// Another surname: of the name ([`super::name::Name::other`]), or of an address `given.other@`.
    pub other: Word,
    /// Department, role and place of work, folded.
    pub attributes: [Word; 3],
    /// The manager's place among the people.
    pub manager: Option<PersonId>,
    /// The last nine digits of the telephone number.
    pub phone: u32,
    /// The first day, in days since the year 1.
    pub start: i32,
    handles: (u32, u16),
}

/// Everybody.
pub struct Profiles {
    /// By [`PersonId`].
    pub rows: Vec<Profile>,
    /// The words of names, attributes and domains.
    pub words: Vocabulary,
    handles: Vec<Handle>,
    /// The texts of handles.
    pub pool: Pool,
}

impl Profiles {
    /// Prepares everybody.
    #[must_use]
    pub fn of(people: &People, words: &Words, forms: &Forms) -> Self {
        let mut profiles = Self {
            rows: Vec::with_capacity(people.rows.len()),
            words: Vocabulary::default(),
            handles: Vec::new(),
            pool: Pool::default(),
        };
        let numbers = numbers(people);
        let some: Vec<&[Person]> = people.rows.chunks(FEW).collect();
        let written = |few: &&[Person]| {
            let mut written = Written::default();
            few.iter().for_each(|person| written.person(person, people, words, forms));
            written
        };
        parallel::in_order(&some, AT_A_TIME, written, |few, written| {
            for (person, read) in few.iter().zip(&written.people) {
                let manager = numbers.get(people.entry(person).manager_id).copied();
                profiles.enter(&written, read, manager);
            }
        });
        profiles
    }

    /// Enters a person: every word by its number.
    fn enter(&mut self, written: &Written, read: &Read, manager: Option<PersonId>) {
        let enter = |words: &mut Vocabulary, place: Place| words.enter(written.text(place));
        let [given, middle, surname, second, particles, other] = read.name.map(|place| enter(&mut self.words, place));
        let (phone, start) = (read.phone, read.start);
        let mut profile =
            Profile { given, middle, surname, second, particles, other, manager, phone, start, ..Profile::default() };
        self.words.count(profile.given, GIVEN);
        self.words.count(profile.surname, SURNAME);
        profile.attributes = read.attributes.map(|place| {
            let word = enter(&mut self.words, place);
            self.words.count(word, GIVEN);
            word
        });
        let first = self.handles.len();
        for handle in &written.handles[read.handles.clone()] {
            let domain = enter(&mut self.words, handle.domain);
            self.words.count(domain, SURNAME);
            if profile.other == Word(0) {
                profile.other = enter(&mut self.words, handle.other);
            }
            let text = self.pool.keep(written.text(handle.text));
            self.handles.push(Handle { text, sketch: handle.sketch, domain, plain: handle.plain });
        }
        profile.handles = (count(first), u16::try_from(self.handles.len() - first).unwrap_or(u16::MAX));
        self.rows.push(profile);
    }

    /// The profile of a person.
    #[must_use]
    pub fn get(&self, id: PersonId) -> &Profile {
        &self.rows[id.0 as usize]
    }

    /// The handles of a profile.
    #[must_use]
    pub fn handles(&self, profile: &Profile) -> &[Handle] {
        let (first, length) = profile.handles;
        &self.handles[first as usize..][..usize::from(length)]
    }

    /// The parts of a profile's name.
    #[must_use]
    pub fn parts(&self, profile: &Profile) -> Parts<'_> {
        let get = |word| self.words.get(word);
        Parts {
            given: get(profile.given),
            middle: get(profile.middle),
            surname: get(profile.surname),
            second: get(profile.second),
            particles: get(profile.particles),
        }
    }
}

/// Some people as read, before the words have numbers: all texts end to end, so that the thread that enters them has nothing of the
/// threads that read to give back but this.
#[derive(Default)]
struct Written {
    texts: String,
    people: Vec<Read>,
    handles: Vec<ReadHandle>,
}

/// Where a text lies among those of [`Written`].
type Place = (u32, u32);

/// A person as read.
struct Read {
    /// The given name, the middle name, the surname, the second half of a double one, particles and another surname.
    name: [Place; 6],
    /// Department, role and place of work, folded.
    attributes: [Place; 3],
    phone: u32,
    start: i32,
    handles: Range<usize>,
}

struct ReadHandle {
    text: Place,
    sketch: Sketch,
    domain: Place,
    plain: bool,
    /// Another surname that it shows.
    other: Place,
}

impl Written {
    fn text(&self, (from, to): Place) -> &str {
        self.texts.get(from as usize..to as usize).unwrap_or_default()
    }

    fn keep(&mut self, text: &str) -> Place {
        let from = self.texts.len();
        self.texts.push_str(text);
        (count(from), count(self.texts.len()))
    }

    fn person(&mut self, person: &Person, people: &People, words: &Words, forms: &Forms) {
        let entry = people.entry(person);
        let name = words.parts(entry.name);
        let second = name.surname.get(1..).unwrap_or_default().concat();
        let parts = Parts {
            given: &name.given,
            middle: name.middle.first().map_or("", String::as_str),
            surname: name.surname.first().map_or("", String::as_str),
            second: &second,
            particles: &name.particles,
        };
        // The accounts of somebody who came back may be of the first time.
        let start = person.start_at.filter(|_| !person.came_back).map_or(NO_DAY, |moment| match moment {
            Moment::On(date) => date.num_days_from_ce(),
            Moment::At(at) => at.to_chrono().with_timezone(&person.zone).date_naive().num_days_from_ce(),
        });
        let first = self.handles.len();
        for written in std::iter::once(entry.login).chain(entry.emails.split([';', ',', ' '])) {
            self.handle(written, &parts, forms);
        }
        let texts = [parts.given, parts.middle, parts.surname, parts.second, parts.particles, &name.other];
        let read = Read {
            name: texts.map(|text| self.keep(text)),
            attributes: [entry.department, entry.role, entry.location].map(|text| self.keep(&attribute(text))),
            phone: phone(entry.phone),
            start,
            handles: first..self.handles.len(),
        };
        self.people.push(read);
    }

    fn handle(&mut self, written: &str, parts: &Parts, forms: &Forms) {
        let login = forms.read(written);
        let text = login.squeezed();
        if text.is_empty() {
            return;
        }
        let domain = login.address.as_deref().and_then(|a| a.rsplit_once('@')).map_or("", |(_, domain)| domain);
        let other = another_surname(&login.user, parts).unwrap_or_default();
        let plain = !text.contains(|c: char| c.is_ascii_digit()) && built(&text, parts).whole;
        let sketch = Sketch::of(&text);
        let [text, domain, other] = [&*text, domain, &*other].map(|text| self.keep(text));
        self.handles.push(ReadHandle { text, sketch, domain, plain, other });
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The surname of a login `given.other`, where that is no other writing of the person's own.
fn another_surname(user: &str, parts: &Parts) -> Option<String> {
    let sides: Vec<&str> = user.split(['.', '_']).collect();
    let [one, other] = sides[..] else { return None };
    let other = match parts.given {
        "" => return None,
        given if given == one => squeeze(other),
        given if given == other => squeeze(one),
        _ => return None,
    };
    let letters = other.len() > 2 && other.bytes().all(|b| b.is_ascii_lowercase());
    (letters && words(parts.surname, &other) < Grade::Near && !built(&[parts.given, &other].concat(), parts).whole)
        .then_some(other)
}

fn numbers(people: &People) -> HashMap<&str, PersonId> {
    if people.rows.iter().all(|person| people.entry(person).manager_id.is_empty()) {
        return HashMap::new();
    }
    (0..count(people.rows.len())).map(|row| (people.person_id(PersonId(row)), PersonId(row))).collect()
}

/// A department, role or place as it is compared.
#[must_use]
pub fn attribute(written: &str) -> String {
    squeeze(&fold(written))
}

/// The last nine digits of a telephone number; [`NO_NUMBER`] where there are fewer than five.
#[must_use]
pub fn phone(written: &str) -> u32 {
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() < 5 {
        return NO_NUMBER;
    }
    digits[digits.len().saturating_sub(9)..].iter().fold(0, |number, digit| number * 10 + digit)
}
