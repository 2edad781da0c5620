//! Departure to revocation: who left when, how long each account stayed usable, and the statistics as pure functions.

mod bounds;
mod cascade;
mod departure;
mod figures;
mod groups;
mod joined;
mod measure;
mod outcome;
pub mod statistics;

pub use bounds::bounds;
pub use departure::{Standing, standing};
pub use figures::{Figures, Observed, PERCENTILES, needed};
pub use groups::{Group, GroupBy, NOT_GIVEN, Statistics, statistics as figures_of};
pub use joined::{joined, moved};
pub use measure::{Measured, departed, last_used, measure, standings};
pub use outcome::{latency_seconds, outcome};
