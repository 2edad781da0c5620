//! The period of a drafted review: the last whole quarter before the newest export, or before the newest departure that
//! is older than that.

use chrono::{Datelike, Days, NaiveDate};

/// A quarter: its first and its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Quarter {
    /// The quarter in which a day lies.
    fn of(day: NaiveDate) -> Self {
        let first = |year, month0: u32| NaiveDate::from_ymd_opt(year, month0 / 3 * 3 + 1, 1).unwrap_or(day);
        let (year, month0) = (day.year(), day.month0());
        let next = if month0 >= 9 { first(year + 1, 0) } else { first(year, month0 + 3) };
        Self { first: first(year, month0), last: next.checked_sub_days(Days::new(1)).unwrap_or(next) }
    }

    /// The last whole quarter before a day.
    #[must_use]
    pub fn before(day: NaiveDate) -> Self {
        Self::of(Self::of(day).first.checked_sub_days(Days::new(1)).unwrap_or(day))
    }

    /// The last whole quarter before `day` in which somebody left; the last whole one where nobody did.
    #[must_use]
    pub fn with_departures(day: NaiveDate, departures: impl Iterator<Item = NaiveDate>) -> Self {
        let last = Self::before(day);
        departures.filter(|d| *d <= last.last).max().map_or(last, Self::of)
    }
}

/// `2026 Q3`
impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} Q{}", self.last.year(), self.last.month0() / 3 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_whole_quarter_with_a_departure_is_reviewed() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let quarter = Quarter::before(day(2026, 1, 15));
        assert_eq!((quarter.first, quarter.last, quarter.to_string().as_str()), (day(2025, 10, 1), day(2025, 12, 31), "2025 Q4"));
        let left = [day(2025, 2, 3), day(2026, 1, 2), day(2041, 1, 1)];
        assert_eq!(Quarter::with_departures(day(2026, 1, 15), left.into_iter()).to_string(), "2025 Q1");
        assert_eq!(Quarter::with_departures(day(2026, 11, 15), [].into_iter()).to_string(), "2026 Q3");
    }
}
