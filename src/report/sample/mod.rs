//! A sample of the period's leavers for an auditor's own test: what was read, linked and measured comes in, with a seed and a size; the
//! selection, its record and the working paper of those drawn go out.

mod folder;
mod paper;
mod record;
mod text;

use clap::ValueEnum;

pub use folder::ready;
pub use text::text;

use super::leaver::{self, Verdict};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::identity::Dispute;
use crate::ingest::ledger::Ledger;
use crate::latency::{Measured, NOT_GIVEN, Standing};
use crate::model::person::{People, PersonId};
use crate::model::revocation::{Departure, Outcome};
use crate::model::step::Step;
use crate::sample::{Draw, Fate, Lot, Size, draw};
use crate::timeline::Collected;
use paper::Own;

/// What is known of the leavers.
pub struct Tested<'a> {
    /// The case.
    pub case: &'a Case,
    /// The people.
    pub people: &'a People,
    /// How each stands.
    pub standings: &'a [Standing],
    /// The accounts, and whose they are.
    pub collected: &'a Collected,
    /// Those whose they are not known to be.
    pub disputes: &'a [Dispute],
    /// What was measured.
    pub measured: &'a Measured,
    /// The steps of each departure.
    pub steps: &'a [Step],
    /// The files.
    pub ledger: &'a Ledger,
}

/// By what the population is divided, so that each part has its share of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The department, as HR writes it
    Department,
    /// The kind of worker, as HR writes it
    WorkerType,
    /// The place of work, as HR writes it
    Location,
    /// The month of the departure
    Month,
    /// The worst outcome of the leaver's accounts
    Outcome,
}

impl By {
    /// As a reader sees it.
    fn title(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::WorkerType => "kind of worker",
            Self::Location => "place of work",
            Self::Month => "month of departure",
            Self::Outcome => "worst outcome",
        }
    }
}

/// What was asked for.
pub struct Request {
    /// What the order of the draw comes from.
    pub seed: String,
    /// How many.
    pub size: Size,
    /// By what the population is divided.
    pub by: Option<By>,
    /// How many replacements in each part.
    pub replacements: usize,
}

/// A leaver of the population.
struct Leaver {
    person: PersonId,
    departure: Departure,
}

/// The sample.
pub struct Sample<'a> {
    tested: &'a Tested<'a>,
    request: &'a Request,
    population: Vec<Leaver>,
    /// What was drawn of it.
    draw: Draw,
    /// What is known of those drawn and of the replacements, by the place in the population.
    own: Vec<Own<'a>>,
}

impl<'a> Sample<'a> {
    /// Draws the sample.
    pub fn of(tested: &'a Tested<'a>, request: &'a Request) -> Result<Self> {
        let size = request.size.number();
        let size = size.ok_or_else(|| Error::input("--tolerable", "no sample shows this", "ask for less than 100 %"))?;
        let population: Vec<Leaver> = (0..)
            .map(PersonId)
            .zip(tested.standings)
            .filter_map(|(person, standing)| match standing {
                Standing::Leaver(departure) => Some(Leaver { person, departure: *departure }),
                _ => None,
            })
            .collect();
        let own = paper::own(tested, &population);
        let keyed: Vec<(&str, String)> = population
            .iter()
            .zip(&own)
            .map(|(leaver, own)| (tested.people.person_id(leaver.person), stratum(tested, request.by, leaver, own)))
            .collect();
        let draw = draw(&request.seed, &keyed, size, request.replacements);
        Ok(Self { tested, request, population, draw, own })
    }

    /// How many leavers there are.
    #[must_use]
    pub fn population(&self) -> usize {
        self.population.len()
    }

    /// How many were drawn.
    #[must_use]
    pub fn drawn(&self) -> usize {
        self.draw.of(Fate::Drawn).count()
    }

    fn person_id(&self, lot: &Lot) -> &str {
        self.tested.people.person_id(self.population[lot.who].person)
    }

    fn stratum(&self, lot: &Lot) -> &str {
        &self.draw.strata[lot.stratum].name
    }

    /// Fails where one account does; passes where all do.
    fn verdict(&self, lot: &Lot) -> Verdict {
        leaver::overall(self.own[lot.who].verdicts())
    }

    /// What is to be known of the size, as sentences.
    fn remarks(&self) -> Vec<String> {
        let (asked, population) = (self.request.size.number().unwrap_or_default(), self.population());
        let mut remarks = vec![self.request.size.words()];
        if asked >= population {
            remarks.push(format!("the population has {population}: it is tested whole"));
        } else if self.request.by.is_some() && self.draw.strata.iter().any(|stratum| stratum.drawn == 0) {
            remarks.push(format!("{asked} cannot cover all {} strata: some have nobody in the sample", self.draw.strata.len()));
        }
        let undated = self.tested.people.rows.iter().filter(|person| person.undated).count();
        if undated > 0 {
            remarks.push(format!("HR says of {} that they left and not when: they are not in the population", people(undated)));
        }
        remarks
    }
}

/// The part of the population that a leaver belongs to.
fn stratum(tested: &Tested, by: Option<By>, leaver: &Leaver, own: &Own) -> String {
    let entry = tested.people.entry_of(leaver.person);
    let written = |text: &str| match text.trim() {
        "" => NOT_GIVEN.to_owned(),
        text => text.to_owned(),
    };
    match by {
        None => String::new(),
        Some(By::Department) => written(entry.department),
        Some(By::WorkerType) => written(entry.worker_type),
        Some(By::Location) => written(entry.location),
        Some(By::Month) => leaver.departure.date.format("%Y-%m").to_string(),
        Some(By::Outcome) => own.worst().map_or("no account", Outcome::word).to_owned(),
    }
}

fn people(n: usize) -> String {
    if n == 1 { "1 person".to_owned() } else { format!("{n} people") }
}
