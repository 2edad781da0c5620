//! The draw: everybody in the order of the digests, and of each stratum the first so many, with the next ones as replacements.

use std::collections::BTreeMap;

use super::{allocate, digest};

/// What became of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In the sample.
    Drawn,
    /// To be taken, in this order, for one of the same stratum that cannot be tested.
    Replacement,
    /// Neither.
    Left,
}

impl Fate {
    /// The word in the column `drawn`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::Replacement => "replacement",
            Self::Left => "",
        }
    }
}

/// Somebody in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The place in the population as it was given.
    pub who: usize,
    /// The digest, in hex.
    pub digest: String,
    /// The place in the order of all, from 1.
    pub position: usize,
    /// The place in [`Draw::strata`].
    pub stratum: usize,
    /// The place in the order of the stratum, from 1.
    pub within: usize,
    /// What became of it.
    pub fate: Fate,
}

/// A part of the population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Its name; empty where the population is not divided.
    pub name: String,
    /// How many it holds.
    pub population: usize,
    /// How many of them are drawn.
    pub drawn: usize,
}

/// What was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Everybody, in the order of the digests.
    pub lots: Vec<Lot>,
    /// The strata, by name.
    pub strata: Vec<Stratum>,
}

impl Draw {
    /// Those of one fate, in order.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = &Lot> {
        self.lots.iter().filter(move |lot| lot.fate == fate)
    }
}

/// Draws `size` of a population of ids and their strata, and in each stratum so many `replacements`. The order in which they are given changes nothing.
#[must_use]
pub fn draw(seed: &str, population: &[(&str, String)], size: usize, replacements: usize) -> Draw {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, stratum) in population {
        *held.entry(stratum).or_default() += 1;
    }
    let given = allocate(size, &held.values().copied().collect::<Vec<_>>());
    let strata: Vec<Stratum> = held
        .iter()
        .zip(given)
        .map(|((name, held), drawn)| Stratum { name: (*name).to_owned(), population: *held, drawn })
        .collect();
    let mut order: Vec<(String, &str, usize)> =
        population.iter().enumerate().map(|(who, (id, _))| (digest(seed, id), *id, who)).collect();
    order.sort_unstable();
    let mut reached = vec![0; strata.len()];
    let lots = (1..).zip(order).map(|(position, (digest, _, who))| {
        let name = population[who].1.as_str();
        let stratum = strata.partition_point(|stratum| stratum.name.as_str() < name);
        reached[stratum] += 1;
        let (within, drawn) = (reached[stratum], strata[stratum].drawn);
        let fate = match within {
            _ if within <= drawn => Fate::Drawn,
            _ if within <= drawn.saturating_add(replacements) => Fate::Replacement,
            _ => Fate::Left,
        };
        Lot { who, digest, position, stratum, within, fate }
    });
    Draw { lots: lots.collect(), strata }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(ids: &[&'static str]) -> Vec<(&'static str, String)> {
        ids.iter().map(|id| (*id, if *id < "E5" { "early" } else { "late" }.to_owned())).collect()
    }

    #[test]
    fn the_order_of_the_list_changes_nothing_and_the_seed_does() {
        let ids = ["E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8"];
        let back: Vec<&str> = ids.iter().rev().copied().collect();
        let drawn = |seed: &str, ids: &[&'static str]| {
            let all = people(ids);
            let draw = draw(seed, &all, 3, 1);
            draw.of(Fate::Drawn).map(|lot| all[lot.who].0).collect::<Vec<_>>()
        };
        assert_eq!(drawn("a", &ids), drawn("a", &back));
        assert_ne!(drawn("a", &ids), drawn("b", &ids));
    }

    #[test]
    fn each_stratum_gives_its_first_ones_and_then_replacements() {
        let all = people(&["E1", "E2", "E3", "E4", "E5", "E6"]);
        let draw = draw("seed", &all, 3, 1);
        assert_eq!(draw.strata.iter().map(|s| (s.population, s.drawn)).collect::<Vec<_>>(), [(4, 2), (2, 1)]);
        for (place, stratum) in draw.strata.iter().enumerate() {
            let fates: Vec<Fate> = draw.lots.iter().filter(|lot| lot.stratum == place).map(|lot| lot.fate).collect();
            assert_eq!(fates.iter().take_while(|fate| **fate == Fate::Drawn).count(), stratum.drawn);
            assert_eq!(fates[stratum.drawn], Fate::Replacement);
        }
        assert!(draw.lots.windows(2).all(|two| two[0].digest < two[1].digest));
    }
}
