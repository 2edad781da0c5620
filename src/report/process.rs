//! The joiners' accounts and the movers' former grants as the page shows them: what was examined comes in, lines of texts go out.

use crate::ingest::ledger::Ledger;
use crate::model::account::AccountId;
use crate::model::instant::Instant;
use crate::model::joiner::Provisioned;
use crate::model::mover::Kept;
use crate::model::person::PersonId;
use crate::model::step::Within;
use crate::rules::Examined;

/// An account of a joiner, or a grant of a mover's former role.
pub struct ProcessLine {
    /// HR's number.
    pub person_id: String,
    /// The name.
    pub person: String,
    /// The system.
    pub system: String,
    /// The login, else the account's id.
    pub account: String,
    /// The grant; empty of a joiner.
    pub grant: String,
    /// The former role and the one held now; empty of a joiner.
    pub roles: [String; 2],
    /// The first and the last instant at which the person can have started or changed.
    pub from: (Instant, Instant),
    /// When the account was first usable, or the grant taken away.
    pub done: Within,
    /// The same in seconds after the start or the change: at least, at most.
    pub seconds: [Option<i64>; 2],
    /// The word of the outcome.
    pub outcome: &'static str,
    /// Whether that is as it should be, is not, or is not known.
    pub as_due: Option<bool>,
    /// The rows, as `file:line; file:line`.
    pub evidence_at: String,
}

/// The rows of `joiners.csv`, what is late first.
#[must_use]
pub fn joiners(examined: &Examined, ledger: &Ledger) -> Vec<ProcessLine> {
    let rows = examined.process.joiners.iter().map(|row| {
        let [person_id, person, system, account] = names(examined, row.person, row.account);
        ProcessLine {
            person_id,
            person,
            system,
            account,
            grant: String::new(),
            roles: [String::new(), String::new()],
            from: row.start,
            done: row.usable,
            seconds: row.seconds,
            outcome: row.outcome.word(),
            as_due: match row.outcome {
                Provisioned::OnTime => Some(true),
                Provisioned::Late => Some(false),
                Provisioned::Undetermined => None,
            },
            evidence_at: ledger.cite(&row.evidence_at),
        }
    });
    worst_first(rows.collect())
}

/// The rows of `movers.csv`, what is still held first.
#[must_use]
pub fn movers(examined: &Examined, ledger: &Ledger) -> Vec<ProcessLine> {
    let rows = examined.process.movers.rows.iter().map(|row| {
        let [person_id, person, system, account] = names(examined, row.person, row.account);
        let mover = examined.people.entry_of(row.person);
        ProcessLine {
            person_id,
            person,
            system,
            account,
            grant: row.grant.clone(),
            roles: [mover.previous_role, mover.role].map(str::to_owned),
            from: row.changed,
            done: row.removed,
            seconds: row.seconds,
            outcome: row.outcome.word(),
            as_due: match row.outcome {
                Kept::Removed => Some(true),
                Kept::Kept => Some(false),
                Kept::Undetermined => None,
            },
            evidence_at: ledger.cite(&row.evidence_at),
        }
    });
    worst_first(rows.collect())
}

/// HR's number, the name, the system and the account as a reader sees it.
fn names(examined: &Examined, person: PersonId, account: AccountId) -> [String; 4] {
    let accounts = &examined.listed.accounts;
    let account = accounts.get(account);
    let system = examined.case.system_name(account.system);
    let shown = accounts.names(account).shown();
    [examined.people.person_id(person), examined.people.name(person), system, shown].map(str::to_owned)
}

/// Not as it should be, not known, as it should be; each in the order of the file.
fn worst_first(mut lines: Vec<ProcessLine>) -> Vec<ProcessLine> {
    lines.sort_by_key(|line| match line.as_due {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    });
    lines
}
