//! How far two words agree, in the few grades by which a comparison is counted.

use super::nicknames::Nicknames;
use super::similarity::{alike, one_edit};

/// A grade of agreement between two words of a name, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// One of them is not known.
    Missing,
    /// They are two words.
    Differs,
    /// Alike, as two spellings or two words may be.
    Near,
    /// One is the initial of the other.
    Initial,
    /// One letter apart, or alike as spellings of one word are.
    Close,
    /// Names of which one is used for the other; of two surnames, one.
    Related,
    /// The same.
    Same,
}

/// Words this alike by Jaro and Winkler's measure are taken for spellings of one.
const CLOSE: f64 = 0.92;
/// Words less alike than this are two words.
const NEAR: f64 = 0.82;

/// How far two folded words agree.
#[must_use]
pub fn words(a: &str, b: &str) -> Grade {
    if a.is_empty() || b.is_empty() {
        return Grade::Missing;
    }
    if a == b {
        return Grade::Same;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 1 {
        return if long.starts_with(short) { Grade::Initial } else { Grade::Differs };
    }
    if short.len() >= 3 && one_edit(a, b) {
        return Grade::Close;
    }
    let near = alike(a, b, NEAR);
    if near && short.len() >= 4 && alike(a, b, CLOSE) {
        Grade::Close
    } else if near || short.len() >= 3 && long.starts_with(short) {
        Grade::Near
    } else {
        Grade::Differs
    }
}

/// How far two folded given names agree.
#[must_use]
pub fn given_names(a: &str, b: &str, nicknames: &Nicknames) -> Grade {
    let grade = words(a, b);
    if grade < Grade::Related && grade > Grade::Missing && nicknames.pair(a, b) { Grade::Related } else { grade }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_tell_spellings_from_two_words() {
        let nicknames = Nicknames::load();
        for (a, b, grade) in [
            ("ann", "ann", Grade::Same),
            ("robert", "bob", Grade::Related),
            ("smith", "smyth", Grade::Close),
            ("catherine", "katherine", Grade::Close),
            ("a", "ann", Grade::Initial),
            ("b", "ann", Grade::Differs),
            ("jones", "johnson", Grade::Near),
            ("ann", "peter", Grade::Differs),
            ("", "ann", Grade::Missing),
        ] {
            assert_eq!(given_names(a, b, &nicknames), grade, "{a} {b}");
        }
    }
}
