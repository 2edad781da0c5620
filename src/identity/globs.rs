//! A list of patterns, asked of every account: those that are a word, a beginning or an end are told from the others once.

use glob::{Pattern, PatternError};
use hashbrown::HashSet;

/// The patterns.
pub struct Globs {
    words: HashSet<String>,
    beginnings: Vec<String>,
    ends: Vec<String>,
    others: Vec<Pattern>,
    /// Whether a word or a beginning begins with this byte; of nearly every text it is told at once that none fits.
    firsts: [bool; 256],
    /// Whether an end ends with it.
    lasts: [bool; 256],
}

impl Globs {
    /// Reads patterns.
    pub fn read(written: &[String]) -> Result<Self, PatternError> {
        Ok(Self::of(written.iter().map(|pattern| Pattern::new(pattern)).collect::<Result<_, _>>()?))
    }

    /// Of patterns that were read.
    #[must_use]
    pub fn of(patterns: Vec<Pattern>) -> Self {
        let mut globs = Self {
            words: HashSet::new(),
            beginnings: Vec::new(),
            ends: Vec::new(),
            others: Vec::new(),
            firsts: [false; 256],
            lasts: [false; 256],
        };
        for pattern in patterns {
            let written = pattern.as_str();
            let (beginning, end) = (written.strip_suffix('*').and_then(literal), written.strip_prefix('*').and_then(literal));
            match (literal(written), beginning, end) {
                (Some(word), ..) => drop(globs.words.insert(word)),
                (_, Some(beginning), _) => globs.beginnings.push(beginning),
                (.., Some(end)) => globs.ends.push(end),
                _ => globs.others.push(pattern),
            }
        }
        for text in globs.words.iter().chain(&globs.beginnings) {
            match text.bytes().next() {
                Some(first) => globs.firsts[usize::from(first)] = true,
                None => globs.firsts = [true; 256],
            }
        }
        for text in &globs.ends {
            match text.bytes().next_back() {
                Some(last) => globs.lasts[usize::from(last)] = true,
                None => globs.lasts = [true; 256],
            }
        }
        globs
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.beginnings.is_empty() && self.ends.is_empty() && self.others.is_empty()
    }

    /// Whether one of them fits the whole text.
    #[must_use]
    pub fn hold(&self, text: &str) -> bool {
        let may = |bytes: &[bool; 256], byte: Option<u8>| byte.is_none_or(|byte| bytes[usize::from(byte)]);
        let begins = may(&self.firsts, text.bytes().next());
        begins && (self.words.contains(text) || self.beginnings.iter().any(|beginning| text.starts_with(&**beginning)))
            || may(&self.lasts, text.bytes().next_back()) && self.ends.iter().any(|end| text.ends_with(&**end))
            || self.others.iter().any(|pattern| pattern.matches(text))
    }
}

/// The one text that a pattern fits, where it fits one only: `[x]` is the character between.
fn literal(pattern: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        text.push(match c {
            '*' | '?' | ']' => return None,
            '[' => {
                let only = characters.next().filter(|only| *only != '!')?;
                (characters.next() == Some(']')).then_some(only)?
            }
            c => c,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn they_fit_what_each_fits(written in r"([ab*?!\[\]]|\[\[\]|\[\]\]){0,4}", text in r"[ab!\[\]]{0,5}") {
            let Ok(pattern) = Pattern::new(&written) else { return Ok(()) };
            proptest::prop_assert_eq!(Globs::read(&[written]).unwrap().hold(&text), pattern.matches(&text));
        }
    }
}
