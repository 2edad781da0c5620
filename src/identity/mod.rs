//! Accounts to people: whose account it is, by which rule, and what speaks against it.

mod keys;
mod ladder;

pub use keys::Keys;
pub use ladder::{Link, Linker, Match, Rule};
