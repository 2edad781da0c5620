//! From bytes in any encoding to UTF-8 without its mark.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::container::Stream;

/// The text in UTF-8, and whether it had to be decoded. A mark decides, else what the case names, else it is UTF-8.
pub fn decoded(mut bytes: Stream, named: Option<&'static Encoding>) -> io::Result<(Stream, bool)> {
    let marked = Encoding::for_bom(bytes.fill_buf()?);
    let encoding = marked.map(|(encoding, _)| encoding).or(named).unwrap_or(UTF_8);
    let decoded = encoding != UTF_8;
    let input: Box<dyn Read> = if decoded {
        Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(bytes))
    } else {
        Box::new(bytes)
    };
    let mut input = BufReader::with_capacity(1 << 14, input);
    let mark = if input.fill_buf()?.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    input.consume(mark);
    Ok((input, decoded))
}

/// Whether the beginning of a file is UTF-8, but for a character that its end cuts.
pub fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && head.len() - e.valid_up_to() < 4,
    }
}
