//! The steps from a departure to the last account that is cut: what each one is, and when it was reached.

use compact_str::CompactString;

use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;

/// A step on the way from a departure to the end of all access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The instant from which the person should have no access.
    Departed,
    /// HR recorded the departure.
    Recorded,
    /// IT was told: the first ticket for this leaver was opened.
    Told,
    /// The first of the person's accounts was revoked.
    FirstRevoked,
    /// The last of them was.
    LastRevoked,
}

impl Stage {
    /// All stages, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Departed, Self::Recorded, Self::Told, Self::FirstRevoked, Self::LastRevoked];

    /// The word in the column `step`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Departed => "departed",
            Self::Recorded => "recorded",
            Self::Told => "told",
            Self::FirstRevoked => "first_revoked",
            Self::LastRevoked => "last_revoked",
        }
    }
}

/// When something happened, as far as that is known: both ends included, `None` where nothing bounds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// It did not happen before this.
    pub earliest: Option<Instant>,
    /// It had happened by this; `None`: nothing shows that it has happened at all.
    pub latest: Option<Instant>,
}

impl Within {
    /// The instant, where it is known.
    #[must_use]
    pub fn exact(self) -> Option<Instant> {
        self.earliest.filter(|at| Some(*at) == self.latest)
    }

    /// As three cells of a table: the instant where it is known, else the bounds.
    #[must_use]
    pub fn cells(self) -> [CompactString; 3] {
        let bounds = if self.exact().is_some() { Self::default() } else { self };
        [self.exact(), bounds.earliest, bounds.latest].map(Instant::cell)
    }
}

/// One step of one leaver: a row of `steps.csv`.
#[derive(Clone, Debug)]
pub struct Step {
    /// The leaver.
    pub person: PersonId,
    /// Which step.
    pub stage: Stage,
    /// When it was reached.
    pub within: Within,
    /// The same in seconds after the departure: at least, at most. Negative before it.
    pub seconds: [Option<i64>; 2],
    /// The rows.
    pub evidence_at: Vec<Origin>,
}
