//! The record of a selection: all that somebody needs to draw it again. `selection.json`, the same on standard output, and `selection.csv`.

use std::io::Write;

use serde_json::{Value, json};

use super::Sample;
use crate::error::{Error, Result};
use crate::evidence::manifest::Manifest;
use crate::report::sheet::Sheet;
use crate::sample::{Fate, Lot, Size};

/// What the record is called.
pub(super) const FORMAT: &str = "lastday-sample-1";

/// What is hashed and how the order is made, for anyone to repeat.
const METHOD: &str = "Population: everybody who left within the period. Each one's digest is the SHA-256 of the bytes of the seed \
    followed by those of person_id, both in UTF-8, with nothing between, before or behind them; person_id is as the HR list has it, \
    without blanks around it. Order: by the digest in lower-case hex. Drawn: the first of that order, in each stratum as many as \
    strata says; replacements: the next ones of the same stratum, to be taken in that order.";

/// How a size is shared out among strata.
const ALLOCATION: &str = "In proportion to the strata, by largest remainders (of equal ones the stratum that comes first by name); where the \
    sample is as large as there are strata, each gets one at least, taken from the stratum that was given most (of equal ones the last).";

impl Sample<'_> {
    /// The record for standard output.
    pub fn json(&self) -> Result<String> {
        pretty(&self.record())
    }

    /// `selection.json`: with the hashes of what was read and of what was written.
    pub(super) fn sealed(&self, manifest: &Manifest) -> Result<String> {
        let mut record = self.record();
        record["case_file"] = json!(manifest.case_file);
        record["inputs"] = json!(manifest.inputs);
        record["outputs"] = json!(manifest.outputs);
        pretty(&record)
    }

    fn record(&self) -> Value {
        let (case, request) = (self.tested.case, self.request);
        let size = match request.size {
            Size::Count(count) => json!({ "asked": count }),
            Size::Attribute { confidence, tolerable } => json!({
                "asked": request.size.number(), "confidence_percent": confidence, "tolerable_percent": tolerable,
                "expected_deviations": 0,
            }),
        };
        let mut record = json!({
            "format": FORMAT,
            "version": env!("CARGO_PKG_VERSION"),
            "review": case.name,
            "period": [case.period.0.to_string(), case.period.1.to_string()],
            "as_of": case.as_of.to_string(),
            "timezone": case.zone.name(),
            "population": self.population(),
            "seed": request.seed,
            "size": size,
            "drawn_count": self.drawn(),
            "replacements_asked": request.replacements,
            "method": METHOD,
            "remarks": self.remarks(),
        });
        if let Some(by) = request.by {
            let strata = self.draw.strata.iter();
            let strata = strata.map(|s| json!({ "name": s.name, "population": s.population, "drawn": s.drawn }));
            record["stratified_by"] = json!(by.title());
            record["allocation"] = json!(ALLOCATION);
            record["strata"] = strata.collect();
        }
        record["drawn"] = self.draw.of(Fate::Drawn).map(|lot| self.lot(lot)).collect();
        record["replacements"] = self.draw.of(Fate::Replacement).map(|lot| self.lot(lot)).collect();
        record
    }

    fn lot(&self, lot: &Lot) -> Value {
        let mut value = json!({
            "position": lot.position, "person_id": self.person_id(lot), "digest": lot.digest, "verdict": self.verdict(lot).word(),
        });
        if self.request.by.is_some() {
            value["stratum"] = json!(self.stratum(lot));
            value["position_in_stratum"] = json!(lot.within);
        }
        value
    }

    /// `selection.csv`: the whole population in the order of the draw.
    pub(super) fn order(&self, out: impl Write) -> Result<()> {
        let header = ["position", "person_id", "digest", "stratum", "position_in_stratum", "drawn"];
        let mut sheet = Sheet::new(out, &header)?;
        for lot in &self.draw.lots {
            let (position, within) = (lot.position.to_string(), lot.within.to_string());
            sheet.row([&position, self.person_id(lot), &lot.digest, self.stratum(lot), &within, lot.fate.word()])?;
        }
        sheet.end()
    }
}

fn pretty(record: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(record).map_err(Error::fault)? + "\n")
}
