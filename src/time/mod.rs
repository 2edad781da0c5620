//! Written times to instants: ISO 8601 with and without a zone, written dates of either order, clocks of 12 and 24 hours,
//! numbers since some epoch, formats of one's own, and the words that mean "no date". Nothing is guessed: what can be read
//! in two ways is an error.

mod clock;
mod compact;
mod date;
mod format;
mod local;
mod names;
mod no_date;
mod number;
mod plain;
mod written;
mod zone;

use chrono_tz::Tz;

pub use format::check as check_format;
pub use local::{day_end, day_start, local, on_day, within, within_at};
pub use written::orders;

pub use crate::model::instant::Moment;
use crate::model::text::trimmed;
use crate::presets::DateOrder;
use crate::presets::mapping::TimeUnit;

/// How the times of one column are to be read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The zone of those that carry none.
    pub zone: Tz,
    /// The order of day and month in slashed dates, where it is settled.
    pub order: Option<DateOrder>,
    /// What a number counts.
    pub unit: TimeUnit,
    /// A format of one's own, checked by [`check_format`].
    pub format: Option<&'a str>,
}

impl Reading<'_> {
    /// Written times, in this zone where they carry none.
    #[must_use]
    pub fn in_zone(zone: Tz) -> Self {
        Self { zone, order: None, unit: TimeUnit::Iso, format: None }
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
    /// Its zone is an abbreviation that several zones share.
    Abbreviation,
    /// It is a bare number in a column of written times.
    Number,
    /// It is a number of which a spreadsheet kept too few digits.
    Rounded,
    /// Its day of the week is not that of its date.
    Weekday,
    /// It is not written in the format of one's own.
    Format,
}

impl Unreadable {
    /// The reason, with the next step.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::NotATime => "not a date or time that can be read",
            Self::Order => "day and month cannot be told apart; set date_order = \"dmy\" or \"mdy\" in the source",
            Self::Skipped => "this local time does not exist: the clocks went forward; set the source's timezone",
            Self::Abbreviation => {
                "several zones share this abbreviation, and it is none of the source's zone at that time; set the source's timezone to the one that is meant"
            }
            Self::Number => {
                "a bare number; say what it counts: columns = { … = { from = \"…\", time = \"epoch-s\" } } in the source, or epoch-ms, filetime, excel"
            }
            Self::Rounded => "a spreadsheet has rounded this number and lost the time; export it again without opening it there",
            Self::Weekday => "the day of the week is not that of the date",
            Self::Format => "not written in the column's format",
        }
    }
}

/// Reads a value. `Ok(None)` where it is one of the ways to say "no date".
pub fn read(text: &str, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let text = trimmed(text);
    if let Some(own) = how.format {
        return if no_date::is_word(text) { Ok(None) } else { format::read(text, own, how) };
    }
    if how.unit == TimeUnit::Iso {
        if let Some(at) = plain::read(text, how) {
            return at.map(|at| at.and_then(no_date::of_instant).map(Moment::At));
        }
        if let Some(date) = plain::date(text) {
            return Ok((!no_date::is_zero(date, true)).then_some(Moment::On(date)));
        }
    }
    if no_date::is_word(text) {
        return Ok(None);
    }
    if how.unit != TimeUnit::Iso
        && let Some(read) = number::read(text, how)
    {
        return read;
    }
    written::read(text, how)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod writings;
