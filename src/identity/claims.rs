//! What accounts of one system claim of one person, as evidence for and against each other.
//!
//! Alone, account `a` is the person's with odds `o`, account `b` with odds `q`; both are with `k` times the odds that this would have
//! blindly. Then the odds of `a` are `o (1 + k q) / (1 + q) = o (1 - p (1 - k))`, with `p = q / (1 + q)` the probability of `b` alone.
//! And where nobody else claims the person, `a` is nobody's only if the person has no account in the system that could be told:
//! that is so for the share `v` of people, which is estimated, and the odds are `1 / v` times as good. Together, with
//! `r = prod (1 - p)` the probability that no other account is the person's: `prod (1 - p (1 - k)) / (v r + 1 - r)`.
//! `v` counts as `v + (1 - v) k`.

use super::seats::Seats;
use super::weighed::Weighed;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// Claims less likely than this change nothing.
const NEGLIGIBLE: f64 = 1e-3;

/// At least this share of the people is taken to have no account in a system that could be told.
const LEAST_VACANT: f64 = 0.02;

/// All claims.
pub struct Claims {
    /// Sorted by system and person.
    sorted: Vec<Claim>,
    /// The share of people without an account that could be told, by system.
    vacant: Vec<f64>,
}

#[derive(Clone, Copy, PartialEq)]
struct Claim {
    system: SystemId,
    person: PersonId,
    place: u32,
    chance: f64,
}

impl Claims {
    /// What each account claims alone.
    pub fn of(weighed: &[Weighed], system: &dyn Fn(usize) -> SystemId, seats: &Seats) -> Self {
        let mut claims = Vec::new();
        for (place, weighed) in weighed.iter().enumerate().filter(|(_, weighed)| !weighed.second) {
            let system = system(place);
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            for (contender, chance) in weighed.chances(|person| seats.factor(system, person)) {
                if chance >= NEGLIGIBLE {
                    claims.push(Claim { system, person: contender.person, place, chance });
                }
            }
        }
        claims.sort_by_key(|claim| (claim.system, claim.person, claim.place));
        let mut taken = seats.holders();
        for same in claims.chunk_by(|a, b| (a.system, a.person) == (b.system, b.person)) {
            let (system, person) = (same[0].system, same[0].person);
            if !seats.has(system, person) {
                taken[usize::from(system.0)] += 1.0 - same.iter().map(|claim| 1.0 - claim.chance).product::<f64>();
            }
        }
        let people = seats.people();
        let vacant = taken.into_iter().map(|taken| (1.0 - taken / people).max(LEAST_VACANT)).collect();
        Self { sorted: claims, vacant }
    }

    /// How much the claims of others, and that there are none, change the odds that the account at `place` is the person's.
    #[must_use]
    pub fn factor(&self, system: SystemId, person: PersonId, place: usize, seats: &Seats) -> f64 {
        if seats.has(system, person) {
            return seats.further(system);
        }
        let further = seats.further(system);
        let from = self.sorted.partition_point(|claim| (claim.system, claim.person) < (system, person));
        let same = self.sorted[from..].iter().take_while(|claim| (claim.system, claim.person) == (system, person));
        let (mut both, mut free) = (1.0, 1.0);
        for claim in same.filter(|claim| claim.place as usize != place) {
            both *= 1.0 - claim.chance * (1.0 - further);
            free *= 1.0 - claim.chance;
        }
        let vacant = self.vacant.get(usize::from(system.0)).copied().unwrap_or(1.0);
        // Where people have several accounts each, that nobody else's claims one says nothing.
        let vacant = vacant + (1.0 - vacant) * further;
        both / (vacant * free + 1.0 - free)
    }
}
