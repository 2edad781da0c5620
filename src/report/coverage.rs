//! What of the period a system's evidence leaves open, where its log is silent, and which export would decide what the
//! evidence does not. Dumps, logs and revocations come in, sentences go out.

use crate::case::Case;
use crate::ingest::ledger::FileEntry;
use crate::model::hours::Hours;
use crate::model::instant::Instant;
use crate::model::revocation::{Outcome, Revocation, Revoked};
use crate::model::system::SystemId;
use crate::time;

/// What of the period no dump and no log covers.
#[must_use]
pub fn lacks(case: &Case, dumps: &[Instant], log: Option<(Instant, Instant)>) -> Vec<String> {
    let end = time::day_end(case.period.1, case.zone);
    let mut lacks = Vec::new();
    match dumps.last() {
        None => lacks.push("no dump: accounts that the log does not name are not known".to_owned()),
        Some(newest) if *newest < end => lacks.push("the newest dump is older than the period's end".to_owned()),
        Some(_) => {}
    }
    match log {
        None => lacks.push("no log: when an account was cut is known between dumps only".to_owned()),
        Some((from, to)) => {
            let day = |at: Instant| at.to_chrono().with_timezone(&case.zone).date_naive();
            if day(from) > case.period.0 {
                lacks.push(format!("nothing in the log before {}", day(from)));
            }
            if day(to) < case.period.1 {
                lacks.push(format!("nothing in the log after {}", day(to)));
            }
        }
    }
    lacks
}

/// The silences of a system's log that reach into the time from the period's beginning to `as_of`.
#[must_use]
pub fn silences(case: &Case, files: &[FileEntry], system: SystemId) -> Vec<(Instant, Instant)> {
    let mut hours = Hours::default();
    files.iter().filter(|f| f.system == Some(system)).for_each(|f| hours.absorb(&f.hours));
    let start = time::day_start(case.period.0, case.zone);
    hours.silences().into_iter().filter(|(from, to)| *to > start && *from < case.as_of).collect()
}

/// A silence in words.
#[must_use]
pub fn silence_words((from, to): (Instant, Instant)) -> String {
    format!("the log has no line at all from {from} to {to}, far longer than is usual there")
}

/// Which exports of a system would decide the outcomes that the evidence leaves open.
#[must_use]
pub fn settled_by<'a>(case: &Case, system: SystemId, rows: impl Iterator<Item = &'a Revocation>) -> Vec<String> {
    let name = case.system_name(system);
    let mut dump: Option<(Instant, usize)> = None;
    let mut log: Option<(Instant, Instant, usize)> = None;
    for row in rows.filter(|row| matches!(row.outcome, Outcome::Pending | Outcome::Undetermined)) {
        match row.revoked {
            Revoked::Not { .. } | Revoked::Unknown { .. } => {
                let due = row.departure.latest.plus_seconds(row.target_seconds);
                let (newest, count) = dump.unwrap_or((due, 0));
                dump = Some((newest.max(due), count + 1));
            }
            Revoked::Between { after, before } => {
                let from = after.unwrap_or(row.departure.earliest);
                let (first, last, count) = log.unwrap_or((from, before, 0));
                log = Some((first.min(from), last.max(before), count + 1));
            }
            // Known to the second: only HR can say at what time of the day somebody left.
            Revoked::At(_) => {}
        }
    }
    let accounts = |count: usize| if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") };
    let dump = dump
        .map(|(at, count)| format!("a dump of {name} later than {at} that shows their status would decide {}", accounts(count)));
    let log = log.map(|(from, to, count)| format!("the log of {name} from {from} to {to} would decide {}", accounts(count)));
    dump.into_iter().chain(log).collect()
}
