//! Dates and times as people and programs write them, with or without a zone.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::{Moment, Reading, Unreadable, local, no_epoch};
use crate::model::instant::Instant;
use crate::presets::DateOrder;

pub(super) fn read(text: &str, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let wrong = Unreadable::NotATime;
    // ISO 8601 and RFC 3339 first: with an offset, then without.
    if let Some(at) = generalised(text).or_else(|| iso_with_zone(text)) {
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

/// LDAP's generalised time, RFC 4517 3.3.13, with seconds: `20190925132822.0Z`, `20190925132822+0200`.
fn generalised(text: &str) -> Option<Instant> {
    let b = text.as_bytes();
    if b.len() < 15 || !b[..14].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let zoned = text.strip_suffix('Z').map_or_else(|| text.to_owned(), |utc| format!("{utc}+0000"));
    DateTime::parse_from_str(&zoned, "%Y%m%d%H%M%S%.f%z").ok().map(|at| at.to_utc().into())
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
