//! `pack.json`: what a pack holds, each file with its hash, and by whom, when and how it was packed.

use serde::{Deserialize, Serialize};

use super::manifest::Sealed;
use crate::error::{Error, Result};

/// The index's own name in the pack.
pub const FILE: &str = "pack.json";
/// The name of its signature.
pub const SIGNATURE: &str = "pack.json.minisig";
/// The folder of the result in the pack.
pub const RESULT: &str = "result/";
/// The folder of the case and its exports in the pack.
pub const CASE: &str = "case/";
/// How the figures are made, in words.
pub const METHOD: &str = "method.md";

/// What the format of a pack is called.
const FORMAT: &str = "lastday-pack-1";

/// The index of a pack.
#[derive(Debug, Serialize, Deserialize)]
pub struct Index {
    format: String,
    /// The version of the tool that packed it.
    pub version: String,
    /// The review's name.
    pub review: String,
    /// The "now" of the analysis (UTC).
    pub as_of: String,
    /// When it was packed (UTC).
    pub packed_at: String,
    /// Who packed it.
    pub packed_by: String,
    /// The command line.
    pub command: Vec<String>,
    /// Every file of the pack but this one and its signature, by path.
    pub files: Vec<Sealed>,
    /// Whether the result shows a trend over earlier ones.
    #[serde(default)]
    pub earlier: bool,
    /// Whether names, addresses and logins in the result are pseudonyms.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redacted: bool,
    /// Exports that are not in the pack as files of their own: their hash alone.
    pub hash_only: Vec<Sealed>,
}

/// Who packs, when and how.
#[derive(Clone, Debug)]
pub struct Packing {
    /// When (UTC).
    pub at: String,
    /// Who.
    pub by: String,
    /// The command line.
    pub command: Vec<String>,
}

impl Index {
    /// An index without files.
    #[must_use]
    pub fn new(review: &str, as_of: &str, packing: &Packing) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            review: review.to_owned(),
            as_of: as_of.to_owned(),
            packed_at: packing.at.clone(),
            packed_by: packing.by.clone(),
            command: packing.command.clone(),
            files: Vec::new(),
            earlier: false,
            redacted: false,
            hash_only: Vec::new(),
        }
    }

    /// An index read back; `None` where the bytes are none.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|index: &Self| index.format == FORMAT)
    }

    /// The index as JSON.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self).map_err(Error::fault)? + "\n")
    }
}
