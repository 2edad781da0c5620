//! Systems of which no list of accounts was read.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::columns::SourceKind;
use crate::model::finding::Severity;

/// See `system-without-dump.md`.
pub struct SystemWithoutDump;

impl Rule for SystemWithoutDump {
    fn facts(&self) -> Facts {
        Facts {
            id: "system-without-dump",
            title: "Every system has a list of its accounts",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("system-without-dump.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, system) in examined.systems() {
            if !examined.listed.snapshots[usize::from(id.0)].is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            let logged = examined.files.iter().any(|f| f.system == Some(id) && f.kind == SourceKind::Events);
            let unknown = if logged {
                "was read: accounts that its log does not name are not known"
            } else {
                "and no log of it was read: nothing is known of them"
            };
            verdict(Verdict::Finding(Draft {
                system: Some(id),
                detail: format!("No list of the accounts of {} {unknown}", system.name),
                case_line: Some(system.line),
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2(j)"),
    Control("SOC 2", "CC6.2"),
    Control("PCI DSS v4.0.1", "7.2.4"),
    Control("CIS Controls v8", "5.1"),
];
