//! Writes a made-up case of any size in the canonical CSV columns, for measuring and for checking results.
//!
//! `generate DIR --people N --systems S --events-per-account E --seed X [--files K] [--overlap L] [--sized 1] [--edge 1] [--bounds 1] [--ndjson 1]`
//!
//! A truth is simulated first (who left when, when each account really stopped working, when it was really used), and only
//! then the evidence that such a truth leaves behind: `people.csv`, the account dumps, the logs. The same arguments give the
//! same bytes. Six system characters repeat when `--systems` is above six:
//!
//! | character | dumps (UTC) | log | special |
//! |---|---|---|---|
//! | Directory | 1, 10-01 08:30 | target = account id, `event_id` | `disabled_at` (zone-less), last use, service accounts |
//! | Mail | 2, 08-20 06:00 and 10-01 08:00 | target = e-mail | deleted accounts vanish, some without a log line |
//! | Wiki | 1, 09-30 17:30 | none | dump older than some departures |
//! | VPN | 1, 10-01 08:30 | target = login, offsets `+01:00` | `revoke_within = "15m"`, failed sign-ins of unknown names |
//! | Tracker | 1, 10-01 08:30 | target = account id, zone-less local times | no dated field at all, `revoke_within = "24h"` |
//! | Files | 1, 10-01 08:15 | target = e-mail | accounts linked by e-mail only; deleted ones are in the log only |
//!
//! `--events-per-account` is the mean over all accounts, those of log-less systems included. `--files K` splits each log by time,
//! `--overlap L` repeats the last L lines of a file at the start of the next one. `--sized 1` pads every event to 58 bytes;
//! `--ndjson 1` writes the logs as NDJSON in the shape of the preset `okta-system-log` instead.
//! `--edge 1` adds the cases about which reasonable readers of the contract may differ.
//! `--bounds 1` says that Tracker and Files are reached through Directory only, and gives Tracker's dump the time of the newest change.
//!
//! All instants inside are seconds since 1970 in UTC; the local zone is Europe/London, whose 2026 changes are built in.

#[path = "shared/random.rs"]
mod random;

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use random::Random;

type Outcome<T> = Result<T, Box<dyn Error>>;

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
/// 2026-07-01T00:00 in London.
const PERIOD_START: i64 = instant(2026, 7, 1, 0, 0) - HOUR;
/// 2026-10-01T00:00 in London: the first instant after the period.
const PERIOD_END: i64 = instant(2026, 10, 1, 0, 0) - HOUR;
const LOG_END: i64 = instant(2026, 10, 1, 8, 59);
const BST_START: i64 = instant(2026, 3, 29, 1, 0);
const BST_END: i64 = instant(2026, 10, 25, 1, 0);

const FIRST: [&str; 24] = [
    "Ada", "Bruno", "Chidi", "Dana", "Elif", "Farid", "Grace", "Hana", "Ivo", "Jo", "Kofi", "Lena", "Mira", "Noor", "Olu", "Pia",
    "Quim", "Ravi", "Sanna", "Tomás", "Uma", "Vera", "Wen", "Zoë",
];
const LAST: [&str; 24] = [
    "Adeyemi", "Brandt", "Castro", "Dvořák", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ito", "Jansen", "Kowalski", "Larsen",
    "Moreau", "Novak", "O'Brien", "Petrov", "Quispe", "Rossi", "Silva", "Tanaka", "Ulrich", "Vega", "Weiß", "Young",
];
const DEPARTMENTS: [&str; 6] = ["Engineering", "Sales", "Finance", "Support", "People", "Legal"];
const ROLES: [&str; 6] = ["Engineer", "Manager", "Analyst", "Agent", "Partner", "Counsel"];

/// Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant, "`chrono`-compatible low-level date algorithms").
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

const fn instant(year: i64, month: i64, day: i64, hour: i64, minute: i64) -> i64 {
    days(year, month, day) * DAY + hour * HOUR + minute * 60
}

/// The inverse of [`days`]: year, month, day.
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// Seconds that London's clocks are ahead of UTC at an instant of winter 2025/26 to autumn 2026.
const fn london_offset(at: i64) -> i64 {
    if at >= BST_START && at < BST_END { HOUR } else { 0 }
}

/// The instant of a local London time given as if it were UTC; never asked for an hour that does not exist or exists twice.
const fn from_london(local: i64) -> i64 {
    local - london_offset(local)
}

