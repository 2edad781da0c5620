//! splitmix64 (Steele, Lea and Flood 2014), seeded afresh for every person and account, so that any of them can be made again without
//! the others.

/// A sequence of numbers.
pub struct Random(u64);

impl Random {
    /// The sequence of one item of one stream.
    pub fn new(seed: u64, stream: i64, item: i64) -> Self {
        let mut random = Self(seed ^ stream.cast_unsigned().wrapping_mul(0xA076_1D64_78BD_642F));
        random.0 = random.next() ^ item.cast_unsigned().wrapping_mul(0xE703_7ED1_A0B4_28DB);
        random.next();
        random
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
