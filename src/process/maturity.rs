//! How mature giving and taking access are, each apart, by the evidence alone: shares of what the exports show come in, a level, its
//! criteria and the one step that would raise it go out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Process;
use crate::case::Case;
use crate::identity::Keys;
use crate::ingest::Others;
use crate::latency::{Measured, Standing, joined};
use crate::model::checklist::ChecklistStep;
use crate::model::columns::SourceKind;
use crate::model::joiner::Provisioned;
use crate::model::origin::Origin;
use crate::model::person::{People, PersonId};
use crate::model::revocation::Outcome;
use crate::model::ticket::TicketKind;
use crate::timeline::Collected;

/// A share from which on something is the rule.
const RULE: f64 = 0.9;
/// A share from which on something is done more often than not.
const HALF: f64 = 0.5;

/// What a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The evidence does not show that there is a process.
    NotShown,
    /// It leaves a record.
    Documented,
    /// Programs do part of it.
    SemiAutomated,
    /// Programs do it.
    Automated,
}

impl Level {
    /// The levels above nothing, each with what it asks for in a sentence.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Documented, "a ticket or a complete checklist for at least 90 % of the people"),
        (Self::SemiAutomated, "documented, and programs do at least half of the work"),
        (
            Self::Automated,
            "semi-automated, and programs do at least 90 % of the work, at least 90 % of it in time, with at least 90 % of the departures recorded in advance",
        ),
    ];

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotShown => "not shown",
            Self::Documented => "documented",
            Self::SemiAutomated => "semi-automated",
            Self::Automated => "automated",
        }
    }
}

/// A share that the evidence shows.
#[derive(Clone, Debug, Serialize)]
pub struct Measure {
    /// Of what.
    pub what: &'static str,
    /// How many.
    pub shown: usize,
    /// Of how many.
    pub of: usize,
    /// What is lacking where nothing of it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lacks: Option<&'static str>,
}

impl Measure {
    /// The share, where there is anything to tell it by.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts of people and accounts")]
    pub fn share(&self) -> Option<f64> {
        (self.lacks.is_none() && self.of > 0).then(|| self.shown as f64 / self.of as f64)
    }
}

/// How mature one process is.
#[derive(Clone, Debug, Serialize)]
pub struct Maturity {
    /// Its level.
    pub level: Level,
    /// What the level rests on.
    pub measures: Vec<Measure>,
    /// The one step that would raise it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Giving and taking access.
#[derive(Clone, Debug, Serialize)]
pub struct Both {
    /// Giving it to who starts.
    pub provisioning: Maturity,
    /// Taking it from who leaves.
    pub deprovisioning: Maturity,
}

/// What is looked at.
pub struct Seen<'a> {
    /// The case.
    pub case: &'a Case,
    /// The people.
    pub people: &'a People,
    /// People by their keys.
    pub keys: &'a Keys,
    /// How everybody stands.
    pub standings: &'a [Standing],
    /// What was measured.
    pub measured: &'a Measured,
    /// What the logs show.
    pub collected: &'a Collected,
    /// Tickets and checklists.
    pub others: &'a Others,
    /// The steps of the process.
    pub process: &'a Process,
}

