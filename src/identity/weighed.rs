//! An account's candidates with their shares, and the probabilities that these make.

use super::agreement::Grade;
use super::compare::Vector;
use super::field::Field;
use super::link::{Candidate, Score};
use crate::model::match_rule::Rule;
use crate::model::person::PersonId;

/// Somebody whose account it may be.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    /// Who.
    pub person: PersonId,
    /// How likely, before all shares are brought to the sum of 1.
    pub share: f64,
    /// How far the fields agree.
    pub levels: Vector,
    /// The account has no name, and its login is built from theirs as others of the organisation are.
    pub usual: bool,
}

/// An account's candidates, the likeliest first.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// The share of "nobody of these".
    pub nobody: f64,
    /// The candidates.
    pub contenders: Vec<Contender>,
    /// Several people have the account's whole name.
    pub namesakes: bool,
    /// It is an administrator's second account by its login.
    pub second: bool,
}

impl Weighed {
    /// The probability of each candidate, where `factor` says how much less likely it is made by what others claim.
    pub fn chances(&self, factor: impl Fn(PersonId) -> f64) -> impl Iterator<Item = (&Contender, f64)> {
        let shares: Vec<f64> =
            self.contenders.iter().map(|c| c.share * if self.second { 1.0 } else { factor(c.person) }).collect();
        let all = self.nobody + shares.iter().sum::<f64>();
        self.contenders.iter().zip(shares.into_iter().map(move |share| if all > 0.0 { share / all } else { 0.0 }))
    }

    /// The candidates with their probabilities, the likeliest first.
    pub fn candidates(&self, factor: impl Fn(PersonId) -> f64) -> Vec<Candidate> {
        let mut ranked: Vec<(&Contender, f64)> = self.chances(factor).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.person.cmp(&b.0.person)));
        let one = |(contender, chance): (&Contender, f64)| Candidate {
            person: contender.person,
            rule: match contender.usual {
                true => Rule::LoginPattern,
                false if !self.namesakes && contender.by_name() => Rule::Name,
                false => Rule::Probabilistic,
            },
            score: Some(Score::of(chance)),
            levels: contender.levels,
        };
        ranked.into_iter().map(one).collect()
    }
}

impl Contender {
    /// Given name and surname are the same.
    #[must_use]
    pub fn same_name(&self) -> bool {
        let same = Grade::Same as u8;
        self.levels[Field::Given as usize] == same && self.levels[Field::Surname as usize] == same
    }

    /// The whole name is the same, a second field agrees and none differs.
    fn by_name(&self) -> bool {
        let second =
            [Field::Department, Field::Manager, Field::Start, Field::Created, Field::Role, Field::Location, Field::Phone];
        let verdicts = second.map(|field| field.verdict(self.levels[field as usize]));
        self.same_name() && verdicts.contains(&Some(true)) && !verdicts.contains(&Some(false))
    }
}
