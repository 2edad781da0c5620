//! The figures of a group of accounts: what each account's evidence says comes in, shares, percentiles and exposure go out, with what
//! is not known kept apart.

use super::statistics::{Curve, Span, share, survival};
use crate::model::revocation::Outcome;

/// The percentiles that are given: name and share.
pub const PERCENTILES: [(&str, f64); 4] = [("median", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)];
/// Fewer accounts than this have no percentile, not even a median: one account more or less would move it anywhere.
const FEWEST: usize = 5;

/// What the evidence says of one account.
#[derive(Clone, Copy, Debug)]
pub struct Observed {
    /// Its latency.
    pub latency: Span,
    /// Its outcome.
    pub outcome: Outcome,
    /// Seconds usable after the departure, where they are known.
    pub exposure: Option<i64>,
    /// Seconds for which it surely was.
    pub exposed: i64,
}

/// The figures of a group.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How many accounts.
    pub accounts: usize,
    /// Of these: surely on time.
    pub on_time: usize,
    /// Surely not: late, or still open.
    pub not_on_time: usize,
    /// Neither is shown: pending or undetermined.
    pub undecided: usize,
    /// Whose latency is known to the second.
    pub exact: usize,
    /// Whose latency is known by bounds on both sides, or by its upper bound alone.
    pub bounded: usize,
    /// Whose latency has no end yet.
    pub censored: usize,
    /// Of whose latency nothing is known.
    pub unknown: usize,
    /// The latencies' survival curve.
    pub curve: Curve,
    /// The longest latency known to the second.
    pub longest_exact: Option<i64>,
    /// The longest of all, by what is known of each.
    pub longest: Option<Span>,
    /// The exposure in seconds of the accounts of which it is known.
    pub exposure_known: i64,
    /// The same, and for how long the others surely were usable.
    pub exposure_at_least: i64,
    /// How many those others are.
    pub exposure_unknown: usize,
}

impl Figures {
    /// Of a group.
    #[must_use]
    pub fn of(group: &[Observed]) -> Self {
        let latencies: Vec<Span> = group.iter().map(|one| one.latency).collect();
        let count = |of: &dyn Fn(&Observed) -> bool| group.iter().filter(|one| of(one)).count();
        let exact = latencies.iter().filter(|span| span.value().is_some()).count();
        let ended = latencies.iter().filter(|span| span.until.is_some()).count();
        let unknown = latencies.iter().filter(|span| !span.informs()).count();
        Self {
            accounts: group.len(),
            on_time: count(&|one| one.outcome == Outcome::OnTime),
            not_on_time: count(&|one| matches!(one.outcome, Outcome::Late | Outcome::Open)),
            undecided: count(&|one| matches!(one.outcome, Outcome::Pending | Outcome::Undetermined)),
            exact,
            bounded: ended - exact,
            censored: latencies.len() - ended - unknown,
            unknown,
            curve: survival(&latencies),
            longest_exact: latencies.iter().filter_map(|span| span.value()).max(),
            longest: longest(&latencies),
            exposure_known: group.iter().filter_map(|one| one.exposure).sum(),
            exposure_at_least: group.iter().map(|one| one.exposure.unwrap_or(one.exposed)).sum(),
            exposure_unknown: count(&|one| one.exposure.is_none()),
        }
    }

    /// How many accounts say something of their latency.
    #[must_use]
    pub fn informative(&self) -> usize {
        self.accounts - self.unknown
    }

    /// The percentile `p` of the latency, where the group is large enough for it: see [`needed`].
    #[must_use]
    pub fn percentile(&self, p: f64) -> Option<Span> {
        (self.informative() >= needed(p)).then(|| self.curve.quantile(p)).flatten()
    }

