//! Statistics as pure functions on slices: times in whole units and counts come in, curves, quantiles and limits go out. Each has
//! its formula's source beside it and a published table in its test.

mod beta;
mod curve;
mod innermost;
mod kaplan_meier;
mod normal;
mod proportion;
#[cfg(test)]
mod published;
mod quantile;
mod self_consistency;
mod span;
mod turnbull;

pub use curve::{Curve, Estimator, Step, survival};
pub use kaplan_meier::{KaplanMeier, Risk, kaplan_meier};
pub use proportion::{clopper_pearson, wilson, zero_deviation_limit, zero_deviation_size};
pub use quantile::{quantile, share};
pub use span::Span;
pub use turnbull::{Turnbull, turnbull};
