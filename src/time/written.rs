//! Dates and times as people and programs write them, with or without a zone: `Thu, 01 Oct 2026 08:30:00 +0200`,
//! `10/1/2026 8:30 AM`, `01-OCT-26 08.30.00.000000 AM`, `2026-10-01 08:30:00 +0000 UTC`.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::clock::{self, Clock, Half};
use super::zone::{self, Zone};
use super::{Moment, Reading, Unreadable, compact, date, names, no_date};
use crate::presets::DateOrder;

/// Longer than any written time.
const LONGEST: usize = 100;

pub(super) fn read(text: &str, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let wrong = Unreadable::NotATime;
    if text.len() > LONGEST {
        return Err(wrong);
    }
    if let Some(compact) = compact::read(text, how) {
        return compact;
    }
    if text.parse::<f64>().is_ok_and(f64::is_finite) {
        return Err(Unreadable::Number);
    }
    let text = tidy(text);
    let (text, named, explained) = in_brackets(&text)?;
    let Parts { dates, clock, mut zones } = Parts::of(text)?;
    if explained && zones.is_empty() {
        return Err(wrong);
    }
    let (date, clock) = match clock {
        Some(clock) => (date::read(&dates.join(" "), how.order)?, Some(clock)),
        None => dotted(&dates, how)?,
    };
    let Some(clock) = clock else {
        return if named.is_some() || !zones.is_empty() {
            Err(wrong)
        } else {
            Ok((!no_date::is_zero(date, true)).then_some(Moment::On(date)))
        };
    };
    zones.extend(named);
    moment(date, clock, settled(&zones)?, how)
}

/// The orders in which the date of a written time can be read; `None` where its order does not matter or it is none.
#[must_use]
pub fn orders(text: &str) -> Option<Vec<DateOrder>> {
    let text = Some(text).filter(|text| text.len() <= LONGEST).map(tidy)?;
    let (text, ..) = in_brackets(&text).ok()?;
    let dates = Parts::of(text).ok()?.dates;
    let whole = date::orders(&dates.join(" "));
    whole.or_else(|| date::orders(dates.first().filter(|_| dates.len() == 2)?))
}

/// A date and a clock in the zone that they carry, else in the source's.
pub(super) fn moment(date: NaiveDate, clock: Clock, zone: Option<&Zone>, how: Reading) -> Result<Option<Moment>, Unreadable> {
    if no_date::is_zero(date, clock.micros == 0) {
        return Ok(None);
    }
    let at = date.and_time(NaiveTime::MIN).checked_add_signed(Duration::microseconds(clock.micros));
    let mut at = zone::apply(at.ok_or(Unreadable::NotATime)?, zone, how.zone)?;
    if clock.leap {
        // Leap seconds are the last of a day in UTC; they are read as the second after them, as POSIX counts.
        at = at.plus_seconds(1);
        if at.seconds().rem_euclid(86_400) != 0 {
            return Err(Unreadable::NotATime);
        }
    }
    Ok(no_date::of_instant(at).map(Moment::At))
}

/// The one zone that is meant: an offset before a name, a name before letters; two offsets that differ contradict each other.
fn settled(zones: &[Zone]) -> Result<Option<&Zone>, Unreadable> {
    let offsets: Vec<&Zone> = zones.iter().filter(|z| matches!(z, Zone::Offset(_))).collect();
    if offsets.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Unreadable::NotATime);
    }
    Ok(offsets.first().copied().or_else(|| zones.iter().find(|z| matches!(z, Zone::Named(_)))).or(zones.first()))
}

/// Blanks of every kind as one, no marks of direction, a blank before the clock and before `Z`.
fn tidy(text: &str) -> String {
    let chars: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}'))
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            '\u{2212}' => '-',
            c => c,
        })
        .collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len() + 2);
    for (at, c) in chars.iter().enumerate() {
        let (before, after) = (digit(at.checked_sub(1)), digit(Some(at + 1)));
        match c {
            'T' | 't' if before && after => out.push(' '),
            'Z' | 'z' if before && !chars.get(at + 1).is_some_and(|c| c.is_alphanumeric()) => out.push_str(" Z"),
            c => out.push(*c),
        }
    }
    out
}

