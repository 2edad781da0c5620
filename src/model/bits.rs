//! A set of places among many, a bit for each, so that of most it is told without waiting for memory that they are not in it.

/// The set.
#[derive(Clone, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// None of so many places; a place behind them is never in it.
    #[must_use]
    pub fn of(places: usize) -> Self {
        Self(vec![0; places.div_ceil(64)])
    }

    /// Puts a place in.
    pub fn set(&mut self, place: u32) {
        if let Some(word) = self.0.get_mut(place as usize / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// Whether a place is in it.
    #[must_use]
    pub fn has(&self, place: u32) -> bool {
        self.0.get(place as usize / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Those and another one's, of as many places.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, others)| own | others).collect())
    }

    /// How many places are in it.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_in_it_and_nothing_else() {
        let mut bits = Bits::of(130);
        for place in [0, 63, 64, 129, 400] {
            bits.set(place);
        }
        let in_it: Vec<u32> = (0..500).filter(|place| bits.has(*place)).collect();
        assert_eq!(in_it, [0, 63, 64, 129]);
        assert_eq!(bits.count(), 4);
        let mut others = Bits::of(130);
        others.set(1);
        others.set(64);
        let both = bits.with(&others);
        assert!([0, 1, 63, 64, 129].into_iter().all(|place| both.has(place)) && both.count() == 5);
    }
}
