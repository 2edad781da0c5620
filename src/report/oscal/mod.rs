//! `oscal-assessment-results.json` and the stub of a plan that it imports: OSCAL 1.2.1, for tools that take assessment results. Laid out from the
//! one view, without a clock and without chance: the same case gives the same bytes.

mod controls;
mod documents;
mod model;
mod names;
mod observations;
mod plan;
mod results;

pub use plan::plan;
pub use results::results;

/// The results' own file.
pub const RESULTS: &str = "oscal-assessment-results.json";
/// The plan's own file.
pub const PLAN: &str = "oscal-assessment-plan.json";
