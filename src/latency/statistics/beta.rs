//! The beta distribution: its share below a value, and the value below which a share lies. Numbers in, numbers out.

/// The regularised incomplete beta function of a and b at x, by its continued fraction: NIST Digital Library of Mathematical Functions,
/// 8.17.22, evaluated by W. J. Lentz's method (Applied Optics 15 (1976) 668); 8.17.4 keeps `x` where it converges fast.
#[must_use]
pub fn share_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - share_below(1.0 - x, b, a);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp() / a;
    front / fraction(x, a, b)
}

/// The value below which a share `p` of the beta distribution lies, by bisection: nothing is taken for granted of its shape.
#[must_use]
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if share_below(middle, a, b) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// 1 + d1/(1 + d2/(1 + …)) of 8.17.22.
#[allow(clippy::many_single_char_names, reason = "the names of the source")]
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let nonzero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut value, mut c, mut d) = (1.0, 1.0, 0.0);
    for k in 1..=20_000_u32 {
        let m = f64::from(k / 2);
        let term = if k % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        d = 1.0 / nonzero(1.0 + term * d);
        c = nonzero(1.0 + term / c);
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function for x > 0: C. Lanczos, SIAM Journal on Numerical Analysis B 1 (1964) 86, with the coefficients of
/// P. Godfrey for g = 7.
fn ln_gamma(x: f64) -> f64 {
    const FIRST: f64 = 0.999_999_999_999_809_9;
    const REST: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let mut sum = FIRST;
    let mut place = x;
    for coefficient in REST {
        place += 1.0;
        sum += coefficient / place;
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gamma_function_of_whole_numbers_is_a_factorial() {
        let mut factorial = 1.0_f64;
        for n in 1..30_u32 {
            assert!((ln_gamma(f64::from(n)) - factorial.ln()).abs() < 1e-12 * factorial.ln().max(1.0), "{n}");
            factorial *= f64::from(n);
        }
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-13);
    }

    #[test]
    fn shares_are_sums_of_the_binomial_distribution() {
        // The share below p of (k, n − k + 1) is P(X ≥ k) of n trials with chance p.
        let (n, p) = (12, 0.3_f64);
        for k in 1..=n {
            let binomial = |j: i32| (0..j).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
            let tail: f64 = (k..=n).map(|j| binomial(j) * p.powi(j) * (1.0 - p).powi(n - j)).sum();
            assert!((share_below(p, f64::from(k), f64::from(n - k + 1)) - tail).abs() < 1e-13, "{k}");
        }
    }

    #[test]
    fn a_quantile_gives_its_share_back() {
        for (p, a, b) in [(0.025, 81.0, 183.0), (0.975, 1.0, 25.0), (0.5, 0.5, 0.5), (0.1, 500_000.0, 500_001.0)] {
            assert!((share_below(quantile(p, a, b), a, b) - p).abs() < 1e-9, "{p} {a} {b}");
        }
    }
}
