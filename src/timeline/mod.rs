//! What was true of an account, and when: usable or not, from events, dated fields and successive dumps.

mod account;
mod collect;
mod proof;

pub use account::Timeline;
pub use collect::{Change, Collected, Collector, Harvest, Histories, History, Use};
pub use proof::{Proof, Says, Source, proofs};
