//! A list of patterns, asked of every account: those that are a word, a beginning or an end are told from the others once.

use std::collections::HashSet;

use glob::{Pattern, PatternError};

/// The patterns.
pub struct Globs {
    words: HashSet<String>,
    beginnings: Vec<String>,
    ends: Vec<String>,
    others: Vec<Pattern>,
}

impl Globs {
    /// Reads patterns.
    pub fn of(written: &[String]) -> Result<Self, PatternError> {
        let mut globs = Self { words: HashSet::new(), beginnings: Vec::new(), ends: Vec::new(), others: Vec::new() };
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
        Ok(globs)
    }

    /// Whether one of them fits the whole text.
    #[must_use]
    pub fn hold(&self, text: &str) -> bool {
        self.words.contains(text)
            || self.beginnings.iter().any(|beginning| text.starts_with(&**beginning))
            || self.ends.iter().any(|end| text.ends_with(&**end))
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
