//! One `[[source]]` of a drafted case.

use super::ExportTime;

/// Files that are read as one source.
#[derive(Debug)]
pub struct Drafted {
    /// The files, by their place in the draft.
    pub files: Vec<usize>,
    /// The path or glob that names them.
    pub path: String,
    /// The system, where the kind has one.
    pub system: Option<String>,
    /// When it was exported.
    pub at: ExportTime,
    /// What the reader should look at before relying on it.
    pub doubts: Vec<String>,
}
