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
    /// How old a password or key may be; `None` where the policy does not say.
    pub password_max_age: Option<i64>,
    /// The organisation's own domains, in lower case; empty where the case does not say.
    pub domains: Vec<String>,
    /// Who in the logs is a program that gives and takes access, as the logs write it.
    pub automation: Vec<String>,
}

impl Checker<'_> {
    /// The policy; what it leaves open is told in `assumptions`. Domains of which the linking says that they are one, `aliases`, are
    /// all the organisation's own where one of them is.
    pub(super) fn policy(&self, raw: &raw::Policy, aliases: &[Vec<String>], assumptions: &mut Vec<String>) -> Result<Policy> {
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
        let mut domains = Vec::new();
        for written in raw.domains.iter().flatten() {
            domains.push(self.domain(written)?);
        }
        for group in aliases {
            let group: Vec<String> = group.iter().map(|domain| domain.trim().to_lowercase()).collect();
            if group.iter().any(|domain| domains.contains(domain)) {
                domains.extend(group);
            }
        }
        Ok(Policy {
            revoke_within: or(&raw.revoke_within, 3_600)?,
            provision_within: or(&raw.provision_within, 4 * 3_600)?,
            departure_time: raw.departure_time.as_ref().map_or(Ok(None), |written| self.clock(written))?,
            start_time: raw.start_time.as_ref().map_or(Ok(None), |written| self.clock(written))?,
            dormant_after: or(&raw.dormant_after, 45 * 86_400)?,
            password_max_age: raw.password_max_age.as_ref().map(|written| self.duration(written)).transpose()?,
            domains,
            automation: raw.automation.iter().map(|actor| actor.trim().to_owned()).filter(|actor| !actor.is_empty()).collect(),
        })
    }

    /// A domain, in lower case.
    fn domain(&self, written: &Placed) -> Result<String> {
        let domain = written.get_ref().trim().to_lowercase();
        let odd = |c: char| c.is_whitespace() || "@*/:".contains(c);
        if domain.contains(odd) || !domain.contains('.') || domain.starts_with('.') || domain.ends_with('.') {
            return Err(self.at(written, "this is no domain", "write what stands behind the @: \"acme.example\""));
        }
        Ok(domain)
    }
}
