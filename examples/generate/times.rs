//! Times as London and its systems write them, seconds since 1970 in UTC inside.

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 86_400;
/// 2026-07-01T00:00 in London.
pub const PERIOD_START: i64 = instant(2026, 7, 1, 0, 0) - HOUR;
/// 2026-10-01T00:00 in London: the first instant after the period.
pub const PERIOD_END: i64 = instant(2026, 10, 1, 0, 0) - HOUR;
pub const LOG_END: i64 = instant(2026, 10, 1, 8, 59);
pub const BST_START: i64 = instant(2026, 3, 29, 1, 0);
pub const BST_END: i64 = instant(2026, 10, 25, 1, 0);

/// Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant, "`chrono`-compatible low-level date algorithms").
pub const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

pub const fn instant(year: i64, month: i64, day: i64, hour: i64, minute: i64) -> i64 {
    days(year, month, day) * DAY + hour * HOUR + minute * 60
}

/// The inverse of [`days`]: year, month, day.
pub const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// Seconds that London's clocks are ahead of UTC at an instant of winter 2025/26 to autumn 2026.
pub const fn london_offset(at: i64) -> i64 {
    if at >= BST_START && at < BST_END { HOUR } else { 0 }
}

/// The instant of a local London time given as if it were UTC; never asked for an hour that does not exist or exists twice.
pub const fn from_london(local: i64) -> i64 {
    local - london_offset(local)
}

/// How a system writes its times.
#[derive(Clone, Copy, PartialEq)]
pub enum Stamp {
    Zulu,
    Offset(i64),
    London,
}

/// Appends `n` in decimal, with leading zeroes to `width`.
pub fn push_number(out: &mut Vec<u8>, n: i64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut rest = n.unsigned_abs();
    let mut start = digits.len();
    while rest > 0 || digits.len() - start < width.max(1) {
        start -= 1;
        digits[start] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    out.extend_from_slice(&digits[start..]);
}

pub fn push_time(out: &mut Vec<u8>, at: i64, stamp: Stamp) {
    let ahead = match stamp {
        Stamp::Zulu => 0,
        Stamp::Offset(seconds) => seconds,
        Stamp::London => london_offset(at),
    };
    let local = at + ahead;
    let (year, month, day) = civil(local.div_euclid(DAY));
    let second = local.rem_euclid(DAY);
    push_number(out, year, 4);
    for (mark, value) in [(b'-', month), (b'-', day), (b'T', second / HOUR), (b':', second / 60 % 60), (b':', second % 60)] {
        out.push(mark);
        push_number(out, value, 2);
    }
    match stamp {
        Stamp::Zulu => out.push(b'Z'),
        Stamp::Offset(seconds) => {
            out.push(if seconds < 0 { b'-' } else { b'+' });
            push_number(out, seconds.abs() / HOUR, 2);
            out.push(b':');
            push_number(out, seconds.abs() / 60 % 60, 2);
        }
        Stamp::London => {}
    }
}

pub fn time_text(at: i64, stamp: Stamp) -> String {
    let mut out = Vec::new();
    push_time(&mut out, at, stamp);
    String::from_utf8_lossy(&out).into_owned()
}

pub fn date_text(local: i64) -> String {
    let (year, month, day) = civil(local.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}")
}
