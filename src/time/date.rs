//! Written dates: of numbers in any order, and with the month's name.

use chrono::{Datelike, NaiveDate};

use super::{Unreadable, names};
use crate::presets::DateOrder;

/// Reads `2026-10-01`, `10/1/2026`, `27/Sep/26`, `October 1st, 2026`, `Thu Oct 1 2026` and the like.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<NaiveDate, Unreadable> {
    let wrong = Unreadable::NotATime;
    let (mut parts, separators) = runs(text).ok_or(wrong)?;
    let mut weekday = None;
    if parts.len() == 4 && is_word(parts[0]) {
        weekday = Some(names::weekday(parts.remove(0)).ok_or(wrong)?);
    }
    let (a, b, c) = match parts[..] {
        [a, b, c] => (a, b, c),
        [whole] if whole.len() == 8 && !is_word(whole) => (&whole[..4], &whole[4..6], &whole[6..]),
        _ => return Err(wrong),
    };
    let date = if is_word(b) {
        let month = names::month(b).ok_or(wrong)?;
        if a.len() == 4 { ymd(year(a)?, month, small(c)?) } else { ymd(year(c)?, month, small(a)?) }
    } else if is_word(a) {
        ymd(year(c)?, names::month(a).ok_or(wrong)?, small(b)?)
    } else {
        let between = separators.iter().rev().take(2).map(|s| s.trim()).collect::<Vec<_>>();
        numbers([a, b, c], &between, order)
    }?;
    match weekday {
        Some(day) if day != date.weekday() => Err(Unreadable::Weekday),
        _ => Ok(date),
    }
}

/// Three numbers, with the same separator twice.
fn numbers([a, b, c]: [&str; 3], separators: &[&str], order: Option<DateOrder>) -> Result<NaiveDate, Unreadable> {
    let separator = match separators {
        [] => '-',
        [one @ ("-" | "/" | "."), other] if one == other => one.chars().next().unwrap_or('-'),
        _ => return Err(Unreadable::NotATime),
    };
    if a.len() == 4 {
        return ymd(year(a)?, small(b)?, small(c)?);
    }
    let read = |order| match order {
        DateOrder::Dmy => ymd(year(c)?, small(b)?, small(a)?),
        DateOrder::Mdy => ymd(year(c)?, small(a)?, small(b)?),
        DateOrder::Ymd => ymd(year(a)?, small(b)?, small(c)?),
    };
    match order {
        Some(order) => read(order),
        // Whether any order reads it: then which one it is remains open.
        None if possible_orders(a, b, c, separator).is_empty() => Err(Unreadable::NotATime),
        None => Err(Unreadable::Order),
    }
}

/// The orders in which a date of numbers can be read. A year of two digits stands first only between hyphens, as in a
/// shortened ISO date.
fn possible_orders(a: &str, b: &str, c: &str, separator: char) -> Vec<DateOrder> {
    let fits = |y: &str, m: &str, d: &str| (|| ymd(year(y)?, small(m)?, small(d)?))().is_ok();
    let mut orders = Vec::new();
    if fits(c, b, a) {
        orders.push(DateOrder::Dmy);
    }
    if fits(c, a, b) {
        orders.push(DateOrder::Mdy);
    }
    if separator == '-' && a.len() == 2 && fits(a, b, c) {
        orders.push(DateOrder::Ymd);
    }
    orders
}

/// The orders in which the date at the front of a text can be read; `None` where it is not a date of numbers without
/// a year in front.
pub(super) fn orders(text: &str) -> Option<Vec<DateOrder>> {
    let (parts, separators) = runs(text)?;
    let [a, b, c] = parts[..] else { return None };
    let [first, second] = separators[..] else { return None };
    let separator = first.trim().chars().next().filter(|s| "-/.".contains(*s))?;
    if second.trim() != first.trim() || a.len() == 4 || [a, b, c].iter().any(|part| is_word(part)) {
        return None;
    }
    Some(possible_orders(a, b, c, separator)).filter(|orders| !orders.is_empty())
}

/// Runs of digits and of letters, and what stands between them; `None` where anything but `-/., '` does.
fn runs(text: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut parts, mut separators): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() }
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        let gap = behind.find(|c: char| c.is_alphanumeric()).unwrap_or(behind.len());
        if run.is_empty() || parts.len() == 6 || !behind[..gap].chars().all(|c| "-/., º°".contains(c)) {
            return None;
        }
        // `1st`, `2nd`, `1er`: what makes an ordinal number of a number.
        let ordinal = matches!(run.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "er");
        let behind_digit = parts.last().is_some_and(|p| p.ends_with(|c: char| c.is_ascii_digit()));
        if ordinal && behind_digit && separators.last().is_some_and(|s: &&str| s.is_empty()) {
            separators.pop();
        } else {
            parts.push(run);
        }
        rest = &behind[gap..];
        if !rest.is_empty() {
            separators.push(&behind[..gap]);
        }
    }
    Some((parts, separators))
}

fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
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
