//! Kaplan and Meier's estimate of a survival curve: exact and right-censored times come in, what is at risk and what is left at each
//! time goes out, with Greenwood's variance.

use super::normal;
use super::{Curve, Estimator, Span, Step};

/// One time at which something happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Risk {
    /// The time.
    pub at: i64,
    /// How many had not ended before it and were still observed.
    pub at_risk: usize,
    /// How many ended at it.
    pub events: usize,
    /// S(at): what is left after it.
    pub survival: f64,
    /// Greenwood's sum Σ d ÷ (r (r − d)): the variance of ln S. Infinite where nothing is left.
    pub greenwood: f64,
}

impl Risk {
    /// The standard error of S: M. Greenwood, "The natural duration of cancer", Reports on Public Health and Medical Subjects 33 (1926).
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        if self.survival > 0.0 { self.survival * self.greenwood.sqrt() } else { 0.0 }
    }

    /// The limits of S at a confidence (0.95) on the scale of log(−log S), which keeps them between 0 and 1: J. D. Kalbfleisch and
    /// R. L. Prentice, "The Statistical Analysis of Failure Time Data" (1980), section 1.3. They say how far a sample may lie from the
    /// population that it was drawn from. Where the whole population was measured there is nothing of the kind: give none.
    #[must_use]
    pub fn limits(&self, confidence: f64) -> Option<(f64, f64)> {
        if self.survival <= 0.0 || self.survival >= 1.0 {
            return None;
        }
        let z = normal::quantile(f64::midpoint(1.0, confidence));
        let factor = (z * self.greenwood.sqrt() / self.survival.ln()).exp();
        let (one, other) = (self.survival.powf(factor), self.survival.powf(1.0 / factor));
        Some((one.min(other), one.max(other)))
    }
}

/// The estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    /// The times at which something ended, in order.
    pub risks: Vec<Risk>,
    /// The last right-censored time, where it lies at or beyond the last end.
    pub observed_until: Option<i64>,
}

/// Kaplan and Meier's product-limit estimate, S(t) = Π (1 − d ÷ r) over the times up to t: E. L. Kaplan and P. Meier,
/// "Nonparametric Estimation from Incomplete Observations", Journal of the American Statistical Association 53 (1958) 457. One that is
/// censored at the time of an end counts as at risk there. `None` where a time is known by bounds. Takes the time of a sort.
#[must_use]
pub fn kaplan_meier(spans: &[Span]) -> Option<KaplanMeier> {
    let mut times = Vec::with_capacity(spans.len());
    for span in spans.iter().filter(|span| span.informs()) {
        times.push(match (span.value(), *span) {
            (Some(at), _) => (at, false),
            (None, Span { after: Some(at), until: None }) => (at, true),
            _ => return None,
        });
    }
    times.sort_unstable();
    let mut estimate = KaplanMeier { risks: Vec::new(), observed_until: None };
    let (mut survival, mut greenwood, mut place) = (1.0, 0.0, 0);
    while let Some(&(at, _)) = times.get(place) {
        let here = times[place..].iter().take_while(|(time, _)| *time == at);
        let (all, events) = here.fold((0, 0), |(all, events), (_, censored)| (all + 1, events + usize::from(!censored)));
        if events > 0 {
            let (at_risk, ended) = ((times.len() - place) as f64, events as f64);
            survival *= 1.0 - ended / at_risk;
            greenwood += ended / (at_risk * (at_risk - ended));
            estimate.risks.push(Risk { at, at_risk: times.len() - place, events, survival, greenwood });
        }
        place += all;
    }
    estimate.observed_until = times.last().filter(|(_, censored)| *censored).map(|(at, _)| *at);
    Some(estimate)
}