/// How a system writes its times.
#[derive(Clone, Copy, PartialEq)]
enum Stamp {
    Zulu,
    Offset(i64),
    London,
}

/// Appends `n` in decimal, with leading zeroes to `width`.
fn push_number(out: &mut Vec<u8>, n: i64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut rest = n.unsigned_abs();
    let mut start = digits.len();
    while rest > 0 || digits.len() - start < width.max(1) {
        start -= 1;
        digits[start] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    out.extend_from_slice(&digits[start..]);
}

fn push_time(out: &mut Vec<u8>, at: i64, stamp: Stamp) {
    let ahead = match stamp {
        Stamp::Zulu => 0,
        Stamp::Offset(seconds) => seconds,
        Stamp::London => london_offset(at),
    };
    let local = at + ahead;
    let (year, month, day) = civil(local.div_euclid(DAY));
    let second = local.rem_euclid(DAY);
    push_number(out, year, 4);
    for (mark, value) in [(b'-', month), (b'-', day), (b'T', second / HOUR), (b':', second / 60 % 60), (b':', second % 60)] {
        out.push(mark);
        push_number(out, value, 2);
    }
    match stamp {
        Stamp::Zulu => out.push(b'Z'),
        Stamp::Offset(seconds) => {
            out.push(if seconds < 0 { b'-' } else { b'+' });
            push_number(out, seconds.abs() / HOUR, 2);
            out.push(b':');
            push_number(out, seconds.abs() / 60 % 60, 2);
        }
        Stamp::London => {}
    }
}

fn time_text(at: i64, stamp: Stamp) -> String {
    let mut out = Vec::new();
    push_time(&mut out, at, stamp);
    String::from_utf8_lossy(&out).into_owned()
}

fn date_text(local: i64) -> String {
    let (year, month, day) = civil(local.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}")
}

impl Random {
    /// A number from 0 to `n` - 1 (0 where `n` is not positive).
    fn below(&mut self, n: i64) -> i64 {
        if n <= 0 { 0 } else { (self.next() >> 1).cast_signed() % n }
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    fn percent(&mut self, share: i64) -> bool {
        self.below(100) < share
    }

    /// Mostly small, sometimes up to `limit`: each step doubles the range.
    fn long_tailed(&mut self, first: i64, limit: i64) -> i64 {
        let mut range = first;
        while range < limit && self.percent(60) {
            range *= 2;
        }
        1 + self.below(range.min(limit))
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = self.below(i64::try_from(words.len()).unwrap_or(1));
        usize::try_from(index).ok().and_then(|index| words.get(index).copied()).unwrap_or("")
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Category {
    Leaver,
    FutureRehire,
    Before,
    AfterPeriod,
    Future,
    Rehired,
    Joiner,
    Employed,
}

struct Person {
    category: Category,
    start: i64,
    /// The instant of the departure and its text in the HR export.
    departure: Option<(i64, String)>,
    alias: bool,
    shared: Option<i64>,
}

fn login(person: i64) -> String {
    let letter = |n: i64| char::from(b'a' + u8::try_from(n.rem_euclid(26)).unwrap_or(0));
    format!("{}{}{person:07}", letter(person * 7 + 3), letter(person / 26 * 11 + 5))
}

fn email(person: i64) -> String {
    format!("{}@acme.test", login(person))
}

fn alias(person: i64) -> String {
    format!("{}@old.test", login(person))
}

/// A departure at a clock time or by date only, written in one of the ways HR systems write it.
fn departure(random: &mut Random, local_day: i64) -> (i64, String) {
    let clock = if random.percent(85) { random.between(8 * HOUR, 18 * HOUR) } else { random.below(DAY) };
    let at = from_london(local_day * DAY + clock);
    match random.below(10) {
        0..=2 => (at, time_text(at, Stamp::Zulu)),
        3 => (at, time_text(at, Stamp::Offset(HOUR))),
        4 => (at, time_text(at, Stamp::Offset(2 * HOUR))),
        5 => (at, time_text(at, Stamp::Offset(-4 * HOUR))),
        _ => (from_london(local_day * DAY + 18 * HOUR), date_text(local_day * DAY)),
    }
}

fn person(case: &Case, index: i64) -> Person {
    let mut random = Random::new(case.seed, 1, index);
    let first_day = days(2026, 7, 1);
    let mut start = from_london(random.between(days(2015, 1, 1), days(2025, 12, 1)) * DAY + 9 * HOUR);
    let roll = random.below(10_000);
    let (category, departure) = match roll {
        0..200 => {
            let exact = match random.below(100) {
                0..4 => Some(random.between(PERIOD_END - 7 * HOUR, PERIOD_END - 1)),
                4 => Some(random.between(PERIOD_START, PERIOD_START + HOUR - 1)),
                _ => None,
            };
            let day = first_day + random.below(92);
            let when = exact.map_or_else(|| departure(&mut random, day), |at| (at, time_text(at, Stamp::Zulu)));
            (Category::Leaver, Some(when))
        }
        200..500 => {
            let day = random.between(days(2026, 1, 5), days(2026, 6, 29));
            (Category::Before, Some(departure(&mut random, day)))
        }
        500..550 => {
            let day = random.between(days(2026, 10, 2), days(2026, 12, 31));
            (Category::Future, Some(departure(&mut random, day)))
        }
        550..580 => {
            let back = if roll < 570 { first_day - random.between(5, 60) } else { first_day + random.between(30, 80) };
            let day = back - random.between(3, 28);
            let left = departure(&mut random, day);
            start = from_london(back * DAY + 9 * HOUR);
            (Category::Rehired, Some(left))
        }
        580..583 => {
            let at = random.between(PERIOD_END, LOG_END - 30 * 60);
            (Category::AfterPeriod, Some((at, time_text(at, Stamp::Zulu))))
        }
        583..783 => {
            start = from_london((first_day + random.below(85)) * DAY + 9 * HOUR);
            (Category::Joiner, None)
        }
        783..788 if case.edge => {
            let day = first_day + random.below(90);
            let left = departure(&mut random, day);
            start = from_london(random.between(days(2026, 11, 2), days(2026, 12, 1)) * DAY + 9 * HOUR);
            (Category::FutureRehire, Some(left))
        }
        _ => (Category::Employed, None),
    };
    let shared = match index % 1000 {
        7 => Some(index),
        8 => Some(index - 1),
        _ => None,
    };
    Person { category, start, departure, alias: random.percent(10), shared }
}

fn write_people(case: &Case) -> Outcome<()> {
    let mut out = create(&case.dir.join("people.csv"))?;
    writeln!(
        out,
        "person_id,name,email,other_emails,login,worker_type,department,role,manager_id,start_at,departs_at,recorded_at"
    )?;
    for index in 0..case.people {
        let person = person(case, index);
        let mut random = Random::new(case.seed, 2, index);
        let (first, last) = (random.pick(&FIRST), random.pick(&LAST));
        let name = if random.percent(5) { format!("\"{last}, {first}\"") } else { format!("{first} {last}") };
        let mut others = Vec::new();
        if person.alias {
            others.push(alias(index));
        }
        if let Some(pair) = person.shared {
            others.push(format!("shared{pair:07}@acme.test"));
        }
        let worker = random.pick(&["employee", "employee", "employee", "employee", "contractor"]);
        let manager = random.below(case.people);
        let (departs, recorded) = match &person.departure {
            None => (String::new(), String::new()),
            Some((at, text)) => {
                let recorded = match random.below(100) {
                    0..60 => Some(at - random.between(DAY, 30 * DAY)),
                    60..85 => Some(at - random.below(8 * HOUR)),
                    85..95 => Some(at + random.between(HOUR, 5 * DAY)).filter(|late| *late < LOG_END),
                    _ => None,
                };
                (text.clone(), recorded.map_or_else(String::new, |at| time_text(at, Stamp::Zulu)))
            }
        };
        writeln!(
            out,
            "E{index:07},{name},{},{},{},{worker},{},{},E{manager:07},{},{departs},{recorded}",
            email(index),
            others.join(";"),
            login(index),
            random.pick(&DEPARTMENTS),
            random.pick(&ROLES),
            date_text(person.start + london_offset(person.start)),
        )?;
    }
    Ok(out.flush()?)
}

/// How logs are written.
#[derive(Clone, Copy, PartialEq)]
enum Log {
    Csv,
    /// The same, padded to a size that real ones have.
    Sized,
    /// NDJSON in a vendor's shape.
    Ndjson,
}

impl Log {
    fn ending(self) -> &'static str {
        if self == Self::Ndjson { "ndjson" } else { "csv" }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Directory,
    Mail,
    Wiki,
    Vpn,
    Tracker,
    Files,
}

struct System {
    number: i64,
    shape: Shape,
    name: String,
    snapshots: Vec<i64>,
    /// Seconds from departure to the latest revocation that the policy of this system allows.
    target: i64,
}

impl System {
    fn new(number: i64) -> Self {
        let export = |hour, minute| instant(2026, 10, 1, hour, minute);
        let (shape, name, snapshots, target) = match number % 6 {
            0 => (Shape::Directory, "Directory", vec![export(8, 30)], HOUR),
            1 => (Shape::Mail, "Mail", vec![instant(2026, 8, 20, 6, 0), export(8, 0)], HOUR),
            2 => (Shape::Wiki, "Wiki", vec![instant(2026, 9, 30, 17, 30)], HOUR),
            3 => (Shape::Vpn, "VPN", vec![export(8, 30)], 15 * 60),
            4 => (Shape::Tracker, "Tracker", vec![export(8, 30)], DAY),
            _ => (Shape::Files, "Files", vec![export(8, 15)], HOUR),
        };
        let name = if number < 6 { name.to_owned() } else { format!("{name}{}", number / 6 + 1) };
        Self { number, shape, name, snapshots, target }
    }

    fn file(&self, kind: &str, part: usize, ending: &str) -> String {
        format!("{kind}-{}-{part}.{ending}", self.name.to_lowercase())
    }

    fn export(&self) -> i64 {
        self.snapshots.last().copied().unwrap_or(LOG_END)
    }

    fn has_log(&self) -> bool {
        self.shape != Shape::Wiki
    }

    /// Whether a deleted account disappears from the dump instead of being shown as deleted. Only where the log names accounts by
    /// something that people have.
    fn forgets_deleted(&self) -> bool {
        matches!(self.shape, Shape::Mail | Shape::Vpn | Shape::Files)
    }

    fn account_id(&self, index: i64) -> String {
        let letter = match self.shape {
            Shape::Directory => 'D',
            Shape::Mail => 'M',
            Shape::Wiki => 'W',
            Shape::Vpn => 'V',
            Shape::Tracker => 'T',
            Shape::Files => 'F',
        };
        format!("{letter}{index:07}")
    }

    fn account_columns(&self, bounds: bool) -> &'static str {
        match self.shape {
            Shape::Directory => {
                "account_id,login,email,name,person_id,kind,status,created_at,last_used_at,disabled_at,privileged,grants"
            }
            Shape::Mail => "account_id,email,person_id,status,created_at",
            Shape::Wiki => "account_id,login,email,person_id,status,created_at,last_used_at",
            Shape::Vpn => "account_id,login,person_id,status,last_used_at",
            Shape::Tracker if bounds => "account_id,login,email,person_id,status,changed_at",
            Shape::Tracker => "account_id,login,email,person_id,status",
            Shape::Files => "account_id,email,status,last_used_at",
        }
    }

    fn event_columns(&self, log: Log) -> &'static str {
        match (self.shape, log == Log::Sized) {
            (Shape::Directory, false) => "at,action,target,outcome,event_id",
            (Shape::Directory, true) => "at,action,target,outcome,event_id,detail",
            (_, false) => "at,action,target,outcome",
            (_, true) => "at,action,target,outcome,detail",
        }
    }

    fn stamp(&self) -> Stamp {
        match self.shape {
            Shape::Vpn => Stamp::Offset(HOUR),
            Shape::Tracker => Stamp::London,
            _ => Stamp::Zulu,
        }
    }
}

/// What a log line says, as the four low bits of a packed event.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    SignedIn,
    SignedInNoOutcome,
    SignedInFailed,
    SignInFailed,
    Disabled,
    DisableFailed,
    Enabled,
    Deleted,
    Created,
    PasswordReset,
    GrantAdded,
    SessionsRevoked,
    Changed,
    OutOfScope,
    UnknownName,
}

const KINDS: [(Kind, &str, &str); 15] = [
    (Kind::SignedIn, "signed_in", "success"),
    (Kind::SignedInNoOutcome, "signed_in", ""),
    (Kind::SignedInFailed, "signed_in", "failure"),
    (Kind::SignInFailed, "sign_in_failed", "failure"),
    (Kind::Disabled, "disabled", "success"),
    (Kind::DisableFailed, "disabled", "failure"),
    (Kind::Enabled, "enabled", "success"),
    (Kind::Deleted, "deleted", "success"),
    (Kind::Created, "created", "success"),
    (Kind::PasswordReset, "password_reset", "success"),
    (Kind::GrantAdded, "grant_added", "success"),
    (Kind::SessionsRevoked, "sessions_revoked", "success"),
    (Kind::Changed, "changed", "success"),
    (Kind::OutOfScope, "page_viewed", "success"),
    (Kind::UnknownName, "sign_in_failed", "failure"),
];

/// An event in eight bytes: seconds since [`LOG_BASE`], account, kind; sorting the numbers sorts by time.
const LOG_BASE: i64 = PERIOD_START - 60 * DAY;

fn pack(at: i64, account: i64, kind: Kind) -> u64 {
    let code = KINDS.iter().position(|(each, ..)| *each == kind).and_then(|code| u64::try_from(code).ok()).unwrap_or(0);
    (at - LOG_BASE).cast_unsigned() << 36 | account.cast_unsigned() << 4 | code
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Usable,
    Disabled,
    Gone,
}

#[derive(Clone, Copy, PartialEq)]
enum Status {
    Active,
    Disabled,
    Deleted,
    Unknown,
    Absent,
}

impl Status {
    fn text(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
            Self::Unknown | Self::Absent => "unknown",
        }
    }
}

