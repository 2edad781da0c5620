//! A grant of the former role of somebody who changed roles, and how soon after the change it was taken away.

use crate::model::account::AccountId;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::step::Within;

/// What became of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was taken away, after the change or before it.
    Removed,
    /// The newest evidence, from after the change, still shows it.
    Kept,
    /// The newest evidence shows it, and is older than the change, or of an unknown time.
    Undetermined,
}

impl Kept {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Removed, Self::Kept, Self::Undetermined];

    /// The word in the column `outcome`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Kept => "kept",
            Self::Undetermined => "undetermined",
        }
    }
}

/// One grant of one account of one mover: a row of `movers.csv`.
#[derive(Clone, Debug)]
pub struct Mover {
    /// The mover.
    pub person: PersonId,
    /// The account.
    pub account: AccountId,
    /// The grant, as written.
    pub grant: String,
    /// The first and the last instant that the change of the role can be: of a date, the whole day.
    pub changed: (Instant, Instant),
    /// When the grant was taken away.
    pub removed: Within,
    /// The same in seconds after the change: at least, at most. Negative before it.
    pub seconds: [Option<i64>; 2],
    /// What became of it.
    pub outcome: Kept,
    /// The rows.
    pub evidence_at: Vec<Origin>,
}
