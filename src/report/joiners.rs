//! `joiners.csv`: for each account of each joiner when it was first usable, and how long after the start.

use std::io::Write;

use super::sheet::Sheet;
use crate::error::Result;
use crate::ingest::ledger::Ledger;
use crate::rules::Examined;

/// Writes the file.
pub fn csv(examined: &Examined, ledger: &Ledger, out: impl Write) -> Result<()> {
    let header = [
        "person_id",
        "person",
        "system",
        "account_id",
        "login",
        "start_not_before",
        "start_not_after",
        "usable_at",
        "usable_not_before",
        "usable_not_after",
        "seconds_at_least",
        "seconds_at_most",
        "outcome",
        "target_seconds",
        "evidence_at",
    ];
    let mut sheet = Sheet::new(out, &header)?;
    let accounts = &examined.listed.accounts;
    for row in &examined.process.joiners {
        let account = accounts.get(row.account);
        let names = accounts.names(account);
        let [at, not_before, not_after] = row.usable.cells();
        let [least, most] = row.seconds.map(|seconds| seconds.map(|s| s.to_string()).unwrap_or_default());
        let mut rows = vec![examined.people.get(row.person).origin];
        rows.extend(&row.evidence_at);
        sheet.row([
            examined.people.person_id(row.person),
            examined.people.name(row.person),
            examined.case.system_name(account.system),
            names.account_id,
            names.login,
            &row.start.0.to_string(),
            &row.start.1.to_string(),
            &at,
            &not_before,
            &not_after,
            &least,
            &most,
            row.outcome.word(),
            &examined.case.policy.provision_within.to_string(),
            &ledger.cite(&rows),
        ])?;
    }
    sheet.end()
}
