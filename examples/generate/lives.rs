//! What became of one account: its truth, before any evidence.

use crate::Case;
use crate::draws::Random;
use crate::people::{Category, Person};
use crate::systems::{Shape, System};
use crate::times::{DAY, HOUR, LOG_END, PERIOD_START, instant};

#[derive(Clone, Copy, PartialEq)]
pub enum State {
    Usable,
    Disabled,
    Gone,
}

/// One account's truth: usable from `created`, then as the steps say.
pub struct Life {
    pub created: i64,
    /// (when, into which state, whether the log has it)
    pub steps: Vec<(i64, State, bool)>,
    pub failed_disables: Vec<i64>,
    /// The dump shows no time even where the system has a column for it.
    pub undated: bool,
    /// The dump says `unknown`; `1` = only the newest one.
    pub unknown: Option<usize>,
    /// No use after this instant.
    pub last_use: i64,
    /// Chance in percent that it was used after the departure, where it could be.
    pub used_later: i64,
    /// A sign-in at exactly this instant (edge cases only).
    pub extra_use: Option<i64>,
}

impl Life {
    pub fn new(created: i64) -> Self {
        Self {
            created,
            steps: Vec::new(),
            failed_disables: Vec::new(),
            undated: false,
            unknown: None,
            last_use: LOG_END,
            used_later: 0,
            extra_use: None,
        }
    }

    pub fn state_at(&self, at: i64) -> State {
        self.steps.iter().rev().find(|step| step.0 <= at).map_or(State::Usable, |step| step.1)
    }

    pub fn settle(&mut self) {
        self.steps.sort_by_key(|step| step.0);
        self.steps.dedup_by_key(|step| step.0);
        self.steps.retain(|step| step.0 <= LOG_END && step.0 > self.created);
        self.failed_disables.retain(|at| *at <= LOG_END);
    }

    /// The start of the run of unusable states that holds at `at`.
    pub fn stopped_before(&self, at: i64) -> Option<i64> {
        let mut start = None;
        for step in self.steps.iter().filter(|step| step.0 <= at) {
            match step.1 {
                State::Usable => start = None,
                State::Disabled | State::Gone => start = start.or(Some(step.0)),
            }
        }
        start
    }
}

