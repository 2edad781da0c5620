//! Who started within the period.

use crate::case::Case;
use crate::model::person::People;
use crate::time::{self, Moment};

/// Whether each person is a joiner, by [`PersonId`](crate::model::person::PersonId): the first day lies within the period
/// and has begun by `as_of`. A day counts by its date, an instant by its date in the review's zone.
#[must_use]
pub fn joined(people: &People, case: &Case) -> Vec<bool> {
    let of = |person: &crate::model::person::Person| {
        let Some(start) = person.start_at else { return false };
        let date = match start {
            Moment::On(date) => date,
            Moment::At(at) => at.to_chrono().with_timezone(&case.zone).date_naive(),
        };
        (case.period.0..=case.period.1).contains(&date) && time::within(start, person.zone).0 <= case.as_of
    };
    people.rows.iter().map(of).collect()
}
