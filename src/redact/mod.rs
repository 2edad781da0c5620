//! Pseudonyms in place of names, e-mail addresses and logins: what was examined and a key come in, texts without them go out. The same key gives the same
//! pseudonyms, so that results of several periods can still be compared.

mod dictionary;
mod key;
mod redactor;

pub use key::Key;
pub use redactor::Redactor;
