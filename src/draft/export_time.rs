//! When a file was exported, as far as it tells itself: by the time or the day in its name, by its own time, never
//! before the newest time in it. None of this is proof, so each says where it is from.

use std::path::Path;

use chrono::{NaiveDate, NaiveTime};

use crate::case::ExportedFrom;
use crate::container;
use crate::model::instant::Instant;

/// How much later than the file's time the newest time in it may be and still be believed: a zone's width and a night.
const BELIEVED_SECONDS: i64 = 36 * 3_600;

/// Where the time of an export is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The time in the file's name, taken as UTC.
    NamedTime,
    /// The day in the file's name, at its first instant in UTC.
    NamedDay,
    /// The file's own time, which a copy may have changed.
    FileTime,
    /// The newest time in the file, which is later than what its name or its own time says.
    Contents,
}

impl Basis {
    /// What the case file says of it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NamedTime => "taken as UTC",
            Self::NamedDay => "the name says the day only: 00:00 UTC",
            Self::FileTime => "a copy may have changed it",
            Self::Contents => "the newest time in the file; it was exported then or later",
        }
    }

    /// The key that keeps it told in the result until somebody confirms it.
    #[must_use]
    pub fn key(self) -> ExportedFrom {
        match self {
            Self::NamedTime | Self::NamedDay => ExportedFrom::FileName,
            Self::FileTime => ExportedFrom::FileTime,
            Self::Contents => ExportedFrom::Contents,
        }
    }
}

/// A time of export and where it is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportTime {
    /// The time (UTC).
    pub at: Instant,
    /// Where it is from.
    pub basis: Basis,
}

impl ExportTime {
    /// Of a file whose newest time is `newest`.
    pub(super) fn of(path: &Path, newest: Option<Instant>) -> Self {
        let own: Instant = container::modified(path).into();
        let own = Instant::from_seconds(own.seconds()).unwrap_or(own);
        let name_of = |path: &Path| named(&path.file_name().unwrap_or_default().to_string_lossy());
        // A member without a date in its name was exported when its archive says.
        let archive = container::within(path).map(|(archive, _)| archive);
        Self::by(own, name_of(path).or_else(|| name_of(&archive?))).not_before(newest)
    }

    fn by(own: Instant, named: Option<(NaiveDate, Option<NaiveTime>)>) -> Self {
        match named {
            Some((date, Some(time))) => Self { at: date.and_time(time).and_utc().into(), basis: Basis::NamedTime },
            Some((date, None)) if own.to_chrono().date_naive() != date => {
                Self { at: date.and_time(NaiveTime::MIN).and_utc().into(), basis: Basis::NamedDay }
            }
            _ => Self { at: own, basis: Basis::FileTime },
        }
    }

    /// An export cannot be older than what it shows; a time far in the future is not believed.
    fn not_before(self, newest: Option<Instant>) -> Self {
        match newest {
            Some(newest) if newest > self.at && newest.seconds_since(self.at) <= BELIEVED_SECONDS => {
                let up = Instant::from_seconds(newest.seconds() + i64::from(newest.micros() % 1_000_000 != 0));
                Self { at: up.unwrap_or(newest), basis: Basis::Contents }
            }
            _ => self,
        }
    }
}

/// The first date in a name and the clock time behind it: `2026-10-01`, `2026_10_1`, `20261001`, then `T0830`,
/// `-08-30-00`, `_083000` or `T08_30_00Z`. A date that could be read in two ways is none.
fn named(name: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let bytes = name.as_bytes();
    (0..bytes.len()).find_map(|start| {
        let inside = start.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit());
        if inside || !bytes[start..].starts_with(b"20") {
            return None;
        }
        let (date, length) = date_at(&name[start..])?;
        Some((date, time_at(&name[start + length..])))
    })
}

/// A date at the front of a text, and how long it is.
fn date_at(text: &str) -> Option<(NaiveDate, usize)> {
    let digits = |from: usize, most: usize| text.as_bytes()[from..].iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    let number = |from: usize, length: usize| text.get(from..from + length)?.parse::<u32>().ok();
    let run = digits(0, 15);
    let year = i32::try_from(number(0, 4)?).ok()?;
    if run == 8 || run == 14 {
        return Some((NaiveDate::from_ymd_opt(year, number(4, 2)?, number(6, 2)?)?, 8));
    }
    let separator = *text.as_bytes().get(4)?;
    if run != 4 || !matches!(separator, b'-' | b'_' | b'.') {
        return None;
    }
    let month = digits(5, 3);
    let day = 5 + month + 1;
    if !matches!(month, 1 | 2) || text.as_bytes().get(day - 1) != Some(&separator) {
        return None;
    }
    let length = digits(day, 3);
    if !matches!(length, 1 | 2) {
        return None;
    }
    Some((NaiveDate::from_ymd_opt(year, number(5, month)?, number(day, length)?)?, day + length))
}

/// A clock time at the front of a text, behind a separator.
fn time_at(text: &str) -> Option<NaiveTime> {
    let rest = text.trim_start_matches(['T', 't', '-', '_', ' ', '.']);
    let separated = rest.len() < text.len() || text.starts_with(|c: char| c.is_ascii_digit());
    let mut numbers = String::new();
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => numbers.push(c),
            '-' | '_' | ':' | '.' if numbers.len().is_multiple_of(2) && chars.peek().is_some_and(char::is_ascii_digit) => {}
            _ => break,
        }
    }
    if !separated || !matches!(numbers.len(), 4 | 6) {
        return None;
    }
    let part = |at: usize| numbers.get(at..at + 2).map_or(Some(0), |p| p.parse().ok());
    NaiveTime::from_hms_opt(part(0)?, part(2)?, part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> String {
        named(name).map_or_else(String::new, |(date, time)| {
            format!("{date}{}", time.map_or_else(String::new, |time| format!(" {time}")))
        })
    }

    #[test]
    fn a_date_and_a_time_are_found_in_a_name() {
        for (name, says) in [
            ("users-2026-10-01.csv", "2026-10-01"),
            ("exportUsers_2026-10-1.csv", "2026-10-01"),
            ("export_20261001T0830.json", "2026-10-01 08:30:00"),
            ("user_details_run_on_2026-10-01-09-05-30_Page_1.csv", "2026-10-01 09:05:30"),
            ("dump-2026_10_01_093015.csv", "2026-10-01 09:30:15"),
            ("log 2026-10-01T08_30_00Z.json", "2026-10-01 08:30:00"),
            ("report.20261001083015.csv", "2026-10-01 08:30:15"),
            ("users-2026-10-01-v2.csv", "2026-10-01"),
            ("users-2026-10-01.part2.csv", "2026-10-01"),
            ("2026-13-01.csv", ""),
            ("id-120261001.csv", ""),
            ("User_Download_01102026_093015.csv", ""),
            ("plan-2026.csv", ""),
        ] {
            assert_eq!(told(name), says, "{name}");
        }
    }

    #[test]
    fn an_export_is_never_dated_before_the_newest_time_in_it() {
        let second = |s: i64| Instant::from_seconds(1_790_000_000 + s).unwrap();
        let file = ExportTime { at: second(0), basis: Basis::FileTime };
        assert_eq!(file.not_before(Some(second(-5))), file);
        assert_eq!(file.not_before(Some(second(60))), ExportTime { at: second(60), basis: Basis::Contents });
        assert_eq!(file.not_before(Some(second(90 * 86_400))), file, "a time in the far future is not believed");
    }

    proptest::proptest! {
        #[test]
        fn no_name_makes_it_panic(name in "[20é0-9_.T-]{0,25}") {
            let _ = named(&name);
        }
    }
}
