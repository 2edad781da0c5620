//! Sources beside people, accounts and logs: grants, tickets, checklists, devices and roles. They are read, held to their
//! required columns and times, and counted, so that the reconciliation is whole; of them the tickets are kept.

use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::Case;
use crate::error::Result;
use crate::model::columns::tickets::{CLOSED_AT, EMAIL, KIND, OPENED_AT, PERSON_ID};
use crate::model::columns::{SourceKind, is_time};
use crate::model::origin::Origin;
use crate::model::ticket::{Ticket, TicketKind};
use crate::presets::Presets;
use crate::time;

/// Reads and counts them; the tickets of joiners, movers and leavers go out.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger) -> Result<Vec<Ticket>> {
    let mut tickets = Vec::new();
    let read_elsewhere =
        |kind| matches!(kind, SourceKind::People | SourceKind::Accounts | SourceKind::Events | SourceKind::Overrides);
    for source in case.sources.iter().filter(|s| !read_elsewhere(s.kind)) {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, _, origin, ledger| {
                if let Err(fault) = check(table, row) {
                    return Ok(Verdict::Rejected(fault));
                }
                for strange in unknown_words(table, row) {
                    *ledger.file(origin.file).unknown_words.entry(strange).or_default() += 1;
                }
                if source.kind == SourceKind::Tickets {
                    match ticket(table, row, origin) {
                        Ok(ticket) => tickets.extend(ticket),
                        Err(fault) => return Ok(Verdict::Rejected(fault)),
                    }
                }
                Ok(Verdict::Accepted)
            })?;
        }
    }
    Ok(tickets)
}

/// A ticket of a kind that is known.
fn ticket(table: &Table, row: &Row, origin: Origin) -> Result<Option<Ticket>, Fault> {
    let Some(kind) = table.text(KIND, row).and_then(|word| TicketKind::from_word(&word)) else { return Ok(None) };
    let text = |column| table.text(column, row).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let opened = table.moment(OPENED_AT, row)?.map(|moment| time::within(moment, table.zone));
    let closed = table.moment(CLOSED_AT, row)?.map(|moment| time::within(moment, table.zone));
    Ok(Some(Ticket { kind, person_id: text(PERSON_ID), email: text(EMAIL), opened, closed, origin }))
}

/// The words that the contract has for a column; none where any text will do.
fn known_words(kind: SourceKind, column: &str) -> Option<&'static [&'static str]> {
    match (kind, column) {
        (SourceKind::Tickets, "kind") => Some(&["joiner", "mover", "leaver"]),
        (SourceKind::Checklists, "kind") => Some(&["onboarding", "offboarding"]),
        (SourceKind::Devices, "status") => Some(&["held", "returned", "wiped"]),
        _ => None,
    }
}

/// Words of a row that stand where the contract has others.
fn unknown_words(table: &Table, row: &Row) -> Vec<String> {
    let mut strange = Vec::new();
    for (place, column) in table.kind.columns().iter().enumerate() {
        let Some(known) = known_words(table.kind, column) else { continue };
        if let Some(word) = table.text(place, row).filter(|word| !known.iter().any(|k| k.eq_ignore_ascii_case(word))) {
            strange.push(format!("{column}: {word}"));
        }
    }
    strange
}

fn check(table: &Table, row: &Row) -> Result<(), Fault> {
    for (place, column) in table.kind.columns().iter().enumerate() {
        if table.kind.required().contains(column) {
            table.required(place, row)?;
        }
        if is_time(column) {
            table.moment(place, row)?;
        }
    }
    Ok(())
}
