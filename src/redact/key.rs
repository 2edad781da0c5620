//! The key: a secret from which pseudonyms are made, and whom each stands for. It stays with whoever redacts.

use std::collections::BTreeMap;
use std::path::Path;

use ring::hmac;
use serde::{Deserialize, Serialize};

use crate::container::hex;
use crate::error::{Error, Result};

/// What the file is called in itself.
const FORMAT: &str = "lastday-pseudonyms-1";
/// How many hex digits tell pseudonyms apart: 56 bits, which a million of them share with a chance of one in a hundred thousand.
const DIGITS: usize = 14;
/// As many as the id of a finding has.
const FINDING_DIGITS: usize = 12;
/// The domain of pseudonymous addresses, which nobody can own.
pub(super) const DOMAIN: &str = "redacted.example";

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody's name.
    Name,
    /// An e-mail address.
    Mail,
    /// A login.
    Login,
    /// An account's id in its system.
    Account,
    /// HR's number.
    Number,
    /// A finding's id, which is a hash of whom it concerns.
    Finding,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Name => "person",
            Self::Mail => "mail",
            Self::Login => "login",
            Self::Account => "account",
            Self::Number => "number",
            Self::Finding => "F",
        }
    }
}

/// A key.
#[derive(Serialize, Deserialize)]
pub struct Key {
    format: String,
    /// In hex.
    secret: String,
    /// Whom each pseudonym stands for.
    pseudonyms: BTreeMap<String, String>,
}

impl Key {
    /// A new one.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self { format: FORMAT.to_owned(), secret: hex(secret), pseudonyms: BTreeMap::new() }
    }

    /// The one in a file; `None` where there is no such file, and an error where something else is in it.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::reading(path, e)),
        };
        let key = serde_json::from_slice(&text).ok().filter(|key: &Self| key.format == FORMAT && key.secret.len() == 64);
        key.map(Some).ok_or_else(|| {
            let help = "name a new file, or the one that an earlier `pack --redact` wrote";
            Error::input(path.display().to_string(), "this file is there and is no key of pseudonyms", help)
        })
    }

    /// The key as JSON.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self).map_err(Error::fault)? + "\n")
    }

    /// How many pseudonyms it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pseudonyms.len()
    }

    /// Whether it knows none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pseudonyms.is_empty()
    }

    /// The pseudonym of a value, which is noted down. Upper and lower case are the same. HMAC-SHA256 under the secret, so that nobody without it can tell
    /// whether a value that he guesses is the one.
    pub(super) fn pseudonym(&mut self, kind: Kind, value: &str) -> String {
        // An address is one address, whatever it is used as.
        let kind = if value.contains('@') { Kind::Mail } else { kind };
        let signed = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        let tag = hmac::sign(&signed, format!("{}\n{}", kind.word(), value.to_lowercase()).as_bytes());
        let digits = if kind == Kind::Finding { FINDING_DIGITS } else { DIGITS };
        let mut pseudonym = format!("{}-{}", kind.word(), &hex(tag.as_ref())[..digits]);
        if kind == Kind::Mail {
            pseudonym.push('@');
            pseudonym.push_str(DOMAIN);
        }
        self.pseudonyms.entry(pseudonym.clone()).or_insert_with(|| value.to_owned());
        pseudonym
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_depends_on_the_secret_and_the_value_and_not_on_the_case() {
        let (mut one, mut other) = (Key::new(&[7; 32]), Key::new(&[8; 32]));
        let ann = one.pseudonym(Kind::Name, "Ann Example");
        assert_eq!(ann, one.pseudonym(Kind::Name, "ANN example"));
        assert_ne!(ann, one.pseudonym(Kind::Login, "Ann Example"));
        assert_ne!(ann, other.pseudonym(Kind::Name, "Ann Example"));
        assert_eq!(one.pseudonym(Kind::Login, "ann@acme.example"), one.pseudonym(Kind::Mail, "Ann@acme.example"));
        assert!(one.json().unwrap().contains("\"Ann Example\"") && !ann.contains("nn"));
        let id = one.pseudonym(Kind::Finding, "F-0123456789ab");
        assert!(id.len() == 14 && id.starts_with("F-") && id != "F-0123456789ab", "{id}");
    }
}