/// One account's truth: usable from `created`, then as the steps say.
struct Life {
    created: i64,
    /// (when, into which state, whether the log has it)
    steps: Vec<(i64, State, bool)>,
    failed_disables: Vec<i64>,
    /// The dump shows no time even where the system has a column for it.
    undated: bool,
    /// The dump says `unknown`; `1` = only the newest one.
    unknown: Option<usize>,
    /// No use after this instant.
    last_use: i64,
    /// Chance in percent that it was used after the departure, where it could be.
    used_later: i64,
    /// A sign-in at exactly this instant (edge cases only).
    extra_use: Option<i64>,
}

impl Life {
    fn new(created: i64) -> Self {
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

    fn state_at(&self, at: i64) -> State {
        self.steps.iter().rev().find(|step| step.0 <= at).map_or(State::Usable, |step| step.1)
    }

    fn settle(&mut self) {
        self.steps.sort_by_key(|step| step.0);
        self.steps.dedup_by_key(|step| step.0);
        self.steps.retain(|step| step.0 <= LOG_END && step.0 > self.created);
        self.failed_disables.retain(|at| *at <= LOG_END);
    }

    /// The start of the run of unusable states that holds at `at`.
    fn stopped_before(&self, at: i64) -> Option<i64> {
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
fn leaver_life(case: &Case, system: &System, random: &mut Random, created: i64, left: i64) -> Life {
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

fn life(case: &Case, system: &System, person: &Person, random: &mut Random) -> Option<Life> {
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

/// How an account names its person, before the system's own columns decide what of it is shown.
struct Identity {
    person_id: String,
    email: String,
    login: String,
}

fn identity(case: &Case, system: &System, index: i64, person: &Person, random: &mut Random) -> Identity {
    let with_id = random.percent(50) && system.shape != Shape::Files;
    let mut name = Identity { person_id: String::new(), email: email(index), login: login(index) };
    if with_id {
        name.person_id = format!("E{index:07}");
    }
    let by_login = matches!(system.shape, Shape::Directory | Shape::Wiki | Shape::Tracker);
    match random.below(100) {
        0..20 => name.email = name.email.to_uppercase(),
        20..40 => name.email = name.email.replace("@acme", "@Acme"),
        40..60 if person.alias => name.email = alias(index),
        60..75 if by_login => name.email.clear(),
        75..85 if by_login => name.login = format!("u-{}", index * 3 + 1),
        85 if by_login && index + 1 < case.people && random.percent(20) => {
            // The two keys name two people: nobody can tell whose it is.
            name.person_id = format!("E{index:07}");
            name.email = email(index + 1);
        }
        _ => {}
    }
    if let Some(pair) = person.shared.filter(|pair| *pair == index && by_login) {
        name = Identity { person_id: String::new(), email: format!("shared{pair:07}@acme.test"), login: format!("box-{pair}") };
    }
    if case.edge && by_login && random.percent(1) {
        match random.below(3) {
            0 => name = Identity { person_id: String::new(), email: email((index + 1) % case.people), login: login(index) },
            1 => name = Identity { person_id: format!("X{index:07}"), email: email(index), login: String::new() },
            _ => name.person_id = format!("E{:07}", (index + 1) % case.people),
        }
    }
    name
}

struct Writer<'a> {
    case: &'a Case,
    system: &'a System,
    dumps: Vec<BufWriter<File>>,
    events: Vec<u64>,
    line: Vec<u8>,
    times: Vec<i64>,
    /// Mean number of log lines of an account that was usable all the time.
    rate: i64,
}

impl Writer<'_> {
    /// Draws a sign-in or another everyday event in `from..=to`, at an instant that this account's log does not have yet. Returns
    /// the instant where it was a successful use.
    fn everyday(&mut self, random: &mut Random, index: i64, life: &Life, from: i64, to: i64, use_only: bool) -> Option<i64> {
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
    fn account(
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

    fn rows(&mut self, random: &mut Random, index: i64, life: &Life, name: &Identity, uses: &[i64], kind: &str) -> Outcome<()> {
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

    /// The name by which the log speaks of an account.
    fn push_target(&mut self, index: i64) {
        let by_person = |index: i64| -> Identity {
            if index >= self.case.people {
                return stranger(self.case, index);
            }
            let mut random = Random::new(self.case.seed, 100 + self.system.number, index);
            identity(self.case, self.system, index, &person(self.case, index), &mut random)
        };
        match self.system.shape {
            Shape::Directory | Shape::Tracker | Shape::Wiki => {
                let id = self.system.account_id(index);
                self.line.extend_from_slice(id.as_bytes());
            }
            Shape::Mail | Shape::Files => {
                let email = by_person(index).email.to_lowercase();
                self.line.extend_from_slice(email.as_bytes());
            }
            Shape::Vpn => {
                let login = by_person(index).login;
                self.line.extend_from_slice(login.as_bytes());
            }
        }
    }

    /// Sorts the events and writes them, split over the files asked for.
    fn log(&mut self) -> Outcome<u64> {
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

    fn event_line(&mut self, position: usize, event: u64) {
        self.line.clear();
        push_time(&mut self.line, (event >> 36).cast_signed() + LOG_BASE, self.system.stamp());
        let code = usize::try_from(event & 15).unwrap_or(0);
        let (kind, action, outcome) = KINDS.get(code).copied().unwrap_or(KINDS[0]);
        self.line.push(b',');
        self.line.extend_from_slice(action.as_bytes());
        self.line.push(b',');
        let account = (event >> 4 & 0xFFFF_FFFF).cast_signed();
        if kind == Kind::UnknownName {
            self.line.extend_from_slice(b"guess");
            push_number(&mut self.line, account, 4);
        } else {
            self.push_target(account);
        }
        self.line.push(b',');
        self.line.extend_from_slice(outcome.as_bytes());
        if self.system.shape == Shape::Directory {
            self.line.extend_from_slice(b",d");
            push_number(&mut self.line, i64::try_from(position).unwrap_or(0), 8);
        }
        if self.case.log == Log::Sized {
            self.line.push(b',');
            while self.line.len() < 57 {
                self.line.push(b'.');
            }
        }
        self.line.push(b'\n');
    }

    /// The same as a record of a vendor's log: who signs in is the actor, of anything else the target.
    fn json_line(&mut self, position: usize, event: u64) {
        let code = usize::try_from(event & 15).unwrap_or(0);
        let (kind, ..) = KINDS.get(code).copied().unwrap_or(KINDS[0]);
        let (event_type, message, result) = vendor_words(kind);
        let account = (event >> 4 & 0xFFFF_FFFF).cast_signed();
        self.line.clear();
        self.line.extend_from_slice(br#"{"uuid":""#);
        push_number(&mut self.line, self.system.number, 8);
        self.line.extend_from_slice(b"-0000-4000-8000-");
        push_number(&mut self.line, i64::try_from(position).unwrap_or(0), 12);
        self.line.extend_from_slice(br#"","published":""#);
        push_time(&mut self.line, (event >> 36).cast_signed() + LOG_BASE, Stamp::Zulu);
        self.line.extend_from_slice(br#"","version":"0","severity":"INFO","eventType":""#);
        self.line.extend_from_slice(event_type.as_bytes());
        self.line.extend_from_slice(br#"","displayMessage":""#);
        self.line.extend_from_slice(message.as_bytes());
        self.line.extend_from_slice(br#"","actor":"#);
        let by_itself = event_type == "user.session.start";
        let administrator = br#"{"id":"00uadministrator0001","type":"User","alternateId":"it@acme.test","displayName":"IT"}"#;
        if by_itself {
            self.json_user(kind, account);
        } else {
            self.line.extend_from_slice(administrator);
        }
        self.line.extend_from_slice(br#","client":{"userAgent":{"rawUserAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","os":"Windows 10","browser":"CHROME"},"zone":"null","device":"Computer","ipAddress":"192.0.2.17","geographicalContext":{"city":"London","country":"United Kingdom"}},"outcome":{"result":""#);
        self.line.extend_from_slice(result.as_bytes());
        self.line.extend_from_slice(br#"","reason":null},"target":"#);
        if by_itself {
            self.line.extend_from_slice(b"null");
        } else {
            self.line.push(b'[');
            self.json_user(kind, account);
            self.line.push(b']');
        }
        self.line.extend_from_slice(b"}\n");
    }

    fn json_user(&mut self, kind: Kind, account: i64) {
        self.line.extend_from_slice(br#"{"id":"00u"#);
        push_number(&mut self.line, account, 17);
        self.line.extend_from_slice(br#"","type":"User","alternateId":""#);
        if kind == Kind::UnknownName {
            self.line.extend_from_slice(b"guess");
            push_number(&mut self.line, account, 4);
        } else {
            self.push_target(account);
        }
        self.line.extend_from_slice(br#"","displayName":"Some Body"}"#);
    }
}

/// What the vendor calls an event of this kind: its type, its message, its outcome.
fn vendor_words(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::SignedIn | Kind::SignedInNoOutcome => ("user.session.start", "User login", "SUCCESS"),
        Kind::SignedInFailed | Kind::SignInFailed | Kind::UnknownName => ("user.session.start", "User login", "FAILURE"),
        Kind::Disabled => ("user.lifecycle.deactivate", "Deactivate user", "SUCCESS"),
        Kind::DisableFailed => ("user.lifecycle.deactivate", "Deactivate user", "FAILURE"),
        Kind::Enabled => ("user.lifecycle.activate", "Activate user", "SUCCESS"),
        Kind::Deleted => ("user.lifecycle.delete.completed", "Delete user completed", "SUCCESS"),
        Kind::Created => ("user.lifecycle.create", "Create user", "SUCCESS"),
        Kind::PasswordReset => ("user.account.reset_password", "Reset password", "SUCCESS"),
        Kind::GrantAdded => ("group.user_membership.add", "Add user to group membership", "SUCCESS"),
        Kind::SessionsRevoked => ("user.session.clear", "Clear user session", "SUCCESS"),
        Kind::Changed => ("user.account.update_profile", "Update user profile", "SUCCESS"),
        Kind::OutOfScope => ("policy.evaluate_sign_on", "Evaluation of sign-on policy", "ALLOW"),
    }
}

/// How many accounts of a system belong to nobody in HR: the orphans, then the declared service accounts.
fn strangers(case: &Case) -> (i64, i64) {
    ((case.people / 300).max(3), (case.people / 4000).clamp(2, 20))
}

fn stranger(case: &Case, index: i64) -> Identity {
    let (orphans, _) = strangers(case);
    let number = index - case.people;
    if number >= orphans {
        return Identity { person_id: String::new(), email: format!("svc-{number}@bots.test"), login: format!("svc-{number}") };
    }
    let mut random = Random::new(case.seed, 3, number);
    let person_id = if random.percent(30) { format!("Z{number:07}") } else { String::new() };
    Identity { person_id, email: format!("gone.{number}@nowhere.test"), login: format!("gone.{number}") }
}

fn write_system(case: &Case, system: &System) -> Outcome<u64> {
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

fn write_case_file(case: &Case) -> Outcome<()> {
    let mut out = create(&case.dir.join("lastday.toml"))?;
    writeln!(out, "# Made by examples/generate.rs with seed {}: {} people who do not exist.", case.seed, case.people)?;
    writeln!(out, "[review]\nname = \"Generated 2026 Q3\"\nperiod = \"2026-07-01/2026-09-30\"")?;
    writeln!(out, "as_of = \"2026-10-01T09:00:00Z\"\ntimezone = \"Europe/London\"\n")?;
    writeln!(out, "[policy]\nrevoke_within = \"1h\"\ndeparture_time = \"18:00\"\n")?;
    writeln!(out, "[[source]]\nkind = \"people\"\npath = \"people.csv\"")?;
    let (orphans, services) = strangers(case);
    for system in &case.systems() {
        for (number, snapshot) in system.snapshots.iter().enumerate() {
            let (file, at) = (system.file("accounts", number + 1, "csv"), time_text(*snapshot, Stamp::Zulu));
            writeln!(
                out,
                "\n[[source]]\nkind = \"accounts\"\nsystem = \"{}\"\npath = \"{file}\"\nexported_at = \"{at}\"",
                system.name
            )?;
        }
        for number in 1..=if system.has_log() { case.files } else { 0 } {
            let file = system.file("events", number, case.log.ending());
            let preset = if case.log == Log::Ndjson { "preset = \"okta-system-log\"\n" } else { "" };
            writeln!(out, "\n[[source]]\nkind = \"events\"\nsystem = \"{}\"\n{preset}path = \"{file}\"", system.name)?;
        }
    }
    for system in &case.systems() {
        let within = match system.shape {
            Shape::Vpn => "revoke_within = \"15m\"\n",
            Shape::Tracker => "revoke_within = \"24h\"\n",
            _ => "",
        };
        let through = case.bounds && matches!(system.shape, Shape::Tracker | Shape::Files);
        let through = if through { "sign_in = \"Directory\"\n" } else { "" };
        writeln!(
            out,
            "\n[[system]]\nname = \"{}\"\ntype = \"application\"\nowner = \"E0000000\"\n{within}{through}",
            system.name
        )?;
        if matches!(system.shape, Shape::Mail | Shape::Files) {
            continue;
        }
        for number in orphans..orphans + services {
            writeln!(out, "[[account]]\nsystem = \"{}\"\nlogin = \"svc-{number}\"\nkind = \"service\"", system.name)?;
            writeln!(out, "owner = \"E0000000\"\nreason = \"made up\"\nexpires = \"2027-06-30\"\n")?;
        }
    }
    Ok(out.flush()?)
}

struct Case {
    dir: PathBuf,
    people: i64,
    system_count: i64,
    events_per_account: i64,
    seed: u64,
    files: usize,
    overlap: usize,
    log: Log,
    edge: bool,
    bounds: bool,
}

impl Case {
    fn systems(&self) -> Vec<System> {
        (0..self.system_count).map(System::new).collect()
    }

    fn from_args(mut args: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut case = Self {
            dir: PathBuf::new(),
            people: 1000,
            system_count: 6,
            events_per_account: 10,
            seed: 1,
            files: 1,
            overlap: 0,
            log: Log::Csv,
            edge: false,
            bounds: false,
        };
        while let Some(arg) = args.next() {
            let Some(option) = arg.strip_prefix("--") else {
                case.dir = PathBuf::from(arg);
                continue;
            };
            let value = args.next().ok_or_else(|| format!("--{option} needs a value"))?;
            let number: u32 = value.parse().map_err(|error| format!("--{option} {value}: {error}"))?;
            match option {
                "people" => case.people = number.into(),
                "systems" => case.system_count = number.into(),
                "events-per-account" => case.events_per_account = number.into(),
                "seed" => case.seed = number.into(),
                "files" => case.files = usize::try_from(number.max(1))?,
                "overlap" => case.overlap = usize::try_from(number)?,
                "sized" if number != 0 => case.log = Log::Sized,
                "ndjson" if number != 0 => case.log = Log::Ndjson,
                "sized" | "ndjson" => {}
                "edge" => case.edge = number != 0,
                "bounds" => case.bounds = number != 0,
                _ => return Err(format!("unknown option --{option}").into()),
            }
        }
        if case.dir.as_os_str().is_empty() {
            return Err("which folder should the case be written to?".into());
        }
        if case.people > 9_000_000 || case.people < 10 || case.system_count == 0 || case.system_count > 60 {
            return Err("--people must be from 10 to 9000000, --systems from 1 to 60".into());
        }
        Ok(case)
    }
}

fn create(path: &Path) -> Outcome<BufWriter<File>> {
    let file = File::create(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(BufWriter::with_capacity(1 << 20, file))
}

fn run() -> Outcome<()> {
    let case = Case::from_args(env::args().skip(1))?;
    fs::create_dir_all(&case.dir).map_err(|error| format!("{}: {error}", case.dir.display()))?;
    write_case_file(&case)?;
    write_people(&case)?;
    let mut events = 0;
    for system in &case.systems() {
        events += write_system(&case, system)?;
    }
    let (people, dir) = (case.people, case.dir.display());
    writeln!(io::stderr(), "{people} people, {} systems and {events} events written to {dir}", case.system_count)?;
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let usage = "usage: generate DIR --people N --systems S --events-per-account E --seed X [--files K] [--overlap L] \
                         [--sized 1] [--edge 1] [--bounds 1] [--ndjson 1]";
            // Nothing is left to do where even standard error cannot be written to.
            let _ = writeln!(io::stderr(), "generate: {error}\n{usage}");
            ExitCode::from(2)
        }
    }
}
