//! What an analyst decided about an account's holder, in the override file.

use super::account::Kind;
use super::origin::Origin;
use super::system::SystemId;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is this person's, as the tool proposed or not: a `person_id`.
    Person(String),
    /// Nobody's in the list.
    Nobody,
    /// An account of this kind, not a person's.
    Kind(Kind),
}

/// A row of the override file.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The system.
    pub system: SystemId,
    /// The account id; empty where the login names it.
    pub account_id: String,
    /// The login; empty where the account id names it.
    pub login: String,
    /// What was decided.
    pub verdict: Verdict,
    /// It confirms what the tool proposed: it no longer applies where the tool would say something else for certain.
    pub keep: bool,
    /// By whom.
    pub decided_by: String,
    /// When, as written.
    pub decided_at: String,
    /// Why.
    pub reason: String,
    /// The row.
    pub origin: Origin,
}
