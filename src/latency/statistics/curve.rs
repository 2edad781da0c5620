//! A survival curve: where it falls and by how much it is known to fall, from either estimator; its quantiles as bounds.

use super::{Span, kaplan_meier, turnbull};

/// Which estimator gave a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimator {
    /// Kaplan and Meier's, of exact and right-censored times.
    KaplanMeier,
    /// Turnbull's, where times are known by bounds.
    Turnbull,
}

impl Estimator {
    /// The word in the files of the result.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::KaplanMeier => "kaplan-meier",
            Self::Turnbull => "turnbull",
        }
    }
}

/// A fall of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where it falls: at one value, or somewhere within the span, where nothing tells how. Without an end: not seen to fall.
    pub span: Span,
    /// What is left after it.
    pub survival: f64,
}

/// A survival curve: one up to the first step, level between steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Which estimator gave it.
    pub estimator: Estimator,
    /// The steps, by time.
    pub steps: Vec<Step>,
    /// The last time up to which anything was observed, where something had not come yet by then.
    pub observed_until: Option<i64>,
    /// How far the log-likelihood can at most lie below its maximum, for one observation; zero where it is computed directly.
    pub gap: f64,
}

impl Curve {
    /// The quantile `p` of the time, 0 < p < 1: the smallest time t with S(t) ≤ 1 − p. A curve that falls within a span gives the span;
    /// one that does not fall so far, everything beyond the last observation. `None` of an empty curve.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<Span> {
        // Products of fractions, and the steps of an iteration, reach 1 − p only nearly.
        let near = match self.estimator {
            Estimator::KaplanMeier => 1e-9,
            Estimator::Turnbull => 1e-6,
        };
        let reached = self.steps.iter().find(|step| step.survival <= 1.0 - p + near);
        reached.map(|step| step.span).or_else(|| self.observed_until.map(Span::beyond))
    }

    /// The bounds of S(t): a step within whose span `t` lies may have come or not.
    #[must_use]
    pub fn survival_at(&self, t: i64) -> (f64, f64) {
        let surely = self.steps.iter().rfind(|step| step.span.until.is_some_and(|until| until <= t));
        let perhaps = self.steps.iter().rfind(|step| step.span.after.is_none_or(|after| after < t));
        let of = |step: Option<&Step>| step.map_or(1.0, |step| step.survival);
        (of(perhaps), of(surely))
    }
}

/// The curve of times known by bounds: Kaplan and Meier's where all are exact or right-censored, else Turnbull's. Times of which
/// nothing is known say nothing and are left out.
#[must_use]
pub fn survival(spans: &[Span]) -> Curve {
    kaplan_meier(spans).map_or_else(|| turnbull(spans).curve(), |estimate| estimate.curve())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_first_time_at_which_the_curve_has_fallen_so_far() {
        let curve = survival(&[1, 2, 3, 4].map(Span::exact));
        assert_eq!(curve.quantile(0.5), Some(Span::exact(2)), "S(2) = 0.5 is reached exactly");
        assert_eq!(curve.quantile(0.51), Some(Span::exact(3)));
        assert_eq!(survival(&[]).quantile(0.5), None);
    }

    #[test]
    fn a_curve_that_does_not_fall_so_far_gives_all_that_lies_beyond_the_last_observation() {
        let curve = survival(&[Span::exact(1), Span::beyond(5), Span::beyond(9), Span::beyond(3)]);
        assert_eq!(curve.quantile(0.25), Some(Span::exact(1)));
        assert_eq!(curve.quantile(0.5), Some(Span::beyond(9)));
    }

    #[test]
    fn negative_times_are_times_like_others() {
        let curve = survival(&[Span::exact(-86_400), Span::exact(-5), Span::exact(10), Span::beyond(-3)]);
        assert_eq!(curve.quantile(0.2), Some(Span::exact(-86_400)));
        assert_eq!(curve.survival_at(-6), (0.75, 0.75));
        assert_eq!(curve.quantile(0.9), Some(Span::exact(10)), "the censored one fell before the last");
    }

    #[test]
    fn within_a_span_the_curve_is_bounded_not_drawn() {
        let curve = survival(&[Span::between(Some(0), 10), Span::between(Some(20), 30)]);
        assert_eq!(curve.estimator, Estimator::Turnbull);
        let (low, high) = curve.survival_at(5);
        assert!((low - 0.5).abs() < 1e-6 && (high - 1.0).abs() < 1e-6);
        assert_eq!(curve.quantile(0.5), Some(Span::between(Some(0), 10)));
        assert_eq!(curve.survival_at(15), (curve.steps[0].survival, curve.steps[0].survival));
    }
}
