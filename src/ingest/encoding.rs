//! From bytes in any encoding to UTF-8 without its mark; and, where nothing in a file says its encoding, a guess to be checked.

use std::io::{self, BufRead, BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::element::{Element, Records};
use crate::container::Stream;

/// How much of a file is looked at to guess its encoding.
const LOOKED_AT: u64 = 64 << 20;
/// How much of a file is looked at for the NUL bytes of UTF-16.
const HEAD: usize = 512;

/// Records whose text was decoded: one that holds a character which the encoding does not have is none.
pub struct Decoded(pub Box<dyn Records>);

impl Records for Decoded {
    fn next(&mut self) -> io::Result<Option<Element>> {
        let undecodable = |element: &Element| memchr::memmem::find(&element.raw, "\u{FFFD}".as_bytes()).is_some();
        Ok(self.0.next()?.map(|element| if undecodable(&element) { element.damaged(UNDECODABLE) } else { element }))
    }
}

/// Why a row is rejected that could not be decoded.
pub const UNDECODABLE: &str = "a character that the source's encoding cannot hold";

/// The text in UTF-8, and whether it had to be decoded. What the bytes say themselves decides, else what the case names,
/// else it is UTF-8.
pub fn decoded(mut bytes: Stream, named: Option<&'static Encoding>) -> io::Result<(Stream, bool)> {
    let head = bytes.fill_buf()?;
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let encoding = marked.or(named).or_else(|| by_nul(head)).unwrap_or(UTF_8);
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

/// UTF-16 without a mark: its ASCII, be it delimiters and digits alone, has NUL in every second byte, and next to none in the others.
fn by_nul(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(HEAD) & !1];
    let nul = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let many = |count: usize| count >= 4 && count * 20 >= head.len();
    match (nul(0), nul(1)) {
        (few, count) if many(count) && few * 16 <= count => Some(UTF_16LE),
        (count, few) if many(count) && few * 16 <= count => Some(UTF_16BE),
        _ => None,
    }
}

/// The likeliest encoding of a text that is not UTF-8 and does not say what it is; `None` where it is UTF-8, be it damaged, or
/// says what it is. A large text is looked at in its first part only.
pub fn guess(mut bytes: Stream) -> io::Result<Option<&'static Encoding>> {
    let head = bytes.fill_buf()?;
    if Encoding::for_bom(head).or_else(|| by_nul(head).map(|encoding| (encoding, 0))).is_some() {
        return Ok(None);
    }
    let mut bytes = bytes.take(LOOKED_AT);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut characters, mut broken) = (0_u64, 0_u64);
    let mut seen = [false; 256];
    let mut chunk: Vec<u8> = Vec::new();
    loop {
        let kept = chunk.len();
        let read = bytes.by_ref().take(1 << 18).read_to_end(&mut chunk)?;
        // A character may be cut by the end of what was read: it is looked at with what follows.
        let end = if read == 0 { kept } else { chunk.iter().rposition(u8::is_ascii).map_or(0, |at| at + 1) };
        let (now, later) = chunk.split_at(end);
        if !now.is_ascii() {
            for part in now.utf8_chunks() {
                characters += part.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
                broken += u64::from(!part.invalid().is_empty());
            }
            for byte in now {
                seen[usize::from(*byte)] = true;
            }
        }
        detector.feed(now, false);
        if read == 0 {
            break;
        }
        chunk = later.to_vec();
    }
    // Text with whole characters of UTF-8 and a few broken ones is damaged: decoding it as anything else would spoil it all.
    Ok((broken > characters).then(|| plainest(detector.guess(None, Utf8Detection::Deny), &seen)))
}

/// Of two encodings in which the bytes are the same letters, the one that people know: a lone `é` is in many of them.
fn plainest(guessed: &'static Encoding, seen: &[bool; 256]) -> &'static Encoding {
    let bytes: Vec<u8> = (0..=255).filter(|byte| seen[usize::from(*byte)]).collect();
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(&bytes).0.into_owned();
    let same = guessed.is_single_byte() && read(guessed) == read(WINDOWS_1252);
    if same { WINDOWS_1252 } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(bytes: &[u8]) -> Stream {
        BufReader::new(Box::new(io::Cursor::new(bytes.to_vec())))
    }

    fn guessed(bytes: &[u8]) -> Option<&'static str> {
        guess(stream(bytes)).unwrap().map(Encoding::name)
    }

    fn in_utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn a_guess_is_made_from_the_letters_and_only_where_the_text_is_not_utf_8() {
        let polish = "imię;nazwisko;miasto\nŻaneta;Wiśniewska;Łódź\nGrażyna;Dąbrowska;Świętochłowice\n".repeat(3);
        let german = "vorname;nachname\nJürgen;Müller\nBjörn;Großmann\nKäthe;Weiß\n".repeat(3);
        let greek = "όνομα;επώνυμο\nΓιώργος;Παπαδόπουλος\n".repeat(3);
        assert_eq!(guessed(&encoding_rs::WINDOWS_1250.encode(&polish).0), Some("windows-1250"));
        assert_eq!(guessed(&encoding_rs::WINDOWS_1252.encode(&german).0), Some("windows-1252"));
        assert_eq!(guessed(&encoding_rs::WINDOWS_1253.encode(&greek).0), Some("windows-1253"));
        for text in [&polish, &german, &greek, &"a,b\n".repeat(9)] {
            assert_eq!(guessed(text.as_bytes()), None);
            assert_eq!(guessed(&in_utf16(text, u16::to_le_bytes)), None, "UTF-16 says what it is");
        }
    }

    #[test]
    fn damage_in_utf_8_is_no_other_encoding_and_a_letter_far_behind_the_beginning_counts() {
        assert_eq!(guessed(b"J\xC3\xBCrgen,M\xC3\xBCller,Bj\xF6rn\n"), None);
        let mut late = b"id,name\n".repeat(400_000);
        late.extend_from_slice(b"7,Ren\xE9 Exemple\n");
        assert_eq!(guessed(&late), Some("windows-1252"));
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let text = "{\"name\": \"Jürgen\"}";
        for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            for marked in ["", "\u{FEFF}"] {
                let (mut input, decoded) = decoded(stream(&in_utf16(&format!("{marked}{text}"), unit)), None).unwrap();
                let mut read = String::new();
                input.read_to_string(&mut read).unwrap();
                assert_eq!((read.as_str(), decoded), (text, true));
            }
        }
        assert!(by_nul(b"a,b\n1,\0\n2,x\n").is_none() && by_nul(b"").is_none() && by_nul(b"a\0").is_none());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = guess(stream(&bytes)).unwrap();
            let _ = decoded(stream(&bytes), None).unwrap().0.read_to_end(&mut Vec::new());
        }
    }
}
