//! Whether a time-stamp was given by a TSA that an authority vouches for: the signature over the signed attributes, these over the time-stamp, the
//! certificate for time-stamping and its chain at the time that the stamp gives. Revocation is not looked up.

use std::path::Path;
use std::time::Duration;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring as algorithms};

use super::der::{BOOLEAN, CONTEXT_0, CONTEXT_3, Element, Elements, Fault, OCTETS, OID, SEQUENCE, SET};
use super::oid;
use super::token::{Signed, Token};
use crate::error::{Error, Result};

/// The certificates in a file, PEM or DER.
pub fn authorities(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let bytes = std::fs::read(path).map_err(|e| Error::reading(path, e))?;
    let pem: std::result::Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    let found = match pem {
        Ok(found) if !found.is_empty() => found,
        _ => vec![CertificateDer::from(bytes)],
    };
    match found.iter().map(anchor_from_trusted_cert).collect::<std::result::Result<Vec<TrustAnchor>, _>>() {
        Ok(_) => Ok(found),
        Err(e) => {
            let help = "name the certificate of the authority that vouches for the TSA, as PEM or DER";
            Err(Error::input(path.display().to_string(), format!("this is no certificate: {e}"), help))
        }
    }
}

impl Token {
    /// Who signed it, where an authority vouches for that; else why it is not proved.
    pub fn signed_by(&self, authorities: &[CertificateDer]) -> std::result::Result<String, Fault> {
        let signed = &self.signed;
        let attributes = Attributes::of(&signed.attributes)?;
        if attributes.content_type != oid::TST_INFO {
            return Err("the signed attributes are of something else than a time-stamp".to_owned());
        }
        if attributes.digest != digest(&signed.hash, &signed.content)? {
            return Err("the time-stamp was changed after it was signed".to_owned());
        }
        let known = signed.certificates.iter().map(|der| CertificateDer::from(der.as_slice()));
        let all: Vec<CertificateDer> = known.chain(authorities.iter().cloned()).collect();
        let named = all.iter().find(|certificate| attributes.certificate.is(certificate));
        let certificate = named.ok_or("the certificate of the signer is neither in it nor among the authorities")?;
        let holder = EndEntityCert::try_from(certificate).map_err(|e| format!("the signer's certificate: {e}"))?;
        proved(&holder, signed)?;
        let anchors: Vec<TrustAnchor> = authorities.iter().filter_map(|a| anchor_from_trusted_cert(a).ok()).collect();
        let seconds = u64::try_from(self.at.seconds()).map_err(|_| "its time lies before 1970")?;
        let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        if !for_time_stamping(certificate) {
            return Err("the signer's certificate is not for time-stamping".to_owned());
        }
        // Those above it need not say what they are for.
        let usage = KeyUsage::required_if_present(oid::TIME_STAMPING);
        holder
            .verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, &all, at, usage, None, None)
            .map_err(|e| format!("the authority does not vouch for the signer at that time: {e}"))?;
        Ok(subject(certificate).unwrap_or_else(|| "a certificate without a name".to_owned()))
    }
}

/// An error unless the holder of the certificate signed the attributes.
fn proved(holder: &EndEntityCert, signed: &Signed) -> std::result::Result<(), Fault> {
    let possible: &[&dyn SignatureVerificationAlgorithm] = match signed.hash.as_slice() {
        oid::SHA_256 => &[algorithms::RSA_PKCS1_2048_8192_SHA256, algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256],
        oid::SHA_384 => &[algorithms::RSA_PKCS1_2048_8192_SHA384, algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384],
        _ => &[algorithms::RSA_PKCS1_2048_8192_SHA512, algorithms::ED25519],
    };
    let by = |algorithm: &&dyn SignatureVerificationAlgorithm| {
        holder.verify_signature(*algorithm, &signed.attributes, &signed.signature).is_ok()
    };
    if possible.iter().any(by) { Ok(()) } else { Err("the signature is not by the certificate that it names".to_owned()) }
}

fn digest(hash: &[u8], bytes: &[u8]) -> std::result::Result<Vec<u8>, Fault> {
    match hash {
        oid::SHA_256 => Ok(Sha256::digest(bytes).to_vec()),
        oid::SHA_384 => Ok(Sha384::digest(bytes).to_vec()),
        oid::SHA_512 => Ok(Sha512::digest(bytes).to_vec()),
        _ => Err("it is signed by another hash than SHA-256, SHA-384 or SHA-512".to_owned()),
    }
}

/// The signed attributes that count.
struct Attributes<'a> {
    content_type: &'a [u8],
    digest: &'a [u8],
    certificate: Named<'a>,
}

/// The certificate that signed, by its hash.
enum Named<'a> {
    /// RFC 2634: by SHA-1.
    Sha1(&'a [u8]),
    /// RFC 5035: by a hash that is named; without one SHA-256.
    By(&'a [u8], &'a [u8]),
}

impl Named<'_> {
    fn is(&self, certificate: &CertificateDer) -> bool {
        match self {
            // No more than the pointer to a certificate which must prove the signature and its chain in any case.
            Self::Sha1(hash) => ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, certificate).as_ref() == *hash,
            Self::By(algorithm, hash) => digest(algorithm, certificate).is_ok_and(|found| found == *hash),
        }
    }
}

