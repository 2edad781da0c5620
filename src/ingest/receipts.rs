//! Receipts: what this tool, or another that acts on accounts, did to them, and what the systems answered. Only an answer that it was
//! done counts; one that there was nothing left to do shows how it stood by then.

use hashbrown::HashSet;

use super::accounts::Listed;
use super::events::Keeper;
use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::Case;
use crate::error::Result;
use crate::model::columns::SourceKind;
use crate::model::columns::receipts::{ACTION, ACTOR, AT, CREDENTIAL, DETAIL, OUTCOME, RECEIPT_ID, SYSTEM, TARGET};
use crate::model::event::{Action, Event, Success};
use crate::model::index::same;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::system::SystemId;
use crate::presets::Presets;
use crate::time::Moment;

/// The word of a receipt that found nothing left to do: what was asked for was so already.
const UNCHANGED: &str = "unchanged";

/// Reads all receipts, and hands each on as an event that a receipt tells. One that stands in several exports counts where it stands
/// first; an action that was tried again, under the same `receipt_id`, has another time or outcome and counts too.
pub fn read(case: &Case, presets: &Presets, listed: &Listed, ledger: &mut Ledger, keeper: &mut impl Keeper) -> Result<()> {
    let mut seen: HashSet<Same> = HashSet::new();
    for source in case.sources.iter().filter(|s| s.kind == SourceKind::Receipts) {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, _, origin, ledger| {
                let receipt = match Receipt::read(case, table, row) {
                    Ok(receipt) => receipt,
                    Err(fault) => return Ok(Verdict::Rejected(fault)),
                };
                ledger.file(origin.file).spans(receipt.at);
                if receipt.success == Success::Unknown {
                    *ledger.file(origin.file).unknown_words.entry(format!("outcome: {}", receipt.outcome)).or_default() += 1;
                }
                if !seen.insert(receipt.same()) {
                    return Ok(Verdict::Duplicate);
                }
                let Some(action) = receipt.action else { return Ok(Verdict::OutOfScope) };
                receipt.tell(action, listed, case, origin, keeper);
                Ok(Verdict::Accepted)
            })?;
        }
    }
    Ok(())
}

/// What tells a receipt from others.
type Same = (String, Instant, SystemId, String, Option<&'static str>, String);

/// One receipt.
struct Receipt {
    id: String,
    at: Instant,
    system: SystemId,
    target: String,
    /// What was done; none where it is nothing by which an account works or does not.
    action: Option<Action>,
    outcome: String,
    success: Success,
    actor: String,
    detail: String,
    credential: String,
}

impl Receipt {
    fn read(case: &Case, table: &Table, row: &Row) -> Result<Self, Fault> {
        let text = |column: usize| table.text(column, row).map(|text| text.trim().to_owned()).unwrap_or_default();
        let name = table.required(SYSTEM, row)?;
        let system = case.system_named(&name).ok_or_else(|| table.fault(SYSTEM, &name, "is no system of the case"))?;
        let at = match table.moment(AT, row)? {
            Some(Moment::At(at)) => at,
            Some(Moment::On(date)) => {
                return Err(table.fault(AT, &date.to_string(), "a date without a clock time; a receipt needs its instant"));
            }
            None => return Err(table.fault(AT, "", "empty, and a row needs it")),
        };
        let outcome = table.required(OUTCOME, row)?.trim().to_owned();
        Ok(Self {
            id: table.required(RECEIPT_ID, row)?.into_owned(),
            at,
            system,
            target: table.required(TARGET, row)?.trim().to_owned(),
            action: Action::from_word(table.required(ACTION, row)?.trim()).filter(|action| counts(*action)),
            success: if same(&outcome, UNCHANGED) { Success::Disabled } else { Success::from_word(&outcome) },
            outcome,
            actor: text(ACTOR),
            detail: text(DETAIL),
            credential: text(CREDENTIAL),
        })
    }

    fn same(&self) -> Same {
        (self.id.clone(), self.at, self.system, self.target.clone(), self.action.map(Action::word), self.outcome.clone())
    }

    fn tell(&self, action: Action, listed: &Listed, case: &Case, origin: Origin, keeper: &mut impl Keeper) {
        let of_system = &listed.directories[usize::from(self.system.0)];
        let takes_off = matches!(action, Action::Disabled | Action::Deleted);
        // That there was nothing to enable, or to take away, says nothing of whether the account works.
        let success = if self.success == Success::Disabled && !takes_off { Success::Unknown } else { self.success };
        let event = Event {
            at: self.at,
            action,
            target: &self.target,
            named: of_system.named(&self.target, &listed.accounts),
            detail: &self.detail,
            credential: &self.credential,
            by_itself: false,
            by_automation: action.switches() && case.policy.automation.iter().any(|program| same(program, &self.actor)),
            success,
            receipt: true,
            // No other receipt has it, nor by all likelihood any event.
            fingerprint: u128::from(origin.file.0) << 64 | u128::from(origin.line) << 1 | 1,
        };
        keeper.take(self.system, &event, origin);
    }
}

/// Whether something that was done makes an account, a credential or a grant work or not.
fn counts(action: Action) -> bool {
    use Action::{CredentialAdded, CredentialRevoked, Deleted, Disabled, Enabled, GrantAdded, GrantRemoved};
    matches!(action, Enabled | Disabled | Deleted | CredentialAdded | CredentialRevoked | GrantAdded | GrantRemoved)
}
