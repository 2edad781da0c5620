//! Events as lines of a log, in canonical columns or in a vendor's shape.

use crate::draws::Random;
use crate::events::{KINDS, Kind, LOG_BASE};
use crate::evidence::Writer;
use crate::identities::{Identity, identity, stranger};
use crate::people::person;
use crate::systems::{Log, Shape};
use crate::times::{Stamp, push_number, push_time};

impl Writer<'_> {
    /// The name by which the log speaks of an account.
    pub fn push_target(&mut self, index: i64) {
        let by_person = |index: i64| -> Identity {
            if index >= self.case.people {
                return stranger(self.case, index);
            }
            let mut random = Random::new(self.case.seed, 100 + self.system.number, index);
            identity(self.case, self.system, index, &person(self.case, index), &mut random)
        };
        match self.system.shape {
            Shape::Directory | Shape::Tracker | Shape::Wiki => {
                let id = self.system.account_id(index);
                self.line.extend_from_slice(id.as_bytes());
            }
            Shape::Mail | Shape::Files => {
                let email = by_person(index).email.to_lowercase();
                self.line.extend_from_slice(email.as_bytes());
            }
            Shape::Vpn => {
                let login = by_person(index).login;
                self.line.extend_from_slice(login.as_bytes());
            }
        }
    }

    pub fn event_line(&mut self, position: usize, event: u64) {
        self.line.clear();
        push_time(&mut self.line, (event >> 36).cast_signed() + LOG_BASE, self.system.stamp());
        let code = usize::try_from(event & 15).unwrap_or(0);
        let (kind, action, outcome) = KINDS.get(code).copied().unwrap_or(KINDS[0]);
        self.line.push(b',');
        self.line.extend_from_slice(action.as_bytes());
        self.line.push(b',');
        let account = (event >> 4 & 0xFFFF_FFFF).cast_signed();
        if kind == Kind::UnknownName {
            self.line.extend_from_slice(b"guess");
            push_number(&mut self.line, account, 4);
        } else {
            self.push_target(account);
        }
        self.line.push(b',');
        self.line.extend_from_slice(outcome.as_bytes());
        if self.system.shape == Shape::Directory {
            self.line.extend_from_slice(b",d");
            push_number(&mut self.line, i64::try_from(position).unwrap_or(0), 8);
        }
        if self.case.log == Log::Sized {
            self.line.push(b',');
            while self.line.len() < 57 {
                self.line.push(b'.');
            }
        }
        self.line.push(b'\n');
    }

    /// The same as a record of a vendor's log: who signs in is the actor, of anything else the target.
    pub fn json_line(&mut self, position: usize, event: u64) {
        let code = usize::try_from(event & 15).unwrap_or(0);
        let (kind, ..) = KINDS.get(code).copied().unwrap_or(KINDS[0]);
        let (event_type, message, result) = vendor_words(kind);
        let account = (event >> 4 & 0xFFFF_FFFF).cast_signed();
        self.line.clear();
        self.line.extend_from_slice(br#"{"uuid":""#);
        push_number(&mut self.line, self.system.number, 8);
        self.line.extend_from_slice(b"-0000-4000-8000-");
        push_number(&mut self.line, i64::try_from(position).unwrap_or(0), 12);
        self.line.extend_from_slice(br#"","published":""#);
        push_time(&mut self.line, (event >> 36).cast_signed() + LOG_BASE, Stamp::Zulu);
        self.line.extend_from_slice(br#"","version":"0","severity":"INFO","eventType":""#);
        self.line.extend_from_slice(event_type.as_bytes());
        self.line.extend_from_slice(br#"","displayMessage":""#);
        self.line.extend_from_slice(message.as_bytes());
        self.line.extend_from_slice(br#"","actor":"#);
        let by_itself = event_type == "user.session.start";
        let administrator = br#"{"id":"00uadministrator0001","type":"User","alternateId":"it@acme.test","displayName":"IT"}"#;
        if by_itself {
            self.json_user(kind, account);
        } else {
            self.line.extend_from_slice(administrator);
        }
        self.line.extend_from_slice(br#","client":{"userAgent":{"rawUserAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","os":"Windows 10","browser":"CHROME"},"zone":"null","device":"Computer","ipAddress":"192.0.2.17","geographicalContext":{"city":"London","country":"United Kingdom"}},"outcome":{"result":""#);
        self.line.extend_from_slice(result.as_bytes());
        self.line.extend_from_slice(br#"","reason":null},"target":"#);
        if by_itself {
            self.line.extend_from_slice(b"null");
        } else {
            self.line.push(b'[');
            self.json_user(kind, account);
            self.line.push(b']');
        }
        self.line.extend_from_slice(b"}\n");
    }

    pub fn json_user(&mut self, kind: Kind, account: i64) {
        self.line.extend_from_slice(br#"{"id":"00u"#);
        push_number(&mut self.line, account, 17);
        self.line.extend_from_slice(br#"","type":"User","alternateId":""#);
        if kind == Kind::UnknownName {
            self.line.extend_from_slice(b"guess");
            push_number(&mut self.line, account, 4);
        } else {
            self.push_target(account);
        }
        self.line.extend_from_slice(br#"","displayName":"Some Body"}"#);
    }
}

/// What the vendor calls an event of this kind: its type, its message, its outcome.
pub fn vendor_words(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::SignedIn | Kind::SignedInNoOutcome => ("user.session.start", "User login", "SUCCESS"),
        Kind::SignedInFailed | Kind::SignInFailed | Kind::UnknownName => ("user.session.start", "User login", "FAILURE"),
        Kind::Disabled => ("user.lifecycle.deactivate", "Deactivate user", "SUCCESS"),
        Kind::DisableFailed => ("user.lifecycle.deactivate", "Deactivate user", "FAILURE"),
        Kind::Enabled => ("user.lifecycle.activate", "Activate user", "SUCCESS"),
        Kind::Deleted => ("user.lifecycle.delete.completed", "Delete user completed", "SUCCESS"),
        Kind::Created => ("user.lifecycle.create", "Create user", "SUCCESS"),
        Kind::PasswordReset => ("user.account.reset_password", "Reset password", "SUCCESS"),
        Kind::GrantAdded => ("group.user_membership.add", "Add user to group membership", "SUCCESS"),
        Kind::SessionsRevoked => ("user.session.clear", "Clear user session", "SUCCESS"),
        Kind::Changed => ("user.account.update_profile", "Update user profile", "SUCCESS"),
        Kind::OutOfScope => ("policy.evaluate_sign_on", "Evaluation of sign-on policy", "ALLOW"),
    }
}
