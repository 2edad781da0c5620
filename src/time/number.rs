//! Numbers since some epoch: the column says which.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::{Moment, Reading, Unreadable, local};
use crate::model::instant::Instant;
use crate::presets::mapping::TimeUnit;

pub(super) fn read(text: &str, unit: TimeUnit, how: Reading) -> Result<Option<Moment>, Unreadable> {
    let wrong = Unreadable::NotATime;
    if unit == TimeUnit::Excel {
        let days: f64 = text.parse().map_err(|_| wrong)?;
        return excel(days, how);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || fraction.len() > 9 {
        return Err(wrong);
    }
    let count: i64 = whole.parse().map_err(|_| wrong)?;
    let part: i64 = format!("{fraction:0<6}").get(..6).and_then(|six| six.parse().ok()).ok_or(wrong)?;
    if count == 0 || count >= 9_223_372_036_854_770_000 {
        return Ok(None);
    }
    let micros = match unit {
        TimeUnit::EpochS => count.checked_mul(1_000_000).and_then(|m| m.checked_add(part)),
        TimeUnit::EpochMs => count.checked_mul(1_000).and_then(|m| m.checked_add(part / 1_000)),
        _ => (count / 10).checked_sub(11_644_473_600_000_000),
    };
    micros.and_then(Instant::from_micros).map(|at| Some(Moment::At(at))).ok_or(wrong)
}

/// Days since 1899-12-30 as workbooks of the 1900 base count them (right from 1900-03-01 on). Whole days are dates.
fn excel(days: f64, how: Reading) -> Result<Option<Moment>, Unreadable> {
    if !(61.0..2_958_466.0).contains(&days) {
        return if days == 0.0 { Ok(None) } else { Err(Unreadable::NotATime) };
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range was just checked")]
    let (whole, milliseconds) = (days.trunc() as i64, (days.fract() * 86_400_000.0).round() as i64);
    let date = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(Unreadable::NotATime)? + Duration::days(whole);
    if milliseconds == 0 {
        return Ok(Some(Moment::On(date)));
    }
    local(date.and_time(NaiveTime::MIN) + Duration::milliseconds(milliseconds), how.zone).map(|at| Some(Moment::At(at)))
}
