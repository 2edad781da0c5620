//! An account beside a person: for each field the level of agreement, and how rare that on which they agree is.

use hashbrown::HashMap;

use super::agreement::{Grade, given_names, words};
use super::built::{Built, built};
use super::field::{FIELDS, Field, attribute, created, handle, number, order, start};
use super::nicknames::Nicknames;
use super::profile::{GIVEN, NO_DAY, NO_NUMBER, Profile, Profiles, SURNAME};
use super::similarity::{alike, one_edit};
use super::subject::Subject;
use super::vocabulary::Word;
use crate::model::index::same;
use crate::model::person::{People, PersonId};

/// The level of each field, 0 where it cannot be compared.
pub type Vector = [u8; FIELDS];

/// What a comparison gives.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared {
    /// The levels.
    pub levels: Vector,
    /// The sum of `-ln f` of the values on which both agree and whose frequency `f` among the people is counted.
    pub rarity: f32,
}

/// Compares accounts with people.
pub struct Comparer<'a> {
    /// The people.
    pub people: &'a People,
    /// The same, prepared.
    pub profiles: &'a Profiles,
    /// Short forms of names.
    pub nicknames: &'a Nicknames,
}

/// Grades of the words of one subject against words of the people, so that none is computed twice.
#[derive(Default)]
pub struct Cache {
    grades: HashMap<(u8, Word), Grade>,
    attributes: HashMap<(u8, Word), u8>,
}

/// Logins this alike by Jaro and Winkler's measure are nearly the same.
const CLOSE_HANDLE: f64 = 0.94;

const FIRST: u8 = 0;
const MIDDLE: u8 = 1;
const LAST: u8 = 2;
const SECOND: u8 = 3;
const OTHER: u8 = 4;

/// How much of a name agrees, both ways round.
#[derive(Clone, Copy)]
struct Names {
    given: Grade,
    surname: Grade,
    swapped: bool,
}

