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
//! `--ndjson 1` writes the logs as NDJSON in the shape of a vendor, recognised by its keys, instead.
//! `--edge 1` adds the cases about which reasonable readers of the contract may differ.
//! `--bounds 1` says that Tracker and Files are reached through Directory only, and gives Tracker's dump the time of the newest change.
//!
//! All instants inside are seconds since 1970 in UTC; the local zone is Europe/London, whose 2026 changes are built in.

mod draws;
mod events;
mod evidence;
mod identities;
mod lines;
mod lives;
mod people;
mod systems;
mod times;

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use evidence::write_system;
use identities::strangers;
use people::write_people;
use systems::{Log, Shape, System};
use times::{Stamp, time_text};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn write_case_file(case: &Case) -> Outcome<()> {
    let mut out = create(&case.dir.join("lastday.toml"))?;
    writeln!(out, "# Made by examples/generate with seed {}: {} people who do not exist.", case.seed, case.people)?;
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
            writeln!(out, "\n[[source]]\nkind = \"events\"\nsystem = \"{}\"\npath = \"{file}\"", system.name)?;
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
