//! Steps of leavers' checklists that are not done, and leavers without a checklist.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use std::collections::HashMap;

use crate::model::checklist::ChecklistStep;
use crate::model::columns::SourceKind;
use crate::model::person::PersonId;

/// See `checklist-step-open.md`.
pub struct ChecklistStepOpen;

impl Rule for ChecklistStepOpen {
    fn facts(&self) -> Facts {
        Facts {
            id: "checklist-step-open",
            title: "Every step of a leaver's checklist is done",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("checklist-step-open.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let mut steps: HashMap<PersonId, Vec<&ChecklistStep>> = HashMap::new();
        for step in &examined.others.checklists {
            if let Some(person) = examined.keys.named(&step.person_id, "") {
                steps.entry(person).or_default().push(step);
            }
        }
        let listed = examined.case.sources.iter().any(|source| source.kind == SourceKind::Checklists);
        for (person, departure) in examined.leavers() {
            let Some(steps) = steps.get(&person) else {
                verdict(if listed {
                    Verdict::Finding(Draft {
                        person: Some(person),
                        since: Some(departure.latest),
                        detail: format!("{} has left without a checklist", examined.people.name(person)),
                        evidence_at: vec![examined.people.get(person).origin],
                        ..Draft::default()
                    })
                } else {
                    Verdict::NotEvaluable
                });
                continue;
            };
            for step in steps {
                let due = step.due.unwrap_or(departure.latest);
                if step.done.is_some() {
                    verdict(Verdict::Pass);
                } else if due > examined.case.as_of {
                    verdict(Verdict::NotEvaluable);
                } else {
                    let whose =
                        if step.responsible.is_empty() { String::new() } else { format!(", the task of {}", step.responsible) };
                    verdict(Verdict::Finding(Draft {
                        person: Some(person),
                        key: step.step.clone(),
                        since: Some(due),
                        detail: format!("\"{}\" is not done for {}{whose}", step.step, examined.people.name(person)),
                        evidence_at: vec![step.origin],
                        ..Draft::default()
                    }));
                }
            }
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("ISO/IEC 27001:2022", "5.11"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.2"),
    Control("HIPAA", "164.308(a)(3)(ii)(C)"),
];
