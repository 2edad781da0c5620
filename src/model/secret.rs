//! Secrets that several people know: a vault's list of who knows which.

use crate::model::account::AccountId;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::system::SystemId;

/// A secret and somebody who knows it.
#[derive(Clone, Debug)]
pub struct Secret {
    /// The vault.
    pub system: SystemId,
    /// What it is called, as written.
    pub name: String,
    /// Who knows it, as written: an account of the vault, or a person's number, address or login.
    pub known_by: String,
    /// The account of the vault, where that names one.
    pub account: Option<AccountId>,
    /// When it was changed last, at the earliest and at the latest: of a date, that whole day.
    pub rotated: Option<(Instant, Instant)>,
    /// Since when it is known, at the earliest.
    pub since: Option<Instant>,
    /// When the list was exported, where the case says.
    pub listed_at: Option<Instant>,
    /// The row.
    pub origin: Origin,
}
