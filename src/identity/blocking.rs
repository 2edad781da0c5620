//! Who may be the holder of an account, without comparing everybody: people who share a key with it. Keys are small hashes; a
//! collision costs a comparison and changes nothing.

use rayon::prelude::*;

use super::fold::bare_vowels;
use super::profile::{NO_DAY, NO_NUMBER, Profile, Profiles};
use super::similarity::soundex;
use super::subject::Subject;
use super::vocabulary::Word;
use crate::model::person::{People, PersonId};
use crate::parallel;

/// Keys that more people share tell too little.
const SHARED_BY: usize = 200;
/// The same for a single word of a name.
const WORD_SHARED_BY: usize = 60;
/// Of more candidates than this only those are compared that share two keys, or one that tells much.
const MANY: usize = 100;
/// People whose keys are made by one core.
const FEW: usize = 1 << 10;
/// So many times that before they are entered.
const AT_A_TIME: usize = 16;
/// Bits of a key that the directory tells; so many more are left as [`Ending`] holds.
const DIRECTORY_BITS: u32 = u32::BITS - Ending::BITS;
/// What is kept of a key.
type Ending = u16;

/// The people by key.
pub struct Blocks {
    /// The last bits of the keys, in the order of the whole keys.
    endings: Vec<Ending>,
    /// The person of each, by row.
    people: Vec<u32>,
    /// Where the keys that begin with these bits start.
    directory: Vec<u32>,
}

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

impl Blocks {
    /// Indexes everybody.
    #[must_use]
    pub fn of(profiles: &Profiles, people: &People) -> Self {
        let keys_of = |few: usize| {
            let mut keys = Vec::new();
            for (profile, row) in profiles.rows.iter().zip(0_u32..).skip(few * FEW).take(FEW) {
                person_keys(profiles, profile, people.person_id(PersonId(row)), &mut |key| keys.push((key, row)));
            }
            keys
        };
        let mut entries: Vec<(u32, u32)> = Vec::new();
        let parts: Vec<usize> = (0..profiles.rows.len().div_ceil(FEW)).collect();
        parallel::in_order(&parts, AT_A_TIME, |few| keys_of(*few), |_, keys| entries.extend(keys.into_iter().flatten()));
        entries.par_sort_unstable();
        entries.dedup();
        let mut directory = vec![0_u32; (1 << DIRECTORY_BITS) + 1];
        for (key, _) in &entries {
            directory[beginning(*key) + 1] += 1;
        }
        for place in 1..directory.len() {
            directory[place] += directory[place - 1];
        }
        let endings = entries.iter().map(|(key, _)| ending(*key)).collect();
        // In the place of the entries, of which there may be dozens for each person.
        let mut people: Vec<u32> = entries.into_iter().map(|(_, row)| row).collect();
        people.shrink_to_fit();
        Self { endings, people, directory }
    }

    fn of_key(&self, key: u32) -> &[u32] {
        let start = self.directory[beginning(key)] as usize;
        let endings = &self.endings[start..self.directory[beginning(key) + 1] as usize];
        let from = endings.partition_point(|other| *other < ending(key));
        let to = from + endings[from..].partition_point(|other| *other == ending(key));
        &self.people[start + from..start + to]
    }

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

/// What the directory tells of a key.
fn beginning(key: u32) -> usize {
    (key >> Ending::BITS) as usize
}

/// The rest of it.
fn ending(key: u32) -> Ending {
    Ending::try_from(key & u32::from(Ending::MAX)).unwrap_or(Ending::MAX)
}

/// FNV-1a over the kind and the texts, its two halves folded.
fn key(kind: Kind, texts: &[&str]) -> u32 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    take(kind as u8);
    for text in texts {
        text.bytes().for_each(&mut take);
        take(0xFF);
    }
    let hash = hash ^ (hash >> 32);
    u32::try_from(hash & 0xFFFF_FFFF).unwrap_or(0)
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
    let text = |code: &'_ [u8; 4]| String::from_utf8_lossy(code).into_owned();
    key(Kind::Sound, &pair(&text(&a), &text(&b)))
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
            enter(key(Kind::Letters, &[&bare_vowels(&letters)]));
        }
        if profile.middle != Word(0) {
            enter(key(Kind::Full, &pair(parts.middle, surname)));
            enter(key(Kind::Letters, &[&bare_vowels(&[initial, start(parts.middle, 1), surname])]));
        }
    }
    if !given.is_empty() {
        enter(key(Kind::Given, &[given]));
        if !parts.second.is_empty() {
            enter(key(Kind::Letters, &[&bare_vowels(&[parts.surname, parts.second, given])]));
            enter(key(Kind::Letters, &[&bare_vowels(&[given, parts.surname, parts.second])]));
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
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.len() > 3 {
        enter(Kind::Letters, key(Kind::Letters, &[&letters]));
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
            enter(Kind::Letters, key(Kind::Letters, &[&bare_vowels(&[given, surname])]));
        }
    }
    if !parts.given.is_empty() {
        enter(Kind::Given, key(Kind::Given, &[parts.given]));
        enter(Kind::Surname, key(Kind::Surname, &[parts.given]));
        enter(Kind::Letters, key(Kind::Letters, &[&bare_vowels(&[&subject.name.whole()])]));
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
