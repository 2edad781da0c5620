//! Formats of one's own, in the notation of `strftime` as chrono reads it.

use chrono::format::{Fixed, Item, Numeric, Parsed, StrftimeItems, parse};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::{Moment, Reading, Unreadable, no_date, zone};

/// Whether a format can be used. The error is a sentence.
pub fn check(format: &str) -> Result<(), String> {
    let items: Vec<Item> = StrftimeItems::new(format).collect();
    if items.iter().any(|item| matches!(item, Item::Error)) {
        return Err(format!("`{format}` is no time format: write it as strftime does, for example \"%d/%m/%Y %H:%M\""));
    }
    // chrono reads any letters there and does not look at them.
    if items.contains(&Item::Fixed(Fixed::TimezoneName)) {
        return Err(format!(
            "`{format}`: %Z reads the letters of a zone without knowing it; leave it out, cut the letters off with `match`, and set the source's timezone"
        ));
    }
    // A format that reads what it writes itself has what a date needs.
    let sample = NaiveDate::from_ymd_opt(2026, 10, 21).map(|day| day.and_time(NaiveTime::MIN)).unwrap_or_default().and_utc();
    let mut text = String::new();
    let written = std::fmt::Write::write_fmt(&mut text, format_args!("{}", sample.format(format)));
    let back = written.ok().and_then(|()| parsed(&text, format));
    if back.is_none_or(|(at, ..)| at.date() != sample.date_naive()) {
        return Err(format!("`{format}` does not hold a whole date: it needs day, month and year, for example \"%d/%m/%Y\""));
    }
    Ok(())
}

/// Reads a value in it.
pub(super) fn read(text: &str, format: &str, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let (at, clock, offset) = parsed(text, format).ok_or(Unreadable::Format)?;
    let midnight = at.time() == NaiveTime::MIN;
    if no_date::is_zero(at.date(), midnight) {
        return Ok(None);
    }
    if !clock {
        return Ok(Some(Moment::On(at.date())));
    }
    let zone = offset.map(|seconds| zone::Zone::Offset(i64::from(seconds)));
    Ok(no_date::of_instant(zone::apply(at, zone.as_ref(), how.zone)?).map(Moment::At))
}

/// The local time, whether it has a clock, and its own offset in seconds.
fn parsed(text: &str, format: &str) -> Option<(NaiveDateTime, bool, Option<i32>)> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, StrftimeItems::new(format)).ok()?;
    let offset = parsed.offset();
    let (at, clock) = match parsed.to_naive_datetime_with_offset(offset.unwrap_or(0)) {
        Ok(at) => (at, true),
        Err(_) if parsed.hour_mod_12().is_some() || parsed.timestamp().is_some() => return None,
        Err(_) => (parsed.to_naive_date().ok()?.and_time(NaiveTime::MIN), false),
    };
    // `%Y` reads "26" as the year 26.
    let four = StrftimeItems::new(format).any(|item| matches!(item, Item::Numeric(Numeric::Year, _)));
    (!four || (1_000..=9_999).contains(&at.year())).then_some((at, clock, offset))
}
