//! The process around a revocation: which step takes the time. People, tickets and revocations in, dated steps out.

mod figures;
mod notice;
mod steps;
mod told;

pub use figures::{ProcessFigures, StepFigures};
pub use notice::Notice;

use steps::steps;
use told::Told;

use crate::case::Case;
use crate::identity::Keys;
use crate::latency::{Measured, Standing};
use crate::model::person::{People, PersonId};
use crate::model::step::Step;
use crate::model::ticket::Ticket;

/// What was found of the process.
pub struct Process {
    /// The tickets that name one person each, in the order of reading.
    pub tickets: Vec<(PersonId, Ticket)>,
    /// A row for each step of each leaver, by person id.
    pub steps: Vec<Step>,
    /// The same in figures.
    pub figures: ProcessFigures,
    /// Tickets that name nobody whom HR lists, or more than one.
    pub nobodys_tickets: usize,
}

impl Process {
    /// Finds the steps of all leavers of the period.
    #[must_use]
    pub fn of(
        case: &Case,
        people: &People,
        keys: &Keys,
        standings: &[Standing],
        measured: &Measured,
        tickets: &[Ticket],
    ) -> Self {
        let told = Told::of(tickets, keys, case.as_of);
        let steps = steps(case, people, standings, measured, &told);
        let figures = ProcessFigures::of(&steps, Notice::of(case, people, standings));
        let tickets = tickets.iter().filter_map(|ticket| Some((told::person(ticket, keys)?, ticket.clone()))).collect();
        Self { tickets, steps, figures, nobodys_tickets: told.nobodys }
    }

    /// What was left out, as sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let count = self.nobodys_tickets;
        let told = format!("{count} tickets name nobody whom HR lists, or more than one; they are attributed to none.");
        (count > 0).then_some(told).into_iter().collect()
    }
}
