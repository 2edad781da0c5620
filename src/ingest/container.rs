//! The bytes of an export, taken out of what they are packed in: a file's own bytes are hashed, and what comes out is what
//! a format is recognised in.

use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use indicatif::ProgressBar;

use super::bytes::{Bytes, Sealing};

/// A stream of bytes of which the first can be looked at.
pub type Stream = BufReader<Box<dyn Read>>;

/// Begins to read a file; `progress` counts its bytes.
pub fn open(path: &Path, progress: ProgressBar) -> io::Result<(Stream, Sealing)> {
    let (mut bytes, sealing) = Bytes::open(path, progress)?;
    let packed = bytes.peek()?.starts_with(&[0x1F, 0x8B]);
    let plain: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(bytes)) } else { Box::new(bytes) };
    Ok((BufReader::with_capacity(1 << 16, plain), sealing))
}
