//! Accounts of people who left that still work.

use super::still_open::{self, Way};
use super::{Examined, Facts, Rule, Verdict, controls};
use crate::model::finding::Severity;

/// See `leaver-account-open.md`.
pub struct LeaverAccountOpen;

impl Rule for LeaverAccountOpen {
    fn facts(&self) -> Facts {
        Facts {
            id: "leaver-account-open",
            title: "No account of somebody who left can still be used",
            severity: Severity::Critical,
            controls: controls::REMOVAL,
            prose: include_str!("leaver-account-open.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        still_open::check(examined, Way::Account, "", verdict);
    }
}
