//! A reply of a TSA, taken apart: what it is over, when it was given, and what is to be known of its signature. RFC 3161, section 2.4.2, in the envelope of
//! RFC 5652, section 5.

use chrono::NaiveDateTime;

use super::der::{CONTEXT_0, Element, Elements, Fault, INTEGER, OCTETS, OID, SEQUENCE, SET, TIME, UTF8};
use super::oid;
use crate::model::instant::Instant;

/// A time-stamp.
#[derive(Debug)]
pub struct Token {
    /// When it was given (UTC).
    pub at: Instant,
    /// The hash that it is over.
    imprint: Vec<u8>,
    pub(super) signed: Signed,
}

/// The signature and what it is over.
#[derive(Debug)]
pub(super) struct Signed {
    /// The content that the signed attributes give the digest of.
    pub content: Vec<u8>,
    /// The certificates that came with it.
    pub certificates: Vec<Vec<u8>>,
    /// The hash of the signature, by its object identifier.
    pub hash: Vec<u8>,
    /// The signed attributes, as they are signed.
    pub attributes: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

impl Token {
    /// Reads a reply, or the token of one by itself.
    pub fn read(reply: &[u8]) -> Result<Self, Fault> {
        let outer = Elements::of(reply).one(SEQUENCE)?;
        let mut inside = outer.inside();
        let content = if inside.tag() == Some(OID) {
            outer
        } else {
            granted(inside.one(SEQUENCE)?)?;
            inside.one(SEQUENCE)?
        };
        let mut content = content.inside();
        if content.one(OID)?.value != oid::SIGNED_DATA {
            return Err("it is not signed data".to_owned());
        }
        let signed = signed(content.one(CONTEXT_0)?.inside().one(SEQUENCE)?)?;
        let (at, imprint) = info(&signed.content)?;
        Ok(Self { at, imprint, signed })
    }

    /// Whether it is over this SHA-256.
    #[must_use]
    pub fn covers(&self, sha256: &[u8; 32]) -> bool {
        self.imprint == sha256
    }
}

/// An error where the TSA refused.
fn granted(status: Element) -> Result<(), Fault> {
    let mut status = status.inside();
    match status.one(INTEGER)?.value {
        [0 | 1] => Ok(()),
        code => {
            let mut said = Vec::new();
            let mut texts = status.optional(SEQUENCE)?.map(Element::inside);
            while let Some(text) = texts.as_mut().filter(|texts| texts.more()).map(|texts| texts.one(UTF8)).transpose()? {
                said.push(String::from_utf8_lossy(text.value).into_owned());
            }
            Err(format!("the TSA refused (status {}) {}", code.first().copied().unwrap_or_default(), said.join("; "))
                .trim_end()
                .to_owned())
        }
    }
}

fn signed(data: Element) -> Result<Signed, Fault> {
    let mut data = data.inside();
    data.one(INTEGER)?;
    data.one(SET)?;
    let mut content = data.one(SEQUENCE)?.inside();
    if content.one(OID)?.value != oid::TST_INFO {
        return Err("what is signed is no time-stamp".to_owned());
    }
    let content = content.one(CONTEXT_0)?.inside().one(OCTETS)?.value.to_vec();
    let mut certificates = Vec::new();
    if let Some(list) = data.optional(CONTEXT_0)? {
        let mut list = list.inside();
        while list.more() {
            let certificate = list.any()?;
            if certificate.tag == SEQUENCE {
                certificates.push(certificate.whole.to_vec());
            }
        }
    }
    data.optional(0xA1)?;
    let mut signers = data.one(SET)?.inside();
    let mut signer = signers.one(SEQUENCE)?.inside();
    if signers.more() {
        return Err("it has several signers".to_owned());
    }
    signer.one(INTEGER)?;
    // Who signed: the signed attributes tell it by the hash of the certificate.
    signer.any()?;
    let hash = signer.one(SEQUENCE)?.inside().one(OID)?.value.to_vec();
    // Signed is a SET of attributes, which stands here under the tag [0].
    let mut attributes = signer.one(CONTEXT_0)?.whole.to_vec();
    attributes[0] = SET;
    signer.one(SEQUENCE)?;
    let signature = signer.one(OCTETS)?.value.to_vec();
    Ok(Signed { content, certificates, hash, attributes, signature })
}

/// The time and the imprint of a `TSTInfo`.
fn info(content: &[u8]) -> Result<(Instant, Vec<u8>), Fault> {
    let mut info = Elements::of(content).one(SEQUENCE)?.inside();
    info.one(INTEGER)?;
    info.one(OID)?;
    let mut imprint = info.one(SEQUENCE)?.inside();
    if imprint.one(SEQUENCE)?.inside().one(OID)?.value != oid::SHA_256 {
        return Err("it is over another hash than SHA-256".to_owned());
    }
    let imprint = imprint.one(OCTETS)?.value.to_vec();
    info.one(INTEGER)?;
    let written = String::from_utf8_lossy(info.one(TIME)?.value).into_owned();
    let at = time(&written).ok_or_else(|| format!("its time cannot be read: {written}"))?;
    Ok((at, imprint))
}

/// `20261002090100Z`, perhaps with a fraction of a second.
fn time(written: &str) -> Option<Instant> {
    let written = written.strip_suffix('Z')?;
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    if whole.len() != 14 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = NaiveDateTime::parse_from_str(whole, "%Y%m%d%H%M%S").ok()?.and_utc().timestamp();
    let micros: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    Instant::from_micros(seconds.checked_mul(1_000_000)?.checked_add(micros)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reply of `openssl ts -reply` over the text `lastday`; the authority's certificate is in `ca.pem` beside it.
    const REPLY: &[u8] = include_bytes!("../../../tests/fixtures/tsa/reply.tsr");

    #[test]
    fn a_reply_says_what_it_is_over_and_when_it_was_given() {
        use sha2::{Digest, Sha256};
        let token = Token::read(REPLY).unwrap();
        assert!(token.covers(&Sha256::digest(b"lastday").into()) && !token.covers(&Sha256::digest(b"lastdaz").into()));
        assert_eq!(token.at.to_string(), "2026-11-25T22:46:45Z");
        assert_eq!(token.signed.certificates.len(), 1);
    }

    #[test]
    fn times_are_read_with_fractions_and_in_utc_only() {
        assert_eq!(time("20261002090100Z").unwrap().to_string(), "2026-10-02T09:01:00Z");
        assert_eq!(time("20261002090100.25Z").unwrap().micros() % 1_000_000, 250_000);
        for wrong in ["20261002090100", "202610020901Z", "20261002090100+01Z", "20261302090100Z", "20261002090100.Z1"] {
            assert!(time(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_is_cut_or_refused_is_an_error() {
        for length in 0..REPLY.len() {
            assert!(Token::read(&REPLY[..length]).is_err(), "the first {length} bytes");
        }
        let refused = [SEQUENCE, 13, SEQUENCE, 11, INTEGER, 1, 2, SEQUENCE, 6, UTF8, 4, b'b', b'u', b's', b'y'];
        assert_eq!(Token::read(&refused).unwrap_err(), "the TSA refused (status 2) busy");
    }
}
