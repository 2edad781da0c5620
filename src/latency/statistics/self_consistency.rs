//! The maximum of Turnbull's likelihood: what each kind of observation covers comes in, the mass of each innermost interval goes out,
//! with a bound of what is missing to the maximum.

use super::innermost::Cover;

/// A log-likelihood that lies below the maximum by less than this, for one observation, is taken for the maximum.
const NEAR: f64 = 1e-12;
/// So much more for each observation, since their sums are rounded: of a million, the whole log-likelihood is known to 0.001.
const ROUNDING: f64 = 1e-15;
/// How many rounds there are at most; what is missing then is told by the gap.
const MOST_ROUNDS: usize = 5_000;
/// How often a step of the second kind is halved before it is given up.
const MOST_HALVINGS: usize = 6;
/// The square of this is far from the smallest number that there is.
const SMALL: f64 = 1e-100;
/// How many rounds the second kind is left out at most.
const LONGEST_PAUSE: usize = 63;

/// The maximum, as nearly as it was reached.
pub struct Solution {
    /// The mass of each innermost interval; together one.
    pub mass: Vec<f64>,
    /// How far the log-likelihood of one observation can at most lie below its maximum.
    pub gap: f64,
    /// How many rounds it took.
    pub rounds: usize,
}

/// The EM-ICM algorithm: J. A. Wellner and Y. Zhan, "A Hybrid Algorithm for Computation of the Nonparametric Maximum Likelihood
/// Estimator From Censored Data", Journal of the American Statistical Association 92 (1997) 945. Each round has two steps of
/// self-consistency (Turnbull 1976), `p_j ← p_j Σ w_i [j ∈ i] ÷ (P_i n)`, which always go up but slowly, and so are drawn out by what the
/// second differs from the first (R. Varadhan and C. Roland, Scandinavian Journal of Statistics 35 (2008) 335), and one of the iterative
/// convex minorant (P. Groeneboom and J. A. Wellner 1992), which takes mass to nothing where there is none.
///
/// It ends by the condition of Karush, Kuhn and Tucker: the likelihood is concave, so with the derivatives
/// `d_j = Σ w_i [j ∈ i] ÷ P_i`, the maximum lies at most `max d_j − n` above. Every observation covers a run of intervals, so that a round
/// takes sums, not a matrix: its time is in proportion to `covers` and `intervals`.
pub fn solve(covers: &[Cover], intervals: usize) -> Solution {
    let total = covers.iter().map(|cover| cover.weight).sum::<u64>() as f64;
    let mut mass = vec![1.0 / intervals.max(1) as f64; intervals];
    let near = NEAR.max(ROUNDING * total);
    let mut rounds = 0;
    // Where most times are exact the minorant gains nothing: it is then tried less and less often.
    let (mut pause, mut wait) = (0, 0);
    loop {
        let pulls = slopes(covers, &mass);
        let gap = (pulls.iter().copied().fold(0.0, f64::max) - total).max(0.0) / total.max(1.0);
        if gap <= near || rounds == MOST_ROUNDS {
            return Solution { mass, gap, rounds };
        }
        let once = consistent(&mass, &pulls, total);
        let twice = consistent(&once, &slopes(covers, &once), total);
        mass = drawn_out(covers, &mass, &once, twice);
        if wait > 0 {
            wait -= 1;
        } else if let Some(better) = minorant(covers, &mass) {
            mass = better;
            pause = 0;
        } else {
            pause = (2 * pause + 1).min(LONGEST_PAUSE);
            wait = pause;
        }
        rounds += 1;
    }
}

/// One step of self-consistency.
fn consistent(mass: &[f64], pulls: &[f64], total: f64) -> Vec<f64> {
    mass.iter().zip(pulls).map(|(mass, pull)| mass * pull / total).collect()
}

