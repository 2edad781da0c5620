//! Turnbull's estimate of a survival curve: times known by bounds come in, the mass of each innermost interval goes out.

use super::innermost::{Innermost, innermost};
use super::self_consistency::{Solution, solve};
use super::{Curve, Estimator, Span, Step};

/// Less than this is no mass: the iteration leaves traces where the maximum has none.
const TRACE: f64 = 1e-9;

/// The estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Turnbull {
    /// The innermost intervals that have mass, by time. Where the mass lies within one, nothing tells.
    pub intervals: Vec<(Span, f64)>,
    /// How far the log-likelihood can at most lie below its maximum, for one observation.
    pub gap: f64,
    /// How many rounds it took.
    pub rounds: usize,
}

/// The maximum of the likelihood over all distributions, of exact, right-, left- and interval-censored times: B. W. Turnbull (1976).
/// Equal to Kaplan and Meier's where all are exact or right-censored. Each round takes time in proportion to the observations.
#[must_use]
pub fn turnbull(spans: &[Span]) -> Turnbull {
    let Innermost { spans, covers } = innermost(spans);
    let Solution { mass, gap, rounds } = solve(&covers, spans.len());
    let intervals = spans.into_iter().zip(mass).filter(|(_, mass)| *mass > TRACE).collect();
    Turnbull { intervals, gap, rounds }
}

