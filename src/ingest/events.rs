//! Audit logs: each line streamed to whoever keeps what concerns the result. Nothing here grows with the log.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use super::accounts::Listed;
use super::batch::{Batch, Parsed};
use super::directory::Directory;
use super::duplicates::Fingerprints;
use super::fingerprint::Hashers;
use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::side_by_side::{self, Taker};
use super::table::Table;
use crate::case::{Case, Source};
use crate::error::{Error, Result};
use crate::model::account::{AccountId, Accounts};
use crate::model::bits::Bits;
use crate::model::columns::SourceKind;
use crate::model::columns::events::{ACTION, ACTOR, AT, CREDENTIAL, DETAIL, EVENT_ID, OUTCOME, TARGET};
use crate::model::event::{Action, Event, Named, Success};
use crate::model::index::same;
use crate::model::instant::Instant;
use crate::model::origin::{FileId, Origin};
use crate::model::system::SystemId;
use crate::presets::Presets;
use crate::time::Moment;

/// Batches of events that may wait to be taken.
const WAITING: usize = 8;
/// Files that are read side by side; each is itself read by all cores.
const SIDE_BY_SIDE: usize = 2;

/// Who keeps of the events what matters.
pub trait Keeper {
    /// Is told which accounts the next events are of, so that what is known of them is at hand then: each waits for memory, and the
    /// waits do not depend on each other.
    fn expect(&self, accounts: impl Iterator<Item = AccountId>);
    /// Takes a successful sign-in to an account that is not watched.
    fn used(&mut self, system: SystemId, account: AccountId, at: Instant, origin: Origin);
    /// Takes any other event.
    fn take(&mut self, system: SystemId, event: &Event, origin: Origin);
    /// The accounts of the dumps of which more is kept than the newest use; the same from the first event to the last.
    fn watched(&self) -> Bits;
}

/// Keeps nothing: for whoever wants to know what can be read.
impl Keeper for () {
    fn expect(&self, _: impl Iterator<Item = AccountId>) {}
    fn used(&mut self, _: SystemId, _: AccountId, _: Instant, _: Origin) {}
    fn take(&mut self, _: SystemId, _: &Event, _: Origin) {}

    fn watched(&self) -> Bits {
        Bits::default()
    }
}