/// Goes on in the direction of two steps, as far as their difference suggests; the second step itself where that leads down.
fn drawn_out(covers: &[Cover], mass: &[f64], once: &[f64], twice: Vec<f64>) -> Vec<f64> {
    let (mut first, mut second) = (0.0, 0.0);
    for ((mass, once), twice) in mass.iter().zip(once).zip(&twice) {
        let (step, change) = (once - mass, twice - 2.0 * once + mass);
        first += step * step;
        second += change * change;
    }
    let length = (first / second).sqrt();
    if !length.is_finite() || length <= 1.0 {
        return twice;
    }
    // What would fall below nothing keeps a tenth of what it has.
    let along = |((mass, once), twice): ((&f64, &f64), &f64)| {
        (mass + 2.0 * length * (once - mass) + length * length * (twice - 2.0 * once + mass)).max(twice / 10.0)
    };
    let mut far: Vec<f64> = mass.iter().zip(once).zip(&twice).map(along).collect();
    let all: f64 = far.iter().sum();
    for mass in &mut far {
        *mass /= all;
    }
    if likelihood(covers, &far) >= likelihood(covers, &twice) { far } else { twice }
}

/// The sums of the masses before each interval, and of all.
fn sums(mass: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums = Vec::with_capacity(mass.len() + 1);
    sums.push(sum);
    sums.extend(mass.iter().map(|mass| {
        sum += mass;
        sum
    }));
    sums
}

/// What an observation has: the mass of what it covers.
fn covered(cover: &Cover, mass: &[f64], sums: &[f64]) -> f64 {
    // A single interval has its own mass, where a difference of sums would lose digits.
    if cover.first == cover.last { mass[cover.first] } else { sums[cover.last + 1] - sums[cover.first] }
}

/// `d_j = Σ w_i [j ∈ i] ÷ P_i` of each interval.
fn slopes(covers: &[Cover], mass: &[f64]) -> Vec<f64> {
    let sums = sums(mass);
    let mut alone = vec![0.0; mass.len()];
    let mut changes = vec![0.0; mass.len() + 1];
    for cover in covers {
        let pull = cover.weight as f64 / covered(cover, mass, &sums);
        if cover.first == cover.last {
            alone[cover.first] += pull;
        } else {
            changes[cover.first] += pull;
            changes[cover.last + 1] -= pull;
        }
    }
    let mut running = 0.0;
    for (alone, change) in alone.iter_mut().zip(&changes) {
        running += change;
        *alone += running;
    }
    alone
}

/// The log-likelihood. Of observations that were made once the logarithm is taken of as many together as their product can hold.
fn likelihood(covers: &[Cover], mass: &[f64]) -> f64 {
    let sums = sums(mass);
    let (mut all, mut product) = (0.0, 1.0);
    for cover in covers {
        let has = covered(cover, mass, &sums).max(0.0);
        if cover.weight == 1 && has > SMALL {
            product *= has;
            if product < SMALL {
                all += product.ln();
                product = 1.0;
            }
        } else {
            all += cover.weight as f64 * has.ln();
        }
    }
    all + product.ln()
}

/// One step of the iterative convex minorant: Newton's step of the distribution function at the end of each interval, with the diagonal
/// of the second derivatives, made to rise again by [`rising`], and halved until the likelihood rises; `None` where it does not.
fn minorant(covers: &[Cover], mass: &[f64]) -> Option<Vec<f64>> {
    let sums = sums(mass);
    let inner = mass.len().saturating_sub(1);
    let (mut slope, mut bend) = (vec![0.0; inner], vec![0.0; inner]);
    for cover in covers {
        let has = covered(cover, mass, &sums);
        let (pull, curve) = (cover.weight as f64 / has, cover.weight as f64 / (has * has));
        if cover.last < inner {
            slope[cover.last] += pull;
            bend[cover.last] += curve;
        }
        if let Some(before) = cover.first.checked_sub(1) {
            slope[before] -= pull;
            bend[before] += curve;
        }
    }
    if bend.iter().any(|bend| !(bend.is_finite() && *bend > 0.0)) {
        return None;
    }
    let wanted: Vec<f64> = (0..inner).map(|k| sums[k + 1] + slope[k] / bend[k]).collect();
    let wanted = rising(&wanted, &bend);
    let now = likelihood(covers, mass);
    let mut part = 1.0;
    for _ in 0..MOST_HALVINGS {
        let at = |k: usize| match k {
            0 => 0.0,
            k if k > inner => 1.0,
            k => sums[k] + part * (wanted[k - 1].clamp(0.0, 1.0) - sums[k]),
        };
        let next: Vec<f64> = (0..mass.len()).map(|k| (at(k + 1) - at(k)).max(0.0)).collect();
        if likelihood(covers, &next) > now {
            return Some(next);
        }
        part /= 2.0;
    }
    None
}

