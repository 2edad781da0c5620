//! One row with quotes, from the front of a window: its fields put end to end, or what is wrong with it.

use memchr::memchr;

/// Why a row is broken whose quote is not closed.
pub(super) const UNCLOSED: &str = "a quote is opened and never closed";

/// How a quoted row ended.
pub(super) enum Quoted {
    /// Whole, of this many bytes.
    Row(usize),
    /// Broken, in this field, for this reason.
    Broken(usize, &'static str),
    /// The window ends inside it.
    NeedsMore,
}

/// Reads it into `text` and `fields`. `ended` where nothing follows the window: else what its end cuts may go on.
pub(super) fn unquote(
    bytes: &[u8],
    (delimiter, newline): (u8, u8),
    ended: bool,
    text: &mut Vec<u8>,
    fields: &mut Vec<(u32, u32)>,
) -> Quoted {
    let mut at = 0;
    loop {
        let from = text.len();
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(quote) = memchr(b'"', &bytes[at..]) else {
                    return if ended { Quoted::Broken(fields.len(), UNCLOSED) } else { Quoted::NeedsMore };
                };
                text.extend_from_slice(&bytes[at..at + quote]);
                at += quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                text.push(b'"');
                at += 1;
            }
        } else {
            let length = bytes[at..].iter().position(|b| *b == delimiter || *b == newline || *b == b'\r' || *b == b'"');
            let Some(length) = length else {
                if !ended {
                    return Quoted::NeedsMore;
                }
                text.extend_from_slice(&bytes[at..]);
                fields.push((short(from), short(text.len())));
                return Quoted::Row(bytes.len());
            };
            text.extend_from_slice(&bytes[at..at + length]);
            at += length;
            if bytes[at] == b'"' {
                return Quoted::Broken(fields.len(), "a quote inside a field that is not quoted");
            }
        }
        fields.push((short(from), short(text.len())));
        match bytes.get(at) {
            None => return if ended { Quoted::Row(at) } else { Quoted::NeedsMore },
            Some(b) if *b == delimiter => at += 1,
            Some(b) if *b == newline => return Quoted::Row(at),
            Some(b'\r') if bytes.get(at + 1) == Some(&newline) => return Quoted::Row(at),
            Some(b'\r') if bytes.len() == at + 1 => return if ended { Quoted::Row(at) } else { Quoted::NeedsMore },
            Some(_) => return Quoted::Broken(fields.len() - 1, "text after the closing quote"),
        }
    }
}

/// The length of the line end at the front.
pub(super) fn line_end_at(rest: &[u8], newline: u8) -> usize {
    match rest {
        [b'\r', b'\n', ..] if newline == b'\n' => 2,
        [first, ..] if *first == newline || *first == b'\r' => 1,
        _ => 0,
    }
}

/// A place in a row, which the reader never lets grow beyond what this holds.
pub(super) fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
