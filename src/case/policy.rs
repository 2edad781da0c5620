//! The policy's numbers: `[policy]` as it is written comes in, durations in seconds and clock times go out.

use chrono::NaiveTime;

use super::checker::Checker;
use super::raw::{self, Placed};
use crate::error::Result;

/// The policy's numbers. Durations are in seconds.
pub struct Policy {
    /// The target for revocations.
    pub revoke_within: i64,
    /// The target for provisioning.
    pub provision_within: i64,
    /// The clock time of a departure that HR gives as a date; `None` keeps the whole day as bounds.
    pub departure_time: Option<NaiveTime>,
    /// The clock time of a start or a change of role that HR gives as a date; `None` keeps the whole day as bounds.
    pub start_time: Option<NaiveTime>,
    /// How long an account may go unused.
    pub dormant_after: i64,
}

impl Checker<'_> {
    /// The policy; what it leaves open is told in `assumptions`.
    pub(super) fn policy(&self, raw: &raw::Policy, assumptions: &mut Vec<String>) -> Result<Policy> {
        let or = |written: &Option<Placed>, default: i64| written.as_ref().map_or(Ok(default), |w| self.duration(w));
        let dates = [
            (&raw.departure_time, "departure_time", "a departure"),
            (&raw.start_time, "start_time", "a start or a change of role"),
        ];
        for (_, key, what) in dates.iter().filter(|(written, ..)| written.is_none()) {
            assumptions.push(format!(
                "The policy names no {key}: {what} that HR gives as a date is kept as the whole day, with bounds."
            ));
        }
        Ok(Policy {
            revoke_within: or(&raw.revoke_within, 3_600)?,
            provision_within: or(&raw.provision_within, 4 * 3_600)?,
            departure_time: raw.departure_time.as_ref().map_or(Ok(None), |written| self.clock(written))?,
            start_time: raw.start_time.as_ref().map_or(Ok(None), |written| self.clock(written))?,
            dormant_after: or(&raw.dormant_after, 45 * 86_400)?,
        })
    }
}
