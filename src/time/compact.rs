//! Times without anything between their numbers: ISO 8601's basic format and LDAP's generalised time (RFC 4517, 3.3.13),
//! whose minutes and seconds may be left out and whose last part may have a fraction.

use chrono::{Datelike, NaiveDate};

use super::{Moment, Reading, Unreadable, clock, no_date, zone};

/// The moment; `None` where it is written in any other way.
pub(super) fn read(text: &str, how: Reading) -> Option<Result<Option<Moment>, Unreadable>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 8 {
        return None;
    }
    let date = NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok().filter(|date| date.year() > 0);
    let rest = &text[8..];
    if rest.is_empty() {
        // A number of eight digits is a date where it is one of a lifetime; anything else is a number.
        let near = date.filter(|d| (1900..2200).contains(&d.year()) || no_date::is_zero(*d, true))?;
        return Some(Ok((!no_date::is_zero(near, true)).then_some(Moment::On(near))));
    }
    let basic = rest.starts_with(['T', 't']);
    let clock_text = if basic { &rest[1..] } else { rest };
    let length = clock_text.bytes().take_while(u8::is_ascii_digit).count();
    let (numbers, behind) = clock_text.split_at(length);
    if !matches!(length, 2 | 4 | 6) {
        return None;
    }
    let (fraction, zone_text) = match behind.strip_prefix(['.', ',']) {
        Some(after) => after.split_at(after.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("", behind),
    };
    if behind.len() > zone_text.len() && fraction.is_empty() {
        return Some(Err(Unreadable::NotATime));
    }
    // Without a zone ten or twelve digits are a number like any other.
    if zone_text.is_empty() && !basic && length != 6 {
        return None;
    }
    let zone = match zone_text.trim() {
        "" => None,
        "Z" | "z" => Some(zone::Zone::Offset(0)),
        other => match zone::offset(other) {
            Some(zone) => Some(zone),
            None => return Some(Err(Unreadable::NotATime)),
        },
    };
    let parsed = date.zip(clock_of(numbers, fraction));
    Some(parsed.ok_or(Unreadable::NotATime).and_then(|(date, clock)| super::written::moment(date, clock, zone.as_ref(), how)))
}

/// Hours, minutes and seconds as far as they are there, and a fraction of the last of them.
fn clock_of(numbers: &str, fraction: &str) -> Option<clock::Clock> {
    let part = |at: usize| numbers.get(at..at + 2).map_or(Some(0), |two| two.parse::<i64>().ok());
    let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
    if fraction.is_empty() {
        return clock::of(hour, minute, second, 0);
    }
    let unit = match numbers.len() {
        2 => 3_600,
        4 => 60,
        _ => 1,
    };
    let micros = clock::micros(fraction)? * unit;
    let whole = clock::of(hour, minute, second, 0).filter(|c| !c.leap && hour < 24)?;
    Some(clock::Clock { micros: whole.micros + micros, leap: false })
}
