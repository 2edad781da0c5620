//! What a few bytes unpack to is bounded: an export packs to a tenth or a hundredth, a bomb to a thousandth.

use std::io::{self, Read};

/// Bytes that anything may unpack to.
const FREE: u64 = 64 << 20;
/// How many times its packed size something may unpack to beyond that.
pub const EXPANSION: u64 = 500;

/// A reader that stops where it gives far more than what it is made from.
pub struct Bounded<R, F> {
    inner: R,
    packed: F,
    given: u64,
}

impl<R: Read, F: Fn(&R) -> u64> Bounded<R, F> {
    /// Bounds `inner`; `packed` tells how many packed bytes it was made from so far.
    pub fn new(inner: R, packed: F) -> Self {
        Self { inner, packed, given: 0 }
    }
}

impl<R: Read, F: Fn(&R) -> u64> Read for Bounded<R, F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.given += n as u64;
        if too_much((self.packed)(&self.inner), self.given) {
            let why = format!("it unpacks to more than {EXPANSION} times its size, which no export does");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(n)
    }
}

/// Whether so many packed bytes may not give so many.
pub fn too_much(packed: u64, given: u64) -> bool {
    given > FREE.max(packed.saturating_mul(EXPANSION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_may_unpack_to_much_and_not_to_everything() {
        assert!(!too_much(10, FREE) && too_much(10, FREE + 1));
        assert!(!too_much(FREE, FREE * EXPANSION) && too_much(FREE, FREE * EXPANSION + 1));
        let mut endless = Bounded::new(io::repeat(b' '), |_| 1);
        let mut sink = io::sink();
        assert!(io::copy(&mut endless, &mut sink).unwrap_err().to_string().contains("500 times"));
    }
}
