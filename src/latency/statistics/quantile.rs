//! Quantiles of values that are all known, and shares.

/// The quantile `p` (0 to 1) of sorted values by linear interpolation between order statistics: type 7 of R. J. Hyndman
/// and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996) 361; the default of R,
/// `NumPy` and SQL's `percentile_cont`. `None` where there is no value.
#[must_use]
pub fn quantile(sorted: &[i64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last place")]
    let below = position.floor() as usize;
    let (low, high) = (sorted[below] as f64, sorted[(below + 1).min(last)] as f64);
    Some(low + (high - low) * (position - below as f64))
}

/// `part` of `whole` as a share from 0 to 1; `None` of nothing.
#[must_use]
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r() {
        // quantile(c(1, 2, 4, 8, 16), c(0, .25, .5, .9, .95, 1)) in R, type 7
        let values = [1, 2, 4, 8, 16];
        let of = |p| quantile(&values, p).unwrap();
        for (p, expected) in [(0.0, 1.0), (0.25, 2.0), (0.5, 4.0), (0.9, 12.8), (0.95, 14.4), (1.0, 16.0)] {
            assert!((of(p) - expected).abs() < 1e-9, "{p}: {}", of(p));
        }
        assert_eq!(quantile(&[1, 2], 0.5), Some(1.5));
        assert_eq!(quantile(&[7], 0.95), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn a_share_of_nothing_is_no_share() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share(1, 4), Some(0.25));
    }
}
