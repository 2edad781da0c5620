//! The order of a sample: by the SHA-256 of the seed and the id, which nobody can bend towards anybody once the seed is fixed.

use sha2::{Digest, Sha256};

use crate::container::hex;

/// SHA-256, in lower-case hex, of the seed's bytes followed by the id's, both in UTF-8 and with nothing between, before or behind them.
#[must_use]
pub fn digest(seed: &str, id: &str) -> String {
    hex(&Sha256::new().chain_update(seed.as_bytes()).chain_update(id.as_bytes()).finalize())
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn what_is_hashed_are_the_bytes_of_seed_and_id_and_nothing_else() {
        // The first is FIPS 180-2's own example, `abc`; the others are what `printf '%s' '2026-q3E1103' | sha256sum` gives.
        assert_eq!(digest("a", "bc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest("", "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest("2026-q3", "E1103"), "52149abbf88d2dd9c5d5fd94adefb626f0b828a120e009307d3ebfc4edabbe3a");
        assert_eq!(digest("Prüfung", "Ä 7"), "a5918c9e6aa853a624be7e7948c3a0a745b780024475a8a8ee96a13586f62bc9");
    }
}
