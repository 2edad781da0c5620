//! The figures of all and of each group: what was measured comes in, the figures overall and by system, department, kind of worker,
//! and month, weekday and hour of the departure go out.

use std::collections::BTreeMap;

use chrono::{Datelike, Timelike};
use rayon::prelude::*;

use super::figures::{Figures, Observed};
use super::measure::Measured;
use super::{Standing, bounds};
use crate::case::Case;
use crate::model::account::Accounts;
use crate::model::person::People;
use crate::model::revocation::{Basis, Departure, Revocation};

/// By what accounts are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The system.
    System,
    /// The leaver's department, as HR writes it.
    Department,
    /// The kind of worker, as HR writes it.
    WorkerType,
    /// The month of the departure's local date.
    Month,
    /// The weekday of the departure's local date.
    Weekday,
    /// The hour of the departure in the review's zone, where HR gives a clock time.
    Hour,
}

impl GroupBy {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::System, Self::Department, Self::WorkerType, Self::Month, Self::Weekday, Self::Hour];

    /// The word in the files of the result.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Department => "department",
            Self::WorkerType => "worker_type",
            Self::Month => "departure_month",
            Self::Weekday => "departure_weekday",
            Self::Hour => "departure_hour",
        }
    }

    /// As a reader sees it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Department => "department",
            Self::WorkerType => "kind of worker",
            Self::Month => "month of departure",
            Self::Weekday => "weekday of departure",
            Self::Hour => "hour of departure",
        }
    }
}

/// The group of those of which the export does not say it.
pub const NOT_GIVEN: &str = "not given";
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A group and its figures.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its figures.
    pub figures: Figures,
}

/// The figures of a review: of the accounts of the period's leavers. Those that earlier leavers left open stand apart: they are known
/// only because they are open, and among the others they would make every figure worse than it was.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// Of all.
    pub overall: Figures,
    /// Of each group.
    pub by: Vec<(GroupBy, Vec<Group>)>,
    /// Accounts that people who left before the period have left open.
    pub earlier: Figures,
}

impl Statistics {
    /// The figures of one group.
    #[must_use]
    pub fn group(&self, by: GroupBy, name: &str) -> Option<&Figures> {
        let (_, groups) = self.by.iter().find(|(kind, _)| *kind == by)?;
        groups.iter().find(|group| group.name == name).map(|group| &group.figures)
    }
}

/// The figures.
#[must_use]
pub fn statistics(case: &Case, people: &People, accounts: &Accounts, standings: &[Standing], measured: &Measured) -> Statistics {
    let of_period = |row: &&Revocation| matches!(standings[row.person.0 as usize], Standing::Leaver(_));
    let rows: Vec<&Revocation> = measured.revocations.iter().filter(of_period).collect();
    let earlier: Vec<Observed> = measured.revocations.iter().filter(|row| !of_period(row)).map(observed).collect();
    let by = GroupBy::ALL.map(|by| {
        let mut groups: BTreeMap<(usize, String), Vec<Observed>> = BTreeMap::new();
        for row in &rows {
            let key = match by {
                GroupBy::System => (0, case.system_name(accounts.get(row.account).system).to_owned()),
                GroupBy::Department => written(people.entry_of(row.person).department),
                GroupBy::WorkerType => written(people.entry_of(row.person).worker_type),
                GroupBy::Month => (0, row.departure.date.format("%Y-%m").to_string()),
                GroupBy::Weekday => weekday(&row.departure),
                GroupBy::Hour => hour(&row.departure, case),
            };
            groups.entry(key).or_default().push(observed(row));
        }
        (by, groups)
    });
    let all: Vec<Observed> = rows.into_iter().map(observed).collect();
    let figures = |(by, groups): (GroupBy, BTreeMap<(usize, String), Vec<Observed>>)| {
        let groups: Vec<_> = groups.into_iter().collect();
        let figures = |((_, name), group): ((usize, String), Vec<Observed>)| Group { name, figures: Figures::of(&group) };
        (by, groups.into_par_iter().map(figures).collect())
    };
    let (overall, by) = rayon::join(|| Figures::of(&all), || by.into_par_iter().map(figures).collect());
    Statistics { overall, by, earlier: Figures::of(&earlier) }
}

fn observed(row: &Revocation) -> Observed {
    Observed {
        latency: bounds(&row.departure, row.revoked),
        outcome: row.outcome,
        exposure: row.exposure_seconds,
        exposed: row.exposed.iter().map(|(from, to)| to.seconds_since(*from)).sum(),
    }
}

/// A text of HR's; those without one come last.
fn written(text: &str) -> (usize, String) {
    match text.trim() {
        "" => (1, NOT_GIVEN.to_owned()),
        text => (0, text.to_owned()),
    }
}

fn weekday(departure: &Departure) -> (usize, String) {
    let place = departure.date.weekday().num_days_from_monday() as usize;
    (place, WEEKDAYS[place].to_owned())
}

/// A date's clock time is the policy's and tells nothing of the hour at which somebody left.
fn hour(departure: &Departure, case: &Case) -> (usize, String) {
    if departure.basis != Basis::Instant {
        return (24, NOT_GIVEN.to_owned());
    }
    let hour = departure.earliest.to_chrono().with_timezone(&case.zone).hour();
    (hour as usize, format!("{hour:02}:00"))
}