impl Seen<'_> {
    /// How mature both are.
    #[must_use]
    pub fn maturity(&self) -> Both {
        Both { provisioning: self.provisioning(), deprovisioning: self.deprovisioning() }
    }

    fn deprovisioning(&self) -> Maturity {
        let leavers: BTreeSet<PersonId> = (0u32..)
            .zip(self.standings)
            .filter(|(_, standing)| matches!(standing, Standing::Leaver(_)))
            .map(|(row, _)| PersonId(row))
            .collect();
        let rows: Vec<_> = self.measured.revocations.iter().filter(|row| leavers.contains(&row.person)).collect();
        let cut: Vec<_> = rows.iter().filter(|row| matches!(row.outcome, Outcome::OnTime | Outcome::Late)).collect();
        let open = rows.iter().filter(|row| row.outcome == Outcome::Open).count();
        let notice = self.process.figures.hr_notice;
        let known = notice.before_last_day + notice.on_last_day + notice.after_last_day;
        let measures = vec![
            self.recorded(&leavers, TicketKind::Leaver, &self.others.checklists),
            self.by_program("revocations that a program made", cut.len(), |program| {
                cut.iter().filter(|row| row.evidence_at.iter().any(program)).count()
            }),
            Measure {
                what: "accounts of leavers revoked within their target",
                shown: cut.iter().filter(|row| row.outcome == Outcome::OnTime).count(),
                of: cut.len() + open,
                lacks: None,
            },
            Measure {
                what: "departures that HR recorded before the last day",
                shown: notice.before_last_day,
                of: leavers.len(),
                lacks: (known == 0).then_some("the HR list does not tell when departures were recorded (`recorded_at`)"),
            },
        ];
        judged(measures)
    }

    fn provisioning(&self) -> Maturity {
        let started: BTreeSet<PersonId> =
            (0u32..).zip(joined(self.people, self.case)).filter(|(_, joined)| *joined).map(|(row, _)| PersonId(row)).collect();
        let rows = &self.process.joiners;
        let decided = rows.iter().filter(|row| row.outcome != Provisioned::Undetermined).count();
        let measures = vec![
            self.recorded(&started, TicketKind::Joiner, &self.others.onboarding),
            self.by_program("accounts of joiners that a program made", rows.len(), |program| {
                let made = |row: &&crate::model::joiner::Joiner| {
                    self.measured.made.get(&row.account).is_some_and(|(_, origin)| program(origin))
                        || row.evidence_at.iter().any(program)
                };
                rows.iter().filter(made).count()
            }),
            Measure {
                what: "accounts of joiners usable in time",
                shown: rows.iter().filter(|row| row.outcome == Provisioned::OnTime).count(),
                of: decided,
                lacks: None,
            },
        ];
        judged(measures)
    }

    /// People with a ticket or a complete checklist.
    fn recorded(&self, people: &BTreeSet<PersonId>, kind: TicketKind, steps: &[ChecklistStep]) -> Measure {
        let tickets = self.process.tickets.iter().filter(|(_, ticket)| ticket.kind == kind).map(|(person, _)| *person);
        let mut complete: BTreeMap<PersonId, bool> = BTreeMap::new();
        for step in steps {
            if let Some(person) = self.keys.named(&step.person_id, "") {
                *complete.entry(person).or_insert(true) &= step.done.is_some();
            }
        }
        let by_list = complete.into_iter().filter(|(_, all)| *all).map(|(person, _)| person);
        let with: BTreeSet<PersonId> = tickets.chain(by_list).collect();
        let listed = |wanted| self.case.sources.iter().any(|source| source.kind == wanted);
        let none = !listed(SourceKind::Tickets) && !listed(SourceKind::Checklists);
        let leaving = kind == TicketKind::Leaver;
        Measure {
            what: if leaving {
                "leavers with a ticket or a complete checklist"
            } else {
                "joiners with a ticket or a complete checklist"
            },
            shown: people.intersection(&with).count(),
            of: people.len(),
            lacks: none.then_some("the case names no source of tickets or checklists"),
        }
    }

    fn by_program(&self, what: &'static str, of: usize, count: impl Fn(&dyn Fn(&Origin) -> bool) -> usize) -> Measure {
        let program = |origin: &Origin| self.collected.automated.contains(origin);
        let lacks = self.case.policy.automation.is_empty();
        Measure {
            what,
            shown: count(&program),
            of,
            lacks: lacks.then_some("the case does not say which actors in the logs are programs (`[policy] automation`)"),
        }
    }
}

/// The level that these reach, and the first criterion of the next that they do not. The first measure is that of records, the second
/// that of programs, the others are of time.
fn judged(measures: Vec<Measure>) -> Maturity {
    let asked = |level: Level| -> Vec<(&Measure, f64)> {
        match level {
            Level::NotShown => Vec::new(),
            Level::Documented => vec![(&measures[0], RULE)],
            Level::SemiAutomated => vec![(&measures[1], HALF)],
            Level::Automated => measures[1..].iter().map(|measure| (measure, RULE)).collect(),
        }
    };
    let mut level = Level::NotShown;
    let mut next = None;
    for (above, _) in Level::ALL {
        let unmet = asked(above).into_iter().find(|(measure, least)| measure.share().is_none_or(|share| share < *least));
        if let Some((measure, least)) = unmet {
            next = Some(step(measure, least, above));
            break;
        }
        level = above;
    }
    Maturity { level, measures, next }
}

fn step(measure: &Measure, least: f64, above: Level) -> String {
    let (what, to) = (measure.what, above.word());
    match measure.lacks {
        Some(lacks) => format!("To be told as {to}: {lacks}, so that nothing shows the {what}."),
        None if measure.of == 0 => format!("To be told as {to} there would have to be {what}: there are none in this period."),
        None => {
            let (shown, of, least) = (measure.shown, measure.of, least * 100.0);
            format!("To become {to}, raise the {what}: {shown} of {of} now, {least:.0} % are needed.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shares: &[(usize, usize)]) -> Maturity {
        let whats = ["records", "programs", "time", "notice"];
        judged(
            shares.iter().zip(whats).map(|((shown, of), what)| Measure { what, shown: *shown, of: *of, lacks: None }).collect(),
        )
    }

    #[test]
    fn each_level_asks_for_what_the_one_below_has_and_more() {
        assert_eq!(of(&[(8, 10), (10, 10), (10, 10), (10, 10)]).level, Level::NotShown);
        assert_eq!(of(&[(9, 10), (4, 10), (10, 10), (10, 10)]).level, Level::Documented);
        assert_eq!(of(&[(9, 10), (5, 10), (10, 10), (10, 10)]).level, Level::SemiAutomated);
        let most = of(&[(9, 10), (9, 10), (9, 10), (9, 10)]);
        assert_eq!((most.level, most.next), (Level::Automated, None));
        assert_eq!(of(&[(0, 0), (0, 0), (0, 0)]).level, Level::NotShown, "of nobody nothing is shown");
    }

    #[test]
    fn the_next_step_is_the_first_that_is_lacking_with_its_numbers() {
        let next = of(&[(10, 10), (9, 10), (8, 10), (2, 10)]).next.unwrap();
        assert_eq!(next, "To become automated, raise the time: 8 of 10 now, 90 % are needed.");
    }
}
