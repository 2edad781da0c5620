//! What most exports write, read without any format language: `2026-10-01T08:30:00`, with `T` or a blank, with or without a
//! fraction, with `Z`, an offset or no zone; and `2026-10-01`.

use chrono::NaiveDate;

use super::{Reading, Unreadable, local, no_date};
use crate::model::instant::Instant;

const MICROS: i64 = 1_000_000;

/// The instant, or none where the date stands for none; `None` where it is written in any other way.
pub(super) fn read(text: &str, how: Reading) -> Option<Result<Option<Instant>, Unreadable>> {
    let b = text.as_bytes();
    if b.len() < 19 || b[4] != b'-' || b[7] != b'-' || !matches!(b[10], b'T' | b' ') || b[13] != b':' || b[16] != b':' {
        return None;
    }
    let date = day(b)?;
    let (hour, minute, second) = (two(b, 11)?, two(b, 14)?, two(b, 17)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (micros, zone) = fraction(&b[19..])?;
    let of_day = i64::from(hour * 3_600 + minute * 60 + second);
    let zero = no_date::is_zero(date, of_day == 0 && micros == 0);
    let offset = match zone {
        [] if zero => 0,
        [] => {
            let at = date.and_hms_micro_opt(hour, minute, second, u32::try_from(micros).ok()?)?;
            return Some(local(at, how.zone).map(Some));
        }
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), rest @ ..] => {
            let (hours, minutes) = match rest.len() {
                4 => (two(rest, 0)?, two(rest, 2)?),
                5 if rest[2] == b':' => (two(rest, 0)?, two(rest, 3)?),
                _ => return None,
            };
            if hours > 14 || minutes > 59 {
                return None;
            }
            i64::from(hours * 3_600 + minutes * 60) * if *sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };
    if zero {
        return Some(Ok(None));
    }
    let days = i64::from(date.to_epoch_days());
    Instant::from_micros((days * 86_400 + of_day - offset) * MICROS + micros).map(|at| Ok(Some(at)))
}

/// A date alone, `2026-10-01`, also one that stands for none; `None` where it is written in any other way.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let b: &[u8; 10] = text.as_bytes().try_into().ok()?;
    if b[4] != b'-' || b[7] != b'-' {
        return None;
    }
    day(b)
}

/// The date of the first ten bytes, whatever stands between its numbers.
fn day(b: &[u8]) -> Option<NaiveDate> {
    let year = i32::try_from(two(b, 0)? * 100 + two(b, 2)?).ok()?;
    NaiveDate::from_ymd_opt(year, two(b, 5)?, two(b, 8)?).filter(|_| year > 0)
}

fn two(b: &[u8], at: usize) -> Option<u32> {
    let (tens, ones) = (b[at].wrapping_sub(b'0'), b[at + 1].wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// Microseconds of a fraction at the front, cut, and what comes behind it.
fn fraction(b: &[u8]) -> Option<(i64, &[u8])> {
    let Some(digits) = b.strip_prefix(b".") else { return Some((0, b)) };
    let length = digits.iter().take_while(|d| d.is_ascii_digit()).count();
    if !(1..=9).contains(&length) {
        return None;
    }
    let micros = (0..6).fold(0, |sum, i| sum * 10 + digits[..length].get(i).map_or(0, |d| i64::from(d - b'0')));
    Some((micros, &digits[length..]))
}
