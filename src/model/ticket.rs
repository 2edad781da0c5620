//! Tickets by which IT is told of joiners, movers and leavers.

use crate::model::instant::Instant;
use crate::model::origin::Origin;

/// What a ticket is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketKind {
    /// Somebody who starts.
    Joiner,
    /// Somebody whose role changes.
    Mover,
    /// Somebody who leaves.
    Leaver,
}

impl TicketKind {
    /// The kind that a canonical word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let words = [(Self::Joiner, "joiner"), (Self::Mover, "mover"), (Self::Leaver, "leaver")];
        words.into_iter().find(|(_, w)| word.eq_ignore_ascii_case(w)).map(|(kind, _)| kind)
    }
}

/// One ticket of a known kind.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// What it is about.
    pub kind: TicketKind,
    /// The person's number; empty where the ticket does not say.
    pub person_id: String,
    /// The person's address; empty where the ticket does not say.
    pub email: String,
    /// The first and the last instant at which it can have been opened: of a date, that whole day.
    pub opened: Option<(Instant, Instant)>,
    /// The first and the last instant at which it can have been closed; `None` while it is open, or where the list does not say.
    pub closed: Option<(Instant, Instant)>,
    /// The row.
    pub origin: Origin,
}
