//! Text as it is compared: without regard to case, accents, script and the ways in which they are written out.
//! `Müller`, `Mueller` and `Muller` come out alike, and so do `Иванов` and `Ivanov`.

use deunicode::deunicode_char;

/// ASCII in lower case, transliterated where it was not, with `ae`, `oe`, `ue` and `aa` as the bare vowel: both ways of writing
/// `ä ö ü å` (and `ø`, `æ`) without the key for it give the same. What has no Latin form becomes a space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Bare::with_room(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            match deunicode_char(c) {
                Some(written) => {
                    written.chars().filter(|c| *c != '@').for_each(|c| folded.push(c.to_ascii_lowercase()));
                }
                None => folded.push(' '),
            }
        }
    }
    folded.text
}

/// Words put together, with the second letter of `ae`, `oe`, `ue` and `aa` left out, also where the two meet from different words.
#[must_use]
pub fn bare_vowels(words: &[&str]) -> String {
    let mut bare = Bare::with_room(words.iter().map(|word| word.len()).sum());
    words.iter().flat_map(|word| word.chars()).for_each(|c| bare.push(c));
    bare.text
}

/// A text of bare vowels in the making.
struct Bare {
    text: String,
    /// The last letter, where the next may be part of its writing.
    last: Option<char>,
}

impl Bare {
    fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), last: None }
    }

    fn push(&mut self, c: char) {
        if self.last.is_some_and(|last| written_out(last, c)) {
            self.last = None;
        } else {
            self.text.push(c);
            self.last = Some(c);
        }
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
