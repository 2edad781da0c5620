//! What is known of an account between two instants, and where pieces of evidence contradict each other.

use crate::model::instant::Instant;
use crate::model::origin::Origin;

/// What is known of an account between two instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It could be used.
    Usable,
    /// It could not.
    NotUsable,
    /// Nothing says, or what says so contradicts itself.
    Unknown,
}

impl State {
    /// The word in `timelines.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::NotUsable => "not_usable",
            Self::Unknown => "unknown",
        }
    }
}

/// What a span's state rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A line of the log.
    Event,
    /// A dated field or a status in a dump.
    Dump,
    /// Two successive dumps, between which it changed.
    Snapshots,
    /// A receipt of whoever acted on the account.
    Receipt,
    /// Nothing earlier is known: taken to have been so until the first evidence, which shows it so.
    Assumed,
    /// The revocation at the system through which people sign in.
    Cascade,
    /// Two pieces of evidence that cannot both be the whole truth.
    Contradiction,
    /// Nothing.
    Nothing,
}

impl Ground {
    /// The word in `timelines.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Dump => "dump",
            Self::Snapshots => "snapshots",
            Self::Receipt => "receipt",
            Self::Assumed => "assumed",
            Self::Cascade => "cascade",
            Self::Contradiction => "contradiction",
            Self::Nothing => "",
        }
    }
}

/// A stretch of an account's timeline. Spans follow each other without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// From when on; `None` from the beginning.
    pub from: Option<Instant>,
    /// Until when; `None` where nothing shows an end.
    pub to: Option<Instant>,
    /// What is known.
    pub state: State,
    /// What that rests on.
    pub ground: Ground,
    /// The rows.
    pub evidence_at: Vec<Origin>,
}

/// In what two pieces of evidence contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// The log shows it disabled and never enabled again; a later dump shows it active.
    DisabledThenActive,
    /// A receipt says that it was disabled, and nothing that it was enabled again; a later dump shows it active.
    ReceiptThenActive,
    /// A dump dates the disabling before an enabling that the log shows.
    EnabledAfterItsDate,
    /// A dump shows it active and dates its disabling.
    ActiveWithDate,
    /// A dump lacks it; a later one lists it as usable, and nothing shows that it was made anew.
    MissingThenListed,
    /// It was used after it was revoked.
    UsedAfterRevocation,
}

/// Two pieces of evidence that cannot both be the whole truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// In what.
    pub clash: Clash,
    /// What the earlier one is of.
    pub earlier: Instant,
    /// What the later one is of.
    pub later: Instant,
    /// Their rows.
    pub evidence_at: [Origin; 2],
}

impl Contradiction {
    /// What contradicts what, and which counts.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { earlier, later, .. } = self;
        match self.clash {
            Clash::DisabledThenActive => format!(
                "the log shows it disabled at {earlier} and never enabled again, a dump of {later} shows it active: the dump counts"
            ),
            Clash::ReceiptThenActive => format!(
                "a receipt says that it was disabled by {earlier}, nothing that it was enabled again, a dump of {later} shows it active: the dump counts"
            ),
            Clash::EnabledAfterItsDate => format!(
                "a dump says that it was disabled at {earlier}, the log shows it enabled after that, at {later}: the log counts"
            ),
            Clash::ActiveWithDate => format!(
                "one row of a dump of {later} says that it is active and that it was disabled at {earlier}: the status counts"
            ),
            Clash::MissingThenListed => format!(
                "a dump of {earlier} lacks it, one of {later} shows it active, and nothing says that it was made anew: the newer counts"
            ),
            Clash::UsedAfterRevocation => format!(
                "it was revoked at {earlier} and used after that, the last time at {later}: the revocation counts, and something outlived it"
            ),
        }
    }
}
