//! The case: `lastday.toml`, first as it is written ([`raw`]), then checked and resolved ([`Case`]).
//! Behind that door no setting is checked twice.

mod checker;
mod conflict;
mod duration;
mod files;
mod layout;
mod licence;
mod linking;
mod load;
mod policy;
pub mod raw;
mod severity;
mod sign_in;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use duration::words as duration_words;
pub use licence::Licence;
pub use linking::Linking;
pub use policy::Policy;
pub use severity::{Sensitivity, Weight};

use crate::container;
use crate::model::account::Kind;
use crate::model::columns::SourceKind;
use crate::model::index::same;
use crate::model::instant::Instant;
use crate::model::system::SystemId;
use crate::presets::mapping::{Columns, Condition};
use crate::presets::{DateOrder, Layout, Preset, Rows};

/// A checked case.
pub struct Case {
    /// Its folder.
    pub dir: PathBuf,
    /// The case file's own text, for the manifest.
    pub text: String,
    /// The review's name.
    pub name: String,
    /// The name of the results' folder: `acme-2026-q3`.
    pub slug: String,
    /// First and last local date of the period.
    pub period: (NaiveDate, NaiveDate),
    /// The "now" of every analysis (UTC).
    pub as_of: Instant,
    /// The zone of values that carry none, and of the period's dates.
    pub zone: Tz,
    /// The frameworks by which the result is told, as the case orders them.
    pub frameworks: Vec<&'static str>,
    /// The policy.
    pub policy: Policy,
    /// How accounts are linked to people.
    pub linking: Linking,
    /// What to read, in the order of the case file.
    pub sources: Vec<Source>,
    /// The systems, sorted by name; [`SystemId`] is the place here.
    pub systems: Vec<System>,
    /// Accounts that are rightly nobody's.
    pub declared: Vec<Declared>,
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// Grants that nobody should hold together.
    pub conflicts: Vec<Conflict>,
    /// How bad the findings of some rules are.
    pub weights: Vec<Weight>,
    /// What licences cost.
    pub licences: Vec<Licence>,
    /// What was assumed where the case is silent, for the report.
    pub assumptions: Vec<String>,
    /// Sources of which no file was found.
    pub missing: Vec<String>,
    /// What lies in its archives and is not read, as sentences.
    pub left_out: Vec<String>,
    /// What was on standard input, for as long as the case is.
    _standard_input: Option<tempfile::TempPath>,
}

impl Case {
    /// The size of all its exports, as far as that can be told.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let files = self.sources.iter().flat_map(|s| &s.files);
        container::size_of_all(files.map(|(_, path)| path.as_path()))
    }

    /// The name of a system.
    #[must_use]
    pub fn system_name(&self, id: SystemId) -> &str {
        &self.systems[usize::from(id.0)].name
    }

    /// The system that a cell names, without regard to case and to blanks around it.
    #[must_use]
    pub fn system_named(&self, name: &str) -> Option<SystemId> {
        let place = self.systems.iter().position(|system| same(&system.name, name.trim()))?;
        u16::try_from(place).ok().map(SystemId)
    }

    /// The longest latency that the policy allows for a system, in seconds.
    #[must_use]
    pub fn target_seconds(&self, id: SystemId) -> i64 {
        self.systems[usize::from(id.0)].revoke_within.unwrap_or(self.policy.revoke_within)
    }
}

/// One export to read: all files of one `[[source]]`.
#[derive(Clone)]
pub struct Source {
    /// What it holds.
    pub kind: SourceKind,
    /// Which system it is of; none for people.
    pub system: Option<SystemId>,
    /// The preset that the case names; without one it is recognised.
    pub preset: Option<Arc<Preset>>,
    /// Its files: the path as the case would write it, and the real one; sorted.
    pub files: Vec<(String, PathBuf)>,
    /// When it was exported.
    pub exported_at: Option<Instant>,
    /// The zone of its times that carry none, where the case says so.
    pub zone: Option<Tz>,
    /// The encoding that the case names.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// How its table is written, as far as the case says.
    pub layout: Layout,
    /// The workbook's sheet.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_rows: usize,
    /// The order of day and month in slashed dates.
    pub date_order: Option<DateOrder>,
    /// Columns that the case maps, on top of the preset's.
    pub columns: Columns,
    /// Where the rows lie in JSON, in place of what the preset says.
    pub rows: Option<Rows>,
    /// Conditions that a row must fulfil, with `rows`.
    pub only: Vec<Condition<String>>,
}

impl Source {
    /// A source of this kind that says nothing else yet.
    #[must_use]
    pub fn of(kind: SourceKind) -> Self {
        Self {
            kind,
            system: None,
            preset: None,
            files: Vec::new(),
            exported_at: None,
            zone: None,
            encoding: None,
            layout: Layout::default(),
            sheet: None,
            skip_rows: 0,
            date_order: None,
            columns: Columns::default(),
            rows: None,
            only: Vec::new(),
        }
    }
}

/// Where an `exported_at` is from that nobody has confirmed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportedFrom {
    /// The name of the file.
    FileName,
    /// The file's own time.
    FileTime,
    /// The newest time in the file.
    Contents,
}

impl ExportedFrom {
    /// The word in the case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::FileName => "file-name",
            Self::FileTime => "file-time",
            Self::Contents => "contents",
        }
    }

    /// What it is, in a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::FileName => "the name of the file",
            Self::FileTime => "the time of the file, which a copy may have changed",
            Self::Contents => "the newest time in the file",
        }
    }
}

/// A system of the case.
pub struct System {
    /// Its name.
    pub name: String,
    /// Its type, as written: application, directory, vpn, physical, device or vault.
    pub kind: Option<String>,
    /// Who reviews it: a `person_id`.
    pub owner: Option<String>,
    /// The system through which people sign in to it, perhaps in other ways too.
    pub provider: Option<SystemId>,
    /// The system through which people sign in to it, and in no other way.
    pub sign_in: Option<SystemId>,
    /// Its own target, in seconds.
    pub revoke_within: Option<i64>,
    /// What is at stake there.
    pub sensitivity: Sensitivity,
    /// The line of the case file that names it first.
    pub line: u32,
}

/// An account that is rightly nobody's.
pub struct Declared {
    /// The system.
    pub system: SystemId,
    /// Its login or account id.
    pub login: String,
    /// What it is.
    pub kind: Kind,
    /// Who answers for it: a `person_id`.
    pub owner: Option<String>,
    /// Why it exists.
    pub reason: Option<String>,
    /// Until when the declaration holds.
    pub expires: Option<NaiveDate>,
}

/// An accepted finding.
pub struct Waiver {
    /// The rule's id.
    pub rule: String,
    /// The system, where given.
    pub system: Option<SystemId>,
    /// The login or account id, where given.
    pub login: Option<String>,
    /// The person, where given.
    pub person_id: Option<String>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub approved_by: String,
    /// The last day on which it holds.
    pub expires: NaiveDate,
    /// Its line in the case file.
    pub line: u32,
}

/// Grants that nobody should hold together.
pub struct Conflict {
    /// What it is called.
    pub name: String,
    /// Nobody should hold one of each.
    pub sides: [Vec<(SystemId, String)>; 2],
    /// Its line in the case file.
    pub line: u32,
}
