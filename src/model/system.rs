//! Systems and the successive dumps of their accounts.

use crate::model::instant::Instant;
use crate::model::origin::FileId;

/// A system, by its place in the sorted list of the case's systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemId(pub u16);

/// One dump of a system's accounts: the files that were exported at one time.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// When it was exported (UTC).
    pub at: Instant,
    /// Its first file.
    pub file: FileId,
    /// Rows accepted from it. A dump without any proves nobody's absence.
    pub accepted: u64,
}