impl KaplanMeier {
    /// The curve.
    #[must_use]
    pub fn curve(&self) -> Curve {
        Curve {
            estimator: Estimator::KaplanMeier,
            steps: self.risks.iter().map(|risk| Step { span: Span::exact(risk.at), survival: risk.survival }).collect(),
            observed_until: self.observed_until,
            gap: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::published;
    use super::*;

    fn assert_table(estimate: &KaplanMeier, table: &[(i64, usize, usize, f64, f64)]) {
        assert_eq!(estimate.risks.len(), table.len());
        for (risk, (at, at_risk, events, survival, error)) in estimate.risks.iter().zip(table) {
            assert_eq!((risk.at, risk.at_risk, risk.events), (*at, *at_risk, *events));
            assert!((risk.survival - survival).abs() < 0.000_51, "S({at}) = {}", risk.survival);
            assert!((risk.standard_error() - error).abs() < 0.000_051, "error at {at}: {}", risk.standard_error());
        }
    }

    #[test]
    fn leukaemia_under_maintenance_comes_out_as_r_prints_it() {
        // summary(survfit(Surv(time, status) ~ 1, aml, subset = x == "Maintained")) of R's package survival.
        let estimate = kaplan_meier(&published::aml_maintained()).unwrap();
        assert_table(
            &estimate,
            &[
                (9, 11, 1, 0.909, 0.0867),
                (13, 10, 1, 0.818, 0.1163),
                (18, 8, 1, 0.716, 0.1397),
                (23, 7, 1, 0.614, 0.1526),
                (31, 5, 1, 0.491, 0.1642),
                (34, 4, 1, 0.368, 0.1627),
                (48, 2, 1, 0.184, 0.1535),
            ],
        );
        assert_eq!(estimate.curve().quantile(0.5), Some(Span::exact(31)));
        assert_eq!(estimate.curve().quantile(0.9), Some(Span::beyond(161)), "the curve does not fall so far");
    }

    #[test]
    fn limits_of_a_sample_stay_between_nothing_and_all() {
        // KaplanMeierFitter of lifelines 0.30.3, which takes log(−log S) by default.
        let estimate = kaplan_meier(&published::aml_maintained()).unwrap();
        let known = [(0.508_080, 0.986_674), (0.447_429, 0.951_162), (0.350_190, 0.899_024), (0.265_752, 0.835_299)];
        for (risk, (low, high)) in estimate.risks.iter().zip(known) {
            let (below, above) = risk.limits(0.95).unwrap();
            assert!((below - low).abs() < 1e-6 && (above - high).abs() < 1e-6, "{below} to {above} at {}", risk.at);
        }
        assert!(kaplan_meier(&[Span::exact(1)]).unwrap().risks[0].limits(0.95).is_none(), "nothing is left");
    }

    #[test]
    fn the_trial_of_6_mp_comes_out_as_published() {
        // D. R. Cox and D. Oakes, "Analysis of Survival Data" (1984), table 1.1; the estimate is in every textbook.
        let estimate = kaplan_meier(&published::gehan_6_mp()).unwrap();
        assert_table(
            &estimate,
            &[
                (6, 21, 3, 0.857, 0.0764),
                (7, 17, 1, 0.807, 0.0869),
                (10, 15, 1, 0.753, 0.0963),
                (13, 12, 1, 0.690, 0.1068),
                (16, 11, 1, 0.627, 0.1141),
                (22, 7, 1, 0.538, 0.1282),
                (23, 6, 1, 0.448, 0.1346),
            ],
        );
        assert_eq!(estimate.curve().quantile(0.5), Some(Span::exact(23)));
    }

    #[test]
    fn one_censored_at_the_time_of_an_end_is_at_risk_there() {
        let estimate = kaplan_meier(&[Span::exact(6), Span::beyond(6)]).unwrap();
        assert_eq!((estimate.risks[0].at_risk, estimate.observed_until), (2, Some(6)));
    }

    #[test]
    fn a_time_known_by_bounds_is_not_for_this_estimate() {
        assert!(kaplan_meier(&[Span::exact(1), Span::between(Some(1), 3)]).is_none());
        assert!(kaplan_meier(&[Span::exact(1), Span::between(None, 3)]).is_none());
        assert_eq!(kaplan_meier(&[Span::exact(1), Span { after: None, until: None }]).unwrap().risks.len(), 1);
    }
}
