//! The leavers of a view: each with the accounts and the steps.

use chrono::NaiveDate;
use compact_str::CompactString;

use crate::latency::statistics::Span;
use crate::model::instant::Instant;
use crate::model::revocation::Outcome;
use crate::model::span::State;
use crate::model::step::Within;

/// One leaver.
pub struct LeaverLine {
    /// HR's number.
    pub person_id: String,
    /// The name.
    pub name: String,
    /// The department.
    pub department: String,
    /// The kind of worker.
    pub worker_type: String,
    /// The departure: an instant, or a day.
    pub departed_at: String,
    /// The latest instant that it can be.
    pub departed: Instant,
    /// The local date.
    pub departed_on: NaiveDate,
    /// Whether the departure lies before the period.
    pub before_period: bool,
    /// The worst outcome, if there is any account.
    pub worst: Option<Outcome>,
    /// Places in [`View::revocations`].
    pub rows: std::ops::Range<usize>,
    /// Total exposure in seconds, of the accounts for which it is known.
    pub exposure_seconds: i64,
    /// Accounts for which it is not known.
    pub exposure_unknown: usize,
    /// The steps on the way to the last account that was cut, and those of the checklist.
    pub steps: Vec<StepLine>,
}

/// A step of one leaver.
#[derive(Clone, Debug)]
pub struct StepLine {
    /// What was to be done.
    pub what: String,
    /// Whether it stands in a checklist.
    pub checklist: bool,
    /// When it was done, by its bounds; `None` for a step of a checklist that is not ticked.
    pub within: Option<Within>,
    /// Until when, where that is said.
    pub due: Option<Instant>,
    /// The rows, as `file:line; file:line`.
    pub at: String,
}

/// A row of `revocations.csv`; empty texts are nulls.
pub struct RevocationLine {
    /// HR's number.
    pub person_id: String,
    /// The name.
    pub person: String,
    /// The system.
    pub system: String,
    /// The account's id.
    pub account_id: String,
    /// The login.
    pub login: String,
    /// The departure.
    pub departed_at: String,
    /// How it is known.
    pub departure_basis: &'static str,
    /// The revocation, where the instant is known.
    pub revoked_at: Option<Instant>,
    /// Else its bounds.
    pub revoked_after: Option<Instant>,
    /// Else its bounds.
    pub revoked_before: Option<Instant>,
    /// Revocation minus departure.
    pub latency_seconds: Option<i64>,
    /// The same by its bounds.
    pub bounds: Span,
    /// Whether the departure lies before the period: the account is known only because it is open.
    pub before_period: bool,
    /// The outcome.
    pub outcome: Outcome,
    /// The target.
    pub target_seconds: i64,
    /// Seconds usable after the departure.
    pub exposure_seconds: Option<i64>,
    /// The stretches of it: from, to.
    pub exposed: Vec<(Instant, Instant)>,
    /// What is known of it from when to when, in the order of time.
    pub timeline: Vec<(Option<Instant>, Option<Instant>, State)>,
    /// What the time rests on.
    pub evidence: &'static str,
    /// The rows, as `file:line; file:line`.
    pub evidence_at: String,
    /// The newest use.
    pub last_used_at: Option<Instant>,
    /// Every sign-in after the departure that a log shows.
    pub used_at: Vec<Instant>,
    /// Sign-ins after the departure.
    pub uses_after_departure: u64,
    /// Re-activations after the departure.
    pub reactivations: u64,
    /// Whether it has more rights than most.
    pub privileged: Option<bool>,
    /// The rule that links the account to the person.
    pub match_rule: &'static str,
    /// How sure that is: `1`, or a probability.
    pub match_score: CompactString,
}
