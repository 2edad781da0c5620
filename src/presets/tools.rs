//! What tools that carry logs put around a vendor's record: data, not code, and the same for every preset.

use serde::Deserialize;

/// Around the rows, and around the record in a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Around {
    /// Paths in an envelope to the array of rows.
    pub at: Vec<String>,
    /// Paths in a row to the vendor's record.
    pub inside: Vec<String>,
}

impl Around {
    /// Reads the embedded list.
    pub(super) fn load() -> Result<Self, String> {
        toml::from_str(include_str!("tools/around.toml")).map_err(|e| e.to_string())
    }
}
