//! What a rule is: typed facts, and a pure function from what was examined to a verdict on each subject.

use super::Examined;
use crate::model::account::AccountId;
use crate::model::finding::Severity;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// A control that asks for what a rule checks: the framework and the control's identifier there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control(pub &'static str, pub &'static str);

/// What is fixed about a rule.
pub struct Facts {
    /// Its id: its file, its prose, its test folder.
    pub id: &'static str,
    /// The compliant state, in a sentence.
    pub title: &'static str,
    /// How bad a breach is at most.
    pub severity: Severity,
    /// The controls that ask for it.
    pub controls: &'static [Control],
    /// Its prose, in Markdown.
    pub prose: &'static str,
}

impl Facts {
    /// The controls as one text: `ISO/IEC 27001:2022 5.18; SOC 2 CC6.2`.
    #[must_use]
    pub fn controls_text(&self) -> String {
        self.controls.iter().map(|Control(framework, id)| format!("{framework} {id}")).collect::<Vec<_>>().join("; ")
    }
}

/// What a rule says of one subject.
pub enum Verdict {
    /// The state is compliant: evidence too.
    Pass,
    /// It is not.
    Finding(Draft),
    /// The evidence does not suffice to say.
    NotEvaluable,
}

/// A finding before it has its id and waiver.
#[derive(Default)]
pub struct Draft {
    /// How bad this one is; the rule's own severity where it does not say.
    pub severity: Option<Severity>,
    /// Why that, in a few words; empty where it is so for all of the rule.
    pub because: &'static str,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// Which account it concerns.
    pub account: Option<AccountId>,
    /// Which system it concerns; needless where it concerns an account.
    pub system: Option<SystemId>,
    /// What else tells this one from others of the rule: a file, a device, a step.
    pub key: String,
    /// Since when.
    pub since: Option<Instant>,
    /// What was found, in a sentence.
    pub detail: String,
    /// The rows that show it.
    pub evidence_at: Vec<Origin>,
    /// The line of the case file that shows it.
    pub case_line: Option<u32>,
}

/// A rule. It is given what was examined, hands out verdicts, prints nothing and reads no clock.
pub trait Rule: Sync {
    /// What is fixed about it.
    fn facts(&self) -> Facts;

    /// A verdict on each of its subjects.
    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict));

    /// A verdict on each waiver of the case, once it is known which of them cover a finding.
    fn check_waivers(&self, _examined: &Examined, _used: &[bool], _verdict: &mut dyn FnMut(Verdict)) {}
}
