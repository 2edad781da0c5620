//! Audit logs: each line streamed to whoever keeps what concerns the result. Nothing here grows with the log.

use std::hash::{BuildHasher, Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use hashbrown::DefaultHashBuilder;

use super::accounts::Listed;
use super::content;
use super::duplicates::Fingerprints;
use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::{Case, Source};
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::model::columns::events::{ACTION, ACTOR, AT, DETAIL, EVENT_ID, OUTCOME, TARGET};
use crate::model::event::{Action, Event, Named, Success};
use crate::model::index::same;
use crate::model::instant::Instant;
use crate::model::origin::{FileId, Origin};
use crate::model::system::SystemId;
use crate::presets::Presets;
use crate::time::Moment;

/// Events that a reading thread hands over at a time.
const BATCH: usize = 4_096;
/// Batches that may wait to be taken.
const WAITING: usize = 8;
/// Files that are read side by side.
const SIDE_BY_SIDE: usize = 2;

/// Reads all logs, several side by side, and hands each event on: in no certain order, so that whoever takes them must not
/// depend on one. Its target is looked up among the accounts of the system's dumps. An event that stands in several
/// exports is handed on each time, with the same fingerprint; the books count it once, and are in the order of the case.
pub fn read(
    case: &Case,
    presets: &Presets,
    listed: &Listed,
    ledger: &mut Ledger,
    mut take: impl FnMut(SystemId, &Event, Origin),
) -> Result<()> {
    let logs = case.sources.iter().filter(|s| s.kind == SourceKind::Events);
    let files: Vec<Log> = logs
        .flat_map(|source| source.files.iter().filter_map(move |(shown, path)| Some((source.system?, source, shown, path))))
        .zip(ledger.next().0..)
        .map(|((system, source, shown, path), id)| Log { system, source, shown, path, file: FileId(id) })
        .collect();
    let hashers = [DefaultHashBuilder::default(), DefaultHashBuilder::default()];
    let mut prints = Fingerprints::default();
    let next = AtomicUsize::new(0);
    let mut parts: Vec<(usize, Result<Ledger>)> = std::thread::scope(|scope| -> Result<_> {
        let (send, batches) = sync_channel(WAITING);
        let mut workers = Vec::new();
        for _ in 0..SIDE_BY_SIDE.min(files.len()) {
            let (books, hashers, files, next, send) = (&*ledger, &hashers, &files, &next, send.clone());
            let work = move || {
                let mut parts = Vec::new();
                while let Some(log) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let part = log.read(presets, case, listed, books.part(log.file), hashers, &send);
                    let failed = part.is_err();
                    parts.push((log.file.0 as usize, part));
                    if failed {
                        break;
                    }
                }
                parts
            };
            let thread = std::thread::Builder::new().name("parse".into());
            workers.push(thread.spawn_scoped(scope, work).map_err(Error::fault)?);
        }
        drop(send);
        for batch in batches {
            for row in &batch.rows {
                prints.note(row.fingerprint, batch.file)?;
                let target = batch.text.get(row.target.0..row.target.1).unwrap_or_default();
                let Parsed { at, action, named, success, by_itself, fingerprint, .. } = *row;
                let detail = batch.text.get(row.detail.0..row.detail.1).unwrap_or_default();
                let event = Event { at, action, target, named, detail, by_itself, success, fingerprint };
                take(batch.system, &event, Origin { file: batch.file, line: row.line });
            }
        }
        let joined = workers.into_iter().map(|worker| worker.join().map_err(|_| Error::fault("a reading thread ended early")));
        Ok(joined.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    })?;
    parts.sort_by_key(|(file, _)| *file);
    for (_, part) in parts {
        ledger.absorb(part?)?;
    }
    for (file, count) in prints.duplicates()? {
        let entry = ledger.file(file);
        entry.accepted -= count;
        entry.duplicate += count;
    }
    Ok(())
}

/// Whoever takes the events has stopped at an error of its own, which is the one that is told.
fn stopped() -> Box<Error> {
    Error::fault("reading was stopped")
}

/// A log file.
struct Log<'a> {
    system: SystemId,
    source: &'a Source,
    shown: &'a str,
    path: &'a Path,
    file: FileId,
}

/// Events on their way from the thread that reads to the one that keeps.
struct Batch {
    system: SystemId,
    file: FileId,
    text: String,
    rows: Vec<Parsed>,
}

struct Parsed {
    at: Instant,
    action: Action,
    success: Success,
    fingerprint: u128,
    line: u32,
    named: Named,
    by_itself: bool,
    /// The target's place in the text of the batch.
    target: (usize, usize),
    /// The detail's, of a grant given or taken away.
    detail: (usize, usize),
}

