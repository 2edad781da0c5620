//! Events: lines of a system's audit log, in canonical words.

use crate::model::account::AccountId;
use crate::model::instant::Instant;

/// What happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the contract's words; they say themselves")]
pub enum Action {
    Created,
    Enabled,
    Disabled,
    Deleted,
    SignedIn,
    SignInFailed,
    PasswordReset,
    SessionsRevoked,
    CredentialAdded,
    CredentialRevoked,
    GrantAdded,
    GrantRemoved,
    Renamed,
    Changed,
}

/// All actions with their canonical words.
const WORDS: [(Action, &str); 14] = [
    (Action::Created, "created"),
    (Action::Enabled, "enabled"),
    (Action::Disabled, "disabled"),
    (Action::Deleted, "deleted"),
    (Action::SignedIn, "signed_in"),
    (Action::SignInFailed, "sign_in_failed"),
    (Action::PasswordReset, "password_reset"),
    (Action::SessionsRevoked, "sessions_revoked"),
    (Action::CredentialAdded, "credential_added"),
    (Action::CredentialRevoked, "credential_revoked"),
    (Action::GrantAdded, "grant_added"),
    (Action::GrantRemoved, "grant_removed"),
    (Action::Renamed, "renamed"),
    (Action::Changed, "changed"),
];

impl Action {
    /// Whether it changes what an account is, may do or signs in with.
    #[must_use]
    pub fn alters(self) -> bool {
        matches!(self, Self::PasswordReset | Self::CredentialAdded | Self::GrantAdded | Self::Renamed | Self::Changed)
    }

    /// Whether it makes an account usable, or no longer so.
    #[must_use]
    pub fn switches(self) -> bool {
        matches!(self, Self::Created | Self::Enabled | Self::Disabled | Self::Deleted)
    }

    /// The action that a canonical word names, without regard to case.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        // As they stand in nearly every log, before they are compared letter by letter.
        let written = WORDS.iter().find(|(_, w)| word == *w);
        written.or_else(|| WORDS.iter().find(|(_, w)| word.eq_ignore_ascii_case(w))).map(|(action, _)| *action)
    }

    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(action, _)| *action == self).map_or("changed", |(_, word)| word)
    }
}

/// Whether what the line tells really happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// It did (also where the log has no outcome: it records what happened).
    Yes,
    /// It was tried and failed.
    No,
    /// It was tried and refused because the account was disabled at that moment; of a receipt, there was nothing left to do.
    Disabled,
    /// The outcome is a word that is not known: proves nothing.
    Unknown,
}

impl Success {
    /// What a word for an outcome means.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        // As it stands in nearly every log, before it is compared letter by letter.
        if word == "success" {
            return Self::Yes;
        }
        let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w));
        if is(&["success", "succeeded", "ok", "true"]) {
            Self::Yes
        } else if is(&["failure", "failed", "fail", "denied", "error", "false"]) {
            Self::No
        } else if is(&["disabled"]) {
            Self::Disabled
        } else {
            Self::Unknown
        }
    }

    /// The canonical word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "success",
            Self::No => "failure",
            Self::Disabled => "disabled",
            Self::Unknown => "unknown",
        }
    }
}

/// Which account a target names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// This one.
    One(AccountId),
    /// Several, so none for certain.
    Several,
    /// None that is known.
    None,
}

impl Named {
    /// The account, where it is one.
    #[must_use]
    pub fn one(self) -> Option<AccountId> {
        if let Self::One(account) = self { Some(account) } else { None }
    }
}

/// One line of an audit log.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// When.
    pub at: Instant,
    /// What.
    pub action: Action,
    /// To which account: an id, login or e-mail as written.
    pub target: &'a str,
    /// Which account of the system's dumps that is.
    pub named: Named,
    /// Which grant, of a grant that is given or taken away, and which credential, of one that is made or revoked; else empty.
    pub detail: &'a str,
    /// What kind of credential, of one that is made or revoked: `password`, `access_key`; else empty.
    pub credential: &'a str,
    /// Whether the account did it to itself; known of changes of credentials, names and settings alone.
    pub by_itself: bool,
    /// Whether a program did it that the case names as automation; known of accounts made, enabled, disabled and deleted alone.
    pub by_automation: bool,
    /// Whether it happened.
    pub success: Success,
    /// Whether a receipt tells it: whoever acted on the account, not the system's own log.
    pub receipt: bool,
    /// The same for the same event in another export: from the event id, else from the whole line.
    pub fingerprint: u128,
}
