//! A regular expression of a mapping: compiled when a row is first held against it. The presets have hundreds of them, of which a case
//! needs a few, and to compile them all takes longer than to read a small case.

use std::sync::{Arc, OnceLock};

use regex::{Captures, Regex};

/// A regular expression.
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Written>);

#[derive(Debug)]
struct Written {
    text: String,
    /// `None` where the text is no regular expression.
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Of this text, which is not looked at yet.
    pub(in crate::presets) fn new(text: impl Into<String>) -> Self {
        Self(Arc::new(Written { text: text.into(), compiled: OnceLock::new() }))
    }

    /// Compiles it. The error is a sentence.
    pub fn prove(&self) -> Result<(), String> {
        let regex = Regex::new(&self.0.text).map_err(|e| format!("`{}` is no regular expression: {e}", self.0.text))?;
        let _ = self.0.compiled.set(Some(regex));
        Ok(())
    }

    /// Whether a text matches. What is no regular expression matches nothing.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// The groups of the first match.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    fn regex(&self) -> Option<&Regex> {
        self.0.compiled.get_or_init(|| Regex::new(&self.0.text).ok()).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_serves_before_it_is_proved_and_after() {
        let pattern = Pattern::new("^a(b+)$");
        assert!(pattern.is_match("abb"));
        pattern.prove().unwrap();
        assert_eq!(pattern.captures("abb").map(|groups| groups[1].to_owned()).as_deref(), Some("bb"));
        let broken = Pattern::new("(");
        assert!(!broken.is_match("("));
        assert!(broken.prove().unwrap_err().starts_with("`(` is no regular expression: "));
    }
}
