//! People who stand in the HR list twice under two numbers.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::{Link, Twin};
use crate::model::finding::Severity;
use crate::model::origin::Origin;

/// See `duplicate-person.md`.
pub struct DuplicatePerson;

impl Rule for DuplicatePerson {
    fn facts(&self) -> Facts {
        Facts {
            id: "duplicate-person",
            title: "Nobody stands in the HR list under two numbers",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("duplicate-person.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let twice = examined.twice;
        let mut first_of: Vec<Vec<Origin>> = vec![Vec::new(); twice.len()];
        for _ in twice.len()..examined.people.rows.len() {
            verdict(Verdict::Pass);
        }
        let pairs = examined.pairs();
        let mut disputed = vec![0_usize; twice.len()];
        for (id, link, _) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            if let Link::Disputed(place) = link
                && let Some(pair) = examined.between(&pairs, place)
            {
                disputed[pair] += 1;
                first_of[pair].extend(examined.row_of(id).filter(|_| disputed[pair] == 1));
            }
        }
        for (place, twin) in twice.iter().enumerate() {
            let (first, second) = (examined.people.get(twin.first), examined.people.get(twin.second));
            verdict(Verdict::Finding(Draft {
                person: Some(twin.second),
                detail: format!(
                    "{} ({}) may be the same person as {} ({}): {}{}{}",
                    examined.people.name(twin.second),
                    examined.people.person_id(twin.second),
                    examined.people.name(twin.first),
                    examined.people.person_id(twin.first),
                    twin.why,
                    back(examined, twin),
                    either(disputed[place])
                ),
                evidence_at: [vec![first.origin, second.origin], std::mem::take(&mut first_of[place])].concat(),
                ..Draft::default()
            }));
        }
    }
}

/// What is made of somebody who came back; empty for other twins.
fn back(examined: &Examined, twin: &Twin) -> &'static str {
    let to = |former, present| examined.back.get(&former) == Some(&present);
    if to(twin.first, twin.second) || to(twin.second, twin.first) {
        "; one began when the other had left, so the accounts of both numbers are taken for those of the present one, and whether access was cut \
         in between is not measured"
    } else {
        ""
    }
}

/// How many accounts may be either's.
fn either(accounts: usize) -> String {
    match accounts {
        0 => String::new(),
        1 => "; 1 usable account may be either's".to_owned(),
        many => format!("; {many} usable accounts may be either's"),
    }
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "5.16"), Control("NIST CSF 2.0", "PR.AA-01"), Control("SOC 2", "CC6.2")];
