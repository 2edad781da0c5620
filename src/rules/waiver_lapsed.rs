//! Waivers that have run out, or that cover nothing.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;

/// See `waiver-lapsed.md`.
pub struct WaiverLapsed;

impl Rule for WaiverLapsed {
    fn facts(&self) -> Facts {
        Facts {
            id: "waiver-lapsed",
            title: "Every waiver is in force and covers a finding",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("waiver-lapsed.md"),
        }
    }

    fn check(&self, _: &Examined, _: &mut dyn FnMut(Verdict)) {}

    fn check_waivers(&self, examined: &Examined, used: &[bool], verdict: &mut dyn FnMut(Verdict)) {
        let today = examined.case.as_of.to_chrono().with_timezone(&examined.case.zone).date_naive();
        for (waiver, used) in examined.case.waivers.iter().zip(used.iter().copied()) {
            let what = if waiver.expires < today {
                format!("ran out on {}: what it covered counts again", waiver.expires)
            } else if used {
                verdict(Verdict::Pass);
                continue;
            } else {
                "covers no finding: it may be taken out".to_owned()
            };
            let named = [waiver.login.as_deref(), waiver.person_id.as_deref()].into_iter().flatten();
            let of: Vec<&str> = waiver.system.map(|id| examined.case.system_name(id)).into_iter().chain(named).collect();
            verdict(Verdict::Finding(Draft {
                system: waiver.system,
                key: [waiver.rule.as_str()].into_iter().chain(of.iter().copied()).collect::<Vec<_>>().join(" "),
                detail: format!(
                    "The waiver of {}{} by {} {what}",
                    waiver.rule,
                    if of.is_empty() { String::new() } else { format!(" for {}", of.join(", ")) },
                    waiver.approved_by
                ),
                case_line: Some(waiver.line),
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "5.18"), Control("NIST SP 800-53r5", "CA-5"), Control("SOC 2", "CC4.2")];
