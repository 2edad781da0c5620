//! `steps.csv`: for each leaver when the departure was, when HR recorded it, when IT was told, and when the first and the
//! last account were cut.

use std::io::Write;

use super::sheet::Sheet;
use crate::error::Result;
use crate::ingest::ledger::Ledger;
use crate::rules::Examined;

/// Writes the file.
pub fn csv(examined: &Examined, ledger: &Ledger, out: impl Write) -> Result<()> {
    let header =
        ["person_id", "person", "step", "at", "not_before", "not_after", "seconds_at_least", "seconds_at_most", "evidence_at"];
    let mut sheet = Sheet::new(out, &header)?;
    for step in &examined.process.steps {
        let [at, not_before, not_after] = step.within.cells();
        let [least, most] = step.seconds.map(|seconds| seconds.map(|s| s.to_string()).unwrap_or_default());
        sheet.row([
            examined.people.person_id(step.person),
            examined.people.name(step.person),
            step.stage.word(),
            &at,
            &not_before,
            &not_after,
            &least,
            &most,
            &ledger.cite(&step.evidence_at),
        ])?;
    }
    sheet.end()
}
