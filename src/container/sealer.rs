//! Bytes on their way into a file, hashed (SHA-256) as they are written, so that a large file need not be read once more.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::bytes::{Seal, hex};

/// What writes and hashes.
pub struct Sealer<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
    /// Why it could not be written to the end, as whoever wrote may not tell it.
    failed: Option<io::Error>,
}

impl<W: Write> Sealer<W> {
    /// Of what is written to `out` from now on.
    pub fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), bytes: 0, failed: None }
    }

    /// Why a write failed, if one did.
    pub fn failure(&mut self) -> Option<io::Error> {
        self.failed.take()
    }

    /// The hash and size of all that was written.
    pub fn finish(self) -> Seal {
        Seal { sha256: hex(&self.hash.finalize()), bytes: self.bytes }
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes).inspect_err(|e| {
            let again = e.kind() == io::ErrorKind::Interrupted;
            self.failed = (!again).then(|| io::Error::new(e.kind(), e.to_string()));
        })?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes no more than three bytes at a time, as a pipe may.
    struct Slow(Vec<u8>);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let some = &bytes[..bytes.len().min(3)];
            self.0.write(some)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_hash_is_of_what_was_written_and_nothing_else() {
        let mut sealer = Sealer::new(Slow(Vec::new()));
        sealer.write_all(b"abc").unwrap();
        assert_eq!(sealer.write(b"defgh").unwrap(), 3);
        assert_eq!(sealer.out.0, b"abcdef");
        let Seal { sha256, bytes } = sealer.finish();
        assert_eq!((sha256, bytes), (hex(&Sha256::digest(b"abcdef")), 6));
    }
}
