//! Written times to instants: ISO 8601 with and without a zone, written dates of either order, clocks of 12 and 24 hours,
//! numbers since some epoch, and the words that mean "no date". Nothing is guessed: what can be read in two ways is an error.

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::model::instant::Instant;
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
    if let Some(at) = plain_utc(text) {
        return Ok(no_epoch(at));
    }
    if text.len() <= 17 && NO_DATE.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Ok(None);
    }
    match how.unit {
        TimeUnit::Iso => written(text, how),
        unit => number(text, unit, how),
    }
}

/// The fast way for what most logs write: `2026-10-01T08:30:00Z`, with or without a fraction.
fn plain_utc(text: &str) -> Option<Instant> {
    let b = text.as_bytes();
    if b.len() < 20 || b[b.len() - 1] != b'Z' || b[4] != b'-' || b[7] != b'-' || b[10] != b'T' || b[13] != b':' || b[16] != b':' {
        return None;
    }
    let two = |at: usize| -> Option<u32> {
        let (tens, ones) = (b[at].wrapping_sub(b'0'), b[at + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
    };
    let year = i32::try_from(two(0)? * 100 + two(2)?).ok()?;
    let (month, day, hour, minute, second) = (two(5)?, two(8)?, two(11)?, two(14)?, two(17)?);
    let valid = (1..=12).contains(&month) && (1..=28).contains(&day) && hour < 24 && minute < 60 && second < 60 && year >= 1;
    if !valid && (day > 31 || NaiveDate::from_ymd_opt(year, month, day).is_none() || hour > 23 || minute > 59 || second > 59) {
        return None;
    }
    let mut micros = 0_i64;
    if b.len() > 20 {
        let fraction = b.get(20..b.len() - 1)?;
        if b[19] != b'.' || fraction.is_empty() || fraction.len() > 9 || !fraction.iter().all(u8::is_ascii_digit) {
            return None;
        }
        for i in 0..6 {
            micros = micros * 10 + i64::from(fraction.get(i).map_or(0, |d| d - b'0'));
        }
    }
    let seconds = days_from_civil(year, month, day) * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    Instant::from_micros(seconds * 1_000_000 + micros)
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn days_from_civil(year: i32, month: u32, day: u32) -> i64 {
    let y = i64::from(year) - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Midnights at which calendars of software begin mean "no date".
fn no_epoch(at: Instant) -> Option<Moment> {
    const EPOCHS: [i64; 3] = [0, -11_644_473_600, -2_208_988_800]; // 1970, 1601, 1900
    (!(EPOCHS.contains(&at.seconds()) && at.micros().rem_euclid(1_000_000) == 0)).then_some(Moment::At(at))
}

fn number(text: &str, unit: TimeUnit, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let wrong = Unreadable::NotATime;
    if unit == TimeUnit::Excel {
        let days: f64 = text.parse().map_err(|_| wrong)?;
        return excel(days, how);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || fraction.len() > 9 {
        return Err(wrong);
    }
    let count: i64 = whole.parse().map_err(|_| wrong)?;
    let part: i64 = format!("{fraction:0<6}").get(..6).and_then(|six| six.parse().ok()).ok_or(wrong)?;
    if count == 0 || count >= 9_223_372_036_854_770_000 {
        return Ok(None);
    }
    let micros = match unit {
        TimeUnit::EpochS => count.checked_mul(1_000_000).and_then(|m| m.checked_add(part)),
        TimeUnit::EpochMs => count.checked_mul(1_000).and_then(|m| m.checked_add(part / 1_000)),
        _ => (count / 10).checked_sub(11_644_473_600_000_000),
    };
    micros.and_then(Instant::from_micros).map(|at| Some(Moment::At(at))).ok_or(wrong)
}

/// Days since 1899-12-30 as workbooks of the 1900 base count them (right from 1900-03-01 on). Whole days are dates.
fn excel(days: f64, how: Reading) -> Result<Option<Moment>, Unreadable> {
    if !(61.0..2_958_466.0).contains(&days) {
        return if days == 0.0 { Ok(None) } else { Err(Unreadable::NotATime) };
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range was just checked")]
    let (whole, milliseconds) = (days.trunc() as i64, (days.fract() * 86_400_000.0).round() as i64);
    let date = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(Unreadable::NotATime)? + Duration::days(whole);
    if milliseconds == 0 {
        return Ok(Some(Moment::On(date)));
    }
    local(date.and_time(NaiveTime::MIN) + Duration::milliseconds(milliseconds), how.zone).map(|at| Some(Moment::At(at)))
}

fn written(text: &str, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let wrong = Unreadable::NotATime;
    // ISO 8601 and RFC 3339 first: with an offset, then without.
    if let Some(at) = iso_with_zone(text) {
        return Ok(no_epoch(at));
    }
    let joined = text.replacen(", ", " ", 1);
    let (date_part, time_part) = split_clock(&joined);
    let date = date(date_part, how.order)?;
    let moment = match time_part {
        None => Moment::On(date),
        Some(clock) => {
            let (clock, offset) = zone_of(clock);
            let at = date.and_time(clock_time(clock).ok_or(wrong)?);
            match offset {
                Some(seconds) => Moment::At((at - Duration::seconds(seconds)).and_utc().into()),
                None => Moment::At(local(at, how.zone)?),
            }
        }
    };
    let epoch_day = matches!((date.year(), date.month(), date.day()), (1601 | 1900 | 1970, 1, 1));
    let midnight = match moment {
        Moment::On(_) => true,
        Moment::At(at) => at.seconds().rem_euclid(86_400) == 0,
    };
    Ok((!(epoch_day && midnight)).then_some(moment))
}

fn iso_with_zone(text: &str) -> Option<Instant> {
    let b = text.as_bytes();
    if b.len() < 16 || !b[..4].iter().all(u8::is_ascii_digit) || b[4] != b'-' {
        return None;
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %#z", "%Y-%m-%dT%H:%M%#z"] {
        if let Ok(at) = DateTime::parse_from_str(text, format) {
            return Some(at.to_utc().into());
        }
    }
    let utc = text.strip_suffix(" UTC").or_else(|| text.strip_suffix(" GMT")).or_else(|| text.strip_suffix('Z'))?;
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(utc, format).ok())
        .map(|at| at.and_utc().into())
}

/// The date and, behind the first `T` or blank that a clock follows, the clock.
fn split_clock(text: &str) -> (&str, Option<&str>) {
    let bytes = text.as_bytes();
    for (i, byte) in bytes.iter().enumerate().skip(6) {
        let digit_after = bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
        if matches!(byte, b'T' | b' ') && digit_after && text[i + 1..].contains(':') && !text[..i].contains(':') {
            let rest = &text[i + 1..];
            if rest.find(':').is_some_and(|colon| colon <= 2) {
                return (text[..i].trim_end(), Some(rest.trim()));
            }
        }
    }
    (text, None)
}

/// A clock's own zone, in seconds east of UTC.
fn zone_of(clock: &str) -> (&str, Option<i64>) {
    for name in ["Z", " UTC", " GMT"] {
        if let Some(rest) = clock.strip_suffix(name) {
            return (rest, Some(0));
        }
    }
    let Some(sign_at) = clock.rfind(['+', '-']) else { return (clock, None) };
    let digits: String = clock[sign_at + 1..].chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return (clock, None);
    }
    let (hours, minutes): (i64, i64) = (digits[..2].parse().unwrap_or(99), digits[2..].parse().unwrap_or(99));
    if hours > 14 || minutes > 59 {
        return (clock, None);
    }
    let sign = if clock[sign_at..].starts_with('-') { -1 } else { 1 };
    (clock[..sign_at].trim_end(), Some(sign * (hours * 3600 + minutes * 60)))
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    let upper = text.to_uppercase();
    ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S%.f %p", "%I:%M:%S%.f%p", "%I:%M %p", "%I:%M%p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&upper, format).ok())
}

fn date(text: &str, order: Option<DateOrder>) -> Result<NaiveDate, Unreadable> {
    let wrong = Unreadable::NotATime;
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).filter(|p| !p.is_empty()).collect();
    let [a, b, c] = parts[..] else { return Err(wrong) };
    if let Some(month) = month_name(b) {
        return ymd(year(c)?, month, small(a)?);
    }
    if let Some(month) = month_name(a) {
        return ymd(year(c)?, month, small(b.trim_end_matches(','))?);
    }
    if a.len() == 4 {
        return ymd(year(a)?, small(b)?, small(c)?);
    }
    let (first, second) = (small(a)?, small(b)?);
    match order {
        Some(DateOrder::Dmy) => ymd(year(c)?, second, first),
        Some(DateOrder::Mdy) => ymd(year(c)?, first, second),
        Some(DateOrder::Ymd) => ymd(year(a)?, second, small(c)?),
        None => ymd(year(c)?, second, first).or_else(|_| ymd(year(c)?, first, second)).and(Err(Unreadable::Order)),
    }
}

fn ymd(year: i32, month: u32, day: u32) -> Result<NaiveDate, Unreadable> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Unreadable::NotATime)
}