/// The rising sequence nearest to `wanted` by weighted squares, by pooling neighbours that fall: M. Ayer and others, "An Empirical
/// Distribution Function for Sampling with Incomplete Information", Annals of Mathematical Statistics 26 (1955) 641.
fn rising(wanted: &[f64], weights: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(wanted.len());
    for (value, weight) in wanted.iter().zip(weights) {
        let mut pool = (*value, *weight, 1);
        while let Some(last) = pools.last().filter(|last| last.0 >= pool.0) {
            let weight = last.1 + pool.1;
            pool = ((last.0 * last.1 + pool.0 * pool.1) / weight, weight, last.2 + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(value, _, count)| std::iter::repeat_n(value, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_fall_are_pooled_by_their_weights() {
        assert_eq!(rising(&[1.0, 3.0, 2.0, 4.0], &[1.0, 1.0, 3.0, 1.0]), [1.0, 2.25, 2.25, 4.0]);
        assert_eq!(rising(&[3.0, 2.0, 1.0], &[1.0; 3]), [2.0, 2.0, 2.0]);
        assert!(rising(&[], &[]).is_empty());
    }

    #[test]
    fn what_is_seen_once_each_has_equal_mass_at_once() {
        let covers: Vec<_> = (0..4).map(|place| Cover { first: place, last: place, weight: 1 }).collect();
        let solution = solve(&covers, 4);
        assert_eq!((solution.mass, solution.rounds), (vec![0.25; 4], 0));
    }

    proptest::proptest! {
        /// The logarithm of products is the sum of logarithms, however small some are.
        #[test]
        fn the_likelihood_is_the_sum_of_all_logarithms(
            observed in proptest::collection::vec((0_i32..300, 1_u64..3), 1..200),
        ) {
            let mass: Vec<f64> = observed.iter().map(|(small, _)| 10.0_f64.powi(-small)).collect();
            let weights = observed.iter().map(|(_, weight)| *weight);
            let covers: Vec<_> = weights.enumerate().map(|(place, weight)| Cover { first: place, last: place, weight }).collect();
            let simply: f64 = covers.iter().map(|cover| cover.weight as f64 * mass[cover.first].ln()).sum();
            let found = likelihood(&covers, &mass);
            proptest::prop_assert!((found - simply).abs() <= 1e-12 * simply.abs(), "{found} {simply}");
        }
    }

    #[test]
    fn what_was_seen_where_no_mass_is_has_no_likelihood() {
        let covers: Vec<_> = (0..2).map(|place| Cover { first: place, last: place, weight: 1 }).collect();
        assert!(likelihood(&covers, &[1.0, 0.0]) < f64::MIN);
    }

    #[test]
    fn the_derivatives_are_those_of_the_likelihood() {
        let covers = [(0, 1, 2), (1, 2, 3), (2, 2, 1), (0, 3, 4)].map(|(first, last, weight)| Cover { first, last, weight });
        let mass = [0.1, 0.2, 0.3, 0.4];
        let slopes = slopes(&covers, &mass);
        for (place, slope) in slopes.iter().enumerate() {
            let mut moved = mass;
            moved[place] += 1e-7;
            let rise = (likelihood(&covers, &moved) - likelihood(&covers, &mass)) / 1e-7;
            assert!((rise - slope).abs() < 1e-4, "{place}: {rise}, {slope}");
        }
    }
}
