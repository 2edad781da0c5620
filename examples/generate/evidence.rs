//! The evidence that a truth leaves behind: dumps and logs of one system.

use std::fs::File;
use std::io::BufWriter;
use std::io::Write;

use crate::draws::Random;
use crate::events::{Kind, pack};
use crate::identities::{Identity, identity, stranger, strangers};
use crate::lives::{Life, State, life};
use crate::people::{Category, person};
use crate::systems::{Log, Shape, System};
use crate::times::{DAY, HOUR, LOG_END, PERIOD_START, Stamp, instant, time_text};
use crate::{Case, Outcome, create};

#[derive(Clone, Copy, PartialEq)]
pub enum Status {
    Active,
    Disabled,
    Deleted,
    Unknown,
    Absent,
}

impl Status {
    pub fn text(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
            Self::Unknown | Self::Absent => "unknown",
        }
    }
}

pub struct Writer<'a> {
    pub case: &'a Case,
    pub system: &'a System,
    pub dumps: Vec<BufWriter<File>>,
    pub events: Vec<u64>,
    pub line: Vec<u8>,
    pub times: Vec<i64>,
    /// Mean number of log lines of an account that was usable all the time.
    pub rate: i64,
}

impl Writer<'_> {
    /// Draws a sign-in or another everyday event in `from..=to`, at an instant that this account's log does not have yet. Returns
    /// the instant where it was a successful use.
    pub fn everyday(&mut self, random: &mut Random, index: i64, life: &Life, from: i64, to: i64, use_only: bool) -> Option<i64> {
        if to <= from {
            return None;
        }
        let at = random.between(from, to);
        if self.times.contains(&at) {
            return None;
        }
        let usable = life.state_at(at) == State::Usable && at > life.created && at <= life.last_use;
        let roll = if use_only { 0 } else { random.below(1000) };
        let kind = match roll {
            0..840 if usable => Kind::SignedIn,
            840..880 if usable => Kind::SignedInNoOutcome,
            880..890 => Kind::SignedInFailed,
            890..960 => Kind::SignInFailed,
            _ if !usable => return None,
            960..970 => Kind::PasswordReset,
            970..980 => Kind::GrantAdded,
            980..985 => Kind::SessionsRevoked,
            985..992 => Kind::Changed,
            _ => Kind::OutOfScope,
        };
        self.times.push(at);
        if self.system.has_log() {
            self.events.push(pack(at, index, kind));
        }
        matches!(kind, Kind::SignedIn | Kind::SignedInNoOutcome).then_some(at)
    }

    /// Writes an account's dump rows and collects its events.
    pub fn account(
        &mut self,
        random: &mut Random,
        index: i64,
        life: &Life,
        name: &Identity,
        left: Option<i64>,
        kind: &str,
    ) -> Outcome<()> {
        self.times.clear();
        self.times.extend(life.steps.iter().map(|step| step.0));
        self.times.extend(&life.failed_disables);
        self.times.extend(left);
        self.times.extend(&self.system.snapshots);
        if self.system.has_log() {
            let in_log = |at: i64| (PERIOD_START..=LOG_END).contains(&at);
            for (at, state, _) in life.steps.iter().filter(|step| step.2 && in_log(step.0)) {
                let kind = match state {
                    State::Usable => Kind::Enabled,
                    State::Disabled => Kind::Disabled,
                    State::Gone => Kind::Deleted,
                };
                self.events.push(pack(*at, index, kind));
            }
            for at in life.failed_disables.iter().filter(|at| in_log(**at)) {
                self.events.push(pack(*at, index, Kind::DisableFailed));
            }
            if in_log(life.created) {
                self.events.push(pack(life.created, index, Kind::Created));
            }
        }
        let from = PERIOD_START.max(life.created + 1);
        let until = left.map_or(LOG_END, |left| left.min(LOG_END)).max(from);
        let share = (until - from) * 1000 / (LOG_END - PERIOD_START);
        let wanted = if self.system.has_log() { random.between(self.rate / 2, self.rate + self.rate / 2) } else { 2 };
        let mut uses = Vec::new();
        for _ in 0..(wanted * share + random.below(1000)) / 1000 {
            uses.extend(self.everyday(random, index, life, from, until, false));
        }
        if let Some(left) = left.filter(|left| *left < LOG_END) {
            if random.percent(life.used_later) {
                for _ in 0..random.between(2, 6) {
                    uses.extend(self.everyday(random, index, life, left.max(from) + 1, LOG_END, true));
                }
            }
            if random.percent(20) {
                // Somebody tries after the end: a failure is no use.
                let at = random.between(left.max(from) + 1, LOG_END);
                if self.system.has_log() && !self.times.contains(&at) {
                    self.times.push(at);
                    self.events.push(pack(at, index, Kind::SignInFailed));
                }
            }
        }
        if let Some(at) = life.extra_use.filter(|at| (PERIOD_START..=LOG_END).contains(at)) {
            uses.push(at);
            if self.system.has_log() {
                self.events.push(pack(at, index, Kind::SignedIn));
            }
        }
        if uses.is_empty() && life.created < PERIOD_START - 90 * DAY {
            // Last used before the log begins, while it was usable; about one in three was never used at all.
            let at = random.between(PERIOD_START - 80 * DAY, PERIOD_START - DAY);
            let before = left.is_none_or(|left| at < left) && life.steps.first().is_none_or(|step| at < step.0);
            uses.extend(Some(at).filter(|_| before && random.percent(66)));
        }
        self.rows(random, index, life, name, &uses, kind)
    }

    pub fn rows(
        &mut self,
        random: &mut Random,
        index: i64,
        life: &Life,
        name: &Identity,
        uses: &[i64],
        kind: &str,
    ) -> Outcome<()> {
        let privileged = random.percent(4);
        let dated = random.percent(90) || life.stopped_before(self.system.export()).is_some_and(|at| at >= PERIOD_START);
        for (number, snapshot) in self.system.snapshots.iter().copied().enumerate() {
            let status = match life.state_at(snapshot) {
                _ if snapshot < life.created => Status::Absent,
                State::Gone if self.system.forgets_deleted() => Status::Absent,
                _ if life.unknown.is_some_and(|first| number >= first) => Status::Unknown,
                State::Usable => Status::Active,
                State::Disabled => Status::Disabled,
                State::Gone => Status::Deleted,
            };
            if status == Status::Absent {
                continue;
            }
            let text = |at: Option<i64>, stamp| at.map_or_else(String::new, |at| time_text(at, stamp));
            let last_use = uses.iter().copied().filter(|at| *at <= snapshot).max();
            let id = self.system.account_id(index);
            let created = time_text(life.created, Stamp::Zulu);
            let Identity { person_id, email, login } = name;
            let status_text = status.text();
            let Some(out) = self.dumps.get_mut(number) else { continue };
            match self.system.shape {
                Shape::Directory => {
                    let shown = status == Status::Disabled && !life.undated && dated;
                    let disabled = text(life.stopped_before(snapshot).filter(|_| shown), Stamp::London);
                    let last = text(last_use, Stamp::Zulu);
                    let grants = if privileged { "admins;staff" } else { "staff" };
                    writeln!(
                        out,
                        "{id},{login},{email},,{person_id},{kind},{status_text},{created},{last},{disabled},{privileged},{grants}"
                    )?;
                }
                Shape::Mail => writeln!(out, "{id},{email},{person_id},{status_text},{created}")?,
                Shape::Wiki => {
                    let last = text(last_use, Stamp::Zulu);
                    writeln!(out, "{id},{login},{email},{person_id},{status_text},{created},{last}")?;
                }
                Shape::Vpn => writeln!(out, "{id},{login},{person_id},{status_text},{}", text(last_use, Stamp::London))?,
                Shape::Tracker if self.case.bounds => {
                    // Anything may have been changed since it was cut.
                    let changed = life.stopped_before(snapshot).or(life.steps.first().map(|step| step.0)).unwrap_or(life.created);
                    let mut random = Random::new(self.case.seed, 400 + self.system.number, index);
                    let changed = changed.max(snapshot.min(changed + random.long_tailed(HOUR, 30 * DAY)));
                    let changed = time_text(changed, Stamp::Zulu);
                    writeln!(out, "{id},{login},{email},{person_id},{status_text},{changed}")?;
                }
                Shape::Tracker => writeln!(out, "{id},{login},{email},{person_id},{status_text}")?,
                Shape::Files => writeln!(out, "{id},{email},{status_text},{}", text(last_use, Stamp::Offset(0)))?,
            }
        }
        Ok(())
    }

    /// Sorts the events and writes them, split over the files asked for.
    pub fn log(&mut self) -> Outcome<u64> {
        let mut events = std::mem::take(&mut self.events);
        events.sort_unstable();
        let part = events.len().div_ceil(self.case.files).max(1);
        for number in 0..self.case.files {
            let first = (number * part).min(events.len());
            let last = (first + part).min(events.len());
            let first = if number == 0 { 0 } else { first.saturating_sub(self.case.overlap) };
            let mut out = create(&self.case.dir.join(self.system.file("events", number + 1, self.case.log.ending())))?;
            if self.case.log != Log::Ndjson {
                writeln!(out, "{}", self.system.event_columns(self.case.log))?;
            }
            for (position, event) in events.iter().enumerate().take(last).skip(first) {
                if self.case.log == Log::Ndjson {
                    self.json_line(position, *event);
                } else {
                    self.event_line(position, *event);
                }
                out.write_all(&self.line)?;
            }
            out.flush()?;
        }
        Ok(u64::try_from(events.len())?)
    }
}

