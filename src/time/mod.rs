//! Written times to instants: ISO 8601 with and without a zone, written dates of either order, clocks of 12 and 24 hours,
//! numbers since some epoch, and the words that mean "no date". Nothing is guessed: what can be read in two ways is an error.

mod local;
mod number;
mod plain;
mod written;

use chrono_tz::Tz;

use crate::model::instant::Instant;
pub use local::{day_end, day_start, local, on_day};

pub use crate::model::instant::Moment;
use crate::presets::DateOrder;
use crate::presets::mapping::TimeUnit;

/// How the times of one column are to be read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The zone of those that carry none.
    pub zone: Tz,
    /// The order of day and month in slashed dates, where it is settled.
    pub order: Option<DateOrder>,
    /// What a number counts.
    pub unit: TimeUnit,
}

impl Reading {
    /// Written times, in this zone where they carry none.
    #[must_use]
    pub fn in_zone(zone: Tz) -> Self {
        Self { zone, order: None, unit: TimeUnit::Iso }
    }
}

/// Why a value is no time. The text is the reason in `rejects.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is none.
    NotATime,
    /// Day and month cannot be told apart.
    Order,
    /// The clocks skipped it.
    Skipped,
}

impl Unreadable {
    /// The reason, with the next step.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::NotATime => "not a date or time that can be read",
            Self::Order => "day and month cannot be told apart; set date_order = \"dmy\" or \"mdy\" in the source",
            Self::Skipped => "this local time does not exist: the clocks went forward; set the source's timezone",
        }
    }
}

const NO_DATE: [&str; 16] = [
    "",
    "n/a",
    "na",
    "n/a-stillemployed",
    "no_information",
    "not_supported",
    "never logged in",
    "never accessed",
    "never",
    "null",
    "none",
    "nan",
    "-",
    "--",
    "?",
    "0000-00-00",
];

/// Reads a value. `Ok(None)` where it is one of the ways to say "no date".
pub fn read(text: &str, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let text = text.trim();
    if how.unit == TimeUnit::Iso
        && let Some(at) = plain::read(text, how)
    {
        return at.map(no_epoch);
    }
    if text.len() <= 17 && NO_DATE.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Ok(None);
    }
    match how.unit {
        TimeUnit::Iso => written::read(text, how),
        unit => number::read(text, unit, how),
    }
}

/// Midnights at which calendars of software begin mean "no date".
fn no_epoch(at: Instant) -> Option<Moment> {
    const EPOCHS: [i64; 3] = [0, -11_644_473_600, -2_208_988_800]; // 1970, 1601, 1900
    (!(EPOCHS.contains(&at.seconds()) && at.micros().rem_euclid(1_000_000) == 0)).then_some(Moment::At(at))
}

#[cfg(test)]
mod tests;
