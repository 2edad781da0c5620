//! The controls that the rules answer, by OSCAL's identifiers: those of NIST's own catalogue for SP 800-53, and ones made from framework and number
//! for the others, which have no catalogue in OSCAL.

use std::collections::BTreeMap;

use super::model::{ControlChoice, ControlSelection, ReviewedControls};
use crate::report::view::{RuleLine, View};
use crate::rules::Control;

/// The framework whose catalogue NIST publishes in OSCAL.
const NIST: &str = "NIST SP 800-53r5";

/// A control, and the rules that answer it.
pub(super) struct Asked<'a> {
    pub control: Control,
    pub rules: Vec<&'a RuleLine>,
}

/// Every control that a rule answers, by framework and number.
pub(super) fn asked(view: &View) -> Vec<Asked<'_>> {
    let mut asked: BTreeMap<(&str, &str), Asked> = BTreeMap::new();
    for rule in &view.rules {
        for control in rule.asked_by {
            let Control(framework, id) = control;
            let entry = asked.entry((framework, id)).or_insert_with(|| Asked { control: *control, rules: Vec::new() });
            entry.rules.push(rule);
        }
    }
    asked.into_values().collect()
}

/// `NIST SP 800-53r5 AC-2(f)`
pub(super) fn words(Control(framework, id): Control) -> String {
    format!("{framework} {id}")
}

/// The ids of a control and of the statement in it: `ac-2` and `ac-2_smt.f`; of a control without parts `ac-2.3` and `ac-2.3_smt`.
pub(super) fn ids(Control(framework, id): Control) -> (String, String) {
    if framework == NIST {
        let (control, part) = id.split_once('(').map_or((id, ""), |(control, part)| (control, part.trim_end_matches(')')));
        let control = control.to_lowercase();
        return match part.chars().next() {
            None => (control.clone(), format!("{control}_smt")),
            Some(first) if first.is_ascii_digit() => (format!("{control}.{part}"), format!("{control}.{part}_smt")),
            Some(_) => (control.clone(), format!("{control}_smt.{part}")),
        };
    }
    let control = format!("{}_{}", token(framework, "-"), token(id, "."));
    (control.clone(), format!("{control}_smt"))
}

/// Lower case, and everything that OSCAL's tokens do not take as one joint.
fn token(text: &str, joint: &str) -> String {
    let spaced: String =
        text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(joint)
}

/// All of them, a selection for each framework.
pub(super) fn reviewed(view: &View) -> ReviewedControls {
    let mut frameworks: BTreeMap<&str, BTreeMap<String, Option<Vec<String>>>> = BTreeMap::new();
    for Asked { control, .. } in asked(view) {
        let (id, statement) = ids(control);
        let whole = statement == format!("{id}_smt");
        let statements = frameworks.entry(control.0).or_default().entry(id).or_insert_with(|| Some(Vec::new()));
        // The whole control is asked for, or these statements of it.
        match statements {
            _ if whole => *statements = None,
            Some(list) => list.push(statement),
            None => {}
        }
    }
    let selections = frameworks.into_iter().map(|(framework, controls)| ControlSelection {
        description: framework.to_owned(),
        include_controls: controls
            .into_iter()
            .map(|(control_id, statements)| ControlChoice { control_id, statement_ids: statements.unwrap_or_default() })
            .collect(),
    });
    ReviewedControls {
        description: "The controls that the rules answer, each in part: what a rule checks is told in report.html. The ids of NIST SP 800-53 are \
                      those of NIST's catalogue; the others are made of framework and number."
            .to_owned(),
        control_selections: selections.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_have_the_ids_of_nists_catalogue_or_ones_made_of_framework_and_number() {
        let of = |framework, id| ids(Control(framework, id));
        let pair = |control: &str, statement: &str| (control.to_owned(), statement.to_owned());
        assert_eq!(of(NIST, "PS-4"), pair("ps-4", "ps-4_smt"));
        assert_eq!(of(NIST, "AC-2(f)"), pair("ac-2", "ac-2_smt.f"));
        assert_eq!(of(NIST, "AC-2(3)"), pair("ac-2.3", "ac-2.3_smt"));
        assert_eq!(of("ISO/IEC 27001:2022", "5.18"), pair("iso-iec-27001-2022_5.18", "iso-iec-27001-2022_5.18_smt"));
        assert_eq!(of("HIPAA", "164.308(a)(3)(ii)(C)").0, "hipaa_164.308.a.3.ii.c");
        assert_eq!(of("SOX ITGC", "AS 2201").0, "sox-itgc_as.2201");
    }

    #[test]
    fn every_control_of_every_rule_has_an_id_of_its_own_that_is_a_token() {
        let mut seen: BTreeMap<String, Control> = BTreeMap::new();
        for rule in crate::rules::list() {
            for control in rule.facts().controls {
                let (id, statement) = ids(*control);
                for token in [&id, &statement] {
                    assert!(token.starts_with(|c: char| c.is_ascii_alphabetic()), "{token}");
                    assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)), "{token}");
                }
                assert_eq!(*seen.entry(statement).or_insert(*control), *control);
            }
        }
        assert!(seen.len() > 40);
    }
}
