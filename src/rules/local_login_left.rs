//! Logins of an application that still work while the identity provider has cut the person.

use super::still_open::{self, Way};
use super::{Examined, Facts, Rule, Verdict, controls};
use crate::model::finding::Severity;

/// See `local-login-left.md`.
pub struct LocalLoginLeft;

impl Rule for LocalLoginLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "local-login-left",
            title: "No login beside the identity provider outlives the departure",
            severity: Severity::Critical,
            controls: controls::REMOVAL,
            prose: include_str!("local-login-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        still_open::check(
            examined,
            Way::Beside,
            ", although the system through which people sign in has cut the person",
            verdict,
        );
    }
}
