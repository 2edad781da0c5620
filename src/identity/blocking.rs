//! Who may be the holder of an account, without comparing everybody: people who share a key with it. Keys are small hashes; a
//! collision costs a comparison and changes nothing.

use super::blocks::Blocks;
use super::fold::bare;
use super::profile::{NO_DAY, NO_NUMBER, Profile, Profiles};
use super::similarity::soundex;
use super::subject::Subject;
use super::vocabulary::Word;
use crate::model::person::{People, PersonId};

/// Keys that more people share tell too little.
const SHARED_BY: usize = 200;
/// The same for a single word of a name.
const WORD_SHARED_BY: usize = 60;
/// Of more candidates than this only those are compared that share two keys, or one that tells much.
const MANY: usize = 100;

#[derive(Clone, Copy)]
enum Kind {
    Full,
    SurnameInitial,
    GivenStart,
    Sound,
    Handle,
    Letters,
    Surname,
    Given,
    Phone,
    Number,
    Day,
    Starts,
    Ends,
}

impl Kind {
    /// Whether a key of this kind tells as much as two others.
    fn strong(self) -> bool {
        matches!(self, Self::Full | Self::Handle | Self::Letters | Self::Phone | Self::Number)
    }
}

/// Indexes everybody.
#[must_use]
pub fn blocks(profiles: &Profiles, people: &People) -> Blocks {
    let rows = u32::try_from(profiles.rows.len()).unwrap_or(u32::MAX);
    Blocks::of(rows, |row, into| {
        let id = PersonId(row);
        person_keys(profiles, profiles.get(id), people.person_id(id), &mut |key| into.push(key));
    })
}

impl Blocks {
    /// The candidates of an account, sorted.
    pub fn candidates(&self, subject: &Subject, into: &mut Vec<PersonId>) {
        into.clear();
        subject_keys(subject, &mut |kind, key| {
            let found = self.of_key(key);
            let most = match kind {
                Kind::Surname | Kind::Given => WORD_SHARED_BY,
                _ => SHARED_BY,
            };
            // People of the very same name are candidates however many: then no one of them is likely.
            if found.len() <= most || matches!(kind, Kind::Full) {
                let found = found.iter().take(SHARED_BY).map(|row| PersonId(*row));
                let times = if kind.strong() { 2 } else { 1 };
                into.extend(found.flat_map(|person| std::iter::repeat_n(person, times)));
            }
        });
        into.sort_unstable();
        let distinct = into.chunk_by(|a, b| a == b).count();
        if distinct > MANY {
            let often = into.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]);
            *into = often.collect();
        }
        into.dedup();
    }
}

/// A key in the making: FNV-1a over the kind and the texts.
struct Key(u64);

impl Key {
    fn of(kind: Kind) -> Self {
        let mut key = Self(0xCBF2_9CE4_8422_2325);
        key.take(kind as u8);
        key
    }

    fn take(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }

    fn with(mut self, text: impl Iterator<Item = u8>) -> Self {
        text.for_each(|byte| self.take(byte));
        self.take(0xFF);
        self
    }

    /// The two halves of the hash, folded.
    fn end(self) -> u32 {
        let hash = self.0 ^ (self.0 >> 32);
        u32::try_from(hash & 0xFFFF_FFFF).unwrap_or(0)
    }
}

fn key(kind: Kind, texts: &[&str]) -> u32 {
    texts.iter().fold(Key::of(kind), |key, text| key.with(text.bytes())).end()
}

/// The key of words put together, with bare vowels.
fn letters_key(words: &[&str]) -> u32 {
    let letters = bare(words.iter().flat_map(|word| word.chars()));
    let bytes = letters.flat_map(|c| {
        let mut bytes = [0; 4];
        let length = c.encode_utf8(&mut bytes).len();
        bytes.into_iter().take(length)
    });
    Key::of(Kind::Letters).with(bytes).end()
}

fn start(word: &str, length: usize) -> &str {
    &word[..word.len().min(length)]
}

fn end(word: &str) -> &str {
    &word[word.len().saturating_sub(3)..]
}

/// A pair of words in a fixed order, so that a swapped name has the same key.
fn pair<'t>(a: &'t str, b: &'t str) -> [&'t str; 2] {
    if a <= b { [a, b] } else { [b, a] }
}

fn sound_key(a: &str, b: &str) -> u32 {
    let (a, b) = (soundex(a), soundex(b));
    let [one, other] = if a <= b { [a, b] } else { [b, a] };
    Key::of(Kind::Sound).with(one.into_iter()).with(other.into_iter()).end()
}

