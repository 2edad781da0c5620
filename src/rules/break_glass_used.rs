//! Accounts for emergencies that were used.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::account::Kind;
use crate::model::finding::Severity;
use crate::time;

/// See `break-glass-used.md`.
pub struct BreakGlassUsed;

impl Rule for BreakGlassUsed {
    fn facts(&self) -> Facts {
        Facts {
            id: "break-glass-used",
            title: "Accounts for emergencies are not used without one",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("break-glass-used.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let start = time::day_start(examined.case.period.0, examined.case.zone);
        for (id, link, _) in examined.accounts() {
            let declared = match link {
                Link::Declared(place) => Some(examined.case.declared[place as usize].kind),
                _ => None,
            };
            let kind = declared.or_else(|| examined.nature(id).map(|nature| nature.kind));
            if kind != Some(Kind::BreakGlass) {
                continue;
            }
            match examined.last_used(id) {
                None => verdict(Verdict::NotEvaluable),
                Some((used, _)) if used < start => verdict(Verdict::Pass),
                Some((used, origin)) => verdict(Verdict::Finding(Draft {
                    account: Some(id),
                    since: Some(used),
                    detail: format!("{}, kept for emergencies, was last used at {used}", examined.account_words(id)),
                    evidence_at: vec![origin],
                    ..Draft::default()
                })),
            }
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "8.2"),
    Control("NIST SP 800-53r5", "AC-2(1)"),
    Control("NIST SP 800-53r5", "AC-6(7)"),
    Control("SOC 2", "CC6.1"),
    Control("PCI DSS v4.0.1", "8.2.2"),
];
