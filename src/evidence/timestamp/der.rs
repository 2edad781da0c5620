//! DER as far as a time-stamp needs it: elements of one-byte tags and definite lengths, one after the other. Whatever is cut or written otherwise is an error.

/// BOOLEAN
pub(super) const BOOLEAN: u8 = 0x01;
/// INTEGER
pub(super) const INTEGER: u8 = 0x02;
/// OCTET STRING
pub(super) const OCTETS: u8 = 0x04;
/// OBJECT IDENTIFIER
pub(super) const OID: u8 = 0x06;
/// `UTF8String`
pub(super) const UTF8: u8 = 0x0C;
/// `GeneralizedTime`
pub(super) const TIME: u8 = 0x18;
/// SEQUENCE
pub(super) const SEQUENCE: u8 = 0x30;
/// SET
pub(super) const SET: u8 = 0x31;
/// `[0]`, constructed
pub(super) const CONTEXT_0: u8 = 0xA0;
/// `[3]`, constructed
pub(super) const CONTEXT_3: u8 = 0xA3;

/// Why bytes are no DER.
pub(super) type Fault = String;

/// One element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    /// The element with its tag and length.
    pub whole: &'a [u8],
}

/// Elements that follow each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elements<'a>(&'a [u8]);

impl<'a> Elements<'a> {
    /// Those in these bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether there is another one.
    pub(super) fn more(&self) -> bool {
        !self.0.is_empty()
    }

    /// The tag of the next one.
    pub(super) fn tag(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The next one.
    pub(super) fn any(&mut self) -> Result<Element<'a>, Fault> {
        let cut = || "it is cut off, or no DER".to_owned();
        let (tag, first) = (*self.0.first().ok_or_else(cut)?, *self.0.get(1).ok_or_else(cut)?);
        let (length, header) = match first {
            0..=0x7F => (usize::from(first), 2),
            0x81..=0x84 => {
                let count = usize::from(first & 0x7F);
                let bytes = self.0.get(2..2 + count).ok_or_else(cut)?;
                (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), 2 + count)
            }
            _ => return Err("a length in it is not one of DER".to_owned()),
        };
        let end = header.checked_add(length).ok_or_else(cut)?;
        let whole = self.0.get(..end).ok_or_else(cut)?;
        self.0 = &self.0[end..];
        Ok(Element { tag, value: &whole[header..], whole })
    }

    /// The next one, which must have this tag.
    pub(super) fn one(&mut self, tag: u8) -> Result<Element<'a>, Fault> {
        match self.tag() {
            Some(found) if found != tag => Err(format!("an element of tag {found:#04x} stands where {tag:#04x} is expected")),
            _ => self.any(),
        }
    }

    /// The next one, where it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Fault> {
        if self.tag() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }
}

impl<'a> Element<'a> {
    /// The elements in it.
    pub(super) fn inside(self) -> Elements<'a> {
        Elements(self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_one_after_the_other() {
        let mut elements = Elements::of(&[INTEGER, 1, 5, SEQUENCE, 3, OCTETS, 1, 9, OCTETS, 0x81, 0x80]);
        assert_eq!(elements.one(INTEGER).unwrap().value, [5]);
        assert!(elements.one(SET).is_err() && elements.optional(SET).unwrap().is_none());
        assert_eq!(elements.any().unwrap().inside().one(OCTETS).unwrap().value, [9]);
        assert!(elements.more() && elements.any().is_err(), "128 bytes are not there");
    }

    #[test]
    fn lengths_without_end_or_beyond_all_bounds_are_errors() {
        for bytes in [
            &[SEQUENCE, 0x80, 0, 0][..],
            &[SEQUENCE, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
            &[SEQUENCE, 0x85, 1, 1, 1, 1, 1],
            &[SEQUENCE],
        ] {
            assert!(Elements::of(bytes).any().is_err(), "{bytes:?}");
        }
    }
}
