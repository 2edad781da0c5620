//! Clock times: of 24 hours, of 12 with AM or PM, with a fraction of a second.

/// A clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Microseconds since midnight; a whole day at 24:00. Of a leap second, those of the second before it.
    pub micros: i64,
    /// Whether it is the sixtieth second of its minute.
    pub leap: bool,
}

/// Before or after noon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// `AM`, `p.m.` and the like.
pub(super) fn half(word: &str) -> Option<Half> {
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    match letters.to_ascii_lowercase().as_str() {
        "am" => Some(Half::Am),
        "pm" => Some(Half::Pm),
        _ => None,
    }
}

/// Reads `08:30`, `08:30:00`, `08:30:00.1234567`, `08:30:00,5`; with a half of the day also `8`; between the numbers `between`.
pub(super) fn read(text: &str, half: Option<Half>, between: char) -> Option<Clock> {
    let mut parts = text.splitn(3, between);
    let hour = number(parts.next()?)?;
    let minute = parts.next().map_or(half.map(|_| 0), |m| (m.len() == 2).then(|| number(m)).flatten())?;
    let (second, micros) = match parts.next() {
        None => (0, 0),
        Some(rest) => {
            let (whole, fraction) = rest.split_once(['.', ',']).map_or((rest, None), |(whole, part)| (whole, Some(part)));
            if whole.len() != 2 {
                return None;
            }
            (number(whole)?, fraction.map_or(Some(0), micros)?)
        }
    };
    let hour = match half {
        Some(half) if hour <= 12 => hour % 12 + if half == Half::Pm { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    of(hour, minute, second, micros)
}

/// The clock time of these numbers.
pub(super) fn of(hour: i64, minute: i64, second: i64, micros: i64) -> Option<Clock> {
    let end_of_day = hour == 24 && minute == 0 && second == 0 && micros == 0;
    if (hour > 23 && !end_of_day) || minute > 59 || second > 60 {
        return None;
    }
    let leap = second == 60;
    let seconds = hour * 3_600 + minute * 60 + second - i64::from(leap);
    Some(Clock { micros: seconds * 1_000_000 + micros, leap })
}

/// A number of one or two digits.
pub(super) fn number(text: &str) -> Option<i64> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Microseconds of the digits behind the point, cut.
pub(super) fn micros(digits: &str) -> Option<i64> {
    if !(1..=12).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<6}").get(..6)?.parse().ok()
}
