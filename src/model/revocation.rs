//! Departure, revocation and latency: the answer that the tool exists for.

use chrono::NaiveDate;

use crate::model::account::AccountId;
use crate::model::event::Action;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::span::{Contradiction, Span};

/// How a departure's instant is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// HR gives the instant.
    Instant,
    /// HR gives a date; the policy gives the clock time.
    Date,
    /// HR gives a date and the policy no clock time: the whole day.
    Day,
}

impl Basis {
    /// The word in `departure_basis`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Instant => "instant",
            Self::Date => "date",
            Self::Day => "day",
        }
    }
}

/// The instant from which a person should have no access, or its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The earliest instant that it can be.
    pub earliest: Instant,
    /// The latest instant that it can be; the same where it is known.
    pub latest: Instant,
    /// The local date.
    pub date: NaiveDate,
    /// How it is known.
    pub basis: Basis,
}

/// When an account stopped being usable, and stayed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// At this instant.
    At(Instant),
    /// After `after` (if known) and not later than `before`.
    Between {
        /// The last proof that it was still usable.
        after: Option<Instant>,
        /// The first proof that it no longer was.
        before: Instant,
    },
    /// Not at all: usable by the newest evidence, which is of this instant; `by_dump` where a dump shows it.
    Not {
        /// When it was last shown to be usable.
        seen: Instant,
        /// Whether a dump shows it.
        by_dump: bool,
    },
    /// The newest evidence does not say; it was usable at `after`, if anything shows that.
    Unknown {
        /// The last proof that it was usable.
        after: Option<Instant>,
    },
}

/// How an account ended, without the times of [`Revoked`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// At a known instant.
    At,
    /// Within bounds.
    Between,
    /// Not at all: it is usable.
    Not,
    /// The newest evidence does not say.
    Unknown,
}

impl From<Revoked> for Ended {
    fn from(revoked: Revoked) -> Self {
        match revoked {
            Revoked::At(_) => Self::At,
            Revoked::Between { .. } => Self::Between,
            Revoked::Not { .. } => Self::Not,
            Revoked::Unknown { .. } => Self::Unknown,
        }
    }
}

/// Where the revocation's time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A line of the system's log.
    Event,
    /// One dump: a dated field, or a status.
    Dump,
    /// Two successive dumps.
    Snapshots,
    /// A receipt of whoever acted on the account.
    Receipt,
}

impl EvidenceKind {
    /// The word in the column `evidence`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Dump => "dump",
            Self::Snapshots => "snapshots",
            Self::Receipt => "receipt",
        }
    }
}

/// The contract's five outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Revoked within the target.
    OnTime,
    /// Revoked later than the target allows.
    Late,
    /// Still usable.
    Open,
    /// Still usable, the target not yet reached when exported.
    Pending,
    /// The evidence does not decide it.
    Undetermined,
}

impl Outcome {
    /// All outcomes, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::OnTime, Self::Late, Self::Open, Self::Pending, Self::Undetermined];

    /// How bad it is, for sorting: open is worst.
    #[must_use]
    pub fn badness(self) -> u8 {
        match self {
            Self::Open => 4,
            Self::Late => 3,
            Self::Undetermined => 2,
            Self::Pending => 1,
            Self::OnTime => 0,
        }
    }

    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Undetermined => "undetermined",
        }
    }
}

/// One account of one leaver: a row of `revocations.csv`.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// The leaver.
    pub person: PersonId,
    /// The account.
    pub account: AccountId,
    /// The departure.
    pub departure: Departure,
    /// The revocation.
    pub revoked: Revoked,
    /// Revocation minus departure in seconds, where both are known.
    pub latency_seconds: Option<i64>,
    /// The outcome.
    pub outcome: Outcome,
    /// The longest latency allowed, in seconds.
    pub target_seconds: i64,
    /// Seconds usable after the departure, where known.
    pub exposure_seconds: Option<i64>,
    /// The stretches of use after the departure, for the chart: from, to.
    pub exposed: Vec<(Instant, Instant)>,
    /// What the revocation's time rests on.
    pub evidence: Option<EvidenceKind>,
    /// The rows that show it.
    pub evidence_at: Vec<Origin>,
    /// The newest use known.
    pub last_used_at: Option<Instant>,
    /// Successful sign-ins after the departure.
    pub uses_after_departure: u64,
    /// Every one of them that a log shows, in the order of time.
    pub used_at: Vec<Instant>,
    /// The rows that show the first and the last of them.
    pub uses_at: Vec<Origin>,
    /// Changes from not usable to usable after the departure.
    pub reactivations: u64,
    /// The rows that show them.
    pub reactivated_at: Vec<Origin>,
    /// Changes of what it is, may do or signs in with, after the departure: when, what, whether it did so itself, the row.
    pub touches: Vec<(Instant, Action, bool, Origin)>,
    /// The account's whole timeline.
    pub timeline: Vec<Span>,
    /// Where the evidence contradicts itself.
    pub contradictions: Vec<Contradiction>,
}
