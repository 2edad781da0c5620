//! The process around a revocation: which step takes the time. People, tickets and revocations in, dated steps out.

mod figures;
mod joiners;
pub mod maturity;
mod movers;
mod notice;
mod possession;
mod provision;
mod steps;
mod told;

pub use figures::{JoinerFigures, MoverFigures, ProcessFigures, StepFigures};
pub use movers::Movers;
pub use notice::Notice;

use joiners::joiners;
use steps::steps;
use told::Told;

use crate::case::Case;
use crate::identity::Keys;
use crate::ingest::Others;
use crate::latency::{self, Measured, Standing};
use crate::model::joiner::Joiner;
use crate::model::person::{People, PersonId};
use crate::model::step::Step;
use crate::model::ticket::Ticket;
use crate::timeline::Collected;

/// What was found of the process.
pub struct Process {
    /// The tickets that name one person each, in the order of reading.
    pub tickets: Vec<(PersonId, Ticket)>,
    /// A row for each step of each leaver, by person id.
    pub steps: Vec<Step>,
    /// A row for each account of each joiner.
    pub joiners: Vec<Joiner>,
    /// The grants of former roles.
    pub movers: Movers,
    /// The same in figures.
    pub figures: ProcessFigures,
    /// Rows that name nobody whom HR lists, or more than one, and grants of accounts that no dump knows: what, and how many.
    nobodys: [(&'static str, usize); 4],
}

impl Process {
    /// Finds the steps of all leavers of the period, and how soon the accounts of those who `joined` could be used.
    #[must_use]
    pub fn of(
        case: &Case,
        people: &People,
        keys: &Keys,
        standings: &[Standing],
        measured: &Measured,
        collected: &Collected,
        others: &Others,
    ) -> Self {
        let told = Told::of(&others.tickets, keys, case.as_of);
        let steps = steps(case, people, standings, measured, &told);
        let joiners = joiners(case, people, &latency::joined(people, case), collected);
        let figures = ProcessFigures::of(&steps, Notice::of(case, people, standings), &joiners, case.policy.provision_within);
        let unnamed = |names: &mut dyn Iterator<Item = (&String, &str)>| {
            names.filter(|(person_id, email)| keys.named(person_id, email).is_none()).count()
        };
        let nobodys = [
            ("tickets name nobody whom HR lists, or more than one", told.nobodys),
            (
                "steps of checklists name nobody whom HR lists, or more than one",
                unnamed(&mut others.checklists.iter().map(|step| (&step.person_id, ""))),
            ),
            (
                "devices are held by nobody whom HR lists, or by more than one",
                unnamed(&mut others.devices.iter().filter(|device| device.is_given()).map(|d| (&d.person_id, d.email.as_str()))),
            ),
            ("grants are of no account that a dump knows, or of more than one", others.nobodys_grants),
        ];
        let tickets = others
            .tickets
            .iter()
            .filter_map(|ticket| Some((keys.named(&ticket.person_id, &ticket.email)?, ticket.clone())))
            .collect();
        Self { tickets, steps, joiners, movers: Movers::default(), figures, nobodys }
    }

    /// The same with what was found of the movers.
    #[must_use]
    pub fn with(mut self, movers: Movers) -> Self {
        self.figures.movers = MoverFigures::of(&movers);
        self.movers = movers;
        self
    }

    /// What was left out, as sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let some = self.nobodys.iter().filter(|(_, count)| *count > 0);
        some.map(|(what, count)| format!("{count} {what}; they are attributed to none.")).collect()
    }
}