fn person_keys(profiles: &Profiles, profile: &Profile, person_id: &str, enter: &mut impl FnMut(u32)) {
    let parts = profiles.parts(profile);
    let with_particles = if parts.particles.is_empty() { String::new() } else { format!("{}{}", parts.particles, parts.surname) };
    let given = parts.given;
    let other = profiles.words.get(profile.other);
    for surname in [parts.surname, parts.second, &with_particles, other].into_iter().filter(|s| !s.is_empty()) {
        enter(key(Kind::Surname, &[surname]));
        if given.is_empty() {
            continue;
        }
        enter(key(Kind::Full, &pair(given, surname)));
        enter(key(Kind::SurnameInitial, &[surname, start(given, 1)]));
        enter(key(Kind::GivenStart, &[given, start(surname, 2)]));
        enter(sound_key(given, surname));
        enter(key(Kind::Starts, &pair(start(given, 3), start(surname, 3))));
        enter(key(Kind::Ends, &pair(end(given), end(surname))));
        let initial = start(given, 1);
        for letters in [
            [given, surname],
            [surname, given],
            [initial, surname],
            [surname, initial],
            [given, start(surname, 1)],
            [initial, start(surname, 8 - initial.len())],
        ] {
            enter(letters_key(&letters));
        }
        if profile.middle != Word(0) {
            enter(key(Kind::Full, &pair(parts.middle, surname)));
            enter(letters_key(&[initial, start(parts.middle, 1), surname]));
        }
    }
    if !given.is_empty() {
        enter(key(Kind::Given, &[given]));
        if !parts.second.is_empty() {
            enter(letters_key(&[parts.surname, parts.second, given]));
            enter(letters_key(&[given, parts.surname, parts.second]));
        }
    }
    for handle in profiles.handles(profile) {
        handle_keys(profiles.pool.get(handle.text), &mut |_, key| enter(key));
    }
    if profile.phone != NO_NUMBER {
        enter(key(Kind::Phone, &[&profile.phone.to_string()]));
    }
    if profile.start != NO_DAY {
        for word in [given, parts.surname].into_iter().filter(|word| !word.is_empty()) {
            enter(key(Kind::Day, &[&profile.start.to_string(), start(word, 1)]));
        }
    }
    let digits = digits(person_id);
    if !digits.is_empty() {
        enter(key(Kind::Number, &[&digits]));
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').to_owned()
}

fn handle_keys(text: &str, enter: &mut impl FnMut(Kind, u32)) {
    enter(Kind::Handle, key(Kind::Handle, &[text]));
    let letters = || text.bytes().filter(u8::is_ascii_alphabetic);
    if letters().count() > 3 {
        enter(Kind::Letters, Key::of(Kind::Letters).with(letters()).end());
    }
    if text.len() >= 8 {
        enter(Kind::Handle, key(Kind::Handle, &["^", start(text, 6)]));
        enter(Kind::Handle, key(Kind::Handle, &["$", &text[text.len() - 6..]]));
    }
}

fn subject_keys(subject: &Subject, enter: &mut impl FnMut(Kind, u32)) {
    let parts = subject.parts();
    let with_particles = if parts.particles.is_empty() { String::new() } else { format!("{}{}", parts.particles, parts.surname) };
    let surnames = [parts.surname, parts.second, &with_particles, &subject.name.other];
    for surname in surnames.into_iter().filter(|s| !s.is_empty()) {
        enter(Kind::Surname, key(Kind::Surname, &[surname]));
        enter(Kind::Given, key(Kind::Given, &[surname]));
        for given in [parts.given, parts.middle].into_iter().filter(|g| !g.is_empty()) {
            enter(Kind::Full, key(Kind::Full, &pair(given, surname)));
            for [one, other] in [[given, surname], [surname, given]] {
                enter(Kind::SurnameInitial, key(Kind::SurnameInitial, &[other, start(one, 1)]));
                enter(Kind::GivenStart, key(Kind::GivenStart, &[one, start(other, 2)]));
            }
            enter(Kind::Sound, sound_key(given, surname));
            enter(Kind::Starts, key(Kind::Starts, &pair(start(given, 3), start(surname, 3))));
            enter(Kind::Ends, key(Kind::Ends, &pair(end(given), end(surname))));
            enter(Kind::Letters, letters_key(&[given, surname]));
        }
    }
    if !parts.given.is_empty() {
        enter(Kind::Given, key(Kind::Given, &[parts.given]));
        enter(Kind::Surname, key(Kind::Surname, &[parts.given]));
        enter(Kind::Letters, letters_key(&[&subject.name.whole()]));
    }
    for (text, _) in &subject.handles {
        handle_keys(text, enter);
    }
    if subject.phone != NO_NUMBER {
        enter(Kind::Phone, key(Kind::Phone, &[&subject.phone.to_string()]));
    }
    if subject.start != NO_DAY {
        for word in [parts.given, parts.surname].into_iter().filter(|word| !word.is_empty()) {
            enter(Kind::Day, key(Kind::Day, &[&subject.start.to_string(), start(word, 1)]));
        }
    }
    let digits = digits(&subject.number);
    if !digits.is_empty() {
        enter(Kind::Number, key(Kind::Number, &[&digits]));
    }
}
