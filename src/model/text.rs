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

    /// The first byte of the text that `handle` stands for; zero for the empty one.
    #[must_use]
    pub fn first_byte(&self, handle: Text) -> u8 {
        let start = usize::try_from(handle.0 >> LENGTH_BITS).unwrap_or(usize::MAX);
        self.bytes.as_bytes().get(start).copied().unwrap_or(0)
    }

    /// The text that `handle` stands for.
    #[must_use]
    pub fn get(&self, handle: Text) -> &str {
        let start = usize::try_from(handle.0 >> LENGTH_BITS).unwrap_or(usize::MAX);
        let length = usize::try_from(handle.0).unwrap_or(0) & LONGEST;
        self.bytes.get(start..start + length).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_the_empty_text_is_empty() {
        let mut pool = Pool::default();
        let (a, empty, b) = (pool.keep("ann"), pool.keep(""), pool.keep("žofie"));
        assert_eq!((pool.get(a), pool.get(empty), pool.get(b)), ("ann", "", "žofie"));
        assert!(empty.is_empty() && !a.is_empty());
    }
}