/// The life of a leaver's account; every branch is one thing that happens in real companies.
pub fn leaver_life(case: &Case, system: &System, random: &mut Random, created: i64, left: i64) -> Life {
    let mut life = Life::new(created);
    let export = system.export();
    let in_time = left + 1 + random.below(system.target);
    let too_late = left + system.target + random.long_tailed(6 * HOUR, 40 * DAY);
    let early = left - random.between(HOUR, 5 * DAY);
    let some_time = if random.percent(60) { in_time } else { too_late };
    life.used_later = 30;
    let mut step = |at, state, logged| life.steps.push((at, state, logged));
    match random.below(1000) {
        0..380 => step(in_time, State::Disabled, !(system.shape == Shape::Directory && random.percent(15))),
        380..480 => step(too_late, State::Disabled, !(system.shape == Shape::Directory && random.percent(15))),
        480..540 => step(early, State::Disabled, true),
        540..600 => {} // never cut: open, or pending where the departure was shortly before the export
        600..640 => {
            let again = some_time + random.long_tailed(HOUR, 10 * DAY);
            step(some_time, State::Disabled, true);
            step(again, State::Usable, true);
            step(again + random.long_tailed(HOUR, 10 * DAY), State::Disabled, true);
        }
        640..680 => {
            step(some_time, State::Disabled, true);
            step(some_time + random.long_tailed(HOUR, 5 * DAY), State::Disabled, true);
        }
        680..720 => {
            step(some_time, State::Disabled, true);
            step(some_time + random.long_tailed(DAY, 20 * DAY), State::Gone, true);
        }
        720..760 => {
            if random.percent(67) {
                step(in_time + random.long_tailed(2 * HOUR, 5 * DAY), State::Disabled, true);
            }
            life.failed_disables.push(in_time);
        }
        760..810 => step(some_time, State::Gone, true),
        810..840 => {
            // Two dumps are the only witnesses; elsewhere the dump says disabled and nothing says when.
            let seen = system.snapshots.first().copied().filter(|first| *first < export);
            let from = seen.map_or(left, |first| left.max(first));
            let state = if seen.is_some() { State::Gone } else { State::Disabled };
            step(random.between(from + 1, export.max(from + HOUR)), state, false);
            life.undated = true;
        }
        840..880 => {
            step(some_time, State::Disabled, false);
            life.undated = true;
        }
        880..910 => {
            step(in_time, State::Disabled, true);
            step(in_time + random.long_tailed(HOUR, 5 * DAY), State::Usable, false);
        }
        910..935 => life.unknown = Some(0),
        935..945 => {
            step(some_time, State::Disabled, true);
            life.unknown = Some(0);
        }
        945..965 => step(random.between(left.max(export) + 1, LOG_END), State::Disabled, true),
        965..985 => {
            step(left - random.between(20 * DAY, 30 * DAY), State::Disabled, true);
            step(left - random.between(10 * DAY, 19 * DAY), State::Usable, true);
            step(in_time, State::Disabled, true);
        }
        _ => {
            step(early, State::Disabled, true);
            step(left + random.between(1, HOUR), State::Usable, true);
            step(too_late + HOUR, State::Disabled, true);
        }
    }
    if life.unknown.is_some() && !case.edge {
        life.used_later = 0; // seen in use, then unknown: readers may differ
    }
    if case.edge && random.percent(6) {
        match random.below(3) {
            0 => life.extra_use = Some(left),
            1 => life.extra_use = life.steps.first().filter(|step| step.1 != State::Usable).map(|step| step.0),
            _ => life.unknown = Some(system.snapshots.len() - 1),
        }
    }
    life
}

pub fn life(case: &Case, system: &System, person: &Person, random: &mut Random) -> Option<Life> {
    let created = person.start.max(instant(2016, 1, 1, 0, 0)) - random.between(HOUR, 3 * DAY);
    let mut life = Life::new(created);
    match (person.category, person.departure.as_ref().map(|departure| departure.0)) {
        (Category::Leaver | Category::AfterPeriod, Some(left)) => life = leaver_life(case, system, random, created, left),
        (Category::FutureRehire, Some(left)) => life = leaver_life(case, system, random, instant(2024, 3, 4, 9, 0), left),
        (Category::Before, Some(left)) => match random.below(100) {
            0..70 => return None,
            70..90 => life.steps.push((left + random.long_tailed(HOUR, 20 * DAY), State::Disabled, true)),
            90..94 => life.used_later = 40,
            94..96 => life.steps.push((random.between(PERIOD_START + HOUR, LOG_END - DAY), State::Disabled, true)),
            96..98 => {
                life.steps.push((left + HOUR, State::Disabled, true));
                life.steps.push((random.between(PERIOD_START + HOUR, LOG_END - DAY), State::Usable, true));
                life.used_later = 40;
            }
            98 => (life.unknown, life.last_use) = (Some(0), left),
            _ => {
                life.steps.push((left + HOUR, State::Disabled, false));
                life.undated = true;
            }
        },
        (Category::Rehired, Some(left)) => {
            life.created = instant(2021, 6, 1, 9, 0);
            life.steps.push((left + random.between(1, 3 * HOUR), State::Disabled, true));
            life.steps.push((person.start - random.between(1, 8 * HOUR), State::Usable, true));
        }
        _ => match random.below(1000) {
            0..5 => life.steps.push((random.between(PERIOD_START, LOG_END), State::Disabled, true)),
            5..8 => life.unknown = Some(0),
            8..14 => {
                let at = random.between(PERIOD_START + DAY, LOG_END - 3 * DAY);
                life.steps.push((at, State::Disabled, true));
                life.steps.push((at + random.long_tailed(HOUR, 2 * DAY), State::Usable, true));
            }
            _ => {}
        },
    }
    life.settle();
    Some(life)
}
