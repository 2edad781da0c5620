//! A result as it was written, read back: its summary, findings, books and, where it has one, its list of accounts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::evidence::manifest;
use crate::model::finding::Severity;

/// What two results are compared by.
#[derive(Debug)]
pub struct Outcome {
    /// The summary.
    pub summary: Summary,
    /// The findings by id.
    pub findings: BTreeMap<String, FindingRow>,
    /// The files that were read, with their hash and the rows accepted.
    pub files: BTreeMap<String, FileRow>,
}

/// The parts of `summary.json` that are compared.
#[derive(Debug, Deserialize)]
pub struct Summary {
    /// The review's name.
    pub review: String,
    /// First and last day of the period.
    pub period: [String; 2],
    /// The "now" of the analysis.
    pub as_of: String,
    /// The counts by name.
    pub counts: BTreeMap<String, u64>,
    /// The latency figures by name; null where nothing is known.
    pub latency: BTreeMap<String, Option<f64>>,
    /// The systems.
    pub systems: Vec<SystemRow>,
}

/// A system of `summary.json`.
#[derive(Debug, Deserialize)]
pub struct SystemRow {
    /// Its name.
    pub system: String,
    /// How many accounts it has.
    pub accounts: u64,
}

/// A row of `findings.csv`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct FindingRow {
    /// The same for the same thing in every result.
    pub finding_id: String,
    /// The rule.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// `open` or `waived`.
    pub status: String,
    /// Whom it concerns; empty for nobody.
    pub person_id: String,
    /// The system; empty for none.
    pub system: String,
    /// The account; empty for none.
    pub account_id: String,
    /// What was found, in a sentence.
    pub detail: String,
    /// The lines that show it.
    pub evidence_at: String,
}

/// A row of `reconciliation.csv`.
#[derive(Debug, Deserialize)]
pub struct FileRow {
    /// The path in the case.
    pub file: String,
    /// What it holds.
    pub kind: String,
    /// Its hash.
    pub sha256: String,
    /// Rows that counted.
    pub rows_accepted: u64,
}

/// Reads a result folder.
pub fn read(folder: &Path) -> Result<Outcome> {
    if manifest::outputs(folder).is_none() {
        let help = "name the folder that `lastday audit` wrote: it has a manifest.json";
        return Err(Error::input(folder.display().to_string(), "this is no result of lastday", help));
    }
    let path = folder.join("summary.json");
    let text = std::fs::read_to_string(&path).map_err(|e| Error::reading(&path, e))?;
    let summary = serde_json::from_str(&text).map_err(|e| broken(&path, e.line(), &e))?;
    let findings = rows::<FindingRow>(&folder.join("findings.csv"))?;
    let files = rows::<FileRow>(&folder.join("reconciliation.csv"))?;
    Ok(Outcome {
        summary,
        findings: findings.into_iter().map(|f| (f.finding_id.clone(), f)).collect(),
        files: files.into_iter().map(|f| (f.file.clone(), f)).collect(),
    })
}

#[derive(Deserialize)]
struct AccountRow {
    system: String,
    account_id: String,
    status: String,
}

/// The statuses of accounts by system and account id.
pub(super) type Statuses = BTreeMap<(String, String), String>;

/// The status of some accounts, by system and account id, in the result's list of accounts; `None` where it has no list.
pub(super) fn statuses(folder: &Path, wanted: &BTreeSet<(&str, &str)>) -> Result<Option<Statuses>> {
    let path = folder.join("accounts.csv");
    if !path.is_file() {
        return Ok(None);
    }
    let mut found = BTreeMap::new();
    let mut reader = csv::Reader::from_path(&path).map_err(|e| broken(&path, 1, &e))?;
    for (place, row) in reader.deserialize::<AccountRow>().enumerate() {
        let row = row.map_err(|e| broken(&path, place + 2, &e))?;
        if wanted.contains(&(row.system.as_str(), row.account_id.as_str())) {
            found.insert((row.system, row.account_id), row.status);
        }
    }
    Ok(Some(found))
}

fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let mut reader = csv::Reader::from_path(path).map_err(|e| broken(path, 1, &e))?;
    let rows = reader.deserialize().enumerate();
    rows.map(|(place, row)| row.map_err(|e| broken(path, place + 2, &e))).collect()
}

/// A result that was changed by hand, or was written by a version that this one cannot read.
fn broken(path: &Path, row: usize, why: &dyn std::fmt::Display) -> Box<Error> {
    let help = "the result was changed, or another version of lastday wrote it: run the audit again";
    Error::input(format!("{}:{row}", path.display()), format!("this cannot be read back: {why}"), help)
}
