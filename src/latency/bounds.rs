//! The latency as far as it is known: departure and revocation come in, each perhaps by bounds, a span of seconds goes out.

use super::statistics::Span;
use crate::model::revocation::{Departure, Revoked};

/// The latency in whole seconds. What is still usable is right-censored at the newest proof of that, counted from the latest instant
/// at which the departure can have been; what nothing shows to be usable before it was not is open to the left.
#[must_use]
pub fn bounds(departure: &Departure, revoked: Revoked) -> Span {
    let (earliest, latest) = (departure.earliest, departure.latest);
    match revoked {
        // Both ends of a day of departure may be the instant, so the lower end is included.
        Revoked::At(at) => Span::between(Some(at.seconds_since(latest) - 1), at.seconds_since(earliest)),
        Revoked::Between { after, before } => {
            Span::between(after.map(|after| after.seconds_since(latest)), before.seconds_since(earliest))
        }
        Revoked::Not { seen, .. } => Span::beyond(seen.seconds_since(latest)),
        Revoked::Unknown { after } => Span { after: after.map(|after| after.seconds_since(latest)), until: None },
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
    fn two_instants_give_a_value_and_a_day_gives_bounds() {
        assert_eq!(bounds(&departure(0, 0), Revoked::At(at(-60))), Span::exact(-60));
        let of_day = bounds(&departure(0, 86_399), Revoked::At(at(90_000)));
        assert_eq!(of_day, Span { after: Some(3_600), until: Some(90_000) }, "from 3,601 to 90,000 seconds");
    }

    #[test]
    fn bounds_are_the_widest_that_the_evidence_allows() {
        let between = Revoked::Between { after: Some(at(50)), before: at(500) };
        assert_eq!(bounds(&departure(0, 0), between), Span { after: Some(50), until: Some(500) });
        assert_eq!(bounds(&departure(0, 100), between), Span { after: Some(-50), until: Some(500) });
        assert_eq!(
            bounds(&departure(0, 0), Revoked::Between { after: None, before: at(9) }),
            Span { after: None, until: Some(9) }
        );
    }

    #[test]
    fn what_still_works_is_censored_and_what_nobody_knows_says_nothing() {
        assert_eq!(bounds(&departure(0, 0), Revoked::Not { seen: at(700), by_dump: true }), Span::beyond(700));
        assert_eq!(bounds(&departure(0, 0), Revoked::Unknown { after: Some(at(-7)) }), Span::beyond(-7));
        assert!(!bounds(&departure(0, 0), Revoked::Unknown { after: None }).informs());
    }
}
