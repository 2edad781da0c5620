//! Draws from the one sequence of random numbers.

#[path = "../shared/random.rs"]
mod random;

pub use random::Random;

impl Random {
    /// A number from 0 to `n` - 1 (0 where `n` is not positive).
    pub fn below(&mut self, n: i64) -> i64 {
        if n <= 0 { 0 } else { (self.next() >> 1).cast_signed() % n }
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    pub fn percent(&mut self, share: i64) -> bool {
        self.below(100) < share
    }

    /// Mostly small, sometimes up to `limit`: each step doubles the range.
    pub fn long_tailed(&mut self, first: i64, limit: i64) -> i64 {
        let mut range = first;
        while range < limit && self.percent(60) {
            range *= 2;
        }
        1 + self.below(range.min(limit))
    }

    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = self.below(i64::try_from(words.len()).unwrap_or(1));
        usize::try_from(index).ok().and_then(|index| words.get(index).copied()).unwrap_or("")
    }
}
