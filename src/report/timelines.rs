//! `timelines.csv`: every account of `revocations.csv` as stretches of usable, not usable and unknown, in the order of
//! time, each with the rows that show where it begins.

use std::io::Write;

use super::sheet::Sheet;
use crate::error::Result;
use crate::ingest::ledger::Ledger;
use crate::model::instant::Instant;
use crate::rules::Examined;

/// Writes the file.
pub fn csv(examined: &Examined, ledger: &Ledger, out: impl Write) -> Result<()> {
    let header = ["system", "account_id", "login", "person_id", "from", "to", "state", "evidence", "evidence_at"];
    let mut sheet = Sheet::new(out, &header)?;
    let accounts = &examined.listed.accounts;
    for row in examined.revocations() {
        let account = accounts.get(row.account);
        let names = accounts.names(account);
        for span in &row.timeline {
            sheet.row([
                examined.case.system_name(account.system),
                names.account_id,
                names.login,
                examined.people.person_id(row.person),
                &Instant::cell(span.from),
                &Instant::cell(span.to),
                span.state.word(),
                span.ground.word(),
                &ledger.cite(&span.evidence_at),
            ])?;
        }
    }
    sheet.end()
}
