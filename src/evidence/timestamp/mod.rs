//! Time-stamps by RFC 3161: the SHA-256 of a pack goes to a time-stamping authority (TSA), whose reply lies beside the pack as `PACK.tsr`. It proves that
//! the pack, its signature included, was there at that time; `openssl ts -verify` proves the same without this tool.

mod ask;
mod der;
mod oid;
mod proof;
mod query;
mod signature;
mod token;

pub use ask::ask;
pub use proof::{Stamped, digest, prove};
pub use query::query;
pub use signature::authorities;
pub use token::Token;

use std::path::{Path, PathBuf};

/// Where the reply over a pack lies: beside it.
#[must_use]
pub fn beside(pack: &Path) -> PathBuf {
    let mut name = pack.as_os_str().to_owned();
    name.push(".tsr");
    PathBuf::from(name)
}
