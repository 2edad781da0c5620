//! Systems and the successive dumps of their accounts.

use crate::model::instant::Instant;
use crate::model::origin::FileId;

/// A system, by its place in the sorted list of the case's systems.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Its rows that could not be read: who may be in one of them is not proved absent.
    pub unread: Unread,
}

/// The rows of a dump that were rejected, as far as they tell whose they are.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    texts: Vec<String>,
    anybody: bool,
}

impl Unread {
    /// Beyond this many rejected rows a dump proves nobody's absence.
    const KEPT: usize = 1_000;

    /// Takes a rejected row. One whose text is damaged or cut may be anybody's.
    pub fn note(&mut self, text: &str, whole: bool) {
        if whole && self.texts.len() < Self::KEPT && !text.contains(['\u{FFFD}', '\0']) {
            self.texts.push(text.to_lowercase());
        } else {
            self.anybody = true;
        }
    }

    /// Takes over those of another file of the same dump.
    pub fn absorb(&mut self, other: Self) {
        self.anybody |= other.anybody || self.texts.len() + other.texts.len() > Self::KEPT;
        self.texts.extend(other.texts);
    }

    /// Whether one of the rows may be that of an account with one of these names.
    pub fn may_hold(&self, names: [&str; 3]) -> bool {
        let named = |text: &String| names.iter().any(|name| !name.is_empty() && text.contains(&name.to_lowercase()));
        self.anybody || self.texts.iter().any(named)
    }
}
