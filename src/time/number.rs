//! Numbers since some epoch: the column says which. As text, so that no digit is lost.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::{Moment, Reading, Unreadable, local, no_date};
use crate::model::instant::Instant;
use crate::presets::mapping::TimeUnit;

/// From this on a count of hundreds of nanoseconds means "never": 2^63-1 as it is, and as spreadsheets round it.
const NEVER: i128 = 9_223_300_000_000_000_000;
/// 1601-01-01 in microseconds.
const WINDOWS: i128 = 11_644_473_600_000_000;

/// A decimal number: `digits` times ten to the power of `exponent`.
struct Decimal {
    digits: i128,
    exponent: i32,
    /// Whether it is written with an exponent, as spreadsheets write what they round.
    scientific: bool,
}

/// The moment; `None` where the text is no number, and is then read as a written time.
pub(super) fn read(text: &str, how: Reading) -> Option<Result<Option<Moment>, Unreadable>> {
    let number = Decimal::of(text)?;
    if number.digits == 0 || (number.digits == -1 && number.exponent == 0) || number.scaled(0).is_some_and(|n| n >= NEVER) {
        return Some(Ok(None));
    }
    Some(match how.unit {
        TimeUnit::Excel => excel(&number, (1899, 12, 30), how),
        TimeUnit::Excel1904 => excel(&number, (1904, 1, 1), how),
        TimeUnit::EpochDays => days(&number),
        unit => instant(&number, unit),
    })
}

fn instant(number: &Decimal, unit: TimeUnit) -> Result<Option<Moment>, Unreadable> {
    let wrong = Unreadable::NotATime;
    // How many decimal places a microsecond is behind the unit.
    let places = match unit {
        TimeUnit::EpochMs => 3,
        TimeUnit::EpochUs => 0,
        TimeUnit::EpochNs => -3,
        TimeUnit::Filetime => -1,
        TimeUnit::Epoch => by_size(number)?,
        _ => 6,
    };
    if number.scientific && number.exponent + places > 6 {
        return Err(Unreadable::Rounded);
    }
    let micros = number.scaled(places).ok_or(wrong)? - if unit == TimeUnit::Filetime { WINDOWS } else { 0 };
    let at = i64::try_from(micros).ok().and_then(Instant::from_micros).ok_or(wrong)?;
    Ok(no_date::of_instant(at).map(Moment::At))
}

/// Seconds, milliseconds, microseconds or nanoseconds by the one that lies within 2001 to 2100.
fn by_size(number: &Decimal) -> Result<i32, Unreadable> {
    let within = |places: i32| number.scaled(places).is_some_and(|m| (978_307_200_000_000..4_102_444_800_000_000).contains(&m));
    [6, 3, 0, -3].into_iter().find(|places| within(*places)).ok_or(Unreadable::NotATime)
}

fn days(number: &Decimal) -> Result<Option<Moment>, Unreadable> {
    let days = number.scaled(0).filter(|_| number.exponent == 0).and_then(|days| i64::try_from(days).ok());
    let date = days.filter(|days| (1..3_000_000).contains(days)).and_then(|days| date_after((1970, 1, 1), days));
    date.ok_or(Unreadable::NotATime).map(|date| (!no_date::is_zero(date, true)).then_some(Moment::On(date)))
}

/// Days as workbooks count them: of the 1900 base right from 1900-03-01 on, of the 1904 base from its second day. Whole days
/// are dates. A fraction of six places or fewer was written in whole seconds.
fn excel(number: &Decimal, base: (i32, u32, u32), how: Reading) -> Result<Option<Moment>, Unreadable> {
    const SMALLEST: i128 = 61; // below it, workbooks count a 29 February 1900 that never was
    let wrong = Unreadable::NotATime;
    let whole = number.scaled(0).filter(|days| (SMALLEST..2_958_466).contains(days)).ok_or(wrong)?;
    let date = i64::try_from(whole).ok().and_then(|days| date_after(base, days)).ok_or(wrong)?;
    let millionths = number.scaled(12).map(|all| all - whole * 1_000_000_000_000).ok_or(wrong)?;
    // Thousandths of a second: a day has 86,400,000 of them, and 10^12 of what is counted here.
    let mut thousandths = (millionths * 864 + 5_000_000) / 10_000_000;
    if number.exponent >= -6 {
        thousandths = (thousandths + 500) / 1_000 * 1_000;
    }
    if thousandths == 0 {
        return Ok((!no_date::is_zero(date, true)).then_some(Moment::On(date)));
    }
    let behind = Duration::milliseconds(i64::try_from(thousandths).map_err(|_| wrong)?);
    local(date.and_time(NaiveTime::MIN) + behind, how.zone).map(|at| no_date::of_instant(at).map(Moment::At))
}

fn date_after((year, month, day): (i32, u32, u32), days: i64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)?.checked_add_signed(Duration::days(days))
}

impl Decimal {
    /// Reads `1790843400`, `-1`, `1790843400.123456`, `1.32143000000000E+17`, `9,22337E+18`.
    fn of(text: &str) -> Option<Self> {
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, Some(power.parse::<i32>().ok().filter(|p| (-20..=30).contains(p))?)),
            None => (text, None),
        };
        let (sign, plain) = mantissa.strip_prefix('-').map_or((1, mantissa), |rest| (-1, rest));
        let (whole, fraction) = plain.split_once(['.', ',']).unwrap_or((plain, ""));
        let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || whole.len() + fraction.len() > 32 {
            return None;
        }
        let digits = sign * format!("{whole}{fraction}").parse::<i128>().ok()?;
        let exponent = power.unwrap_or(0) - i32::try_from(fraction.len()).ok()?;
        Some(Self { digits, exponent, scientific: power.is_some() })
    }

    /// Times ten to the power of `places`, cut towards the past.
    fn scaled(&self, places: i32) -> Option<i128> {
        let power = self.exponent + places;
        let ten = 10_i128.checked_pow(power.unsigned_abs())?;
        if power >= 0 { self.digits.checked_mul(ten) } else { Some(self.digits.div_euclid(ten)) }
    }
}
