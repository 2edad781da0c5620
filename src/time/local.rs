//! Local times and days in a zone, where clocks go forward and back.

use chrono::{Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::Unreadable;
use crate::model::instant::{Instant, Moment};

/// A local time in a zone: the earlier of two where the clocks go back, an error where they go forward.
pub fn local(at: NaiveDateTime, zone: Tz) -> Result<Instant, Unreadable> {
    match zone.from_local_datetime(&at) {
        LocalResult::Single(one) | LocalResult::Ambiguous(one, _) => Ok(one.to_utc().into()),
        LocalResult::None => Err(Unreadable::Skipped),
    }
}

/// A clock time on a local date; where the clocks skip it, the first instant after the gap.
#[must_use]
pub fn on_day(date: NaiveDate, clock: NaiveTime, zone: Tz) -> Instant {
    let mut at = date.and_time(clock);
    for _ in 0..96 {
        if let Ok(instant) = local(at, zone) {
            return instant;
        }
        at += Duration::minutes(15);
    }
    at.and_utc().into()
}

/// The first and the last instant that a moment can be: of a date, its whole local day.
#[must_use]
pub fn within(moment: Moment, zone: Tz) -> (Instant, Instant) {
    match moment {
        Moment::At(at) => (at, at),
        Moment::On(date) => (day_start(date, zone), day_end(date, zone).plus_seconds(-1)),
    }
}

/// The same where the clock time of a date is agreed.
#[must_use]
pub fn within_at(moment: Moment, clock: Option<NaiveTime>, zone: Tz) -> (Instant, Instant) {
    match (moment, clock) {
        (Moment::On(date), Some(clock)) => {
            let at = on_day(date, clock, zone);
            (at, at)
        }
        _ => within(moment, zone),
    }
}

/// The first instant of a local date.
#[must_use]
pub fn day_start(date: NaiveDate, zone: Tz) -> Instant {
    on_day(date, NaiveTime::MIN, zone)
}

/// The first instant of the local date after this one.
#[must_use]
pub fn day_end(date: NaiveDate, zone: Tz) -> Instant {
    day_start(date.succ_opt().unwrap_or(date), zone)
}
