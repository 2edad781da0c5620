//! The steps in figures. A step that is known by its bounds alone is counted, and is in no median.

use serde::Serialize;

use super::Notice;
use crate::latency::statistics::quantile;
use crate::model::step::{Stage, Step};

/// A median of fewer values than this says nothing.
const ENOUGH: usize = 5;

/// `process` of `summary.json`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProcessFigures {
    /// Each step, in the order in which they are told.
    pub steps: Vec<StepFigures>,
    /// When HR recorded the departures.
    pub hr_notice: Notice,
}

/// One step of all leavers of the period.
#[derive(Clone, Debug, Serialize)]
pub struct StepFigures {
    /// Which step.
    pub step: &'static str,
    /// Leavers of whom its instant and that of the departure are known.
    pub exact: usize,
    /// Leavers who reached it at a time that is known by bounds.
    pub bounded: usize,
    /// Leavers of whom nothing shows that it was reached.
    pub not_shown: usize,
    /// The median of the exact ones, in seconds after the departure, where there are five or more.
    pub median_seconds: Option<f64>,
}

impl ProcessFigures {
    /// The figures of these steps.
    #[must_use]
    pub fn of(steps: &[Step], hr_notice: Notice) -> Self {
        let of = |stage: Stage| {
            let these = || steps.iter().filter(move |step| step.stage == stage);
            let mut exact: Vec<i64> = these().filter_map(|s| s.seconds[0].filter(|at| Some(*at) == s.seconds[1])).collect();
            exact.sort_unstable();
            let not_shown = these().filter(|s| s.within.latest.is_none()).count();
            StepFigures {
                step: stage.word(),
                exact: exact.len(),
                bounded: these().count() - exact.len() - not_shown,
                not_shown,
                median_seconds: quantile(&exact, 0.5).filter(|_| exact.len() >= ENOUGH),
            }
        };
        Self { steps: Stage::ALL.into_iter().skip(1).map(of).collect(), hr_notice }
    }
}
