//! Figures by group, as queries over the rows of `revocations.csv` in memory.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, IntoLazy, NamedFrom, PolarsError, Series, col, len, lit};

use super::view::RevocationLine;
use crate::error::{Error, Result};
use crate::model::revocation::Outcome;

/// The counts of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Rows by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [usize; 5],
}

/// The figures of each system.
pub fn by_system(rows: &[RevocationLine]) -> Result<BTreeMap<String, Figures>> {
    query(rows).map_err(|e| Error::fault(format!("the figures by system: {e}")))
}

fn query(rows: &[RevocationLine]) -> std::result::Result<BTreeMap<String, Figures>, PolarsError> {
    let mut figures = BTreeMap::new();
    if rows.is_empty() {
        return Ok(figures);
    }
    let system: Vec<&str> = rows.iter().map(|r| r.system.as_str()).collect();
    let outcome: Vec<&str> = rows.iter().map(|r| r.outcome.word()).collect();
    let frame = DataFrame::new(
        rows.len(),
        vec![Series::new("system".into(), system).into(), Series::new("outcome".into(), outcome).into()],
    )?;
    let mut wanted = vec![len().alias("rows")];
    for outcome in Outcome::ALL {
        wanted.push(col("outcome").eq(lit(outcome.word())).sum().alias(outcome.word()));
    }
    let grouped = frame.lazy().group_by([col("system")]).agg(wanted).collect()?;
    let names = grouped.column("system")?.str()?.clone();
    for place in 0..grouped.height() {
        let mut outcomes = [0; 5];
        for (slot, outcome) in outcomes.iter_mut().zip(Outcome::ALL) {
            *slot = grouped.column(outcome.word())?.u32()?.get(place).unwrap_or(0) as usize;
        }
        figures.insert(names.get(place).unwrap_or_default().to_owned(), Figures { outcomes });
    }
    Ok(figures)
}
