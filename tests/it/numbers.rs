//! What the tests against truths made at random share: numbers that are the same for the same seed anywhere, and the times of the dumps.

#[path = "../../examples/shared/random.rs"]
mod random;

/// The dumps' times: 2026-08-15T08:00:00Z and 2026-10-01T08:00:00Z.
pub const DUMPS: [i64; 2] = [1_786_780_800, 1_790_841_600];

/// A sequence of numbers.
pub struct Numbers(random::Random);

impl Numbers {
    /// The sequence of a seed.
    pub fn of(seed: u64) -> Self {
        Self(random::Random::new(seed, 0, 0))
    }

    /// A number from 0 to `n` - 1.
    pub fn below(&mut self, n: i64) -> i64 {
        (self.0.next() >> 1).cast_signed() % n
    }
}

/// An instant as exports write it; of these, the order as texts is that of time.
pub fn stamp(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Holds something for twelve seeds; for more by hand: `LASTDAY_SEEDS=1000 cargo test --test it NAME`.
pub fn for_seeds(hold: impl FnMut(u64)) {
    let seeds = std::env::var("LASTDAY_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    (0..seeds).for_each(hold);
}
