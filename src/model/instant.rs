//! A point in time: microseconds since 1970-01-01T00:00:00 UTC, in eight bytes even where it is optional.
//! Order uses the microseconds; arithmetic and output use whole seconds (cut), so that printed figures can be repeated.

use std::fmt;
use std::num::NonZeroI64;

use chrono::{DateTime, NaiveDate, Utc};

const MICROS: i64 = 1_000_000;
/// Makes the one value that no instant has (`i64::MIN`) the zero that `NonZeroI64` leaves to `None`.
const FLIP: i64 = i64::MIN;

/// A point in time, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instant(NonZeroI64);

impl Instant {
    /// From microseconds since the Unix epoch; values outside the years 1 to 9999 give `None`.
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        const FIRST: i64 = -62_135_596_800 * MICROS;
        const LAST: i64 = 253_402_300_799 * MICROS + (MICROS - 1);
        if !(FIRST..=LAST).contains(&micros) {
            return None;
        }
        NonZeroI64::new(micros ^ FLIP).map(Self)
    }

    /// From whole seconds since the Unix epoch.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        Self::from_micros(seconds.checked_mul(MICROS)?)
    }

    /// Microseconds since the Unix epoch.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.get() ^ FLIP
    }

    /// Whole seconds since the Unix epoch, cut towards the past.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.micros().div_euclid(MICROS)
    }

    /// Whole seconds from `earlier` to `self`, of the printed (cut) values.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.seconds() - earlier.seconds()
    }

    /// The instant `seconds` later (earlier when negative), held within the years 1 to 9999.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        self.micros().checked_add(seconds.saturating_mul(MICROS)).and_then(Self::from_micros).unwrap_or(self)
    }

    /// The instant as chrono's type.
    #[must_use]
    pub fn to_chrono(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros()).unwrap_or_default()
    }
}

/// A time as precisely as an export gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// An instant.
    At(Instant),
    /// A local date without a clock time.
    On(NaiveDate),
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        let clamped = at.timestamp_micros().max(-62_135_596_800 * MICROS);
        Self(NonZeroI64::new(clamped ^ FLIP).unwrap_or(NonZeroI64::MIN))
    }
}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.micros().cmp(&other.micros())
    }
}

/// `2026-10-01T08:30:00Z`: UTC, whole seconds.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.written()).unwrap_or_default())
    }
}

impl Instant {
    /// The instant as it is printed: `2026-10-01T08:30:00Z`, in ASCII.
    #[must_use]
    pub fn written(self) -> [u8; 20] {
        // By hand: a large case prints tens of millions of these.
        let seconds = self.seconds();
        let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
        let mut text = *b"0000-00-00T00:00:00Z";
        for (at, width, number) in [(0, 4, year), (5, 2, month), (8, 2, day), (11, 2, hour), (14, 2, minute), (17, 2, second)] {
            let mut rest = number;
            for digit in text[at..at + width].iter_mut().rev() {
                *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
                rest /= 10;
            }
        }
        text
    }
}

/// Year, month and day of a count of days since 1970-01-01, in the proleptic Gregorian calendar (H. Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms").
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_instant_takes_eight_bytes_and_prints_whole_seconds_cut() {
        assert_eq!(size_of::<Option<Instant>>(), 8);
        let at = Instant::from_micros(-1).unwrap();
        assert_eq!(at.to_string(), "1969-12-31T23:59:59Z");
        assert_eq!(at.seconds(), -1);
        assert_eq!(Instant::from_seconds(0).unwrap().seconds_since(at), 1);
    }

    proptest::proptest! {
        #[test]
        fn what_is_printed_is_what_the_calendar_says(seconds in -62_135_596_800_i64..253_402_300_799) {
            let at = Instant::from_seconds(seconds).unwrap();
            proptest::prop_assert_eq!(at.to_string(), at.to_chrono().format("%Y-%m-%dT%H:%M:%SZ").to_string());
        }
    }

    #[test]
    fn years_outside_one_to_9999_are_no_instants() {
        assert!(Instant::from_micros(i64::MIN).is_none());
        assert!(Instant::from_seconds(i64::MAX).is_none());
        assert!(Instant::from_seconds(253_402_300_800).is_none());
    }
}
