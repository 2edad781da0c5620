//! Where either of two bytes stands, eight bytes at a time: cells are so short that to begin a search for each takes longer than to search.

/// The places, in their order.
pub(super) struct Marks<'a> {
    bytes: &'a [u8],
    /// Each of the two, eight times.
    wanted: [u64; 2],
    /// Where the eight bytes begin that were looked at last, and the highest bit of each of them that is wanted and was not told yet.
    word: usize,
    found: u64,
    /// Where the next ones begin.
    next: usize,
}

const LOW_BITS: u64 = u64::from_ne_bytes([0x7F; 8]);

impl<'a> Marks<'a> {
    pub(super) fn of(one: u8, other: u8, bytes: &'a [u8]) -> Self {
        Self { bytes, wanted: [one, other].map(|byte| u64::from_ne_bytes([byte; 8])), word: 0, found: 0, next: 0 }
    }

    /// The highest bit of each byte that is wanted.
    fn among(&self, word: u64) -> u64 {
        let [one, other] = self.wanted.map(|wanted| {
            // A byte is zero where neither its low bits carry into its highest one nor that is set; no byte carries into the next.
            let differs = word ^ wanted;
            !(((differs & LOW_BITS) + LOW_BITS) | differs | LOW_BITS)
        });
        one | other
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let rest = self.bytes.get(self.next..).filter(|rest| !rest.is_empty())?;
            (self.word, self.next) = (self.next, self.next + 8);
            self.found = if let Some(word) = rest.first_chunk() {
                self.among(u64::from_le_bytes(*word))
            } else {
                let mut word = [0; 8];
                word[..rest.len()].copy_from_slice(rest);
                self.among(u64::from_le_bytes(word)) & ((1 << (8 * rest.len())) - 1)
            };
        }
        let place = self.word + self.found.trailing_zeros() as usize / 8;
        self.found &= self.found - 1;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    proptest::proptest! {
        /// They are where looking at each byte finds them.
        #[test]
        fn marks_stand_where_each_byte_says(
            bytes in proptest::collection::vec(proptest::sample::select(vec![0_u8, 1, b',', b',' ^ 1, b',' ^ 0x80, b'\n', 0x7F, 0x80, 0xFF]), 0..40),
            other in proptest::sample::select(vec![b'\n', 0, 0xFF]),
        ) {
            let simply: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b',' || bytes[*at] == other).collect();
            proptest::prop_assert_eq!(Marks::of(b',', other, &bytes).collect::<Vec<_>>(), simply);
        }
    }
}
