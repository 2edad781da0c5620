//! Where JSON values begin and end, without parsing them.

use memchr::memchr_iter;

/// Where reading can go on after a broken element: the next line that begins as the element did.
pub(super) fn next_start(raw: &[u8]) -> Option<usize> {
    let first = *raw.first()?;
    memchr_iter(b'\n', raw).map(|at| at + 1).find(|at| {
        raw[*at..].trim_ascii_start().first() == Some(&first) && {
            let indent = raw[*at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            indent <= 4
        }
    })
}

/// How deep in a value the scan is.
#[derive(Default)]
pub(super) struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    /// A scan that begins inside this many values.
    pub(super) fn inside(depth: usize) -> Self {
        Self { depth, ..Self::default() }
    }

    /// The place behind the bracket that closes the value.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            if self.in_text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// The length of the value at the front, if it is all there.
pub(super) fn value_end(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        b'{' | b'[' => Scan::default().end(bytes),
        b'"' => {
            let mut scan = Scan { in_text: true, ..Scan::default() };
            bytes[1..].iter().enumerate().find_map(|(at, byte)| {
                if scan.escaped {
                    scan.escaped = false;
                    return None;
                }
                scan.escaped = *byte == b'\\';
                (*byte == b'"').then_some(at + 2)
            })
        }
        _ => bytes.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b',' | b']' | b'}')).map(|n| n.max(1)),
    }
}

/// Whether the object at the front is an envelope of rows.
pub(super) enum Envelope {
    /// It is: the place behind the bracket that opens its rows, and how many objects are around them.
    Rows(usize, usize),
    /// It is not.
    None,
    /// The window ends before that is clear.
    NeedsMore,
}

/// Looks through the keys of the object at the front for one that holds the rows. A key may be a path through objects:
/// `data.users`. One behind `^` holds rows only where it is the first key: further down it may be a part of a row.
pub(super) fn rows_of_envelope(bytes: &[u8], keys: &[String]) -> Envelope {
    let paths: Vec<&str> = keys.iter().map(String::as_str).filter(|key| !key.starts_with(FIRST)).collect();
    let first: Vec<&str> = keys.iter().filter_map(|key| key.strip_prefix(FIRST)).collect();
    match only_key(bytes, &first) {
        Envelope::None => rows_within(bytes, &paths),
        clear => clear,
    }
}

/// The mark of a key that holds rows only where it comes first.
pub const FIRST: char = '^';

/// Whether the first key of the object at the front is one of these and holds objects.
fn only_key(bytes: &[u8], keys: &[&str]) -> Envelope {
    let mut at = 1;
    let blank = |at: &mut usize| bytes[*at..].iter().position(|b| !b.is_ascii_whitespace()).map(|skip| *at += skip);
    if blank(&mut at).is_none() {
        return Envelope::NeedsMore;
    }
    if bytes[at] != b'"' {
        return Envelope::None;
    }
    let Some(length) = value_end(&bytes[at..]) else { return Envelope::NeedsMore };
    let key = &bytes[at + 1..at + length - 1];
    if !keys.iter().any(|k| k.as_bytes() == key) {
        return Envelope::None;
    }
    at += length;
    for expected in [b':', b'['] {
        if blank(&mut at).is_none() {
            return Envelope::NeedsMore;
        }
        if bytes[at] != expected {
            return Envelope::None;
        }
        at += 1;
    }
    let rows = at;
    match blank(&mut at) {
        None => Envelope::NeedsMore,
        Some(()) if matches!(bytes[at], b'{' | b']') => Envelope::Rows(rows, 1),
        Some(()) => Envelope::None,
    }
}

fn rows_within(bytes: &[u8], paths: &[&str]) -> Envelope {
    let mut at = 1;
    loop {
        let Some(skip) = bytes[at..].iter().position(|b| !b.is_ascii_whitespace() && *b != b',') else {
            return Envelope::NeedsMore;
        };
        at += skip;
        if bytes[at] != b'"' {
            return Envelope::None;
        }
        let Some(length) = value_end(&bytes[at..]) else { return Envelope::NeedsMore };
        let key = &bytes[at + 1..at + length - 1];
        at += length;
        let Some(skip) = bytes[at..].iter().position(|b| !b.is_ascii_whitespace() && *b != b':') else {
            return Envelope::NeedsMore;
        };
        at += skip;
        if bytes[at] == b'[' && paths.iter().any(|path| path.as_bytes() == key) {
            return Envelope::Rows(at + 1, 1);
        }
        let within: Vec<&str> = paths
            .iter()
            .filter_map(|path| path.split_once('.').filter(|(first, _)| first.as_bytes() == key).map(|(_, rest)| rest))
            .collect();
        if bytes[at] == b'{' && !within.is_empty() {
            match rows_within(&bytes[at..], &within) {
                Envelope::Rows(inside, depth) => return Envelope::Rows(at + inside, depth + 1),
                Envelope::NeedsMore => return Envelope::NeedsMore,
                Envelope::None => {}
            }
        }
        let Some(length) = value_end(&bytes[at..]) else { return Envelope::NeedsMore };
        at += length;
    }
}
