//! `manifest.json`: the tool's version, the case file, and the SHA-256 of every input and output.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::Case;
use crate::container::{self, hex};
use crate::error::{Error, Result};
use crate::ingest::ledger::FileEntry;

/// The manifest's own name.
pub const FILE: &str = "manifest.json";

/// A manifest.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    tool: String,
    /// The tool's version.
    pub version: String,
    /// The review's name.
    pub review: String,
    /// The "now" of the analysis.
    pub as_of: String,
    /// The case file.
    pub case_file: Sealed,
    /// What was read.
    pub inputs: Vec<Sealed>,
    /// The summaries of earlier results that the trend rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Sealed>,
    /// What was written, this file left out.
    pub outputs: Vec<Sealed>,
}

/// A file and its hash. Inputs by their path in the case, outputs by their path in the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The path.
    pub path: String,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// The size.
    pub bytes: u64,
}

impl Manifest {
    /// Of a case, the files that were read, the earlier results beside them, and what was written.
    pub fn of(case: &Case, files: &[FileEntry], earlier: Vec<Sealed>, mut outputs: Vec<Sealed>, version: &str) -> Result<Self> {
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        let inputs = inputs(case, files)?;
        let case_file = Sealed { path: "lastday.toml".to_owned(), sha256: case_hash(case), bytes: case.text.len() as u64 };
        let (review, as_of) = (case.name.clone(), case.as_of.to_string());
        Ok(Self { tool: "lastday".to_owned(), version: version.to_owned(), review, as_of, case_file, inputs, earlier, outputs })
    }

    /// A manifest read back; `None` where the text is none of ours.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok().filter(|m: &Self| m.tool == "lastday")
    }

    /// The manifest as JSON.
    pub fn json(&self) -> Result<String> {
        let mut text = serde_json::to_string_pretty(self).map_err(Error::fault)?;
        text.push('\n');
        Ok(text)
    }
}

/// The SHA-256 of the case file, in hex.
#[must_use]
pub fn case_hash(case: &Case) -> String {
    hex(&Sha256::digest(case.text.as_bytes()))
}

/// Every export that was read, and before its first member every archive.
fn inputs(case: &Case, files: &[FileEntry]) -> Result<Vec<Sealed>> {
    let mut archives: BTreeMap<String, (String, PathBuf)> = BTreeMap::new();
    for (shown, path) in case.sources.iter().flat_map(|s| &s.files) {
        if let Some((archive, name)) = container::within(path) {
            let its = shown.strip_suffix(&name).map_or(&**shown, |path| path.trim_end_matches('/'));
            archives.insert(shown.clone(), (its.to_owned(), archive));
        }
    }
    let mut inputs: Vec<Sealed> = Vec::new();
    let mut sealed = BTreeSet::new();
    for file in files {
        if let Some((shown, path)) = archives.get(&file.path).filter(|(shown, _)| sealed.insert(shown.clone())) {
            let (sha256, bytes) = hash(path).map_err(|e| Error::reading(path, e))?;
            inputs.push(Sealed { path: shown.clone(), sha256, bytes });
        }
        inputs.push(Sealed { path: file.path.clone(), sha256: file.sha256.clone(), bytes: file.bytes });
    }
    Ok(inputs)
}

/// The SHA-256 of one output of the result in a folder, by its manifest; `None` where there is none of ours or it names no such file.
#[must_use]
pub fn output_hash(folder: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let manifest: Manifest = serde_json::from_str(&text).ok().filter(|m: &Manifest| m.tool == "lastday")?;
    manifest.outputs.into_iter().find(|output| output.path == name).map(|output| output.sha256)
}

/// The files of the result in a folder, by its manifest, the manifest included; `None` where there is none of ours.
#[must_use]
pub fn outputs(folder: &Path) -> Option<BTreeSet<PathBuf>> {
    let manifest = Manifest::parse(&fs::read(folder.join(FILE)).ok()?)?;
    let mut files: BTreeSet<PathBuf> = manifest.outputs.into_iter().map(|f| PathBuf::from(f.path)).collect();
    files.insert(PathBuf::from(FILE));
    Some(files)
}

/// SHA-256 in hex and the size of a file.
pub fn hash(path: &Path) -> std::io::Result<(String, u64)> {
    hash_of(fs::File::open(path)?)
}

/// SHA-256 in hex and the length of what a reader gives.
pub(super) fn hash_of(mut file: impl Read) -> std::io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        let n = file.read(&mut chunk)?;
        if n == 0 {
            return Ok((hex(&hash.finalize()), bytes));
        }
        hash.update(&chunk[..n]);
        bytes += n as u64;
    }
}
