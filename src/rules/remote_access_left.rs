//! Remote access of people who left that still works.

use super::still_open::{self, Way};
use super::{Examined, Facts, Rule, Verdict, controls};
use crate::model::finding::Severity;

/// See `remote-access-left.md`.
pub struct RemoteAccessLeft;

impl Rule for RemoteAccessLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "remote-access-left",
            title: "No remote access of somebody who left still works",
            severity: Severity::Critical,
            controls: controls::REMOVAL,
            prose: include_str!("remote-access-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        still_open::check(examined, Way::Remote, "", verdict);
    }
}
