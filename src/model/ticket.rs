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

/// Words of statuses that say that a ticket is open.
const OPEN: [&str; 17] = [
    "open",
    "new",
    "to do",
    "todo",
    "in progress",
    "work in progress",
    "waiting",
    "waiting for approval",
    "waiting for support",
    "waiting for customer",
    "awaiting approval",
    "pending",
    "on hold",
    "reopened",
    "assigned",
    "active",
    "backlog",
];

/// Whether a status says that a ticket is open.
#[must_use]
pub fn says_open(status: &str) -> bool {
    OPEN.iter().any(|word| status.trim().eq_ignore_ascii_case(word))
}

/// One ticket of a known kind.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Its number or name.
    pub ticket_id: String,
    /// What it is about.
    pub kind: TicketKind,
    /// Who has to deal with it, as written.
    pub assignee: String,
    /// Whether its status says that it is open, and no time of closing says otherwise.
    pub open: bool,
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
