//! LDIF (RFC 2849): entries as records of text, several values of one attribute as a list. Folded lines, base64 and
//! comments are read; a broken entry costs one row.

use std::fmt::Write;
use std::io::{self, BufRead};

use super::element::{Element, Records};
use super::value::{Map, Value};

/// Reads entries from a stream.
pub struct Entries<R> {
    input: R,
    line: u32,
}

/// Whether text begins as LDIF does: with an entry's name, behind comments and a version.
pub fn looks_like(text: &[u8]) -> bool {
    let lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let mut content = lines.filter(|l| !l.is_empty() && !l.starts_with(b"#") && !l.to_ascii_lowercase().starts_with(b"version:"));
    content.next().is_some_and(|l| l.to_ascii_lowercase().starts_with(b"dn:"))
}

impl<R: BufRead> Entries<R> {
    /// Entries of `input`.
    pub fn new(input: R) -> Self {
        Self { input, line: 0 }
    }
}

impl<R: BufRead> Records for Entries<R> {
    fn next(&mut self) -> io::Result<Option<Element>> {
        loop {
            match self.block()? {
                Some(block) if said_by_the_tool(&block.raw) => {}
                other => return Ok(other),
            }
        }
    }
}

impl<R: BufRead> Entries<R> {
    /// The lines up to the next empty one.
    fn block(&mut self) -> io::Result<Option<Element>> {
        let mut raw: Vec<u8> = Vec::new();
        let mut first = 0;
        loop {
            let mut line = Vec::new();
            if self.input.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            self.line += 1;
            let text = line.trim_ascii_end();
            if text.is_empty() {
                if raw.is_empty() {
                    continue;
                }
                break;
            }
            let is_version = raw.is_empty() && text.to_ascii_lowercase().starts_with(b"version:");
            if is_version || (raw.is_empty() && text.starts_with(b"#")) {
                continue;
            }
            if raw.is_empty() {
                first = self.line;
            }
            raw.extend_from_slice(line.strip_suffix(b"\n").map_or(&line[..], |l| l.strip_suffix(b"\r").unwrap_or(l)));
            raw.push(b'\n');
        }
        if raw.is_empty() {
            return Ok(None);
        }
        let value = entry(&raw);
        Ok(Some(Element::made(first, raw, value)))
    }
}

/// Whether a block is no entry but what a search says beside them: where else to look, and how it went.
fn said_by_the_tool(raw: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&raw[..raw.len().min(16)]).to_ascii_lowercase();
    ["ref: ldap", "search: ", "search result"].iter().any(|words| start.starts_with(words))
}

/// An entry's attributes. The error is a sentence.
fn entry(raw: &[u8]) -> Result<Value<'static>, String> {
    let mut logical: Vec<Vec<u8>> = Vec::new();
    for line in raw.split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
        match (line.strip_prefix(b" "), logical.last_mut()) {
            (Some(rest), Some(last)) => last.extend_from_slice(rest),
            (Some(_), None) => return Err("the entry begins with a folded line".to_owned()),
            (None, _) => logical.push(line.to_vec()),
        }
    }
    let mut map = Map::default();
    for line in logical.iter().filter(|l| !l.starts_with(b"#")) {
        let shown = String::from_utf8_lossy(line);
        let Some(colon) = line.iter().position(|b| *b == b':') else {
            return Err(format!("`{shown}` is no attribute: it has no colon"));
        };
        let name = std::str::from_utf8(&line[..colon]).map_err(|_| format!("the name in `{shown}` is not UTF-8"))?;
        let name = name.split(';').next().unwrap_or(name).to_owned();
        let value = match &line[colon + 1..] {
            [b':', rest @ ..] => text_of(&base64(rest.trim_ascii()).ok_or_else(|| format!("the value of {name} is not base64"))?),
            rest => {
                let rest = rest.trim_ascii();
                std::str::from_utf8(rest).map_err(|_| format!("the value of {name} is neither base64 nor UTF-8"))?.to_owned()
            }
        };
        match map.get_mut(&name) {
            None => map.insert(name, Value::from(value)),
            Some(Value::Array(list)) => list.push(Value::from(value)),
            Some(one) => *one = Value::Array(vec![one.take(), Value::from(value)]),
        }
    }
    Ok(Value::Object(map))
}

/// Bytes as text where they are text, else in hex: ids such as `objectGUID` are bytes.
pub fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(char::is_control) => text.to_owned(),
        _ => bytes.iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        }),
    }
}

/// Base64 of RFC 4648, with or without padding.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let digits = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xFF).unwrap_or(0));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut entries = Entries::new(text.as_bytes());
        let mut out = Vec::new();
        while let Some(entry) = entries.next().unwrap() {
            out.push(match entry.value() {
                Ok(value) => format!("{}: {value}", entry.line),
                Err(why) => format!("{}! {why}", entry.line),
            });
        }
        out
    }

    #[test]
    fn entries_are_unfolded_decoded_and_collected() {
        let text = "version: 1\n# exported\n\ndn: CN=Ann,DC=x\ncn: An\n n\nobjectClass: top\nobjectClass: user\n# inside\nsn:: w5xuYWw=\nobjectGUID:: AAH/\n\n\
                    dn: CN=B\r\nmail;lang-en: b@x.example\r\n\r\n";
        assert_eq!(
            all(text),
            [
                r#"4: {"dn":"CN=Ann,DC=x","cn":"Ann","objectClass":["top","user"],"sn":"Ünal","objectGUID":"0001ff"}"#,
                r#"13: {"dn":"CN=B","mail":"b@x.example"}"#,
            ]
        );
        assert!(looks_like(text.as_bytes()) && !looks_like(b"dn,cn\nx,y\n"));
    }

    #[test]
    fn a_broken_entry_costs_one_row() {
        let got = all("dn: a\nno colon here\n\ndn: b\nsn:: %%%\n\ndn: c\n");
        assert_eq!(
            got,
            ["1! `no colon here` is no attribute: it has no colon", "4! the value of sn is not base64", "7: {\"dn\":\"c\"}"]
        );
    }

    #[test]
    fn what_a_search_says_beside_the_entries_is_no_entry() {
        let text = "# extended LDIF\n\ndn: a\n\n# refldap://x\nref: ldap://x.example/DC=x\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numEntries: 1\n";
        assert_eq!(all(text), ["3: {\"dn\":\"a\"}"]);
        assert_eq!(all("search: 2\n\ndn: b\n\nsearched: x\n"), ["3: {\"dn\":\"b\"}", "5: {\"searched\":\"x\"}"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[dn:= A#\n\r]{0,40}") {
            let _ = all(&text);
        }
    }
}