impl Comparer<'_> {
    /// Compares an account with a person.
    #[must_use]
    pub fn compare(&self, subject: &Subject, id: PersonId, cache: &mut Cache) -> Compared {
        let profile = self.profiles.get(id);
        let mut compared = Compared::default();
        let letters = self.letters(subject, profile);
        let names = self.names(subject, profile, letters, cache);
        compared.set(Field::Given, names.given as u8);
        compared.set(Field::Surname, names.surname as u8);
        if !subject.name.given.is_empty() {
            compared.set(Field::Order, if names.swapped { order::SWAPPED } else { order::STRAIGHT });
        }
        if names.given == Grade::Same {
            compared.rarity += self.rarity(profile.given, GIVEN);
        }
        if names.surname == Grade::Same {
            compared.rarity += self.rarity(profile.surname, SURNAME);
        }
        if !names.swapped {
            let word = subject.name.middle.first().map_or("", String::as_str);
            compared.set(Field::Middle, self.grade(MIDDLE, word, profile.middle, cache) as u8);
        }
        self.handles(subject, profile, letters, &mut compared);
        self.attributes(subject, profile, cache, &mut compared);
        compared.set(Field::Manager, self.manager(subject, profile));
        compared.set(
            Field::Phone,
            match (subject.phone, profile.phone) {
                (NO_NUMBER, _) | (_, NO_NUMBER) => 0,
                (a, b) if a == b => number::SAME,
                (a, b) if one_edit(&a.to_string(), &b.to_string()) => number::CLOSE,
                _ => number::DIFFERS,
            },
        );
        compared.set(Field::Start, days(subject.start, profile.start));
        if subject.created != NO_DAY && profile.start != NO_DAY {
            compared.set(
                Field::Created,
                match subject.created - profile.start {
                    -14..=14 => created::NEAR,
                    15.. => created::LATER,
                    -60..=-15 => created::BEFORE,
                    _ => created::LONG_BEFORE,
                },
            );
        }
        if !subject.number.is_empty() {
            compared.set(Field::Number, numbers(&subject.number, self.people.person_id(id)));
        }
        compared
    }

    /// How rare a word is among the people, as `-ln f`.
    fn rarity(&self, word: Word, role: usize) -> f32 {
        let people = self.profiles.rows.len() as f32;
        (people / (self.profiles.words.held(word, role) as f32).max(1.0)).ln().max(0.0)
    }

    fn grade(&self, part: u8, word: &str, other: Word, cache: &mut Cache) -> Grade {
        if word.is_empty() || other == Word(0) {
            return Grade::Missing;
        }
        *cache.grades.entry((part, other)).or_insert_with(|| {
            let other = self.profiles.words.get(other);
            if part >= LAST { words(word, other) } else { given_names(word, other, self.nicknames) }
        })
    }

    /// What the account's logins tell of the person's name, the best of them.
    fn letters(&self, subject: &Subject, profile: &Profile) -> Option<Built> {
        let parts = self.profiles.parts(profile);
        let alone = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        let told = subject.handles.iter().map(|(text, _)| built(&alone(text), &parts)).filter(|b| b.whole);
        told.max_by_key(|b| (b.surname, b.given))
    }

    fn names(&self, subject: &Subject, profile: &Profile, letters: Option<Built>, cache: &mut Cache) -> Names {
        let (given, middle) = (&*subject.name.given, subject.name.middle.first().map_or("", String::as_str));
        let surname = subject.name.surname.first().map_or("", String::as_str);
        let second = subject.name.surname.get(1).map_or("", String::as_str);
        let mut first = self.grade(FIRST, given, profile.given, cache);
        if first < Grade::Related && self.grade(FIRST, given, profile.middle, cache) == Grade::Same
            || first < Grade::Related && middle.len() > 1 && self.grade(MIDDLE, middle, profile.given, cache) == Grade::Same
        {
            first = Grade::Related;
        }
        let mut last = self.grade(LAST, surname, profile.surname, cache);
        if last < Grade::Related {
            let halves = [
                self.grade(LAST, surname, profile.second, cache),
                self.grade(SECOND, second, profile.surname, cache),
                if middle.len() > 1 { self.grade(MIDDLE, middle, profile.surname, cache) } else { Grade::Missing },
                self.grade(LAST, surname, profile.middle, cache),
                self.grade(LAST, surname, profile.other, cache),
                self.grade(OTHER, &subject.name.other, profile.surname, cache),
            ];
            last = if halves.contains(&Grade::Same) { Grade::Related } else { last };
        } else if last == Grade::Same && (second.is_empty() != (profile.second == Word(0))) {
            last = Grade::Related;
        }
        let straight = Names { given: first, surname: last, swapped: false };
        let swapped = Names {
            given: self.grade(LAST, surname, profile.given, cache),
            surname: self.grade(FIRST, given, profile.surname, cache),
            swapped: true,
        };
        let rank = |names: &Names| (names.given as u8) + (names.surname as u8);
        let mut names = if rank(&swapped) > rank(&straight) + 1 { swapped } else { straight };
        if names.given.min(names.surname) < Grade::Related {
            self.whole(subject, profile, &mut names);
        }
        if let Some(letters) = letters {
            raise(&mut names.given, letters.given);
            raise(&mut names.surname, letters.surname);
        }
        names
    }

    /// Names whose parts are cut elsewhere: the same letters, or all but one.
    fn whole(&self, subject: &Subject, profile: &Profile, names: &mut Names) {
        if subject.name.is_empty() || profile.given == Word(0) {
            return;
        }
        let parts = self.profiles.parts(profile);
        let whole = subject.name.whole();
        let turned = [subject.name.surname.concat(), subject.name.given.clone(), subject.name.middle.concat()].concat();
        let theirs = [parts.given, parts.middle, parts.particles, parts.surname, parts.second];
        let length: usize = theirs.iter().map(|part| part.len()).sum();
        if whole.len().abs_diff(length) > 1
            || whole.len() < 6
            || ![&whole, &turned].iter().any(|text| text.starts_with(&parts.given[..1]))
        {
            return;
        }
        let theirs = theirs.concat();
        if whole == theirs || turned == theirs {
            (names.given, names.surname) = (Grade::Same, Grade::Same);
        } else if one_edit(&whole, &theirs) {
            (names.given, names.surname) = (names.given.max(Grade::Close), names.surname.max(Grade::Close));
        }
    }

    fn handles(&self, subject: &Subject, profile: &Profile, letters: Option<Built>, compared: &mut Compared) {
        if subject.handles.is_empty() {
            return;
        }
        let theirs = self.profiles.handles(profile);
        let mut best = if letters.is_some() { handle::BUILT } else { handle::DIFFERS };
        let mut domains = (false, None);
        for ((own, domain), sketch) in subject.handles.iter().zip(&subject.sketches) {
            for their in theirs {
                if sketch.may_be_alike(their.sketch, CLOSE_HANDLE) {
                    let text = self.profiles.pool.get(their.text);
                    best = best.max(handle_level(own, text, their.plain, letters.is_some()));
                }
                if !domain.is_empty() && their.domain != Word(0) {
                    domains.0 = true;
                    if self.profiles.words.get(their.domain) == domain {
                        domains.1 = Some(their.domain);
                    }
                }
            }
        }
        compared.set(Field::Handle, best);
        if let Some(domain) = domains.1 {
            compared.set(Field::Domain, attribute::SAME);
            compared.rarity += self.rarity(domain, SURNAME);
        } else if domains.0 {
            compared.set(Field::Domain, attribute::DIFFERS);
        }
    }

    fn attributes(&self, subject: &Subject, profile: &Profile, cache: &mut Cache, compared: &mut Compared) {
        let fields = [Field::Department, Field::Role, Field::Location];
        for ((field, own), their) in fields.into_iter().zip(&subject.attributes).zip(profile.attributes) {
            if own.is_empty() || their == Word(0) {
                continue;
            }
            let level = *cache.attributes.entry((field as u8, their)).or_insert_with(|| {
                let text = self.profiles.words.get(their);
                if own == text {
                    attribute::SAME
                } else if one_edit(own, text) || alike(own, text, 0.9) {
                    attribute::CLOSE
                } else {
                    attribute::DIFFERS
                }
            });
            compared.set(field, level);
            if level == attribute::SAME {
                compared.rarity += self.rarity(their, GIVEN);
            }
        }
    }

    fn manager(&self, subject: &Subject, profile: &Profile) -> u8 {
        let Some(manager) = profile.manager.filter(|_| !subject.manager.is_empty()) else { return 0 };
        let entry = self.people.entry_of(manager);
        let addresses = entry.emails.split([';', ',', ' ']);
        let mut keys = addresses.chain([entry.person_id, entry.login, entry.name]);
        if keys.any(|key| same(key.trim(), &subject.manager)) {
            return attribute::SAME;
        }
        let name = super::fold::squeeze(&super::fold::fold(entry.name));
        let own = super::fold::squeeze(&super::fold::fold(&subject.manager));
        if alike(&name, &own, 0.92) { attribute::SAME } else { attribute::DIFFERS }
    }
}