pub fn write_system(case: &Case, system: &System) -> Outcome<u64> {
    let mut dumps = Vec::new();
    for number in 1..=system.snapshots.len() {
        let mut out = create(&case.dir.join(system.file("accounts", number, "csv")))?;
        writeln!(out, "{}", system.account_columns(case.bounds))?;
        dumps.push(out);
    }
    let logged = i64::try_from(case.systems().iter().filter(|system| system.has_log()).count())?;
    // 1.06: leavers and joiners have fewer, and some draws are dropped.
    let rate = if logged == 0 { 0 } else { (case.events_per_account * case.system_count * 106 / logged + 50) / 100 };
    let mut writer = Writer { case, system, dumps, events: Vec::new(), line: Vec::new(), times: Vec::new(), rate };
    for index in 0..case.people {
        let person = person(case, index);
        let mut random = Random::new(case.seed, 100 + system.number, index);
        let name = identity(case, system, index, &person, &mut random);
        let mut random = Random::new(case.seed, 200 + system.number, index);
        if let Some(life) = life(case, system, &person, &mut random) {
            let left = person.departure.as_ref().map(|departure| departure.0).filter(|_| person.category != Category::Rehired);
            writer.account(&mut random, index, &life, &name, left, "human")?;
        }
    }
    let (orphans, services) = strangers(case);
    for number in 0..orphans + services {
        let index = case.people + number;
        let mut random = Random::new(case.seed, 300 + system.number, index);
        let service = number >= orphans;
        if service && matches!(system.shape, Shape::Mail | Shape::Files) {
            continue; // these have no login by which the case could declare them
        }
        let mut life = Life::new(instant(2024, 1, 1, 0, 0) + random.below(600 * DAY));
        match random.below(100) {
            0..20 if !service => life.steps.push((random.between(PERIOD_START - 30 * DAY, LOG_END), State::Disabled, true)),
            20..25 if !service => life.unknown = Some(0),
            25..30 if !service => life.steps.push((random.between(PERIOD_START, LOG_END), State::Disabled, false)),
            _ => {}
        }
        life.settle();
        let kind = if service { "service" } else { "human" };
        writer.account(&mut random, index, &life, &stranger(case, index), None, kind)?;
    }
    if system.shape == Shape::Vpn {
        let mut random = Random::new(case.seed, 4, system.number);
        for number in 0..case.people / 500 {
            let at = random.between(PERIOD_START, LOG_END);
            writer.events.push(pack(at, number, Kind::UnknownName));
        }
    }
    for out in &mut writer.dumps {
        out.flush()?;
    }
    if system.has_log() { writer.log() } else { Ok(0) }
}
