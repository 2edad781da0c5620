//! The model of Fellegi and Sunter, and its estimation from the case itself. Pure functions.
//!
//! For an account `a` and a person `j` with levels of agreement `l`, the weight of evidence is
//! `w = prod m(l)/u(l)`, with `m` the share of a level among accounts and their own person, `u` its share among accounts and
//! anybody (Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969), 1183–1210). Where both have one value,
//! `u` is the frequency of that value (Winkler, "Frequency-Based Matching in Fellegi-Sunter Model of Record Linkage", 2000).
//! An account has one person or none, so its candidates compete:
//! `P(j) = (p/N) w_j / (1 - p + p b + (p/N) sum_k w_k)`, with `N` people, `p` the share of accounts that belong to one of them and
//! `b` the share of these whose person is not among the candidates (Fortini and others, "On Bayesian Record Linkage", 2001).
//! `m` and `p` are found by expectation and maximisation (Dempster, Laird and Rubin 1977); accounts that are linked for certain
//! take part with their known person.

use super::compare::{Compared, Vector};
use super::field::{FIELDS, Field, LEVELS};

/// The share of linkable accounts whose person is not among their candidates.
const MISSED: f64 = 0.002;
/// How many pairs what is assumed counts for, beside what is seen.
const ASSUMED_PAIRS: f64 = 30.0;
/// How many accounts what is assumed counts for, and which share of them is linkable.
const ASSUMED_ACCOUNTS: f64 = 2.0;
const ASSUMED_LINKABLE: f64 = 0.9;
const ROUNDS: usize = 30;
const SETTLED: f64 = 1e-6;

/// The shares of each level of each field.
pub type Shares = [[f64; LEVELS]; FIELDS];

/// An estimated model.
#[derive(Clone, Debug)]
pub struct Model {
    /// Shares among accounts and their own person.
    pub m: Shares,
    /// Shares among accounts and anybody.
    pub u: Shares,
    /// The share of accounts that belong to somebody in the list, by what they tell: see [`Telling`].
    pub linkable: [f64; TELLINGS],
    /// How many people there are.
    pub people: f64,
    weights: Shares,
}

/// What an account tells of its holder. Each has a share of linkable accounts of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Telling {
    /// A name.
    #[default]
    Name,
    /// Nothing but a login or an address.
    Login,
}

impl Telling {
    /// By whether there is no name.
    #[must_use]
    pub fn of(nameless: bool) -> Self {
        if nameless { Self::Login } else { Self::Name }
    }
}

/// How many tellings there are.
pub const TELLINGS: usize = 2;

/// The candidates of one account, and which of them is known to be the right one.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The comparisons.
    pub candidates: Vec<Compared>,
    /// The place of the right one, where it is known.
    pub known: Option<usize>,
    /// What the account tells.
    pub telling: Telling,
}

