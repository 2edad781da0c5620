//! What was true of an account, and when: usable or not, from events, dated fields and successive dumps.

mod account;
mod aftermath;
mod collect;
mod contradiction;
mod credentials;
mod history;
mod proof;
mod spans;
#[cfg(test)]
mod truth;

pub use account::{Ending, Timeline};
pub use aftermath::aftermath;
pub use collect::{Collected, Collector, Harvest};
pub use contradiction::contradictions;
pub use history::{Change, CredentialChange, GrantChange, Histories, History, Says, Use};
pub use proof::{Proof, Source, proofs};
pub use spans::{cut_off, interrupted};
