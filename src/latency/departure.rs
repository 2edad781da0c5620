//! Who left, and the instant from which that person should have no access.

use chrono::NaiveDate;

use crate::case::Case;
use crate::model::instant::Instant;
use crate::model::person::Person;
use crate::model::revocation::{Basis, Departure};
use crate::time::{self, Moment};

/// How somebody stands towards the organisation at `as_of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There, as far as HR knows; a departure in the past was followed by a return.
    Employed,
    /// There, with a departure to come.
    Coming(Departure),
    /// Left within the period: a leaver.
    Leaver(Departure),
    /// Left before the period.
    Left(Departure),
    /// Left between the end of the period and `as_of`: the next review's leaver.
    Since(Departure),
}

impl Standing {
    /// The departure of somebody who is gone.
    #[must_use]
    pub fn departure(&self) -> Option<Departure> {
        match self {
            Self::Leaver(departure) | Self::Left(departure) | Self::Since(departure) => Some(*departure),
            Self::Employed | Self::Coming(_) => None,
        }
    }
}

/// How a person stands, by the case's policy, period and `as_of`.
#[must_use]
pub fn standing(person: &Person, case: &Case) -> Standing {
    let Some(departs_at) = person.departs_at else { return Standing::Employed };
    let departure = departure(departs_at, person, case);
    let began = person.start_at.map(|start| match start {
        Moment::At(at) => at,
        Moment::On(date) => time::day_start(date, person.zone),
    });
    // Came back: but only somebody who has begun again is back.
    if began.is_some_and(|began| began > departure.latest && began <= case.as_of) {
        return Standing::Employed;
    }
    let (first, last) = case.period;
    if departure.latest > case.as_of {
        Standing::Coming(departure)
    } else if (first..=last).contains(&departure.date) {
        Standing::Leaver(departure)
    } else if departure.date < first {
        Standing::Left(departure)
    } else {
        Standing::Since(departure)
    }
}

fn departure(departs_at: Moment, person: &Person, case: &Case) -> Departure {
    let known = |at: Instant, date: NaiveDate, basis| Departure { earliest: at, latest: at, date, basis };
    match (departs_at, case.policy.departure_time) {
        (Moment::At(at), _) => known(at, at.to_chrono().with_timezone(&case.zone).date_naive(), Basis::Instant),
        (Moment::On(date), Some(clock)) => known(time::on_day(date, clock, person.zone), date, Basis::Date),
        (Moment::On(date), None) => Departure {
            earliest: time::day_start(date, person.zone),
            latest: time::day_end(date, person.zone).plus_seconds(-1),
            date,
            basis: Basis::Day,
        },
    }
}