impl<'a> Attributes<'a> {
    fn of(set: &'a [u8]) -> std::result::Result<Self, Fault> {
        let (mut content_type, mut digest, mut old, mut new) = (None, None, None, None);
        let mut attributes = Elements::of(set).one(SET)?.inside();
        while attributes.more() {
            let mut attribute = attributes.one(SEQUENCE)?.inside();
            let name = attribute.one(OID)?.value;
            let mut values = attribute.one(SET)?.inside();
            let slot = match name {
                oid::CONTENT_TYPE => &mut content_type,
                oid::MESSAGE_DIGEST => &mut digest,
                oid::SIGNING_CERTIFICATE => &mut old,
                oid::SIGNING_CERTIFICATE_V2 => &mut new,
                _ => continue,
            };
            if slot.replace(values.any()?).is_some() || values.more() {
                return Err("a signed attribute is there twice".to_owned());
            }
        }
        let lacks = |what: &str| format!("the signed attributes lack {what}");
        // The first certificate that is named is the signer's.
        let first = |list: Element<'a>| list.inside().one(SEQUENCE)?.inside().one(SEQUENCE).map(Element::inside);
        let certificate = if let Some(new) = new {
            let mut id = first(new)?;
            let algorithm = id.optional(SEQUENCE)?.map(|algorithm| algorithm.inside().one(OID)).transpose()?;
            Named::By(algorithm.map_or(oid::SHA_256, |oid| oid.value), id.one(OCTETS)?.value)
        } else {
            Named::Sha1(first(old.ok_or_else(|| lacks("the signer's certificate"))?)?.one(OCTETS)?.value)
        };
        Ok(Self {
            content_type: content_type.filter(|value| value.tag == OID).ok_or_else(|| lacks("the content type"))?.value,
            digest: digest.filter(|value| value.tag == OCTETS).ok_or_else(|| lacks("the digest"))?.value,
            certificate,
        })
    }
}

/// The fields of a certificate from its subject on.
fn from_subject(certificate: &[u8]) -> Option<Elements<'_>> {
    let mut fields = Elements::of(certificate).one(SEQUENCE).ok()?.inside().one(SEQUENCE).ok()?.inside();
    fields.optional(CONTEXT_0).ok()?;
    // Serial number, algorithm, issuer, validity.
    for _ in 0..4 {
        fields.any().ok()?;
    }
    Some(fields)
}

/// Whether a certificate is for time-stamping and for nothing else, as RFC 3161, section 2.3, asks.
fn for_time_stamping(certificate: &[u8]) -> bool {
    let purposes = || -> Option<Vec<&[u8]>> {
        let mut fields = from_subject(certificate)?;
        let mut extensions = loop {
            let field = fields.any().ok()?;
            if field.tag == CONTEXT_3 {
                break field.inside().one(SEQUENCE).ok()?.inside();
            }
        };
        while extensions.more() {
            let mut extension = extensions.one(SEQUENCE).ok()?.inside();
            if extension.one(OID).ok()?.value == oid::EXTENDED_KEY_USAGE {
                extension.optional(BOOLEAN).ok()?;
                let mut list = extension.one(OCTETS).ok()?.inside().one(SEQUENCE).ok()?.inside();
                let mut purposes = Vec::new();
                while list.more() {
                    purposes.push(list.one(OID).ok()?.value);
                }
                return Some(purposes);
            }
        }
        None
    };
    purposes().is_some_and(|purposes| purposes == [oid::TIME_STAMPING])
}

/// The common name in a certificate's subject.
fn subject(certificate: &[u8]) -> Option<String> {
    let mut names = from_subject(certificate)?.one(SEQUENCE).ok()?.inside();
    while names.more() {
        let mut pair = names.one(SET).ok()?.inside().one(SEQUENCE).ok()?.inside();
        if pair.one(OID).ok()?.value == oid::COMMON_NAME {
            return Some(String::from_utf8_lossy(pair.any().ok()?.value).into_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLIES: [(&str, &[u8]); 3] = [
        ("RSA", include_bytes!("../../../tests/fixtures/tsa/reply.tsr")),
        ("ECDSA P-384", include_bytes!("../../../tests/fixtures/tsa/reply-p384.tsr")),
        ("RSA, its certificate named by SHA-1", include_bytes!("../../../tests/fixtures/tsa/reply-sha1.tsr")),
    ];

    fn fixture(name: &str) -> Vec<CertificateDer<'static>> {
        authorities(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tsa").join(name)).unwrap()
    }

    #[test]
    fn the_authority_vouches_for_its_own_tsa_and_for_no_other() {
        for (name, reply) in REPLIES {
            let token = Token::read(reply).unwrap();
            assert_eq!(token.signed_by(&fixture("ca.pem")).unwrap(), "Test TSA", "{name}");
            let why = token.signed_by(&fixture("other-ca.pem")).unwrap_err();
            assert!(why.contains("does not vouch"), "{name}: {why}");
        }
    }

    #[test]
    fn a_certificate_that_is_not_for_time_stamping_proves_nothing() {
        let token = Token::read(include_bytes!("../../../tests/fixtures/tsa/reply-wrong-use.tsr")).unwrap();
        let why = token.signed_by(&fixture("ca.pem")).unwrap_err();
        assert_eq!(why, "the signer's certificate is not for time-stamping");
    }

    #[test]
    fn no_bit_of_what_is_signed_can_change() {
        let authority = fixture("ca.pem");
        for (name, reply) in REPLIES {
            let whole = Token::read(reply).unwrap();
            for place in 0..reply.len() {
                let mut changed = reply.to_vec();
                changed[place] ^= 1 << (place % 8);
                let Ok(token) = Token::read(&changed) else { continue };
                // What is not signed (version numbers, the order of the envelope) may change; what was proved may not.
                if token.signed_by(&authority).is_ok() {
                    assert_eq!(token.signed.content, whole.signed.content, "{name}: byte {place}");
                    assert_eq!(token.signed.attributes, whole.signed.attributes, "{name}: byte {place}");
                }
            }
        }
    }
}
