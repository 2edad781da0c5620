//! Text kept in one pool instead of a million small allocations: a [`Text`] is an eight-byte handle into its [`Pool`].

/// A handle to a piece of text in a [`Pool`]; the default one is the empty text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(u64);

const LENGTH_BITS: u32 = 24;
/// The longest single piece of text, in bytes; a longer one is cut by the caller's checks before it gets here.
pub const LONGEST: usize = (1 << LENGTH_BITS) - 1;

impl Text {
    /// Whether this is the empty text.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 & (LONGEST as u64) == 0
    }
}

/// Text put end to end.
#[derive(Default)]
pub struct Pool {
    bytes: String,
}

impl Pool {
    /// Keeps `text`; the empty text costs nothing. Text longer than [`LONGEST`] is cut at a character's edge.
    pub fn keep(&mut self, text: &str) -> Text {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        if text.is_empty() {
            return Text::default();
        }
        let start = self.bytes.len() as u64;
        self.bytes.push_str(text);
        Text(start << LENGTH_BITS | text.len() as u64)
    }

    /// The text that `handle` stands for.
    #[must_use]
    pub fn get(&self, handle: Text) -> &str {
        let start = usize::try_from(handle.0 >> LENGTH_BITS).unwrap_or(usize::MAX);
        let length = usize::try_from(handle.0).unwrap_or(0) & LONGEST;
        self.bytes.get(start..start + length).unwrap_or("")
    }
}

/// A text without blanks around it, which most have none of: those are told by their first and last byte.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn blanks_of_all_kinds_are_trimmed(text in "[ab \\t\u{A0}é]{0,4}") {
            proptest::prop_assert_eq!(trimmed(&text), text.trim());
        }
    }

    #[test]
    fn what_is_kept_comes_back_and_the_empty_text_is_empty() {
        let mut pool = Pool::default();
        let (a, empty, b) = (pool.keep("ann"), pool.keep(""), pool.keep("žofie"));
        assert_eq!((pool.get(a), pool.get(empty), pool.get(b)), ("ann", "", "žofie"));
        assert!(empty.is_empty() && !a.is_empty());
    }
}