    /// The names of the percentiles for which the group is too small.
    #[must_use]
    pub fn too_few_for(&self) -> Vec<&'static str> {
        PERCENTILES.iter().filter(|(_, p)| self.informative() < needed(*p)).map(|(name, _)| *name).collect()
    }

    /// The longest latency known to the second, where some account has no end yet and nothing shows that it lasted longer.
    #[must_use]
    pub fn longest_at_least(&self) -> Option<i64> {
        let open = self.longest.filter(|longest| longest.until.is_none())?;
        self.longest_exact.filter(|exact| open.after.is_some_and(|after| after < *exact))
    }

    /// The shares on time, not on time and undecided.
    #[must_use]
    pub fn shares(&self) -> [Option<f64>; 3] {
        [self.on_time, self.not_on_time, self.undecided].map(|part| share(part, self.accounts))
    }
}

/// How many accounts a percentile needs: so many that at least one is expected beyond it, n (1 − p) ≥ 1, or the percentile is just
/// another name for the maximum; and never fewer than five. So the median needs 5, and the 90th, 95th and 99th percentile 10, 20 and 100.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count of a few digits")]
pub fn needed(p: f64) -> usize {
    // 1 ÷ (1 − 0.9) is a little more than ten.
    ((1.0 / (1.0 - p) - 1e-9).ceil() as usize).max(FEWEST)
}

/// The longest, by what is known of each: it is later than the latest lower bound, and without an end while one has none.
fn longest(latencies: &[Span]) -> Option<Span> {
    let informative = || latencies.iter().filter(|span| span.informs());
    let after = informative().map(|span| span.after).max()?;
    let until =
        if informative().all(|span| span.until.is_some()) { informative().filter_map(|span| span.until).max() } else { None };
    Some(Span { after, until })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(latency: Span, outcome: Outcome) -> Observed {
        Observed { latency, outcome, exposure: latency.value().map(|seconds| seconds.max(0)), exposed: 60 }
    }

    #[test]
    fn a_percentile_needs_so_many_that_one_is_expected_beyond_it() {
        assert_eq!(PERCENTILES.map(|(_, p)| needed(p)), [5, 10, 20, 100]);
        let of = |count: i64| Figures::of(&(0..count).map(|at| observed(Span::exact(at), Outcome::OnTime)).collect::<Vec<_>>());
        assert_eq!(of(4).percentile(0.5), None);
        assert_eq!(of(4).too_few_for(), ["median", "p90", "p95", "p99"]);
        assert_eq!(of(5).percentile(0.5), Some(Span::exact(2)));
        assert_eq!((of(19).percentile(0.95), of(20).percentile(0.95)), (None, Some(Span::exact(18))));
    }

    #[test]
    fn the_longest_has_no_end_while_an_account_is_open() {
        let ended = [Span::exact(5), Span::between(Some(2), 9), Span::between(None, 30)];
        assert_eq!(longest(&ended), Some(Span::between(Some(4), 30)));
        assert_eq!(longest(&[ended[0], Span::beyond(40)]), Some(Span::beyond(40)));
        assert_eq!(longest(&[ended[0], Span::beyond(3)]), Some(Span::beyond(4)), "no end, but five seconds are known");
        assert_eq!(longest(&[Span { after: None, until: None }]), None);
    }

    #[test]
    fn what_is_not_known_is_counted_and_never_added() {
        let nothing = Span { after: None, until: None };
        let group = [
            observed(Span::exact(100), Outcome::OnTime),
            observed(Span::beyond(9_000), Outcome::Open),
            observed(Span::between(Some(0), 9_000), Outcome::Undetermined),
            observed(nothing, Outcome::Undetermined),
        ];
        let figures = Figures::of(&group);
        assert_eq!((figures.on_time, figures.not_on_time, figures.undecided), (1, 1, 2));
        assert_eq!((figures.exact, figures.bounded, figures.censored, figures.unknown), (1, 1, 1, 1));
        assert_eq!((figures.exposure_known, figures.exposure_at_least, figures.exposure_unknown), (100, 280, 3));
        assert_eq!(figures.shares(), [Some(0.25), Some(0.25), Some(0.5)]);
    }
}