impl Compared {
    fn set(&mut self, field: Field, level: u8) {
        self.levels[field as usize] = level;
    }
}

/// A login may say more of a word than the name does, but not overrule it: where the name says another word, it stands.
fn raise(grade: &mut Grade, told: Grade) {
    let open = *grade == Grade::Missing || *grade >= Grade::Near && told == Grade::Same;
    if open && told > *grade {
        *grade = told;
    }
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphabetic)
}

fn handle_level(own: &str, their: &str, plain: bool, built: bool) -> u8 {
    if own == their {
        return match (plain, built) {
            (true, _) => handle::SAME_PLAIN,
            (false, true) => handle::SAME_NUMBERED,
            (false, false) => handle::SAME_OWN,
        };
    }
    let numbered = own.contains(|c: char| c.is_ascii_digit()) || !plain;
    if numbered && letters(own).nth(2).is_some() && letters(own).eq(letters(their)) {
        return handle::OTHER_NUMBER;
    }
    if own.len() >= 6 && (one_edit(own, their) || alike(own, their, CLOSE_HANDLE)) {
        return if plain { handle::CLOSE_PLAIN } else { handle::CLOSE_OWN };
    }
    0
}

fn days(a: i32, b: i32) -> u8 {
    use chrono::{Datelike, NaiveDate};
    if a == NO_DAY || b == NO_DAY {
        return 0;
    }
    if a == b {
        return start::SAME;
    }
    let parts = |day: i32| NaiveDate::from_num_days_from_ce_opt(day).map(|d| (d.year(), d.month(), d.day()));
    let (Some(a_parts), Some(b_parts)) = (parts(a), parts(b)) else { return 0 };
    let alike = [a_parts.0 == b_parts.0, a_parts.1 == b_parts.1, a_parts.2 == b_parts.2];
    let turned = a_parts.0 == b_parts.0 && (a_parts.1, a_parts.2) == (b_parts.2, b_parts.1);
    if turned || alike.iter().filter(|same| **same).count() == 2 {
        start::WRITTEN_CLOSE
    } else if (a - b).abs() <= 31 {
        start::NEAR
    } else {
        start::DIFFERS
    }
}

/// A number that nobody has beside the person's own.
fn numbers(own: &str, their: &str) -> u8 {
    if own.is_empty() || their.is_empty() {
        return 0;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').to_owned();
    let (a, b) = (digits(own), digits(their));
    if !a.is_empty() && a == b {
        number::SAME
    } else if own.len() >= 5 && one_edit(own, &their.to_lowercase()) {
        number::CLOSE
    } else {
        number::DIFFERS
    }
}
