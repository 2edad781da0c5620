//! Accounts to people: whose account it is, by which rule, how sure that is, and what speaks against it. From the bottom up:
//! text as it is compared ([`fold`](mod@fold), `name`, `login`), one account beside one person (`compare`), all of them (`likely`),
//! the ladder of rules (`linker`).

mod agreement;
mod blocking;
mod blocks;
mod built;
mod claims;
mod compare;
mod duplicates;
mod estimate;
mod field;
pub mod fold;
mod globs;
mod handed;
mod keys;
mod ladder;
mod likely;
mod link;
mod linker;
mod login;
mod name;
mod nature;
mod nicknames;
mod patterns;
mod profile;
mod returned;
mod seats;
mod similarity;
mod sketch;
mod stated;
mod subject;
mod vocabulary;
mod weighed;

pub use compare::Vector;
pub use duplicates::{Twin, twins};
pub use field::Field;
pub use handed::Renamed;
pub use keys::Keys;
pub use likely::Knowledge;
pub use link::{Candidate, Dispute, Guess, Link, Score, Why};
pub use linker::Linker;
pub use nature::Nature;
pub use returned::returned;

use crate::case::Case;
use crate::error::Result;

/// What comes with the tool, with what a case adds to it.
pub fn knowledge(case: &Case) -> Result<Knowledge> {
    let linking = &case.linking;
    Ok(Knowledge {
        words: name::Words::load()?,
        forms: login::Forms::load(linking.admin_affixes.as_deref(), linking.external_affixes.as_deref(), &linking.aliases)?,
        nicknames: nicknames::Nicknames::load(),
    })
}
