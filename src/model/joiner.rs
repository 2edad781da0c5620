//! A joiner's account and how soon after the start it could be used.

use crate::model::account::AccountId;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::step::Within;

/// Whether an account was usable within the time that the policy allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provisioned {
    /// Within it, or before the start.
    OnTime,
    /// Later, or not yet though the time has passed.
    Late,
    /// The evidence does not decide it.
    Undetermined,
}

impl Provisioned {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::OnTime, Self::Late, Self::Undetermined];

    /// The word in the column `outcome`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Undetermined => "undetermined",
        }
    }
}

/// One account of one joiner: a row of `joiners.csv`.
#[derive(Clone, Debug)]
pub struct Joiner {
    /// The joiner.
    pub person: PersonId,
    /// The account.
    pub account: AccountId,
    /// The first and the last instant that the start can be: of a date, the whole day.
    pub start: (Instant, Instant),
    /// When the account was first usable.
    pub usable: Within,
    /// The same in seconds after the start: at least, at most. Negative before it.
    pub seconds: [Option<i64>; 2],
    /// Whether that was in time.
    pub outcome: Provisioned,
    /// The rows.
    pub evidence_at: Vec<Origin>,
}
