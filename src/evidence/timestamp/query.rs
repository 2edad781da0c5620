//! The query of RFC 3161, section 2.4.1.

use super::der::{INTEGER, OCTETS, OID, SEQUENCE};
use super::oid::SHA_256;

/// Asks for a time-stamp over a SHA-256, with the TSA's certificate in the reply. Without a nonce: it would tell a fresh reply from an older one over the
/// same hash, and an older one proves only more. So the same pack gives the same query.
#[must_use]
pub fn query(sha256: &[u8; 32]) -> Vec<u8> {
    let algorithm = element(SEQUENCE, &[element(OID, SHA_256), vec![0x05, 0x00]].concat());
    let imprint = element(SEQUENCE, &[algorithm, element(OCTETS, sha256)].concat());
    let certificate_wanted = vec![0x01, 0x01, 0xFF];
    element(SEQUENCE, &[element(INTEGER, &[1]), imprint, certificate_wanted].concat())
}

/// An element shorter than 128 bytes.
fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag, u8::try_from(value.len()).unwrap_or(0x7F)];
    bytes.extend_from_slice(value);
    bytes
}

#[cfg(test)]
mod tests {
    use super::query;
    use crate::container::hex;

    #[test]
    fn the_query_is_that_of_openssl() {
        // `openssl ts -query -digest 000102…1f -sha256 -no_nonce -cert | xxd -p`
        let digest: [u8; 32] = std::array::from_fn(|n| u8::try_from(n).unwrap());
        let expected = "30390201013031300d060960864801650304020105000420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0101ff";
        assert_eq!(hex(&query(&digest)), expected);
    }
}
