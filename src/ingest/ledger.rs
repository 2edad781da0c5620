//! The books of reading: for each file what was read and what became of every row, and every rejected row.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Seek, SeekFrom, Write};

use indicatif::ProgressBar;
use tempfile::SpooledTempFile;

use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::model::hours::Hours;
use crate::model::instant::Instant;
use crate::model::origin::{FileId, Origin};
use crate::model::system::{SystemId, Unread};

/// Rejected rows up to this size are kept in memory, more of them in a temporary file.
const IN_MEMORY: usize = 4 << 20;
/// The longest text of a rejected row that is kept; the line number leads to the rest.
const LONGEST_RAW: usize = 2_000;

/// A file and what became of its rows.
#[derive(Clone, Debug)]
pub struct FileEntry {
    /// Its path, as the case names it.
    pub path: String,
    /// What it holds.
    pub kind: SourceKind,
    /// Of which system.
    pub system: Option<SystemId>,
    /// How it was read: a preset's id, empty for canonical columns.
    pub preset: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Rows accepted.
    pub accepted: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Rows that repeat another.
    pub duplicate: u64,
    /// Rows that tell of nothing that concerns accounts.
    pub out_of_scope: u64,
    /// The first time in a log.
    pub first_at: Option<Instant>,
    /// The last time in a log.
    pub last_at: Option<Instant>,
    /// The hours in which a log has any line, whatever it tells.
    pub hours: Hours,
    /// Rejected rows of a dump, as far as they tell whose they are.
    pub unread: Unread,
    /// What its values decided about how it is read, as sentences.
    pub decisions: Vec<String>,
    /// Words for a status, outcome or kind that are not known, with how often they occur.
    pub unknown_words: BTreeMap<String, u64>,
}

impl FileEntry {
    /// All rows: the sum of the four.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.accepted + self.rejected + self.duplicate + self.out_of_scope
    }

    /// Takes over what became of further rows of the same file.
    fn absorb(&mut self, rows: Self) {
        self.accepted += rows.accepted;
        self.rejected += rows.rejected;
        self.duplicate += rows.duplicate;
        self.out_of_scope += rows.out_of_scope;
        self.first_at = self.first_at.into_iter().chain(rows.first_at).min();
        self.last_at = self.last_at.max(rows.last_at);
        self.hours.absorb(&rows.hours);
        self.unread.absorb(rows.unread);
        for (word, count) in rows.unknown_words {
            *self.unknown_words.entry(word).or_default() += count;
        }
    }

    /// Stretches the log's span to an event.
    pub fn spans(&mut self, at: Instant) {
        self.first_at = Some(self.first_at.map_or(at, |first| first.min(at)));
        self.hours.note(at);
        self.last_at = Some(self.last_at.map_or(at, |last| last.max(at)));
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column, as the export or the contract names it; empty where it is the whole row.
    pub column: String,
    /// The value.
    pub value: String,
    /// Why it is rejected.
    pub reason: String,
}

/// What becomes of a row.
pub enum Verdict {
    /// It counts.
    Accepted,
    /// It repeats another.
    Duplicate,
    /// It tells of nothing that concerns accounts.
    OutOfScope,
    /// It cannot be read.
    Rejected(Fault),
    /// What becomes of it is known when the rows before it are: whoever takes it settles it then.
    Later,
}

/// A rejected row, as `rejects.csv` shows it.
#[derive(Clone, Debug)]
pub struct Reject {
    /// The row.
    pub origin: Origin,
    /// What is wrong.
    pub fault: Fault,
    /// The row's text.
    pub raw: String,
}

/// The books.
pub struct Ledger {
    /// The files, in the order of the case; [`FileId`] is the place here.
    pub files: Vec<FileEntry>,
    /// The first rejected rows, to be shown.
    pub first_rejects: Vec<Reject>,
    spool: SpooledTempFile,
    /// The id of the first file: parts of the books are kept apart while files are read side by side.
    first: u32,
    /// Whether this is a page of some rows: its rejected rows are all in `first_rejects`, and written down when it is taken over.
    page: bool,
    /// Where the progress of reading is shown, if anywhere: it counts bytes.
    pub progress: ProgressBar,
}

/// `file:line` of each row, joined by `; `.
#[must_use]
pub fn cite(files: &[FileEntry], origins: &[Origin]) -> String {
    let path = |at: &Origin| files.get(at.file.0 as usize).map_or("", |file| &file.path);
    let mut cited = String::with_capacity(origins.iter().map(|at| path(at).len() + "; :4294967295".len()).sum());
    for at in origins {
        if !cited.is_empty() {
            cited.push_str("; ");
        }
        cited.push_str(path(at));
        // Writing to a text cannot fail.
        let _ = write!(cited, ":{}", at.line);
    }
    cited
}

impl Ledger {
    const SHOWN: usize = 20;

    /// Rows as they are cited: see [`cite`].
    #[must_use]
    pub fn cite(&self, origins: &[Origin]) -> String {
        cite(&self.files, origins)
    }

