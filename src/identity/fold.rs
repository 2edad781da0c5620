//! Text as it is compared: without regard to case, accents, script and the ways in which they are written out.
//! `Müller`, `Mueller` and `Muller` come out alike, and so do `Иванов` and `Ivanov`.

use deunicode::deunicode_char;

/// ASCII in lower case, transliterated where it was not, with `ae`, `oe`, `ue` and `aa` as the bare vowel: both ways of writing
/// `ä ö ü å` (and `ø`, `æ`) without the key for it give the same. What has no Latin form becomes a space.
#[must_use]
pub fn fold(text: &str) -> String {
    let (mut folded, mut vowels) = (String::with_capacity(text.len()), Vowels::default());
    let mut push = |c: char| folded.extend(Some(c.to_ascii_lowercase()).filter(|c| vowels.keep(*c)));
    for c in text.chars() {
        if c.is_ascii() {
            push(c);
        } else {
            match deunicode_char(c) {
                Some(written) => written.chars().filter(|c| *c != '@').for_each(&mut push),
                None => push(' '),
            }
        }
    }
    folded
}

/// Words put together, with the second letter of `ae`, `oe`, `ue` and `aa` left out, also where the two meet from different words.
#[must_use]
pub fn bare_vowels(words: &[&str]) -> String {
    let mut text = String::with_capacity(words.iter().map(|word| word.len()).sum());
    text.extend(bare(words.iter().flat_map(|word| word.chars())));
    text
}

/// Letters without those that only write out the one before.
pub fn bare(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut vowels = Vowels::default();
    letters.filter(move |c| vowels.keep(*c))
}

/// Which letters of a text are kept, one after the other.
#[derive(Default)]
struct Vowels {
    /// The last letter, where the next may be part of its writing.
    last: Option<char>,
}

impl Vowels {
    fn keep(&mut self, c: char) -> bool {
        let kept = !self.last.is_some_and(|last| written_out(last, c));
        self.last = kept.then_some(c);
        kept
    }
}

/// Whether two letters are the way of writing out one.
#[must_use]
pub fn written_out(a: char, b: char) -> bool {
    matches!((a, b), ('a', 'a' | 'e') | ('o' | 'u', 'e'))
}

/// The letters and digits of a folded text alone.
#[must_use]
pub fn squeeze(folded: &str) -> String {
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_one_name_come_out_alike() {
        for [a, b] in [
            ["Müller", "MUELLER"],
            ["Muller", "müller"],
            ["Sørensen", "Soerensen"],
            ["Åse", "Aase"],
            ["Groß", "Gross"],
            ["Łukasz", "lukasz"],
            ["José", "Jose\u{301}"],
            ["Ｊｏｈｎ", "john"],
            ["Иванов", "ivanov"],
            ["Αθηνα", "Athena"],
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("Miller"), fold("Muller"));
    }
}