impl Model {
    /// What is assumed of a case with so many people, with shares among random pairs as counted.
    #[must_use]
    pub fn assumed(people: usize, random: &[Vector]) -> Self {
        let prior = |of: fn(Field) -> &'static [f64]| {
            let mut shares = [[0.0; LEVELS]; FIELDS];
            for field in Field::ALL {
                for (slot, share) in shares[field as usize].iter_mut().skip(1).zip(of(field)) {
                    *slot = *share;
                }
            }
            shares
        };
        let m = prior(|field| field.assumed().0);
        let u = smoothed(&prior(|field| field.assumed().1), random.iter().map(|vector| (vector, 1.0)));
        let mut model =
            Self { m, u, linkable: [ASSUMED_LINKABLE; TELLINGS], people: people as f64, weights: [[0.0; LEVELS]; FIELDS] };
        model.weigh();
        model
    }

    /// The model that fits the groups best, from what is assumed.
    #[must_use]
    pub fn fitted(mut self, groups: &[Group]) -> Self {
        let assumed = self.m;
        for _ in 0..ROUNDS {
            let mut counted: Vec<(&Vector, f64)> = Vec::new();
            let mut linked = [ASSUMED_LINKABLE * ASSUMED_ACCOUNTS; TELLINGS];
            let mut open = [ASSUMED_ACCOUNTS; TELLINGS];
            for group in groups {
                let chances = match group.known {
                    Some(place) => (0..group.candidates.len()).map(|at| f64::from(u8::from(at == place))).collect(),
                    None => self.chances(group.telling, &group.candidates.iter().map(|c| self.weight(c)).collect::<Vec<_>>()),
                };
                if group.known.is_none() {
                    linked[group.telling as usize] += chances.iter().sum::<f64>();
                    open[group.telling as usize] += 1.0;
                }
                counted.extend(group.candidates.iter().map(|c| &c.levels).zip(chances).filter(|(_, chance)| *chance > 1e-4));
            }
            let before = self.m;
            self.m = smoothed(&assumed, counted.into_iter());
            for ((share, linked), open) in self.linkable.iter_mut().zip(linked).zip(open) {
                *share = linked / open;
            }
            self.weigh();
            let change = before.iter().flatten().zip(self.m.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            if change < SETTLED {
                break;
            }
        }
        self
    }

    fn weigh(&mut self) {
        for field in Field::ALL {
            let place = field as usize;
            for level in 1..LEVELS {
                let (m, u) = (self.m[place][level].max(1e-9), self.u[place][level].max(1e-9));
                let level_u8 = u8::try_from(level).unwrap_or(0);
                // Of an account and anybody, the way round is chosen that agrees better: it tells nothing.
                let counted = field == Field::Order || field.by_frequency() == Some(level_u8);
                let weight = if counted { m.ln() } else { (m / u).ln() };
                self.weights[place][level] = weight.min(field.at_most(level_u8).ln());
            }
        }
    }

    /// The natural logarithm of the weight of evidence of a comparison.
    #[must_use]
    pub fn weight(&self, compared: &Compared) -> f64 {
        let levels = compared.levels.iter().enumerate();
        f64::from(compared.rarity) + levels.map(|(field, level)| self.weights[field][usize::from(*level)]).sum::<f64>()
    }

    /// How likely a candidate of this weight (natural logarithm) is, beside [`Model::nobody`], before they are brought to the sum of 1.
    #[must_use]
    pub fn share(&self, telling: Telling, weight: f64) -> f64 {
        weight.min(600.0).exp() * self.linkable[telling as usize] / self.people
    }

    /// The same for "nobody of the candidates".
    #[must_use]
    pub fn nobody(&self, telling: Telling) -> f64 {
        let linkable = self.linkable[telling as usize];
        1.0 - linkable + linkable * MISSED
    }

    /// The probability of each candidate, given the weights of all of them.
    #[must_use]
    pub fn chances(&self, telling: Telling, weights: &[f64]) -> Vec<f64> {
        let each: Vec<f64> = weights.iter().map(|weight| self.share(telling, *weight)).collect();
        let all = self.nobody(telling) + each.iter().sum::<f64>();
        each.into_iter().map(|one| one / all).collect()
    }
}

/// Shares by counted vectors, on top of what is assumed.
fn smoothed<'v>(assumed: &Shares, counted: impl Iterator<Item = (&'v Vector, f64)>) -> Shares {
    let mut sums = [[0.0; LEVELS]; FIELDS];
    for (vector, count) in counted {
        for (sums, level) in sums.iter_mut().zip(vector) {
            sums[usize::from(*level)] += count;
        }
    }
    let mut shares = *assumed;
    for (shares, sums) in shares.iter_mut().zip(&sums) {
        let seen: f64 = sums.iter().skip(1).sum();
        for (share, sum) in shares.iter_mut().zip(sums).skip(1) {
            *share = (*share * ASSUMED_PAIRS + sum) / (seen + ASSUMED_PAIRS);
        }
    }
    shares
}
