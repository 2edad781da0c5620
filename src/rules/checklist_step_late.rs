//! Steps of leavers' checklists that were done after they were due.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::latency::Standing;
use crate::model::finding::Severity;

/// See `checklist-step-late.md`.
pub struct ChecklistStepLate;

impl Rule for ChecklistStepLate {
    fn facts(&self) -> Facts {
        Facts {
            id: "checklist-step-late",
            title: "Every step of a leaver's checklist is done in time",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("checklist-step-late.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for step in &examined.others.checklists {
            let person = examined.keys.named(&step.person_id, "");
            let Some(person) = person.filter(|person| matches!(examined.standings[person.0 as usize], Standing::Leaver(_)))
            else {
                continue;
            };
            let (Some(due), Some((first, _))) = (step.due, step.done) else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            if first <= due {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                person: Some(person),
                key: step.step.clone(),
                since: Some(due),
                detail: format!(
                    "\"{}\" was done for {} {} after it was due",
                    step.step,
                    examined.people.name(person),
                    duration_words(first.seconds_since(due))
                ),
                evidence_at: vec![step.origin],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "6.5"), Control("NIST SP 800-53r5", "PS-4"), Control("SOC 2", "CC6.2")];
