//! The steps in figures. A step that is known by its bounds alone is counted, and is in no median.

use serde::Serialize;

use super::{Movers, Notice};
use crate::latency::statistics::quantile;
use crate::model::joiner::{Joiner, Provisioned};
use crate::model::mover::Kept;
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
    /// How soon the accounts of joiners could be used.
    pub joiners: JoinerFigures,
    /// What became of the grants of former roles.
    pub movers: MoverFigures,
}

/// The grants of the former roles of everybody who changed roles within the period.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MoverFigures {
    /// People who changed roles and are still there.
    pub people: usize,
    /// Those of whom nothing tells which grants were the former role's.
    pub not_evaluable: usize,
    /// Grants that only the former role gives: the sum of the next three.
    pub grants: usize,
    /// Taken away.
    pub removed: usize,
    /// Still held after the change.
    pub kept: usize,
    /// Held by evidence that is older than the change.
    pub undetermined: usize,
    /// The median time from the change to the removal, in seconds, of those of which both are exact, where there are five or more.
    pub median_seconds: Option<f64>,
}

/// The accounts of everybody who started within the period.
#[derive(Clone, Debug, Default, Serialize)]
pub struct JoinerFigures {
    /// People with an account.
    pub people: usize,
    /// Their accounts: the sum of the next three.
    pub accounts: usize,
    /// Usable in time.
    pub on_time: usize,
    /// Usable later, or not yet.
    pub late: usize,
    /// The evidence does not decide it.
    pub undetermined: usize,
    /// The longest latency that the policy allows, in seconds.
    pub target_seconds: i64,
    /// The median latency of those whose latency is exact, in seconds, where there are five or more.
    pub median_seconds: Option<f64>,
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
    pub fn of(steps: &[Step], hr_notice: Notice, joiners: &[Joiner], provision_within: i64) -> Self {
        let of = |stage: Stage| {
            let these = || steps.iter().filter(move |step| step.stage == stage);
            let exact = exact(these().map(|s| s.seconds));
            let not_shown = these().filter(|s| s.within.latest.is_none()).count();
            StepFigures {
                step: stage.word(),
                exact: exact.len(),
                bounded: these().count() - exact.len() - not_shown,
                not_shown,
                median_seconds: median(&exact),
            }
        };
        Self {
            steps: Stage::ALL.into_iter().skip(1).map(of).collect(),
            hr_notice,
            joiners: JoinerFigures::of(joiners, provision_within),
            movers: MoverFigures::default(),
        }
    }
}

impl JoinerFigures {
    fn of(joiners: &[Joiner], target_seconds: i64) -> Self {
        let [on_time, late, undetermined] =
            Provisioned::ALL.map(|outcome| joiners.iter().filter(|j| j.outcome == outcome).count());
        // The rows of one person stand together.
        let people = joiners.chunk_by(|a, b| a.person == b.person).count();
        let median_seconds = median(&exact(joiners.iter().map(|j| j.seconds)));
        Self { people, accounts: joiners.len(), on_time, late, undetermined, target_seconds, median_seconds }
    }
}

impl MoverFigures {
    /// The figures of these.
    #[must_use]
    pub fn of(movers: &Movers) -> Self {
        let Movers { rows, people, not_evaluable } = movers;
        let [removed, kept, undetermined] = Kept::ALL.map(|outcome| rows.iter().filter(|m| m.outcome == outcome).count());
        let median_seconds = median(&exact(rows.iter().map(|m| m.seconds)));
        let (people, not_evaluable) = (*people, *not_evaluable);
        Self { people, not_evaluable, grants: rows.len(), removed, kept, undetermined, median_seconds }
    }
}

/// The values whose two bounds are the same, sorted.
fn exact(bounds: impl Iterator<Item = [Option<i64>; 2]>) -> Vec<i64> {
    let mut exact: Vec<i64> = bounds.filter_map(|[least, most]| least.filter(|least| Some(*least) == most)).collect();
    exact.sort_unstable();
    exact
}

fn median(sorted: &[i64]) -> Option<f64> {
    quantile(sorted, 0.5).filter(|_| sorted.len() >= ENOUGH)
}
