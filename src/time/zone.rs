//! Zones as times carry them: offsets, `Z`, `UTC`, names such as `Europe/London`. An abbreviation such as `EST` or `CET` is
//! shared by several zones: it is read where the source's own zone uses it at that time, and refused everywhere else.

use chrono::{LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::{OffsetName, Tz};

use super::{Unreadable, local};
use crate::model::instant::Instant;

/// A zone that a time carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Seconds east of UTC.
    Offset(i64),
    /// A zone of the database.
    Named(Tz),
    /// Letters that several zones share.
    Abbreviation(String),
}

/// The zone that a word names.
pub(super) fn of(word: &str) -> Option<Zone> {
    let upper = word.to_ascii_uppercase();
    if matches!(upper.as_str(), "Z" | "UTC" | "GMT" | "UT" | "ZULU") {
        return Some(Zone::Offset(0));
    }
    if let Some(rest) = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")) {
        let short = rest.len() == 2;
        return offset(&if short {
            rest.replace(['+', '-'], if rest.starts_with('+') { "+0" } else { "-0" })
        } else {
            rest.into()
        });
    }
    if word.starts_with(['+', '-']) {
        return offset(word);
    }
    if word.contains('/') {
        return word.parse().ok().map(Zone::Named);
    }
    let letters = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    letters.then_some(Zone::Abbreviation(upper))
}

/// `+02`, `+0200`, `+02:00`, up to fourteen hours.
pub(super) fn offset(text: &str) -> Option<Zone> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &text[1..];
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at_checked(2)?,
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let two = |text: &str| (text.len() == 2).then(|| super::clock::number(text)).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours <= 14 && minutes <= 59).then_some(Zone::Offset(sign * (hours * 3_600 + minutes * 60)))
}

/// A local time in the zone that it carries; in the source's where it carries none.
pub(super) fn apply(at: NaiveDateTime, zone: Option<&Zone>, own: Tz) -> Result<Instant, Unreadable> {
    match zone {
        None => local(at, own),
        Some(Zone::Named(named)) => local(at, *named),
        Some(Zone::Offset(seconds)) => {
            let utc = at.checked_sub_signed(chrono::Duration::seconds(*seconds)).ok_or(Unreadable::NotATime)?;
            Instant::from_micros(utc.and_utc().timestamp_micros()).ok_or(Unreadable::NotATime)
        }
        Some(Zone::Abbreviation(letters)) => {
            let fits = |one: &chrono::DateTime<Tz>| one.offset().abbreviation() == Some(letters.as_str());
            let found = match own.from_local_datetime(&at) {
                LocalResult::Single(one) => fits(&one).then_some(one),
                LocalResult::Ambiguous(one, other) => [one, other].into_iter().find(fits),
                LocalResult::None => return Err(Unreadable::Skipped),
            };
            found.map(|one| one.to_utc().into()).ok_or(Unreadable::Abbreviation)
        }
    }
}
