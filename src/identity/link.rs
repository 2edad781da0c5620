//! What an account's link to a person can be, and what speaks for it.

use compact_str::{CompactString, format_compact};

use super::compare::Vector;
use crate::model::account::AccountId;
use crate::model::match_rule::Rule;
use crate::model::person::PersonId;

/// A probability in two bytes, cut, never rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u16);

impl Score {
    /// Of what is certain.
    pub const CERTAIN: Self = Self(u16::MAX);

    /// Of a probability; less than certain, whatever it is.
    #[must_use]
    pub fn of(chance: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut on purpose, within its bounds")]
        let steps = (chance.clamp(0.0, 1.0) * 65_535.0).floor() as u16;
        Self(steps.min(u16::MAX - 1))
    }

    /// The probability.
    #[must_use]
    pub fn chance(self) -> f64 {
        f64::from(self.0) / 65_535.0
    }

    /// As written: `1` where it is certain, else four places, cut.
    #[must_use]
    pub fn words(self) -> CompactString {
        if self == Self::CERTAIN {
            return CompactString::const_new("1");
        }
        format_compact!("{:.4}", (self.chance() * 1e4).floor() / 1e4)
    }
}

/// The link of one account in eight bytes, for millions of them; what speaks for it is kept apart in [`super::Linked`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Exactly one person, by this rule.
    Linked(PersonId, Rule, Score),
    /// Nobody.
    Unmatched,
    /// Several; the place in the list of disputes.
    Disputed(u32),
    /// Declared; the place in [`crate::case::Case::declared`].
    Declared(u32),
}

impl Link {
    /// The word in `situation`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Linked(..) => "linked",
            Self::Unmatched => "unmatched",
            Self::Disputed(_) => "disputed",
            Self::Declared(_) => "declared",
        }
    }

    /// Why it is not certain, for the end of a sentence; `None` where it is.
    #[must_use]
    pub fn doubt(self) -> Option<String> {
        match self {
            Self::Linked(_, rule, score) if !rule.certain() => {
                let (rule, score) = (rule.word(), score.words());
                Some(format!("whose account it is rests on {rule}, with a probability of {score}: not certain"))
            }
            _ => None,
        }
    }

    /// The person, where there is one.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Linked(person, ..) => Some(person),
            _ => None,
        }
    }
}

/// Somebody whose account it may be.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// By which rule.
    pub rule: Rule,
    /// How likely; `None` where keys point to several people and nothing weighs them.
    pub score: Option<Score>,
    /// How far the fields agree.
    pub levels: Vector,
}

/// Why an account is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// One key is that of several people.
    Shared,
    /// Two keys point to different people.
    Contradiction,
    /// Nobody is likely enough, and somebody is too likely to leave out.
    Uncertain,
    /// The person has another account in the system that fits better.
    Second,
    /// Somebody decided on a person who is not in the list.
    Unknown,
}

impl Why {
    /// The sentence in `matches.csv`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Shared => "several people have this key",
            Self::Contradiction => "its keys point to different people",
            Self::Uncertain => "likely, but not beyond doubt",
            Self::Second => "this person has another account in the system that fits better",
            Self::Unknown => "the override file names somebody who is not in the list of people",
        }
    }
}

/// A disputed account's candidates, the likeliest first.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// Why.
    pub why: Why,
    /// Whose it may be.
    pub candidates: Vec<Candidate>,
}

/// A link that rests on likelihood, with what speaks for it.
#[derive(Clone, Copy, Debug)]
pub struct Guess {
    /// The account.
    pub account: AccountId,
    /// Whose it is taken to be.
    pub candidate: Candidate,
}
