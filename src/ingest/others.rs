//! Sources beside people, accounts and logs: grants, tickets, checklists, devices and roles. They are held to their required columns
//! and times, counted, and kept.

use super::Listed;
use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::{Case, Source};
use crate::error::Result;
use crate::model::checklist::ChecklistStep;
use crate::model::columns::{SourceKind, checklists, devices, grants, is_time, roles, tickets};
use crate::model::device::{Device, DeviceStatus};
use crate::model::event::Named;
use crate::model::grant::{Grant, RoleGrant};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::secret::Secret;
use crate::model::system::SystemId;
use crate::model::ticket::{Ticket, TicketKind, says_open};
use crate::presets::Presets;
use crate::time;

/// What was read of them.
#[derive(Default)]
pub struct Others {
    /// The tickets of joiners, movers and leavers.
    pub tickets: Vec<Ticket>,
    /// The steps of checklists for leaving.
    pub checklists: Vec<ChecklistStep>,
    /// The steps of checklists for starting.
    pub onboarding: Vec<ChecklistStep>,
    /// The devices.
    pub devices: Vec<Device>,
    /// Grants of accounts that the dumps know.
    pub grants: Vec<Grant>,
    /// How many others name no account that a dump knows, or more than one.
    pub nobodys_grants: usize,
    /// The secrets of vaults, a row for each who knows one.
    pub secrets: Vec<Secret>,
    /// The templates of roles.
    pub roles: Vec<RoleGrant>,
}

/// Reads and counts them.
pub fn read(case: &Case, presets: &Presets, listed: &Listed, ledger: &mut Ledger) -> Result<Others> {
    let mut others = Others::default();
    let read_here = |kind| {
        use SourceKind::{Checklists, Devices, Grants, Roles, Tickets};
        matches!(kind, Grants | Tickets | Checklists | Devices | Roles)
    };
    for source in case.sources.iter().filter(|s| read_here(s.kind)) {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, _, origin, ledger| {
                if let Err(fault) = check(table, row).and_then(|()| others.keep((case, listed, source), table, row, origin)) {
                    return Ok(Verdict::Rejected(fault));
                }
                for strange in unknown_words(table, row) {
                    *ledger.file(origin.file).unknown_words.entry(strange).or_default() += 1;
                }
                Ok(Verdict::Accepted)
            })?;
        }
    }
    Ok(others)
}

impl Others {
    fn keep(
        &mut self,
        (case, listed, source): (&Case, &Listed, &Source),
        table: &Table,
        row: &Row,
        origin: Origin,
    ) -> Result<(), Fault> {
        match source.kind {
            SourceKind::Tickets => self.tickets.extend(ticket(table, row, origin)?),
            SourceKind::Checklists => {
                let word = table.text(checklists::KIND, row);
                let starting = word.is_some_and(|word| word.eq_ignore_ascii_case("onboarding"));
                let list = if starting { &mut self.onboarding } else { &mut self.checklists };
                list.push(step(table, row, origin)?);
            }
            SourceKind::Devices => self.devices.push(device(table, row, origin)),
            SourceKind::Grants => {
                if let Some(system) = source.system {
                    if secrets(case, system, table) {
                        self.secrets.push(secret(listed, (system, source.exported_at), table, row, origin)?);
                        return Ok(());
                    }
                    match grant(listed, (system, source.exported_at), table, row, origin)? {
                        Some(grant) => self.grants.push(grant),
                        None => self.nobodys_grants += 1,
                    }
                }
            }
            SourceKind::Roles => self.roles.push(role(case, table, row, origin)?),
            _ => {}
        }
        Ok(())
    }
}

