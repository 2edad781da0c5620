//! `manifest.json`: the tool's version, the case file, and the SHA-256 of every input and output.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::ingest::hex;
use crate::ingest::ledger::FileEntry;

/// The manifest's own name.
pub const FILE: &str = "manifest.json";

/// A manifest.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    tool: String,
    version: String,
    review: String,
    as_of: String,
    case_file: Sealed,
    inputs: Vec<Sealed>,
    outputs: Vec<Sealed>,
}

/// A file and its hash. Inputs by their path in the case, outputs by their path in the result.
#[derive(Serialize, Deserialize)]
struct Sealed {
    path: String,
    sha256: String,
    bytes: u64,
}

impl Manifest {
    /// Of a case, the files that were read, and the result as it stands in `result`.
    pub fn of(case: &Case, files: &[FileEntry], result: &Path, version: &str) -> Result<Self> {
        let mut outputs = Vec::new();
        seal_folder(result, result, &mut outputs).map_err(|e| Error::reading(result, e))?;
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        let inputs = files.iter().map(|f| Sealed { path: f.path.clone(), sha256: f.sha256.clone(), bytes: f.bytes }).collect();
        let case_file = Sealed {
            path: "lastday.toml".to_owned(),
            sha256: hex(&Sha256::digest(case.text.as_bytes())),
            bytes: case.text.len() as u64,
        };
        let (review, as_of) = (case.name.clone(), case.as_of.to_string());
        Ok(Self { tool: "lastday".to_owned(), version: version.to_owned(), review, as_of, case_file, inputs, outputs })
    }

    /// The manifest as JSON.
    pub fn json(&self) -> Result<String> {
        let mut text = serde_json::to_string_pretty(self).map_err(Error::fault)?;
        text.push('\n');
        Ok(text)
    }
}

/// The files of the result in a folder, by its manifest, the manifest included; `None` where there is none of ours.
#[must_use]
pub fn outputs(folder: &Path) -> Option<BTreeSet<PathBuf>> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let manifest: Manifest = serde_json::from_str(&text).ok().filter(|m: &Manifest| m.tool == "lastday")?;
    let mut files: BTreeSet<PathBuf> = manifest.outputs.into_iter().map(|f| PathBuf::from(f.path)).collect();
    files.insert(PathBuf::from(FILE));
    Some(files)
}

fn seal_folder(root: &Path, folder: &Path, into: &mut Vec<Sealed>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            seal_folder(root, &path, into)?;
            continue;
        }
        let (sha256, bytes) = hash(&path)?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        into.push(Sealed { path: name, sha256, bytes });
    }
    Ok(())
}

fn hash(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = fs::File::open(path)?;
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
