//! What means "no date": words, dates at which the calendars of software begin, and dates at which they end.

use chrono::{Datelike, NaiveDate};

use crate::model::instant::Instant;

const LONGEST: usize = 24;

/// In lower case. Words that say that the date is not known ("unknown", "tbd") are none of them: they are rejected, so that
/// nobody is taken to be employed of whom HR does not know the last day.
const WORDS: [&str; 46] = [
    "",
    "#n/a",
    "(none)",
    "(null)",
    "-",
    "--",
    "---",
    "--/--/----",
    "0",
    "00-00-0000",
    "00.00.0000",
    "00/00/0000",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "0000/00/00",
    "00000000",
    "1/0/1900",
    "1900-01-00",
    "<null>",
    "?",
    "[null]",
    "\\n",
    "n.a.",
    "n/a",
    "n/a-stillemployed",
    "na",
    "nan",
    "nat",
    "never",
    "never accessed",
    "never expires",
    "never logged in",
    "never logged on",
    "never signed in",
    "never used",
    "nil",
    "no_information",
    "none",
    "not applicable",
    "not available",
    "not set",
    "not_supported",
    "null",
    "undefined",
    "–",
    "—",
];

/// Whether a text is a way to say "no date".
pub(super) fn is_word(text: &str) -> bool {
    text.len() <= LONGEST && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The instant, unless it is a zero of some calendar.
pub(super) fn of_instant(at: Instant) -> Option<Instant> {
    // 1970, 1601, 1900 and the year 1, at midnight UTC.
    const ZEROS: [i64; 4] = [0, -11_644_473_600, -2_208_988_800, -62_135_596_800];
    (!(ZEROS.contains(&at.seconds()) && at.micros().rem_euclid(1_000_000) == 0)).then_some(at)
}

/// Whether a date as it is written, at midnight or without a clock, stands for none.
pub(super) fn is_zero(date: NaiveDate, midnight: bool) -> bool {
    match (date.year(), date.month(), date.day()) {
        // The zero of Windows, in whatever zone it was printed; the end of .NET's and Oracle's calendars, and of SAP's.
        (1600 | 4712, 12, 31) | (1601, 1, 1) | (9999, ..) => true,
        (1 | 1753 | 1900 | 1970, 1, 1) | (1899, 12, 30 | 31) => midnight,
        _ => false,
    }
}