impl Turnbull {
    /// The curve.
    #[must_use]
    pub fn curve(&self) -> Curve {
        let mut steps = Vec::new();
        // From the end, so that what is left is a sum of positive parts and is nothing after the last.
        let mut left = 0.0;
        for (span, mass) in self.intervals.iter().rev() {
            if span.until.is_some() {
                steps.push(Step { span: *span, survival: left });
            }
            left += mass;
        }
        steps.reverse();
        let observed_until = self.intervals.last().filter(|(span, _)| span.until.is_none()).and_then(|(span, _)| span.after);
        Curve { estimator: Estimator::Turnbull, steps, observed_until, gap: self.gap }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{kaplan_meier, published};
    use super::*;
    use proptest::prelude::*;

    fn assert_masses(spans: &[Span], table: &[(i64, Option<i64>, f64)]) {
        let estimate = turnbull(spans);
        assert_eq!(estimate.intervals.len(), table.len(), "{:?}", estimate.intervals);
        for ((span, mass), (after, until, expected)) in estimate.intervals.iter().zip(table) {
            assert_eq!((span.after, span.until), (Some(*after), *until));
            assert!((mass - expected).abs() < 0.000_051, "({after}, {until:?}]: {mass}, published {expected}");
        }
    }

    #[test]
    fn the_breast_data_come_out_as_published() {
        // M. P. Fay and P. A. Shaw, Journal of Statistical Software 36 (2010) no. 2, the output of icfit in section 3.
        let expected = [
            (4, Some(5), 0.0463),
            (6, Some(7), 0.0334),
            (7, Some(8), 0.0887),
            (11, Some(12), 0.0708),
            (24, Some(25), 0.0926),
            (33, Some(34), 0.0818),
            (38, Some(40), 0.1209),
            (46, Some(48), 0.4656),
        ];
        assert_masses(&published::cosmesis_radiotherapy(), &expected);
        let estimate = turnbull(&published::cosmesis_radiotherapy());
        assert_eq!(estimate.curve().quantile(0.5), Some(Span::between(Some(38), 40)));
        // Not in that paper's output: a matrix of 48 by 19 iterated by self-consistency alone to 1e-15, in NumPy.
        let expected = [
            (4, Some(5), 0.0433),
            (5, Some(8), 0.0433),
            (11, Some(12), 0.0692),
            (16, Some(17), 0.1454),
            (18, Some(19), 0.1411),
            (19, Some(20), 0.1157),
            (24, Some(25), 0.0999),
            (30, Some(31), 0.0709),
            (35, Some(36), 0.1608),
            (44, Some(48), 0.0552),
            (48, Some(60), 0.0552),
        ];
        assert_masses(&published::cosmesis_chemotherapy(), &expected);
    }

    #[test]
    fn bounds_that_meet_in_one_place_pin_it_down() {
        let estimate = turnbull(&[Span::between(None, 5), Span::between(Some(4), 9), Span::exact(5), Span::beyond(20)]);
        let found: Vec<_> = estimate.intervals.iter().map(|(span, mass)| (*span, (mass * 1e6).round())).collect();
        assert_eq!(found, [(Span::exact(5), 750_000.0), (Span::beyond(20), 250_000.0)]);
        assert_eq!(estimate.curve().quantile(0.9), Some(Span::beyond(20)));
    }

    #[test]
    fn nothing_gives_an_empty_estimate() {
        assert!(turnbull(&[]).intervals.is_empty());
        assert!(turnbull(&[Span { after: None, until: None }]).curve().steps.is_empty());
    }

    /// The condition of Karush, Kuhn and Tucker, from the definition: no interval pulls harder than all observations together.
    fn excess(observed: &[Span], estimate: &Turnbull) -> f64 {
        let within = |outer: &Span, inner: &Span| {
            outer.after.is_none_or(|after| inner.after.is_some_and(|q| after <= q))
                && outer.until.is_none_or(|until| inner.until.is_some_and(|p| p <= until))
        };
        let has =
            |outer: &Span| estimate.intervals.iter().filter(|(inner, _)| within(outer, inner)).map(|(_, mass)| mass).sum::<f64>();
        let candidates = innermost(observed).spans;
        let pull = |inner: &Span| observed.iter().filter(|outer| within(outer, inner)).map(|outer| 1.0 / has(outer)).sum::<f64>();
        candidates.iter().map(pull).fold(0.0, f64::max) / observed.len() as f64 - 1.0
    }

    fn spans(count: usize) -> impl Strategy<Value = Vec<Span>> {
        let span = (-20_i64..60, 1_i64..25, 0_u8..5).prop_map(|(from, width, kind)| match kind {
            0 => Span::exact(from),
            1 => Span::beyond(from),
            2 => Span::between(None, from),
            _ => Span::between(Some(from), from + width),
        });
        proptest::collection::vec(span, 1..count)
    }

    proptest! {
        #[test]
        fn on_exact_and_right_censored_times_it_is_kaplan_and_meiers(times in proptest::collection::vec((-30_i64..40, any::<bool>()), 1..60)) {
            let spans: Vec<Span> = times.iter().map(|(at, censored)| if *censored { Span::beyond(*at) } else { Span::exact(*at) }).collect();
            let (one, other) = (kaplan_meier(&spans).unwrap().curve(), turnbull(&spans).curve());
            for at in -32..42 {
                prop_assert!((one.survival_at(at).0 - other.survival_at(at).0).abs() < 1e-6, "S({at}): {:?} {:?}", one, other);
                prop_assert!((one.survival_at(at).1 - other.survival_at(at).1).abs() < 1e-6);
            }
        }

        #[test]
        fn what_comes_out_is_a_distribution_at_the_maximum(observed in spans(50)) {
            let estimate = turnbull(&observed);
            let all: f64 = estimate.intervals.iter().map(|(_, mass)| mass).sum();
            prop_assert!((all - 1.0).abs() < 1e-6, "{all}");
            prop_assert!(estimate.gap <= 1e-9, "{} after {}", estimate.gap, estimate.rounds);
            prop_assert!(excess(&observed, &estimate) < 1e-5, "{}", excess(&observed, &estimate));
        }

        #[test]
        fn a_higher_quantile_never_comes_earlier(observed in spans(30)) {
            let curve = turnbull(&observed).curve();
            let quantiles: Vec<_> = [0.1, 0.5, 0.9].iter().filter_map(|p| curve.quantile(*p)).collect();
            for pair in quantiles.windows(2) {
                prop_assert!(pair[0].until.is_none() || pair[0].until <= pair[1].until || pair[1].until.is_none(), "{quantiles:?}");
            }
        }
    }
}
