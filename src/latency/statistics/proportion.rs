//! A share in a sample, and what it says of the population that the sample was drawn from: counts come in, limits go out. Where the whole
//! population was tested these describe nothing: give none.

use super::{beta, normal};

/// Wilson's limits of the share `part` of `whole` at a confidence (0.95): E. B. Wilson, "Probable Inference, the Law of Succession, and
/// Statistical Inference", Journal of the American Statistical Association 22 (1927) 209. `None` of nothing.
#[must_use]
pub fn wilson(part: u64, whole: u64, confidence: f64) -> Option<(f64, f64)> {
    if whole == 0 || part > whole {
        return None;
    }
    let (n, share) = (whole as f64, part as f64 / whole as f64);
    let z = normal::quantile(f64::midpoint(1.0, confidence));
    let centre = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    Some((((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0)))
}

/// Clopper and Pearson's limits, which hold at least the confidence whatever the share: C. J. Clopper and E. S. Pearson, "The Use of
/// Confidence or Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26 (1934) 404. `None` of nothing.
#[must_use]
pub fn clopper_pearson(part: u64, whole: u64, confidence: f64) -> Option<(f64, f64)> {
    if whole == 0 || part > whole {
        return None;
    }
    let (k, rest, tail) = (part as f64, (whole - part) as f64, (1.0 - confidence) / 2.0);
    let low = if part == 0 { 0.0 } else { beta::quantile(tail, k, rest + 1.0) };
    let high = if part == whole { 1.0 } else { beta::quantile(1.0 - tail, k + 1.0, rest) };
    Some((low, high))
}

/// The highest rate of deviations that a sample of `size` without any is compatible with, at a confidence (one-sided):
/// 1 − (1 − confidence)^(1 ÷ size), Clopper and Pearson's upper limit at none. Audit tables print it rounded up. `None` of nothing.
#[must_use]
pub fn zero_deviation_limit(size: u64, confidence: f64) -> Option<f64> {
    (size > 0).then(|| 1.0 - (1.0 - confidence).powf(1.0 / size as f64))
}

/// The smallest sample that, without a deviation, shows the rate of deviations to be at most `tolerable` at a confidence:
/// ⌈ln(1 − confidence) ÷ ln(1 − tolerable)⌉. `None` of a rate that no sample shows.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count of a few digits")]
pub fn zero_deviation_size(tolerable: f64, confidence: f64) -> Option<u64> {
    let possible = tolerable > 0.0 && tolerable < 1.0 && confidence > 0.0 && confidence < 1.0;
    possible.then(|| ((1.0 - confidence).ln() / (-tolerable).ln_1p()).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_limits(found: Option<(f64, f64)>, low: f64, high: f64) {
        let (below, above) = found.unwrap();
        assert!((below - low).abs() < 0.000_051 && (above - high).abs() < 0.000_051, "{below} to {above}");
    }

    #[test]
    fn the_limits_of_81_in_263_are_those_of_newcombe() {
        // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998) 857, table I.
        assert_limits(wilson(81, 263, 0.95), 0.2553, 0.3662);
        assert_limits(clopper_pearson(81, 263, 0.95), 0.2527, 0.3676);
        assert_limits(wilson(15, 148, 0.95), 0.0624, 0.1605);
        assert_limits(clopper_pearson(15, 148, 0.95), 0.0578, 0.1617);
        assert_limits(wilson(0, 20, 0.95), 0.0, 0.1611);
        assert_limits(clopper_pearson(0, 20, 0.95), 0.0, 0.1684);
        assert_limits(wilson(1, 29, 0.95), 0.0061, 0.1718);
        assert_limits(clopper_pearson(1, 29, 0.95), 0.0009, 0.1776);
        assert_limits(clopper_pearson(29, 29, 0.95), 0.8806, 1.0);
    }

    #[test]
    fn no_deviation_in_a_sample_is_worth_what_the_audit_tables_say() {
        let percent = |size| format!("{:.1}", (zero_deviation_limit(size, 0.95).unwrap() * 1_000.0).ceil() / 10.0);
        assert_eq!([25, 60].map(percent), ["11.3", "4.9"]);
        let sizes = |confidence| [0.05, 0.06, 0.07, 0.08, 0.09, 0.10].map(|rate| zero_deviation_size(rate, confidence).unwrap());
        assert_eq!(sizes(0.95), [59, 49, 42, 36, 32, 29]);
        assert_eq!(sizes(0.90), [45, 38, 32, 28, 25, 22]);
    }

    #[test]
    fn nothing_has_no_limits() {
        assert!(wilson(0, 0, 0.95).is_none() && clopper_pearson(3, 2, 0.95).is_none());
        assert!(zero_deviation_limit(0, 0.95).is_none() && zero_deviation_size(0.0, 0.95).is_none());
    }
}
