//! Findings: what a rule has to say about one subject.

use compact_str::CompactString;

use crate::model::account::AccountId;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// How bad it is; the order is that of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Tidy it up.
    Low,
    /// A deficiency.
    Medium,
    /// A control failed.
    High,
    /// Access that must be cut now.
    Critical,
}

impl Severity {
    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// One thing that a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The same for the same thing, this quarter and next.
    pub finding_id: CompactString,
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Why it is that bad, in a few words.
    pub why: CompactString,
    /// Why it is accepted, where a waiver of the case covers it: who approved it, the reason and the end.
    pub waived: Option<String>,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// Which account it concerns.
    pub account: Option<AccountId>,
    /// Which system it concerns.
    pub system: Option<SystemId>,
    /// Since when.
    pub since: Option<Instant>,
    /// What was found, in a sentence.
    pub detail: String,
    /// The rows that show it.
    pub evidence_at: Vec<Origin>,
    /// The line of the case file that shows it.
    pub case_line: Option<u32>,
}
