//! Badges and key cards of people who left that still open doors.

use super::still_open::{self, Way};
use super::{Examined, Facts, Rule, Verdict, controls};
use crate::model::finding::Severity;

/// See `badge-left.md`.
pub struct BadgeLeft;

impl Rule for BadgeLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "badge-left",
            title: "No badge of somebody who left still opens a door",
            severity: Severity::Critical,
            controls: controls::REMOVAL,
            prose: include_str!("badge-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        still_open::check(examined, Way::Door, "", verdict);
    }
}
