//! `[[severity]]` and the sensitivity of systems: what the case says of how bad findings are, checked.

use super::checker::Checker;
use super::{System, raw};
use crate::error::Result;
use crate::model::finding::Severity;
use crate::model::system::SystemId;

/// What is at stake in a system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// More than usual: findings there weigh one step more.
    High,
    /// As usual.
    #[default]
    Normal,
    /// Less: one step less.
    Low,
}

/// How bad the findings of a rule are, where the case says so.
pub struct Weight {
    /// The rule.
    pub rule: String,
    /// In which system; in all where it does not say.
    pub system: Option<SystemId>,
    /// How bad.
    pub severity: Severity,
    /// Its line in the case file.
    pub line: u32,
}

impl Checker<'_> {
    /// Checks one.
    pub(super) fn weight(&self, raw: &raw::Severity, systems: &[System]) -> Result<Weight> {
        let all = [Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
        let word = self.one_of(&raw.severity, &all.map(Severity::word), "severity")?;
        Ok(Weight {
            rule: self.one_of(&raw.rule, self.rules, "rule")?.to_owned(),
            system: raw.system.as_ref().map(|system| self.system(system, systems)).transpose()?,
            severity: all.into_iter().find(|severity| severity.word() == word).unwrap_or(Severity::Medium),
            line: self.line(raw.rule.span().start),
        })
    }

    /// What is at stake in a system.
    pub(super) fn sensitivity(&self, raw: &raw::System) -> Result<Sensitivity> {
        let Some(written) = &raw.sensitivity else { return Ok(Sensitivity::Normal) };
        Ok(match self.one_of(written, &["high", "normal", "low"], "sensitivity")? {
            "high" => Sensitivity::High,
            "low" => Sensitivity::Low,
            _ => Sensitivity::Normal,
        })
    }
}
