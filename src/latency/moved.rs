//! Who changed roles within the period.

use crate::case::Case;
use crate::model::person::People;
use crate::time::{self, Moment};

/// Whether each person is a mover, by [`PersonId`](crate::model::person::PersonId): the change of the role lies within the
/// period and has begun by `as_of`. A day counts by its date, an instant by its date in the review's zone.
#[must_use]
pub fn moved(people: &People, case: &Case) -> Vec<bool> {
    let of = |person: &crate::model::person::Person| {
        let Some(changed) = person.changed_at else { return false };
        let date = match changed {
            Moment::On(date) => date,
            Moment::At(at) => at.to_chrono().with_timezone(&case.zone).date_naive(),
        };
        (case.period.0..=case.period.1).contains(&date) && time::within(changed, person.zone).0 <= case.as_of
    };
    people.rows.iter().map(of).collect()
}
