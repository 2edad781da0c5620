//! How many accounts a person has in one system, as evidence: where nearly everybody has one, a second account that would be the
//! same person's is rather somebody else's.

use crate::model::account::Accounts;
use crate::model::bits::Bits;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

use super::link::Link;

/// Who has an account in which system.
#[derive(Clone)]
pub struct Seats {
    /// By system.
    taken: Vec<Bits>,
    /// How many accounts are linked, and how many of them to somebody who has another in the system.
    counts: Vec<(f64, f64)>,
    people: f64,
}

impl Seats {
    /// From the links that are certain.
    #[must_use]
    pub fn of(people: usize, accounts: &Accounts, links: &[Link]) -> Self {
        let systems = accounts.rows.iter().map(|a| usize::from(a.system.0) + 1).max().unwrap_or(0);
        let mut seats = Self { taken: vec![Bits::of(people); systems], counts: vec![(0.0, 0.0); systems], people: people as f64 };
        seats.learn(accounts.rows.iter().zip(links).filter_map(|(account, link)| Some((account.system, link.person()?))));
        seats
    }

    /// Takes more links into account.
    pub fn learn(&mut self, links: impl Iterator<Item = (SystemId, PersonId)>) {
        for (system, person) in links {
            let taken = &mut self.taken[usize::from(system.0)];
            let (linked, seconds) = &mut self.counts[usize::from(system.0)];
            *linked += 1.0;
            *seconds += f64::from(u8::from(taken.has(person.0)));
            taken.set(person.0);
        }
    }

    /// How much less likely it is that a further account is this person's: 1 for somebody who has none in the system, else second
    /// accounts as seen among second accounts as accounts spread blindly over the people would give them, half a one added to each.
    #[must_use]
    pub fn factor(&self, system: SystemId, person: PersonId) -> f64 {
        if self.has(system, person) { self.further(system) } else { 1.0 }
    }

    /// Whether somebody has an account in a system for certain.
    #[must_use]
    pub fn has(&self, system: SystemId, person: PersonId) -> bool {
        self.taken.get(usize::from(system.0)).is_some_and(|taken| taken.has(person.0))
    }

    /// How many people have an account for certain, by system.
    #[must_use]
    pub fn holders(&self) -> Vec<f64> {
        self.taken.iter().map(|taken| taken.count() as f64).collect()
    }

    /// How many people there are.
    #[must_use]
    pub fn people(&self) -> f64 {
        self.people
    }

    /// The same for anybody who has one.
    #[must_use]
    pub fn further(&self, system: SystemId) -> f64 {
        let Some((linked, seconds)) = self.counts.get(usize::from(system.0)) else { return 1.0 };
        // Of n accounts on N people, N (1 - (1 - 1/N)^n) people have one.
        let holders = self.people * (1.0 - (1.0 - 1.0 / self.people).powf(*linked));
        ((seconds + 0.5) / (linked - holders + 0.5)).clamp(1e-4, 1.0)
    }

    /// Takes over how many have a second account, not who.
    pub fn counts_of(&mut self, other: &Self) {
        self.counts.clone_from(&other.counts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_account_is_unlikely_where_nobody_has_two_and_likely_where_many_do() {
        let seats = |links: &[u32]| {
            let mut seats = Seats { taken: vec![Bits::of(100)], counts: vec![(0.0, 0.0)], people: 100.0 };
            seats.learn(links.iter().map(|person| (SystemId(0), PersonId(*person))));
            seats
        };
        let everybody: Vec<u32> = (0..90).collect();
        let alone = seats(&everybody);
        assert!((alone.factor(SystemId(0), PersonId(95)) - 1.0).abs() < f64::EPSILON, "has none yet");
        assert!(alone.factor(SystemId(0), PersonId(1)) < 0.02);
        let twice = seats(&[&everybody[..45], &everybody[..45]].concat());
        assert!(twice.factor(SystemId(0), PersonId(1)) > 0.9);
    }
}
