//! The UUIDs of OSCAL's parts, made from what they name: the same case gives the same ones, another case or another state of its files gives others.

use sha2::{Digest, Sha256};

use crate::container::hex;
use crate::report::view::View;

/// Makes UUIDs within one result.
pub(super) struct Names {
    base: String,
}

impl Names {
    /// For a result: its review, its period, its "now", its case file and everything that was read.
    pub(super) fn of(view: &View) -> Self {
        let mut hash = Sha256::new();
        let (from, to) = &view.period;
        for text in [&view.name, from, to, &view.as_of.to_string(), &view.case_sha256] {
            hash.update(text.as_bytes());
            hash.update(b"\n");
        }
        for file in &view.files {
            hash.update(file.file.as_bytes());
            hash.update(b"\n");
            hash.update(file.sha256.as_bytes());
            hash.update(b"\n");
        }
        Self { base: hex(&hash.finalize()) }
    }

    /// The UUID of a part.
    pub(super) fn uuid(&self, kind: &str, name: &str) -> String {
        uuid(format!("{}\n{kind}\n{name}", self.base).as_bytes())
    }
}

/// A UUID from bytes, as version 5 makes one from a name, but by SHA-256: OSCAL takes the versions 4 and 5 alone.
pub(super) fn uuid(bytes: &[u8]) -> String {
    let mut hash = Sha256::digest(bytes);
    hash[6] = hash[6] & 0x0F | 0x50;
    hash[8] = hash[8] & 0x3F | 0x80;
    let text = hex(&hash[..16]);
    format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn a_uuid_is_the_beginning_of_the_hash_with_version_and_variant() {
        // SHA-256 of `abc` is ba7816bf 8f01 cfea 4141 40de5dae2223…
        assert_eq!(uuid(b"abc"), "ba7816bf-8f01-5fea-8141-40de5dae2223");
    }
}
