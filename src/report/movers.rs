//! `movers.csv`: for each grant of the former role of each mover whether it was taken away, and how long after the change.

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
        "former_role",
        "role",
        "grant",
        "changed_not_before",
        "changed_not_after",
        "removed_at",
        "removed_not_before",
        "removed_not_after",
        "seconds_at_least",
        "seconds_at_most",
        "outcome",
        "evidence_at",
    ];
    let mut sheet = Sheet::new(out, &header)?;
    let accounts = &examined.listed.accounts;
    for row in &examined.process.movers.rows {
        let (account, person) = (accounts.get(row.account), examined.people.get(row.person));
        let names = accounts.names(account);
        let [at, not_before, not_after] = row.removed.cells();
        let [least, most] = row.seconds.map(|seconds| seconds.map(|s| s.to_string()).unwrap_or_default());
        let mut rows = vec![person.origin];
        rows.extend(&row.evidence_at);
        sheet.row([
            examined.people.person_id(row.person),
            examined.people.name(row.person),
            examined.case.system_name(account.system),
            names.account_id,
            names.login,
            examined.people.entry(person).previous_role,
            examined.people.entry(person).role,
            &row.grant,
            &row.changed.0.to_string(),
            &row.changed.1.to_string(),
            &at,
            &not_before,
            &not_after,
            &least,
            &most,
            row.outcome.word(),
            &ledger.cite(&rows),
        ])?;
    }
    sheet.end()
}
