//! Signatures of a pack's index by minisign keys, which people have already or make with `minisign -G`.

use std::io::Cursor;
use std::path::Path;

use minisign::{PublicKey, SecretKeyBox, SignatureBox};

use crate::error::{Error, Result};

fn unusable(path: &Path, why: &dyn std::fmt::Display) -> Box<Error> {
    let help = "a secret key is made by `minisign -G`; its password is read from LASTDAY_KEY_PASSWORD";
    Error::input(path.display().to_string(), format!("this key cannot be used: {why}"), help)
}

/// The signature of `text` by the secret key in a file; `password` where the key has one.
pub fn sign(text: &str, key: &Path, password: Option<String>, comment: &str) -> Result<String> {
    let written = std::fs::read_to_string(key).map_err(|e| Error::reading(key, e))?;
    let boxed = || SecretKeyBox::from_string(&written).map_err(|e| unusable(key, &e));
    let secret = match password {
        Some(password) => boxed()?.into_secret_key(Some(password)),
        None => boxed()?.into_unencrypted_secret_key(),
    };
    let secret = secret.map_err(|e| unusable(key, &e))?;
    let signed = minisign::sign(None, &secret, Cursor::new(text), Some(comment), Some("signature of a lastday pack"));
    Ok(signed.map_err(|e| unusable(key, &e))?.into_string())
}

/// The public key in a file, or written out.
pub fn public_key(written: &str) -> Result<PublicKey> {
    let path = Path::new(written);
    let read = if path.is_file() { PublicKey::from_file(path) } else { PublicKey::from_base64(written) };
    read.map_err(|e| {
        let help = "name the file with the public key (minisign.pub), or write the key itself";
        Error::input(written, format!("this is no public key: {e}"), help)
    })
}

/// Whether a signature of `text` is by this key: its comment, or why it is not.
pub fn check(text: &[u8], signature: &str, key: &PublicKey) -> std::result::Result<String, String> {
    let signed = SignatureBox::from_string(signature).map_err(|e| e.to_string())?;
    minisign::verify(key, &signed, Cursor::new(text), true, false, false).map_err(|e| e.to_string())?;
    signed.trusted_comment().map_err(|e| e.to_string())
}
