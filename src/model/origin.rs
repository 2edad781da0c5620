//! Where a row came from: a file of the case and a line in it.

/// A file of the case, by its place in the reconciliation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A line (CSV, JSON: physical line; workbook: row) of a file, counted from 1. Line 1 of a dump also stands for
/// the list as a whole, where what is cited is that somebody is missing from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The line.
    pub line: u32,
}

impl Origin {
    /// The list as a whole, cited by its first line.
    #[must_use]
    pub fn whole(file: FileId) -> Self {
        Self { file, line: 1 }
    }
}
