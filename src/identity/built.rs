//! Whether a login's letters are built from a name, and which part of the name each stands for.

use super::agreement::Grade;
use super::fold::{bare_vowels, written_out};
use super::similarity::one_edit;

/// The parts of a name of which a login may be built; all folded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts<'t> {
    /// The first given name.
    pub given: &'t str,
    /// The first middle name or initial.
    pub middle: &'t str,
    /// The surname.
    pub surname: &'t str,
    /// The second half of a double surname.
    pub second: &'t str,
    /// Particles before the surname.
    pub particles: &'t str,
}

/// What a login tells of the parts of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built {
    /// Of the given name.
    pub given: Grade,
    /// Of the surname.
    pub surname: Grade,
    /// All its letters are accounted for.
    pub whole: bool,
}

const NOT: Built = Built { given: Grade::Missing, surname: Grade::Missing, whole: false };

/// What the letters of a login, digits and separators left out, tell of a name. Shapes: given and surname in either order, each
/// whole or as its initial, a middle initial between, particles and a second surname in or out; a single spelling error.
#[must_use]
pub fn built(letters: &str, parts: &Parts) -> Built {
    if letters.len() < 2 {
        return NOT;
    }
    let best = surnames(parts).into_iter().flatten().filter_map(|surname| one(letters, parts, &surname));
    let best = best.max_by_key(|b| (b.surname, b.given));
    let exact = best.filter(|b| b.surname == Grade::Same && b.given != Grade::Close);
    let otherwise = || alone(letters, parts).or_else(|| met(letters, parts)).or(best);
    exact.or_else(otherwise).unwrap_or(NOT)
}

/// The surname as it may stand in a login.
fn surnames(parts: &Parts) -> [Option<String>; 4] {
    let has = |text: &str| !text.is_empty();
    let with = |wanted: bool, text: String| wanted.then_some(text);
    [
        with(has(parts.surname), parts.surname.to_owned()),
        with(has(parts.second), format!("{}{}", parts.surname, parts.second)),
        with(has(parts.second), parts.second.to_owned()),
        with(has(parts.particles), format!("{}{}", parts.particles, parts.surname)),
    ]
}

fn one(letters: &str, parts: &Parts, surname: &str) -> Option<Built> {
    let is = |given, surname| Some(Built { given, surname, whole: true });
    for (rest, in_front) in [(letters.strip_suffix(surname), true), (letters.strip_prefix(surname), false)] {
        let Some(rest) = rest.filter(|_| surname.len() > 1) else { continue };
        if let Some(given) = first_name(rest, parts, in_front) {
            return is(given, Grade::Same);
        }
    }
    let given = parts.given;
    if given.len() > 2 {
        let initial = &surname[..1];
        for rest in [letters.strip_prefix(given), letters.strip_suffix(given)].into_iter().flatten() {
            if rest == initial {
                return is(Grade::Same, Grade::Initial);
            }
            if rest.len() >= 4 && surname.len() >= 4 && one_edit(rest, surname) {
                return is(Grade::Same, Grade::Close);
            }
        }
    }
    let initial = given.get(..1)?;
    for rest in [letters.strip_prefix(initial), letters.strip_suffix(initial)].into_iter().flatten() {
        // Many systems cut a login at eight letters.
        if rest.len() >= 5 && surname.len() >= 5 && (one_edit(rest, surname) || letters.len() >= 8 && surname.starts_with(rest)) {
            return is(Grade::Initial, Grade::Close);
        }
    }
    None
}

/// What stands beside the surname: nothing, a given name, initials.
fn first_name(rest: &str, parts: &Parts, in_front: bool) -> Option<Grade> {
    let (given, middle) = (parts.given, parts.middle);
    if rest.is_empty() {
        return Some(Grade::Missing);
    }
    if given.is_empty() {
        return None;
    }
    if rest == given {
        return Some(Grade::Same);
    }
    let initial = &given[..1];
    let between = middle.get(..1).unwrap_or("");
    let behind = |text: &str, start: &str| {
        text.strip_prefix(start).is_some_and(|tail| !tail.is_empty() && (tail == middle || tail == between))
    };
    if given.len() > 1 && behind(rest, given) {
        return Some(Grade::Same);
    }
    if rest == initial || behind(rest, initial) {
        return Some(Grade::Initial);
    }
    // `jmsmith` tells an initial although the middle name is not known; `joe` before a surname is another given name.
    if in_front && rest.len() == 2 && rest.starts_with(initial) && middle.is_empty() {
        return Some(Grade::Initial);
    }
    (rest.len() >= 4 && given.len() >= 4 && one_edit(rest, given)).then_some(Grade::Close)
}

/// A login whose parts meet in a pair of letters that is bared: `a` and `evans` as `avans`.
fn met(letters: &str, parts: &Parts) -> Option<Built> {
    let initial = |word: &str| word.get(..1).unwrap_or("").to_owned();
    let (given, surname) = (parts.given, parts.surname);
    let (same, short) = (Grade::Same, Grade::Initial);
    let shapes = [
        (given, surname, same, same),
        (&initial(given), surname, short, same),
        (given, &initial(surname), same, short),
        (surname, given, same, same),
        (surname, &initial(given), short, same),
    ];
    shapes.into_iter().find_map(|(front, back, given, surname)| {
        let pair = written_out(front.chars().next_back()?, back.chars().next()?);
        let is = pair && letters.len() + 1 == front.len() + back.len() && bare_vowels(&[front, back]) == letters;
        is.then_some(Built { given, surname, whole: true })
    })
}

/// A login that is one part of the name alone.
fn alone(letters: &str, parts: &Parts) -> Option<Built> {
    let is = letters == parts.given && letters.len() > 2;
    is.then_some(Built { given: Grade::Same, surname: Grade::Missing, whole: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_tells_which_parts_of_a_name_it_is_built_from() {
        let ann = Parts { given: "anna", middle: "maria", surname: "example", second: "sample", particles: "van" };
        let (same, initial, close, missing) = (Grade::Same, Grade::Initial, Grade::Close, Grade::Missing);
        for (letters, given, surname, whole) in [
            ("annaexample", same, same, true),
            ("exampleanna", same, same, true),
            ("aexample", initial, same, true),
            ("amexample", initial, same, true),
            ("examplea", initial, same, true),
            ("annae", same, initial, true),
            ("annamexample", same, same, true),
            ("avanexample", initial, same, true),
            ("annaexamplesample", same, same, true),
            ("example", missing, same, true),
            ("anna", same, missing, true),
            ("annaexampel", same, close, true),
            ("aexampel", initial, close, true),
            ("anneexample", close, same, true),
            ("bexample", missing, missing, false),
            ("robot", missing, missing, false),
            ("", missing, missing, false),
        ] {
            assert_eq!(built(letters, &ann), Built { given, surname, whole }, "{letters}");
        }
        let luca = Parts { given: "luca", surname: "evans", ..Parts::default() };
        for (letters, given, surname) in [("lucavans", same, same), ("levans", initial, same), ("evansl", initial, same)] {
            assert_eq!(built(letters, &luca), Built { given, surname, whole: true }, "{letters}");
        }
    }
}