/// What stands before a zone's name in brackets, `[Europe/London]`, or words in parentheses; the zone that they name; and
/// whether they are other words, which can only explain a zone that is there.
fn in_brackets(text: &str) -> Result<(&str, Option<Zone>, bool), Unreadable> {
    let text = text.trim();
    if let Some((before, name)) = text.strip_suffix(']').and_then(|t| t.rsplit_once('[')) {
        return Ok((before, Some(zone::of(name).ok_or(Unreadable::NotATime)?), false));
    }
    if let Some((before, words)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) {
        let zone = zone::of(words);
        let explained = zone.is_none();
        return Ok((before, zone, explained));
    }
    Ok((text, None, false))
}

/// The words of a written time, sorted.
struct Parts<'a> {
    dates: Vec<&'a str>,
    clock: Option<Clock>,
    zones: Vec<Zone>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Result<Self, Unreadable> {
        let wrong = Unreadable::NotATime;
        let mut words: Vec<&str> = text.split_whitespace().collect();
        // `01/Oct/2026:08:30:00`, as web servers write it, and `11/4/2020,9:21`.
        if let Some(first) = words.first().copied()
            && let Some(colon) = first.find(':')
            && let Some(at) = first[..colon].rfind(',').or_else(|| first[..colon].contains('/').then_some(colon))
        {
            words.splice(0..1, [&first[..at], &first[at + 1..]]);
        }
        let mut parts = Self { dates: Vec::new(), clock: None, zones: Vec::new() };
        let mut written: Option<(&str, char)> = None;
        let mut half: Option<Half> = None;
        let mut at = 0;
        while let Some(word) = words.get(at).map(|w| w.trim_end_matches(',')) {
            at += 1;
            let split = match (word.to_ascii_lowercase().as_str(), words.get(at)) {
                ("a.", Some(&"m.")) => Some(Half::Am),
                ("p.", Some(&"m.")) => Some(Half::Pm),
                _ => None,
            };
            at += usize::from(split.is_some());
            if let Some(found) = split.or_else(|| clock::half(word)) {
                if half.replace(found).is_some() {
                    return Err(wrong);
                }
                if written.is_none() {
                    let hour = parts.dates.pop().ok_or(wrong)?;
                    written = Some((hour, if hour.contains('.') { '.' } else { ':' }));
                }
            } else if written.is_none() && word.contains(':') {
                if let Some(day) = date_with_offset(word) {
                    parts.dates.push(day);
                    continue;
                }
                let end = word.find(|c: char| !(c.is_ascii_digit() || ":.,".contains(c))).unwrap_or(word.len());
                let (clock, behind) = word.split_at(end);
                written = Some((clock, ':'));
                if !behind.is_empty() {
                    match clock::half(behind) {
                        Some(found) => half = Some(found),
                        None => parts.zones.push(zone::of(behind).ok_or(wrong)?),
                    }
                }
            } else if let Some(zone) = written.filter(|_| !names::is_name(word)).and_then(|_| zone::of(word)) {
                parts.zones.push(zone);
            } else if !names::says_nothing(word) {
                parts.dates.push(word);
            }
        }
        if let Some((text, between)) = written {
            parts.clock = Some(clock::read(text, half, between).ok_or(wrong)?);
        }
        Ok(parts)
    }
}

/// The date of `2026-10-01+02:00`, which remains a date.
fn date_with_offset(word: &str) -> Option<&str> {
    let (day, offset) = word.split_at_checked(10)?;
    let shape = day.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    (shape && zone::offset(offset).is_some()).then_some(day)
}

/// A date alone, or with a clock behind it whose numbers stand between points: `01.10.2026 08.30`.
fn dotted(dates: &[&str], how: Reading) -> Result<(NaiveDate, Option<Clock>), Unreadable> {
    let whole = date::read(&dates.join(" "), how.order);
    let Some((last, before)) = dates.split_last().filter(|(last, before)| {
        whole == Err(Unreadable::NotATime) && !before.is_empty() && last.contains('.') && last.len() >= 4
    }) else {
        return whole.map(|date| (date, None));
    };
    let clock = clock::read(last, None, '.').ok_or(Unreadable::NotATime)?;
    Ok((date::read(&before.join(" "), how.order)?, Some(clock)))
}
