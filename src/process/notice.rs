//! HR's notice: whether a departure was recorded before the last day, on it or after it, by local dates.

use chrono::NaiveDate;
use serde::Serialize;

use crate::case::Case;
use crate::latency::Standing;
use crate::model::person::{People, Person};
use crate::model::revocation::{Basis, Departure};
use crate::time::Moment;

/// How many departures of the period were recorded when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Before the last day.
    pub before_last_day: usize,
    /// On it.
    pub on_last_day: usize,
    /// After it.
    pub after_last_day: usize,
    /// HR's list does not say.
    pub unknown: usize,
}

impl Notice {
    /// The notice of all leavers of the period.
    #[must_use]
    pub fn of(case: &Case, people: &People, standings: &[Standing]) -> Self {
        let mut notice = Self::default();
        for (person, standing) in people.rows.iter().zip(standings) {
            let Standing::Leaver(departure) = standing else { continue };
            let count = match recorded_on(person, departure, case).map(|day| day.cmp(&departure.date)) {
                Some(std::cmp::Ordering::Less) => &mut notice.before_last_day,
                Some(std::cmp::Ordering::Equal) => &mut notice.on_last_day,
                Some(std::cmp::Ordering::Greater) => &mut notice.after_last_day,
                None => &mut notice.unknown,
            };
            *count += 1;
        }
        notice
    }
}

/// The local date of the record, in the zone in which the departure's date is one.
fn recorded_on(person: &Person, departure: &Departure, case: &Case) -> Option<NaiveDate> {
    let zone = if departure.basis == Basis::Instant { case.zone } else { person.zone };
    match person.recorded_at? {
        Moment::On(date) => Some(date),
        Moment::At(at) => (at <= case.as_of).then(|| at.to_chrono().with_timezone(&zone).date_naive()),
    }
}