/// Reads all logs side by side, and hands each event on: in no certain order, so that whoever takes them must not
/// depend on one. Its target is looked up among the accounts of the system's dumps. An event that stands in several
/// exports is handed on each time, with the same fingerprint; the books count it once, and are in the order of the case.
pub fn read(case: &Case, presets: &Presets, listed: &Listed, ledger: &mut Ledger, keeper: &mut impl Keeper) -> Result<()> {
    let logs = case.sources.iter().filter(|s| s.kind == SourceKind::Events);
    let files: Vec<Log> = logs
        .flat_map(|source| source.files.iter().filter_map(move |(shown, path)| Some((source.system?, source, shown, path))))
        .zip(ledger.next().0..)
        .map(|((system, source, shown, path), id)| Log { system, source, shown, path, file: FileId(id) })
        .collect();
    let hashers = Hashers::default();
    let watched = keeper.watched();
    let mut prints = Fingerprints::default();
    let next = AtomicUsize::new(0);
    let mut parts: Vec<(usize, Result<Ledger>)> = std::thread::scope(|scope| -> Result<_> {
        let (send, batches) = sync_channel(WAITING);
        let mut workers = Vec::new();
        for _ in 0..SIDE_BY_SIDE.min(files.len()) {
            let (books, files, next, send) = (&*ledger, &files, &next, send.clone());
            let alike = Alike { listed, hashers: &hashers, watched: &watched };
            let work = move || {
                let mut parts = Vec::new();
                while let Some(log) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let part = log.read(presets, case, alike, books.part(log.file), &send);
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
            for fingerprint in &batch.fingerprints {
                prints.note(*fingerprint, batch.file)?;
            }
            batch.hand_to(keeper);
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

/// What all logs are read with.
#[derive(Clone, Copy)]
struct Alike<'a> {
    listed: &'a Listed,
    hashers: &'a Hashers,
    watched: &'a Bits,
}

impl Log<'_> {
    /// Reads the file and sends its events; what became of its rows is in the books that come back.
    fn read(&self, presets: &Presets, case: &Case, alike: Alike, mut part: Ledger, send: &SyncSender<Batch>) -> Result<Ledger> {
        let Alike { listed, hashers, watched } = alike;
        let export = open::open(self.source, self.shown, self.path, presets, case.zone, &mut part)?;
        let events = Events {
            log: self,
            hashers,
            watched,
            accounts: &listed.accounts,
            directory: &listed.directories[usize::from(self.system.0)],
            automation: &case.policy.automation,
        };
        side_by_side::each(export, &mut part, &events, |read, _| send.send(read.batch).map_err(|_| stopped()))?;
        Ok(part)
    }
}

/// Turns rows into events.
struct Events<'a> {
    log: &'a Log<'a>,
    hashers: &'a Hashers,
    watched: &'a Bits,
    accounts: &'a Accounts,
    directory: &'a Directory,
    /// Who is a program that gives and takes access.
    automation: &'a [String],
}

/// The events of some rows.
struct Part {
    batch: Batch,
    /// Of events that alter an account: their places among the events, and the place of who did it in the text.
    actors: Vec<(usize, (u32, u32))>,
    scratch: Vec<u8>,
}

impl Taker for Events<'_> {
    type Part = Part;

    fn part(&self) -> Part {
        let batch = Batch::of(self.log.system, self.log.file);
        Part { batch, actors: Vec::new(), scratch: Vec::new() }
    }

    fn take(
        &self,
        part: &mut Part,
        table: &Table,
        row: &Row,
        place: usize,
        origin: Origin,
        books: &mut Ledger,
    ) -> Result<Verdict> {
        let read = match read_row(table, row, books, origin) {
            Ok(Some(read)) => read,
            Ok(None) => {
                // Whatever it tells, the log was being written then.
                if let Ok(Some(Moment::At(at))) = table.moment(AT, row) {
                    books.file(origin.file).hours.note(at);
                }
                return Ok(Verdict::OutOfScope);
            }
            Err(fault) => return Ok(Verdict::Rejected(fault)),
        };
        books.file(origin.file).spans(read.at);
        let system = self.log.system;
        let fingerprint = match table.text(EVENT_ID, row) {
            Some(id) => self.hashers.of_id(system, &id, read.action, &read.target),
            None => self.hashers.of_row(system, row, place, &mut part.scratch),
        };
        if read.action.alters()
            && let Some(actor) = table.text(ACTOR, row)
        {
            let actor = part.batch.keep(&actor);
            part.actors.push((part.batch.rows.len(), actor));
        }
        let by_automation = read.action.switches()
            && !self.automation.is_empty()
            && table.text(ACTOR, row).is_some_and(|actor| self.automation.iter().any(|program| same(program, actor.trim())));
        let target = part.batch.keep(&read.target);
        let grants = matches!(read.action, Action::GrantAdded | Action::GrantRemoved);
        let credentials = matches!(read.action, Action::CredentialAdded | Action::CredentialRevoked);
        let mut keep =
            |wanted: bool, column| part.batch.keep(&wanted.then(|| table.text(column, row)).flatten().unwrap_or_default());
        let (detail, credential) = (keep(grants || credentials, DETAIL), keep(credentials, CREDENTIAL));
        let Read { at, action, success, .. } = read;
        let (line, named) = (origin.line, Named::None);
        part.batch.rows.push(Parsed {
            at,
            action,
            success,
            fingerprint,
            line,
            named,
            by_itself: false,
            by_automation,
            target,
            detail,
            credential,
        });
        Ok(Verdict::Accepted)
    }

    /// Looks the targets up, all together, so that the memory is not waited for again and again; and puts by themselves the events of
    /// which little is to be told.
    fn end(&self, part: &mut Part) {
        let batch = &part.batch;
        let targets: Vec<&str> = batch.rows.iter().map(|row| batch.get(row.target)).collect();
        let named = self.directory.named_all(&targets, self.accounts);
        let mut by_itself = Vec::new();
        for (place, actor) in &part.actors {
            let (actor, named) = (batch.get(*actor), named[*place]);
            let one = || same(actor, targets[*place]) || self.directory.named(actor, self.accounts) == named;
            if named != Named::None && one() {
                by_itself.push(*place);
            }
        }
        for (row, named) in part.batch.rows.iter_mut().zip(named) {
            row.named = named;
        }
        for place in by_itself {
            part.batch.rows[place].by_itself = true;
        }
        part.batch.put_aside(self.watched);
    }
}

pub(super) struct Read<'r> {
    at: Instant,
    action: Action,
    target: std::borrow::Cow<'r, str>,
    success: Success,
}

pub(super) fn read_row<'r>(
    table: &'r Table,
    row: &Row<'r>,
    ledger: &mut Ledger,
    origin: Origin,
) -> Result<Option<Read<'r>>, Fault> {
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
