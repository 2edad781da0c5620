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
    pub fn of(written: &[String]) -> Result<Self, PatternError> {
        let mut globs = Self {
            words: HashSet::new(),
            beginnings: Vec::new(),
            ends: Vec::new(),
            others: Vec::new(),
            firsts: [false; 256],
            lasts: [false; 256],
        };
        let plain = |text: &str| !text.contains(['*', '?', '[', ']']);
        for written in written {
            let pattern = Pattern::new(written)?;
            match (written.strip_suffix('*').filter(|t| plain(t)), written.strip_prefix('*').filter(|t| plain(t))) {
                _ if plain(written) => drop(globs.words.insert(written.clone())),
                (Some(beginning), _) => globs.beginnings.push(beginning.to_owned()),
                (_, Some(end)) => globs.ends.push(end.to_owned()),
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
        Ok(globs)
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

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn they_fit_what_each_fits(written in "[ab*?]{0,4}", text in "[ab]{0,5}") {
            let Ok(pattern) = Pattern::new(&written) else { return Ok(()) };
            proptest::prop_assert_eq!(Globs::of(&[written]).unwrap().hold(&text), pattern.matches(&text));
        }
    }
}
