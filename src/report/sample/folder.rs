//! The sample as a folder: the working paper as CSV and as a workbook, the whole order of the draw, and the record of the selection.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Sample;
use super::paper::BY_HAND;
use super::record::FORMAT;
use crate::error::{Error, Result};
use crate::evidence::manifest::Manifest;
use crate::report::staging::{Staging, taken, writable};
use crate::report::workbook::{self, Paper};

/// The record's own name.
const RECORD: &str = "selection.json";
/// The files of a sample.
const FILES: [&str; 4] = ["leaver-test.csv", "leaver-test.xlsx", "selection.csv", RECORD];

/// Whether a sample can be written to `out`, before anything is read for it. Leaves nothing behind.
pub fn ready(out: &Path) -> Result<()> {
    earlier(out)?;
    writable(out)
}

/// The files of an earlier sample in `out`; an error where something else is there.
fn earlier(out: &Path) -> Result<BTreeSet<PathBuf>> {
    let ours = |folder: &Path| {
        let record: serde_json::Value = serde_json::from_slice(&fs::read(folder.join(RECORD)).ok()?).ok()?;
        (record["format"] == FORMAT).then(|| FILES.into_iter().map(PathBuf::from).collect())
    };
    taken(out, ours)?.ok_or_else(|| {
        let message = "this folder is not empty and holds no earlier sample";
        Error::input(out.display().to_string(), message, "name an empty or new folder with --out; nothing was written")
    })
}

impl Sample<'_> {
    /// Writes the sample to `out`.
    pub fn publish(&self, out: &Path) -> Result<()> {
        let ours = earlier(out)?;
        let staging = Staging::beside(out)?;
        staging.write("leaver-test.csv", |file| self.paper(file))?;
        staging.write("selection.csv", |file| self.order(file))?;
        staging.write("leaver-test.xlsx", |file| workbook::working_paper(&self.cover(), staging.path(), file))?;
        let (case, ledger) = (self.tested.case, self.tested.ledger);
        let manifest = Manifest::of(case, &ledger.files, Vec::new(), staging.sealed(), env!("CARGO_PKG_VERSION"))?;
        staging.text(RECORD, &self.sealed(&manifest)?)?;
        staging.take_place_of(out, &ours)
    }

    fn cover(&self) -> Paper {
        let (case, request) = (self.tested.case, self.request);
        let mut lines = vec![
            ("Review".to_owned(), case.name.clone()),
            ("Period".to_owned(), format!("{} to {}, local dates, both included", case.period.0, case.period.1)),
            ("As of".to_owned(), format!("{} (all times are UTC)", case.as_of)),
            ("Population".to_owned(), format!("{} leavers of the period", self.population())),
            ("Drawn".to_owned(), self.drawn().to_string()),
            ("Seed".to_owned(), request.seed.clone()),
            (
                "Order".to_owned(),
                "SHA-256 of the seed followed by person_id, ascending; selection.json has it in full".to_owned(),
            ),
        ];
        lines.extend(self.remarks().into_iter().map(|remark| ("Size".to_owned(), remark)));
        for stratum in self.draw.strata.iter().filter(|_| request.by.is_some()) {
            lines.push((stratum.name.clone(), format!("{} of {} drawn", stratum.drawn, stratum.population)));
        }
        let by_hand = format!("{}: empty, since no export says it; to be filled in by the tester", BY_HAND.join(", "));
        lines.push(("By hand".to_owned(), by_hand));
        lines.push(("Made by".to_owned(), format!("lastday {}", env!("CARGO_PKG_VERSION"))));
        let files = self.tested.ledger.files.iter().map(|file| (file.path.clone(), file.sha256.clone()));
        let sources = files.chain(case.missing.iter().map(|path| (path.clone(), "no file was found".to_owned()))).collect();
        Paper { title: format!("Leaver test: {}", case.name), as_of: case.as_of, lines, sources }
    }
}
