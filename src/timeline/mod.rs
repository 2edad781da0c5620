//! What was true of an account, and when: usable or not, from events, dated fields and successive dumps.

mod account;
mod collect;
mod history;
mod proof;

pub use account::Timeline;
pub use collect::{Collected, Collector, Harvest};
pub use history::{Change, Histories, History, Says, Use};
pub use proof::{Proof, Source, proofs};
