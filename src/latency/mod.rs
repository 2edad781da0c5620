//! Departure to revocation: who left when, how long each account stayed usable, and the statistics as pure functions.

mod cascade;
mod departure;
mod measure;
mod outcome;
pub mod statistics;

pub use departure::{Standing, standing};
pub use measure::{Measured, departed, measure, standings};
pub use outcome::{latency_seconds, outcome};
