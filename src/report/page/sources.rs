//! The reconciliation: the view's files and rejects come in, rows of texts and their sums go out.

use serde::Serialize;

use super::cut::{Cut, clip, clipped, cut, texts, weight};
use crate::report::charts::words::{count, stamp};
use crate::report::view::{FileLine, View};

const MOST_FILES: usize = 500;
const FILE_BYTES: usize = 500_000;
const MOST_REJECTS: usize = 50;
const REJECT_BYTES: usize = 120_000;
/// How much of a rejected row is shown.
const RAW: usize = 160;

/// A file that was read.
#[derive(Serialize)]
pub struct FileRow {
    /// The file.
    pub file: String,
    /// Kind, system and preset.
    pub what: String,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The size in bytes.
    pub bytes: String,
    /// Rows read, accepted, rejected, duplicate, out of scope.
    pub rows: [String; 5],
    /// Whether the last four make the first.
    pub adds_up: bool,
    /// First and last time.
    pub span: Option<(String, String)>,
}

/// The sums over all files.
#[derive(Serialize)]
pub struct Totals {
    /// How many files.
    pub files: String,
    /// Rows read, accepted, rejected, duplicate, out of scope.
    pub rows: [String; 5],
    /// Whether the last four make the first, in every file.
    pub adds_up: bool,
    /// All rejected rows.
    pub rejected: String,
    /// Whether there are any.
    pub any_rejected: bool,
}

/// A rejected row.
#[derive(Serialize)]
pub struct RejectRow {
    /// `file:line`.
    pub at: String,
    /// The column.
    pub column: String,
    /// The value.
    pub value: String,
    /// The reason.
    pub reason: String,
    /// The row.
    pub raw: String,
}

/// The files that the page shows.
pub fn files(view: &View) -> Cut<FileRow> {
    let weigh = |f: &FileRow| 700 + weight(&f.file) + weight(&f.what);
    cut(&view.files, MOST_FILES, FILE_BYTES, |_, file| file_row(file), weigh)
}

/// The sums.
pub fn totals(view: &View) -> Totals {
    let sum = |of: fn(&FileLine) -> u64| count(view.files.iter().map(of).sum::<u64>());
    Totals {
        files: count(view.files.len()),
        rows: [sum(|f| f.read), sum(|f| f.accepted), sum(|f| f.rejected), sum(|f| f.duplicate), sum(|f| f.out_of_scope)],
        adds_up: view.files.iter().all(adds_up),
        rejected: count(view.rejected),
        any_rejected: view.rejected > 0,
    }
}

/// The rejects that the page shows; those that the view leaves out are counted with the rest.
pub fn rejects(view: &View) -> Cut<RejectRow> {
    let weigh = |r: &RejectRow| 200 + [&r.at, &r.column, &r.value, &r.reason, &r.raw].map(|t| weight(t)).iter().sum::<usize>();
    let make = |_: usize, r: &crate::report::view::RejectLine| RejectRow {
        at: clip(&r.at),
        column: clip(&r.column),
        value: clipped(&r.value, RAW),
        reason: clip(&r.reason),
        raw: clipped(&r.raw, RAW),
    };
    let Cut { shown, more } = cut(&view.rejects, MOST_REJECTS, REJECT_BYTES, make, weigh);
    let all = usize::try_from(view.rejected).unwrap_or(usize::MAX);
    Cut { more: all.saturating_sub(shown.len()).max(more), shown }
}

/// Words that no mapping knows, each with its file.
pub fn unknown_words(view: &View) -> Cut<String> {
    let words = view.files.iter().flat_map(|f| f.unknown_words.iter().map(move |word| format!("{}: {word}", f.file)));
    texts(&words.collect::<Vec<_>>())
}

fn file_row(file: &FileLine) -> FileRow {
    let what = [file.kind, &file.system, &file.preset].map(clip).into_iter().filter(|t| !t.is_empty());
    FileRow {
        file: clip(&file.file),
        what: what.collect::<Vec<_>>().join(", "),
        sha256: clip(&file.sha256),
        bytes: count(file.bytes),
        rows: [file.read, file.accepted, file.rejected, file.duplicate, file.out_of_scope].map(count),
        adds_up: adds_up(file),
        span: file.first_at.zip(file.last_at).map(|(first, last)| (stamp(first), stamp(last))),
    }
}

fn adds_up(file: &FileLine) -> bool {
    let parts = [file.accepted, file.rejected, file.duplicate, file.out_of_scope];
    parts.into_iter().try_fold(0_u64, u64::checked_add) == Some(file.read)
}
