//! The earlier results that a trend rests on: the folders that somebody names come in, matched with what the newer result's manifest says of them, and what
//! of them goes into a pack goes out.

use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest, hash};
use crate::error::{Error, Result};

/// The file of a result that a trend rests on.
pub const SUMMARY: &str = "summary.json";
/// The folder of them in a pack.
pub const EARLIER: &str = "earlier/";

/// The folders in the order of the manifest; none where none is named. An error where one is not of this trend, or one of the trend is not among them.
pub fn matched(manifest: &Manifest, folders: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if folders.is_empty() {
        return Ok(Vec::new());
    }
    let mut hashes = Vec::new();
    for folder in folders {
        let path = folder.join(SUMMARY);
        let (sha256, _) = hash(&path).map_err(|e| Error::reading(&path, e))?;
        if !manifest.earlier.iter().any(|earlier| earlier.sha256 == sha256) {
            let message = "the trend of the result does not rest on this one: its SHA-256 is not among those of the manifest";
            let help = "name the earlier results as they were when the audit was run, or run the audit again with --earlier";
            return Err(Error::input(path.display().to_string(), message, help));
        }
        hashes.push(sha256);
    }
    let mut found = Vec::new();
    for earlier in &manifest.earlier {
        let place = hashes.iter().position(|sha256| *sha256 == earlier.sha256);
        found.push(folders[place.ok_or_else(|| missing(&[&earlier.path]))?].clone());
    }
    Ok(found)
}

/// That earlier results are needed, which nobody named.
#[must_use]
pub fn missing(paths: &[&str]) -> Box<Error> {
    let message = "the trend rests on this earlier result, which was not named";
    Error::input(paths.join(", "), message, "name the folder of each with --earlier, as when the audit was run")
}

/// The files of the earlier results that go into a pack, with their names there: the figures, and the manifest that vouches for them.
pub(super) fn members(folders: &[PathBuf]) -> Vec<(String, PathBuf)> {
    let both = |(place, folder): (usize, &PathBuf)| {
        [SUMMARY, manifest::FILE].map(|name| (format!("{}{name}", member(place)), folder.join(name)))
    };
    folders.iter().enumerate().flat_map(both).collect()
}

/// The folder of one in a pack, by its place in the manifest.
pub(super) fn member(place: usize) -> String {
    format!("{EARLIER}{}/", place + 1)
}

/// The folders of those that were unpacked into `root`, as many as there are.
#[must_use]
pub fn unpacked(root: &Path, count: usize) -> Vec<PathBuf> {
    (0..count).map(|place| root.join(member(place))).collect()
}
