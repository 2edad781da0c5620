//! From departure, revocation and target to one of five outcomes. Bounds stay bounds: what straddles the target is undetermined.

use crate::model::revocation::{Departure, Outcome, Revoked};

/// Revocation minus departure in whole seconds; negative where access was cut early; `None` where either is not known.
#[must_use]
pub fn latency_seconds(departure: &Departure, revoked: Revoked) -> Option<i64> {
    match revoked {
        Revoked::At(at) if departure.earliest == departure.latest => Some(at.seconds_since(departure.earliest)),
        _ => None,
    }
}

/// The outcome under a target in seconds.
#[must_use]
pub fn outcome(departure: &Departure, revoked: Revoked, target: i64) -> Outcome {
    let (earliest, latest) = (departure.earliest, departure.latest);
    match revoked {
        Revoked::At(at) => {
            if at.seconds_since(earliest) <= target {
                Outcome::OnTime
            } else if at.seconds_since(latest) > target {
                Outcome::Late
            } else {
                Outcome::Undetermined
            }
        }
        Revoked::Between { after, before } => {
            if before.seconds_since(earliest) <= target {
                Outcome::OnTime
            } else if after.is_some_and(|after| after.seconds_since(latest) >= target) {
                Outcome::Late
            } else {
                Outcome::Undetermined
            }
        }
        Revoked::Not { seen, by_dump } => {
            if seen.seconds_since(latest) >= target {
                Outcome::Open
            } else if by_dump {
                Outcome::Pending
            } else {
                Outcome::Undetermined
            }
        }
        Revoked::Unknown { .. } => Outcome::Undetermined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::instant::Instant;
    use crate::model::revocation::Basis;
    use chrono::NaiveDate;

    fn at(seconds: i64) -> Instant {
        Instant::from_seconds(1_790_000_000 + seconds).unwrap()
    }

    fn departure(earliest: i64, latest: i64) -> Departure {
        Departure { earliest: at(earliest), latest: at(latest), date: NaiveDate::default(), basis: Basis::Instant }
    }

    #[test]
    fn a_known_instant_is_on_time_up_to_the_target_and_late_after_it() {
        let left = departure(0, 0);
        for (revoked, expected) in [(-500, Outcome::OnTime), (0, Outcome::OnTime), (3600, Outcome::OnTime), (3601, Outcome::Late)]
        {
            assert_eq!(outcome(&left, Revoked::At(at(revoked)), 3600), expected, "{revoked}");
            assert_eq!(latency_seconds(&left, Revoked::At(at(revoked))), Some(revoked));
        }
    }

    #[test]
    fn bounds_decide_only_where_both_lie_on_one_side() {
        let left = departure(0, 0);
        let between = |after, before| Revoked::Between { after, before: at(before) };
        assert_eq!(outcome(&left, between(None, 3600), 3600), Outcome::OnTime);
        assert_eq!(outcome(&left, between(None, 3601), 3600), Outcome::Undetermined);
        assert_eq!(outcome(&left, between(Some(at(3600)), 9000), 3600), Outcome::Late);
        assert_eq!(outcome(&left, between(Some(at(3599)), 9000), 3600), Outcome::Undetermined);
    }

    #[test]
    fn a_departure_known_by_its_day_widens_the_bounds() {
        let left = departure(0, 86_399);
        assert_eq!(outcome(&left, Revoked::At(at(3600)), 3600), Outcome::OnTime);
        assert_eq!(outcome(&left, Revoked::At(at(50_000)), 3600), Outcome::Undetermined);
        assert_eq!(outcome(&left, Revoked::At(at(90_001)), 3600), Outcome::Late);
        assert_eq!(latency_seconds(&left, Revoked::At(at(3600))), None);
    }

    #[test]
    fn what_is_still_usable_is_open_pending_or_undetermined() {
        let left = departure(0, 0);
        let not = |seen, by_dump| Revoked::Not { seen: at(seen), by_dump };
        assert_eq!(outcome(&left, not(3600, true), 3600), Outcome::Open);
        assert_eq!(outcome(&left, not(3599, true), 3600), Outcome::Pending);
        assert_eq!(outcome(&left, not(-9, false), 3600), Outcome::Undetermined);
        assert_eq!(outcome(&left, Revoked::Unknown { after: Some(at(9000)) }, 3600), Outcome::Undetermined);
    }
}