    /// Empty books. `progress` counts the bytes that were read.
    #[must_use]
    pub fn new(progress: ProgressBar) -> Self {
        Self {
            files: Vec::new(),
            first_rejects: Vec::new(),
            spool: SpooledTempFile::new(IN_MEMORY),
            first: 0,
            page: false,
            progress,
        }
    }

    /// Books for files that are read apart, the first of which will be the file `first`.
    #[must_use]
    pub fn part(&self, first: FileId) -> Self {
        Self { first: first.0, ..Self::new(self.progress.clone()) }
    }

    /// A page for some rows of a file, which are read apart.
    #[must_use]
    pub fn page(&self, file: FileId) -> Self {
        let FileEntry { path, kind, system, preset, .. } = &self.files[(file.0 - self.first) as usize];
        let mut page = Self { page: true, ..self.part(file) };
        page.open(path, *kind, *system, preset);
        page
    }

    /// Takes over a page of a file's rows, which come behind those that were taken over before.
    pub fn merge(&mut self, file: FileId, mut page: Self) -> Result<()> {
        page.first_rejects.sort_by_key(|reject| reject.origin.line);
        for reject in page.first_rejects {
            self.write_down(reject)?;
        }
        for rows in page.files {
            self.file(file).absorb(rows);
        }
        Ok(())
    }

    /// The id that the next file gets.
    #[must_use]
    pub fn next(&self) -> FileId {
        FileId(self.first + u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// Takes over a part of the books, whose first file is the next one here.
    pub fn absorb(&mut self, mut part: Self) -> Result<()> {
        part.spool.seek(SeekFrom::Start(0)).map_err(Error::temporary)?;
        std::io::copy(&mut part.spool, &mut self.spool).map_err(Error::temporary)?;
        self.files.append(&mut part.files);
        let free = Self::SHOWN.saturating_sub(self.first_rejects.len());
        self.first_rejects.extend(part.first_rejects.into_iter().take(free));
        Ok(())
    }

    /// Opens an account for a file.
    pub fn open(&mut self, path: &str, kind: SourceKind, system: Option<SystemId>, preset: &str) -> FileId {
        let id = self.next();
        self.files.push(FileEntry {
            path: path.to_owned(),
            kind,
            system,
            preset: preset.to_owned(),
            sha256: String::new(),
            bytes: 0,
            accepted: 0,
            rejected: 0,
            duplicate: 0,
            out_of_scope: 0,
            first_at: None,
            last_at: None,
            hours: Hours::default(),
            unread: Unread::default(),
            decisions: Vec::new(),
            unknown_words: BTreeMap::new(),
        });
        id
    }

    /// A file's entry.
    pub fn file(&mut self, id: FileId) -> &mut FileEntry {
        &mut self.files[(id.0 - self.first) as usize]
    }

    /// Counts a row by its verdict, and writes it down where it is rejected.
    pub fn settle(&mut self, origin: Origin, raw: &[u8], verdict: Verdict) -> Result<()> {
        match verdict {
            Verdict::Accepted => self.file(origin.file).accepted += 1,
            Verdict::Duplicate => self.file(origin.file).duplicate += 1,
            Verdict::OutOfScope => self.file(origin.file).out_of_scope += 1,
            Verdict::Rejected(fault) => self.reject(origin, fault, raw)?,
            Verdict::Later => {}
        }
        Ok(())
    }

    fn reject(&mut self, origin: Origin, fault: Fault, raw: &[u8]) -> Result<()> {
        self.file(origin.file).rejected += 1;
        let cut = &raw[..raw.len().min(LONGEST_RAW)];
        let mut text = String::from_utf8_lossy(cut).into_owned();
        if cut.len() < raw.len() {
            text.push('…');
        }
        if self.file(origin.file).kind == SourceKind::Accounts {
            self.file(origin.file).unread.note(&text, cut.len() == raw.len());
        }
        let reject = Reject { origin, fault, raw: text };
        if self.page {
            self.first_rejects.push(reject);
            return Ok(());
        }
        self.write_down(reject)
    }

    fn write_down(&mut self, reject: Reject) -> Result<()> {
        let (origin, fault) = (reject.origin, &reject.fault);
        let line = origin.line.to_string();
        let row = [
            &self.files[(origin.file.0 - self.first) as usize].path,
            &line,
            &fault.column,
            &fault.value,
            &fault.reason,
            &reject.raw,
        ];
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(row).map_err(Error::fault)?;
        let bytes = writer.into_inner().map_err(Error::fault)?;
        self.spool.write_all(&bytes).map_err(Error::temporary)?;
        if self.first_rejects.len() < Self::SHOWN {
            self.first_rejects.push(reject);
        }
        Ok(())
    }

    /// How many rows were rejected in all.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.files.iter().map(|f| f.rejected).sum()
    }

    /// All rejected rows in the order of reading, as records of `rejects.csv`.
    pub fn rejects(&mut self) -> Result<csv::Reader<&mut SpooledTempFile>> {
        self.spool.seek(SeekFrom::Start(0)).map_err(Error::temporary)?;
        Ok(csv::ReaderBuilder::new().has_headers(false).from_reader(&mut self.spool))
    }
}
