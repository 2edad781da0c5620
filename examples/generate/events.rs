//! What a log line says, packed into eight bytes.

use crate::times::{DAY, PERIOD_START};

/// What a log line says, as the four low bits of a packed event.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    SignedIn,
    SignedInNoOutcome,
    SignedInFailed,
    SignInFailed,
    Disabled,
    DisableFailed,
    Enabled,
    Deleted,
    Created,
    PasswordReset,
    GrantAdded,
    SessionsRevoked,
    Changed,
    OutOfScope,
    UnknownName,
}

pub const KINDS: [(Kind, &str, &str); 15] = [
    (Kind::SignedIn, "signed_in", "success"),
    (Kind::SignedInNoOutcome, "signed_in", ""),
    (Kind::SignedInFailed, "signed_in", "failure"),
    (Kind::SignInFailed, "sign_in_failed", "failure"),
    (Kind::Disabled, "disabled", "success"),
    (Kind::DisableFailed, "disabled", "failure"),
    (Kind::Enabled, "enabled", "success"),
    (Kind::Deleted, "deleted", "success"),
    (Kind::Created, "created", "success"),
    (Kind::PasswordReset, "password_reset", "success"),
    (Kind::GrantAdded, "grant_added", "success"),
    (Kind::SessionsRevoked, "sessions_revoked", "success"),
    (Kind::Changed, "changed", "success"),
    (Kind::OutOfScope, "page_viewed", "success"),
    (Kind::UnknownName, "sign_in_failed", "failure"),
];

/// An event in eight bytes: seconds since [`LOG_BASE`], account, kind; sorting the numbers sorts by time.
pub const LOG_BASE: i64 = PERIOD_START - 60 * DAY;

pub fn pack(at: i64, account: i64, kind: Kind) -> u64 {
    let code = KINDS.iter().position(|(each, ..)| *each == kind).and_then(|code| u64::try_from(code).ok()).unwrap_or(0);
    (at - LOG_BASE).cast_unsigned() << 36 | account.cast_unsigned() << 4 | code
}
