//! Who started, and who changed roles, within the period.

use crate::case::Case;
use crate::model::person::{People, Person};
use crate::time::{self, Moment};

/// Whether each person is a joiner, by [`PersonId`](crate::model::person::PersonId): the first day lies within the period
/// and has begun by `as_of`. A day counts by its date, an instant by its date in the review's zone.
#[must_use]
pub fn joined(people: &People, case: &Case) -> Vec<bool> {
    people.rows.iter().map(|person| within_period(person.start_at, person, case)).collect()
}

/// Whether each person is a mover: the same of the change of the role.
#[must_use]
pub fn moved(people: &People, case: &Case) -> Vec<bool> {
    people.rows.iter().map(|person| within_period(person.changed_at, person, case)).collect()
}

fn within_period(moment: Option<Moment>, person: &Person, case: &Case) -> bool {
    let Some(moment) = moment else { return false };
    let date = match moment {
        Moment::On(date) => date,
        Moment::At(at) => at.to_chrono().with_timezone(&case.zone).date_naive(),
    };
    (case.period.0..=case.period.1).contains(&date) && time::within(moment, person.zone).0 <= case.as_of
}
