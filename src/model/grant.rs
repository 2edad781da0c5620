//! What an account may do, and what a role should be allowed to do.

use crate::model::account::AccountId;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::system::SystemId;

/// A grant that a list of grants shows.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The account.
    pub account: AccountId,
    /// What it holds, as written.
    pub grant: String,
    /// When the list was exported that shows it, where the case says.
    pub listed_at: Option<Instant>,
    /// Since when, at the earliest.
    pub since: Option<Instant>,
    /// The row.
    pub origin: Origin,
}

/// A grant that holders of a role should have.
#[derive(Clone, Debug)]
pub struct RoleGrant {
    /// The role, as written.
    pub role: String,
    /// The system.
    pub system: SystemId,
    /// The grant; empty where the role has an account there and no grant.
    pub grant: String,
    /// The row.
    pub origin: Origin,
}
