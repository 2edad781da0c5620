//! The override file: what analysts decided about the holders of accounts.

use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::Case;
use crate::error::Result;
use crate::model::account::Kind;
use crate::model::columns::SourceKind;
use crate::model::columns::overrides::{ACCOUNT_ID, DECIDED_AT, DECIDED_BY, DECISION, KIND, LOGIN, PERSON_ID, REASON, SYSTEM};
use crate::model::decision::{self, Decision};
use crate::model::origin::Origin;
use crate::presets::Presets;

/// Reads the decisions, in the order of the file. Of two on one account the later one holds.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger) -> Result<Vec<Decision>> {
    let mut decisions = Vec::new();
    for source in case.sources.iter().filter(|s| s.kind == SourceKind::Overrides) {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, _, origin, _| {
                Ok(match decision(case, table, row, origin) {
                    Ok(decision) => {
                        decisions.push(decision);
                        Verdict::Accepted
                    }
                    Err(fault) => Verdict::Rejected(fault),
                })
            })?;
        }
    }
    Ok(decisions)
}

fn decision(case: &Case, table: &Table, row: &Row, origin: Origin) -> Result<Decision, Fault> {
    let text = |column: usize| table.text(column, row).map(|text| text.trim().to_owned()).unwrap_or_default();
    let name = table.required(SYSTEM, row)?;
    let system = case.system_named(&name).ok_or_else(|| table.fault(SYSTEM, &name, "no system of the case has this name"))?;
    let (account_id, login) = (text(ACCOUNT_ID), text(LOGIN));
    if account_id.is_empty() && login.is_empty() {
        return Err(table.fault(ACCOUNT_ID, "", "empty, and so is login: nothing says which account is meant"));
    }
    let word = table.required(DECISION, row)?;
    let keep = word.eq_ignore_ascii_case("keep");
    let verdict = match &*word.to_lowercase() {
        "keep" | "person" => decision::Verdict::Person(table.required(PERSON_ID, row)?.trim().to_owned()),
        "nobody" => decision::Verdict::Nobody,
        "kind" => {
            let kind = table.required(KIND, row)?;
            let kind = Kind::from_word(&kind).ok_or_else(|| {
                table.fault(KIND, &kind, "no kind of account: write service, shared, guest, break-glass or human")
            })?;
            decision::Verdict::Kind(kind)
        }
        _ => return Err(table.fault(DECISION, &word, "no decision: write keep, person, nobody or kind")),
    };
    let decided_by = table.required(DECIDED_BY, row)?.into_owned();
    table.moment(DECIDED_AT, row)?;
    let decided_at = table.required(DECIDED_AT, row)?.into_owned();
    Ok(Decision { system, account_id, login, verdict, keep, decided_by, decided_at, reason: text(REASON), origin })
}
