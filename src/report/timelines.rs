//! `timelines.csv`: every account of `revocations.csv` as stretches of usable, not usable and unknown, in the order of
//! time, each with the rows that show where it begins.

use std::io::Write;

use super::csv::rows;
use super::sheet::Sheet;
use crate::error::Result;
use crate::ingest::ledger::Ledger;
use crate::model::instant::Instant;
use crate::rules::Examined;

/// Writes the file.
pub fn csv(examined: &Examined, ledger: &Ledger, mut out: impl Write) -> Result<()> {
    let header = ["system", "account_id", "login", "person_id", "from", "to", "state", "evidence", "evidence_at"];
    Sheet::new(&mut out, &header)?.end()?;
    let accounts = &examined.listed.accounts;
    rows(examined.revocations().len(), out, |place, sheet| {
        let row = &examined.revocations()[place];
        let account = accounts.get(row.account);
        let names = accounts.names(account);
        row.timeline.iter().try_for_each(|span| {
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
            ])
        })
    })
}
