//! The results of earlier periods: their folders come in, the figures of each go out in the order of time. Only a summary that its own
//! manifest vouches for counts, and the new manifest names it with its hash, since the trend rests on it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::container::hex;
use crate::error::{Error, Result};
use crate::evidence::manifest::{self, Sealed};

const SUMMARY: &str = "summary.json";

/// The figures of an earlier period.
#[derive(Debug)]
pub struct Earlier {
    /// The review's name.
    pub review: String,
    /// First and last day of the period.
    pub period: [NaiveDate; 2],
    /// The counts by name.
    pub counts: BTreeMap<String, u64>,
    /// The latency figures by name; null where nothing is known.
    pub latency: BTreeMap<String, Option<f64>>,
    /// The summary that they stand in.
    pub sealed: Sealed,
}

#[derive(Deserialize)]
struct Summary {
    review: String,
    period: [NaiveDate; 2],
    counts: BTreeMap<String, u64>,
    latency: BTreeMap<String, Option<f64>>,
}

/// The results in these folders, all of periods that ended before `start`.
pub fn earlier<P: AsRef<Path>>(folders: &[P], start: NaiveDate) -> Result<Vec<Earlier>> {
    let mut found = Vec::new();
    for folder in folders {
        let one = read(folder.as_ref())?;
        if one.period[1] >= start {
            let why =
                format!("its period {} to {} does not end before this one begins, on {start}", one.period[0], one.period[1]);
            return Err(Error::input(folder.as_ref().display().to_string(), why, "name results of earlier periods"));
        }
        found.push(one);
    }
    found.sort_by(|a, b| (a.period, &a.review, &a.sealed.sha256).cmp(&(b.period, &b.review, &b.sealed.sha256)));
    found.dedup_by(|a, b| a.sealed.sha256 == b.sealed.sha256);
    Ok(found)
}

fn read(folder: &Path) -> Result<Earlier> {
    let Some(vouched) = manifest::output_hash(folder, SUMMARY) else {
        let help = "name the folder that `lastday audit` wrote: it has a manifest.json";
        return Err(Error::input(folder.display().to_string(), "this is no result of lastday", help));
    };
    let path = folder.join(SUMMARY);
    let text = std::fs::read(&path).map_err(|e| Error::reading(&path, e))?;
    let sha256 = hex(&Sha256::digest(&text));
    if sha256 != vouched {
        let why = "this is not the summary that its manifest names: it was changed since";
        return Err(Error::input(path.display().to_string(), why, "name the result as it was written, or run its audit again"));
    }
    let help = "another version of lastday wrote it: run its audit again";
    let summary: Summary = serde_json::from_slice(&text)
        .map_err(|e| Error::input(format!("{}:{}", path.display(), e.line()), format!("this cannot be read back: {e}"), help))?;
    let name = folder.canonicalize().ok().and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()));
    let sealed = Sealed { path: format!("{}/{SUMMARY}", name.unwrap_or_default()), sha256, bytes: text.len() as u64 };
    let Summary { review, period, counts, latency } = summary;
    Ok(Earlier { review, period, counts, latency, sealed })
}