/// A year of four digits, or of two: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999 (POSIX).
fn year(text: &str) -> Result<i32, Unreadable> {
    let number: i32 = text.parse().map_err(|_| Unreadable::NotATime)?;
    match text.len() {
        4 if number > 0 => Ok(number),
        2 => Ok(if number < 69 { 2000 + number } else { 1900 + number }),
        _ => Err(Unreadable::NotATime),
    }
}

fn small(text: &str) -> Result<u32, Unreadable> {
    if text.is_empty() || text.len() > 2 {
        return Err(Unreadable::NotATime);
    }
    text.parse().map_err(|_| Unreadable::NotATime)
}

fn month_name(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = text.trim_end_matches([',', '.']).to_lowercase();
    if lower.len() < 3 {
        return None;
    }
    let place =
        MONTHS.iter().position(|name| *name == lower || name[..3] == lower || (lower == "sept" && *name == "september"))?;
    u32::try_from(place + 1).ok()
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{Europe, Pacific};

    fn utc(text: &str, how: Reading) -> String {
        match read(text, how) {
            Ok(Some(Moment::At(at))) => at.to_string(),
            Ok(Some(Moment::On(date))) => date.to_string(),
            Ok(None) => "none".into(),
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn written_times_are_read_as_they_stand() {
        let how = Reading { zone: Europe::London, order: Some(DateOrder::Mdy), unit: TimeUnit::Iso };
        for (text, expected) in [
            ("2026-10-01T08:30:00Z", "2026-10-01T08:30:00Z"),
            ("2026-10-01T08:30:00.999999999Z", "2026-10-01T08:30:00Z"),
            ("2026-10-01T08:30:00+02:00", "2026-10-01T06:30:00Z"),
            ("2026-10-01T08:30:00.000+0000", "2026-10-01T08:30:00Z"),
            ("2022-06-22 18:18:29.015", "2022-06-22T17:18:29Z"),
            ("2026-01-05T09:00:00", "2026-01-05T09:00:00Z"),
            ("2026/04/10 04:05:20", "2026-04-10T03:05:20Z"),
            ("8/19/2021 1:25:31 PM", "2021-08-19T12:25:31Z"),
            ("11/4/2020, 9:21:40.000 PM", "2020-11-04T21:21:40Z"),
            ("3 Jan 2024", "2024-01-03"),
            ("27/Sep/26 9:00 AM", "2026-09-27T08:00:00Z"),
            ("2026-08-14", "2026-08-14"),
            ("2024-02-29", "2024-02-29"),
            ("0000-00-00", "none"),
            ("Never logged in", "none"),
            ("1970-01-01T00:00:00.000Z", "none"),
            ("2026-02-30", "NotATime"),
            ("26-10-01", "NotATime"),
            ("2026-10-01T25:00:00Z", "NotATime"),
            ("tomorrow", "NotATime"),
            ("2026-13-01T00:00:00Z", "NotATime"),
        ] {
            assert_eq!(utc(text, how), expected, "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_read_in_two_ways_is_refused_until_the_order_is_settled() {
        let open = Reading::in_zone(Tz::UTC);
        assert_eq!(utc("8/9/2026", open), "Order");
        assert_eq!(utc("8/9/2026", Reading { order: Some(DateOrder::Dmy), ..open }), "2026-09-08");
        assert_eq!(utc("8/9/26", Reading { order: Some(DateOrder::Mdy), ..open }), "2026-08-09");
    }

    #[test]
    fn numbers_count_what_the_column_says() {
        let how = |unit| Reading { unit, ..Reading::in_zone(Tz::UTC) };
        assert_eq!(utc("1790843400", how(TimeUnit::EpochS)), "2026-10-01T08:30:00Z");
        assert_eq!(utc("1790843400123", how(TimeUnit::EpochMs)), "2026-10-01T08:30:00Z");
        assert_eq!(utc("132143000000000000", how(TimeUnit::Filetime)), "2019-09-30T06:53:20Z");
        assert_eq!(utc("9223372036854775807", how(TimeUnit::Filetime)), "none");
        assert_eq!(utc("46296.354166666664", how(TimeUnit::Excel)), "2026-10-01T08:30:00Z");
        assert_eq!(utc("46296", how(TimeUnit::Excel)), "2026-10-01");
        assert_eq!(utc("soon", how(TimeUnit::EpochS)), "NotATime");
    }

    #[test]
    fn clocks_that_go_forward_skip_times_and_clocks_that_go_back_give_the_earlier() {
        let nz = Reading::in_zone(Pacific::Auckland);
        assert_eq!(utc("2026-09-27 02:30:00", nz), "Skipped");
        assert_eq!(utc("2026-09-27 03:30:00", nz), "2026-09-26T14:30:00Z");
        assert_eq!(utc("2026-10-25 01:30:00", Reading::in_zone(Europe::London)), "2026-10-25T00:30:00Z");
    }

    proptest::proptest! {
        #[test]
        fn the_fast_way_agrees_with_the_calendar(seconds in -62_135_596_800_i64..253_402_300_799) {
            let at = Instant::from_seconds(seconds).unwrap();
            proptest::prop_assert_eq!(plain_utc(&at.to_string()), Some(at));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = read(&text, Reading { zone: Tz::UTC, order: Some(DateOrder::Dmy), unit: TimeUnit::Iso });
            let _ = read(&text, Reading { zone: Tz::UTC, order: None, unit: TimeUnit::Excel });
        }
    }
}
