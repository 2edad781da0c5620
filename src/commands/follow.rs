//! The way from the exports to what is known of every account, which the commands that judge people share: dumps and decisions are read,
//! accounts linked, logs collected.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::error::Result;
use crate::identity::{self, Knowledge, Linker};
use crate::ingest::{self, Others, ledger::Ledger};
use crate::latency::{self, Standing};
use crate::model::decision::Decision;
use crate::model::instant::Instant;
use crate::model::person::{People, PersonId};
use crate::presets::Presets;
use crate::time::Moment;
use crate::timeline::{Collected, Collector};

/// What is known before any account is read.
pub struct Grounds {
    /// How each person stands.
    pub standings: Vec<Standing>,
    /// What analysts decided.
    pub decisions: Vec<Decision>,
    /// Who came back under a new number, with the present row.
    pub back: BTreeMap<PersonId, PersonId>,
    departed: Vec<Option<Instant>>,
}

/// What is known when everything is read.
pub struct Followed<'a> {
    /// The linker, with its disputes, its guesses and the decisions that it applied.
    pub linker: Linker<'a>,
    /// The accounts, their links, and what the logs show of them.
    pub collected: Collected,
    /// Tickets, checklists, devices, grants and roles.
    pub others: Others,
}

impl Grounds {
    /// Reads the decisions, and tells how everybody stands.
    pub fn of(case: &Case, presets: &Presets, people: &People, knowledge: &Knowledge, ledger: &mut Ledger) -> Result<Self> {
        let mut standings = latency::standings(people, case);
        let today = case.as_of.to_chrono().with_timezone(&case.zone).date_naive();
        let gone = |id: PersonId| Some(standings[id.0 as usize].departure()?.date);
        let here = |id: PersonId| {
            let begun = match people.get(id).start_at {
                Some(Moment::At(at)) => at <= case.as_of,
                Some(Moment::On(date)) => date <= today,
                None => false,
            };
            begun && standings[id.0 as usize].departure().is_none()
        };
        let back = identity::returned(people, knowledge, &gone, &here);
        // As with somebody who begins again under the same number.
        for former in back.keys() {
            standings[former.0 as usize] = Standing::Employed;
        }
        let departed = latency::departed(&standings);
        Ok(Self { standings, decisions: ingest::overrides(case, presets, ledger)?, back, departed })
    }
}

/// Reads and links everything else.
pub fn follow<'a>(
    case: &'a Case,
    presets: &Presets,
    people: &'a People,
    knowledge: &'a Knowledge,
    grounds: &'a Grounds,
    ledger: &mut Ledger,
) -> Result<Followed<'a>> {
    let listed = ingest::accounts(case, presets, ledger)?;
    let (joined, moved) = (latency::joined(people, case), latency::moved(people, case));
    let mut linker = Linker::new(people, case, knowledge, &grounds.decisions, (&grounds.departed, &grounds.back));
    let links = linker.all(&listed.accounts);
    let mut collector = Collector::new(&listed, links, &mut linker, &grounds.departed, (&joined, &moved), case.as_of);
    ingest::events(case, presets, &listed, ledger, &mut collector)?;
    ingest::receipts(case, presets, &listed, ledger, &mut collector)?;
    let others = ingest::others(case, presets, &listed, ledger)?;
    ledger.progress.finish_and_clear();
    let collected = collector.finish().join(listed);
    linker.rest();
    Ok(Followed { linker, collected, others })
}
