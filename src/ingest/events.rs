//! Audit logs: each line streamed to whoever keeps what concerns the result. Nothing here grows with the log.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::DefaultHashBuilder;

use super::duplicates::Fingerprints;
use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::Case;
use crate::error::Result;
use crate::model::columns::SourceKind;
use crate::model::columns::events::{ACTION, AT, EVENT_ID, OUTCOME, TARGET};
use crate::model::event::{Action, Event, Success};
use crate::model::origin::Origin;
use crate::model::system::SystemId;
use crate::presets::Presets;
use crate::time::Moment;

/// Reads all logs and hands each event on, in the order of the case. An event that stands in several exports is handed
/// on each time, with the same fingerprint; the books count it once.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger, mut take: impl FnMut(SystemId, &Event, Origin)) -> Result<()> {
    let mut prints = Fingerprints::default();
    let hashers = [DefaultHashBuilder::default(), DefaultHashBuilder::default()];
    for source in case.sources.iter().filter(|s| s.kind == SourceKind::Events) {
        let Some(system) = source.system else { continue };
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, raw, origin, ledger| {
                let read = match read_row(table, row, ledger, origin) {
                    Ok(Some(read)) => read,
                    Ok(None) => return Ok(Verdict::OutOfScope),
                    Err(fault) => return Ok(Verdict::Rejected(fault)),
                };
                let fingerprint = {
                    let id = table.text(EVENT_ID, row);
                    let [high, low] = [&hashers[0], &hashers[1]].map(|h| {
                        let mut state = h.build_hasher();
                        match &id {
                            Some(id) => (system.0, &**id, read.action as u8, &*read.target).hash(&mut state),
                            None => (system.0, raw).hash(&mut state),
                        }
                        state.finish()
                    });
                    u128::from(high) << 64 | u128::from(low)
                };
                prints.note(fingerprint, origin.file)?;
                let entry = ledger.file(origin.file);
                entry.spans(read.at);
                let event = Event { at: read.at, action: read.action, target: &read.target, success: read.success, fingerprint };
                take(system, &event, origin);
                Ok(Verdict::Accepted)
            })?;
        }
    }
    for (file, count) in prints.duplicates()? {
        let entry = ledger.file(file);
        entry.accepted -= count;
        entry.duplicate += count;
    }
    Ok(())
}

pub(super) struct Read<'r> {
    at: crate::model::instant::Instant,
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