fn text(table: &Table, row: &Row, column: usize) -> String {
    table.text(column, row).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// A ticket of a kind that is known.
fn ticket(table: &Table, row: &Row, origin: Origin) -> Result<Option<Ticket>, Fault> {
    let Some(kind) = table.text(tickets::KIND, row).and_then(|word| TicketKind::from_word(&word)) else { return Ok(None) };
    let within = |column| Ok(table.moment(column, row)?.map(|moment| time::within(moment, table.zone)));
    let (opened, closed) = (within(tickets::OPENED_AT)?, within(tickets::CLOSED_AT)?);
    let [ticket_id, person_id, email, assignee, status] =
        [tickets::TICKET_ID, tickets::PERSON_ID, tickets::EMAIL, tickets::ASSIGNEE, tickets::STATUS]
            .map(|column| text(table, row, column));
    let open = closed.is_none() && says_open(&status);
    Ok(Some(Ticket { ticket_id, kind, assignee, open, person_id, email, opened, closed, origin }))
}

/// A step of a checklist; of a list that does not say for what it is, one for leaving.
fn step(table: &Table, row: &Row, origin: Origin) -> Result<ChecklistStep, Fault> {
    let within = |column| Ok(table.moment(column, row)?.map(|moment| time::within(moment, table.zone)));
    Ok(ChecklistStep {
        person_id: text(table, row, checklists::PERSON_ID),
        step: text(table, row, checklists::STEP),
        responsible: text(table, row, checklists::RESPONSIBLE),
        due: within(checklists::DUE_AT)?.map(|(_, last)| last),
        done: within(checklists::DONE_AT)?,
        origin,
    })
}

fn device(table: &Table, row: &Row, origin: Origin) -> Device {
    let returned = table.text(devices::RETURNED_AT, row).is_some();
    let status = table.text(devices::STATUS, row).map_or(DeviceStatus::Unknown, |word| DeviceStatus::from_word(&word));
    Device {
        device_id: text(table, row, devices::DEVICE_ID),
        person_id: text(table, row, devices::PERSON_ID),
        email: text(table, row, devices::EMAIL),
        kind: text(table, row, devices::TYPE),
        status: if returned && status == DeviceStatus::Unknown { DeviceStatus::Returned } else { status },
        origin,
    }
}

/// A grant of an account that the dumps know.
fn grant(
    listed: &Listed,
    (system, listed_at): (SystemId, Option<Instant>),
    table: &Table,
    row: &Row,
    origin: Origin,
) -> Result<Option<Grant>, Fault> {
    let target = table.required(grants::TARGET, row)?;
    let since = table.moment(grants::GRANTED_AT, row)?.map(|moment| time::within(moment, table.zone).0);
    let Named::One(account) = listed.directories[usize::from(system.0)].named(&target, &listed.accounts) else { return Ok(None) };
    Ok(Some(Grant { account, grant: text(table, row, grants::GRANT), listed_at, since, origin }))
}

/// Whether a list of grants tells who knows which secret: it is a vault's, and says when they were changed.
fn secrets(case: &Case, system: SystemId, table: &Table) -> bool {
    table.has(grants::ROTATED_AT) && case.systems[usize::from(system.0)].kind.as_deref() == Some("vault")
}

/// A secret and who knows it.
fn secret(
    listed: &Listed,
    (system, listed_at): (SystemId, Option<Instant>),
    table: &Table,
    row: &Row,
    origin: Origin,
) -> Result<Secret, Fault> {
    let known_by = table.required(grants::TARGET, row)?.into_owned();
    let within = |column| Ok(table.moment(column, row)?.map(|moment| time::within(moment, table.zone)));
    let (rotated, since) = (within(grants::ROTATED_AT)?, within(grants::GRANTED_AT)?.map(|(first, _)| first));
    let account = match listed.directories[usize::from(system.0)].named(&known_by, &listed.accounts) {
        Named::One(account) => Some(account),
        Named::Several | Named::None => None,
    };
    Ok(Secret { system, name: text(table, row, grants::GRANT), known_by, account, rotated, since, listed_at, origin })
}

fn role(case: &Case, table: &Table, row: &Row, origin: Origin) -> Result<RoleGrant, Fault> {
    let name = table.required(roles::SYSTEM, row)?;
    let system = case.system_named(&name).ok_or_else(|| table.fault(roles::SYSTEM, &name, "is no system of the case"))?;
    Ok(RoleGrant { role: text(table, row, roles::ROLE), system, grant: text(table, row, roles::GRANT), origin })
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
