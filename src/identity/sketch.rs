//! A word in eight bytes: enough to tell of most pairs that they are not alike, without reading either.

use super::similarity::LONGEST;

/// Which letters and digits the beginning of a word has that is compared, and how long it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// A bit for each letter, from `a` on; the six behind them stand for digits.
    bits: u32,
    length: u32,
}

const LETTERS: u32 = (1 << 26) - 1;

impl Sketch {
    /// The sketch of a word in small letters and digits.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let bit = |byte: u8| match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            digit => 1 << (26 + digit % 6),
        };
        let text = &text.as_bytes()[..text.len().min(LONGEST)];
        let bits = text.iter().fold(0, |bits, byte| bits | bit(*byte));
        Self { bits, length: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    /// Whether the two may have the same letters, be one edit apart, or be alike by Jaro and Winkler's measure to at least `least`.
    /// Never wrong where it says no: with at most `m` signs in common Jaro's similarity is at most `(m/|a| + m/|b| + 1) / 3`.
    #[must_use]
    pub fn may_be_alike(self, other: Self, least: f64) -> bool {
        if self.bits & LETTERS == other.bits & LETTERS {
            return true;
        }
        let (alone, others) = ((self.bits & !other.bits).count_ones(), (other.bits & !self.bits).count_ones());
        if self.length.abs_diff(other.length) <= 1 && alone <= 1 && others <= 1 {
            return true;
        }
        let common = self.length.saturating_sub(alone).min(other.length.saturating_sub(others));
        let share = |length: u32| f64::from(common) / f64::from(length.max(1));
        let most = (share(self.length) + share(other.length) + 1.0) / 3.0;
        most + 0.4 * (1.0 - most) >= least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::similarity::{jaro_winkler, one_edit};

    proptest::proptest! {
        #[test]
        fn no_pair_that_is_alike_is_left_out(a in "[a-e0-3]{1,10}", b in "[a-e0-3]{1,10}", least in 0.7_f64..1.0) {
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            let alike = one_edit(&a, &b) || jaro_winkler(&a, &b) >= least || letters(&a) == letters(&b);
            proptest::prop_assert!(!alike || Sketch::of(&a).may_be_alike(Sketch::of(&b), least));
        }
    }
}
