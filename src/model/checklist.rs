//! The steps of somebody's checklist.

use crate::model::instant::Instant;
use crate::model::origin::Origin;

/// One step of one person's checklist, for leaving or for starting.
#[derive(Clone, Debug)]
pub struct ChecklistStep {
    /// The person's number.
    pub person_id: String,
    /// The step, as written.
    pub step: String,
    /// Who has to do it, as written.
    pub responsible: String,
    /// Until when, at the latest.
    pub due: Option<Instant>,
    /// When it was done, at the earliest and at the latest: of a date, that whole day.
    pub done: Option<(Instant, Instant)>,
    /// The row.
    pub origin: Origin,
}