impl Log<'_> {
    /// Reads the file and sends its events; what became of its rows is in the books that come back.
    fn read(
        &self,
        presets: &Presets,
        case: &Case,
        listed: &Listed,
        mut part: Ledger,
        hashers: &[DefaultHashBuilder; 2],
        send: &SyncSender<Batch>,
    ) -> Result<Ledger> {
        let export = open::open(self.source, self.shown, self.path, presets, case.zone, &mut part)?;
        let mut batch = self.batch();
        let directory = &listed.directories[usize::from(self.system.0)];
        export.each(&mut part, |table, row, place, origin, part| {
            let read = match read_row(table, row, part, origin) {
                Ok(Some(read)) => read,
                Ok(None) => {
                    // Whatever it tells, the log was being written then.
                    if let Ok(Some(Moment::At(at))) = table.moment(AT, row) {
                        part.file(origin.file).hours.note(at);
                    }
                    return Ok(Verdict::OutOfScope);
                }
                Err(fault) => return Ok(Verdict::Rejected(fault)),
            };
            part.file(origin.file).spans(read.at);
            let id = table.text(EVENT_ID, row);
            let fingerprint = self.fingerprint(&read, id.as_deref(), (row, place), hashers);
            let start = batch.text.len();
            batch.text.push_str(&read.target);
            let target = (start, batch.text.len());
            if matches!(read.action, Action::GrantAdded | Action::GrantRemoved) {
                batch.text.push_str(&table.text(DETAIL, row).unwrap_or_default());
            }
            let detail = (target.1, batch.text.len());
            let named = directory.named(&read.target, &listed.accounts);
            let acts = |actor: &str| same(actor, &read.target) || directory.named(actor, &listed.accounts) == named;
            let by_itself =
                read.action.alters() && named != Named::None && table.text(ACTOR, row).is_some_and(|actor| acts(&actor));
            let Read { at, action, success, .. } = read;
            batch.rows.push(Parsed { at, action, success, fingerprint, line: origin.line, named, by_itself, target, detail });
            if batch.rows.len() == BATCH {
                send.send(std::mem::replace(&mut batch, self.batch())).map_err(|_| stopped())?;
            }
            Ok(Verdict::Accepted)
        })?;
        send.send(batch).map_err(|_| stopped())?;
        Ok(part)
    }

    fn batch(&self) -> Batch {
        Batch { system: self.system, file: self.file, text: String::new(), rows: Vec::with_capacity(BATCH) }
    }

    fn fingerprint(&self, read: &Read, id: Option<&str>, row: (&Row, usize), hashers: &[DefaultHashBuilder; 2]) -> u128 {
        let [high, low] = [&hashers[0], &hashers[1]].map(|hasher| {
            let mut state = hasher.build_hasher();
            if let Some(id) = id {
                (self.system.0, id, read.action as u8, &*read.target).hash(&mut state);
            } else {
                self.system.0.hash(&mut state);
                content::hash(row.0, row.1, &mut state);
            }
            state.finish()
        });
        u128::from(high) << 64 | u128::from(low)
    }
}

pub(super) struct Read<'r> {
    at: Instant,
    action: Action,
    target: std::borrow::Cow<'r, str>,
    success: Success,
}

pub(super) fn read_row<'r>(table: &Table, row: &Row<'r>, ledger: &mut Ledger, origin: Origin) -> Result<Option<Read<'r>>, Fault> {
    let action = match table.text(ACTION, row) {
        Some(word) => Action::from_word(&word),
        None if table.decides(ACTION) => None,
        None => return Err(table.fault(ACTION, "", "empty, and a row needs it")),
    };
    let Some(action) = action else { return Ok(None) };
    let at = match table.moment(AT, row)? {
        Some(Moment::At(at)) => at,
        Some(Moment::On(date)) => {
            return Err(table.fault(AT, &date.to_string(), "a date without a clock time; an event needs its instant"));
        }
        None => return Err(table.fault(AT, "", "empty, and a row needs it")),
    };
    let target = table.required(TARGET, row)?;
    let outcome = table.text(OUTCOME, row);
    let success = outcome.as_deref().map_or(Success::Yes, Success::from_word);
    if let (Success::Unknown, Some(word)) = (success, &outcome) {
        *ledger.file(origin.file).unknown_words.entry(format!("outcome: {word}")).or_default() += 1;
    }
    Ok(Some(Read { at, action, target, success }))
}
