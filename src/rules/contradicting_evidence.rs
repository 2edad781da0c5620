//! Accounts of leavers on which the evidence contradicts itself.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::origin::Origin;
use crate::model::span::Contradiction;

/// See `contradicting-evidence.md`.
pub struct ContradictingEvidence;

impl Rule for ContradictingEvidence {
    fn facts(&self) -> Facts {
        Facts {
            id: "contradicting-evidence",
            title: "All evidence on an account of a leaver tells one story",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("contradicting-evidence.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in examined.revocations() {
            let Some(first) = row.contradictions.first() else {
                verdict(Verdict::Pass);
                continue;
            };
            let told: Vec<String> = row.contradictions.iter().map(Contradiction::words).collect();
            let mut evidence_at: Vec<Origin> = row.contradictions.iter().flat_map(|c| c.evidence_at).collect();
            let mut seen = std::collections::BTreeSet::new();
            evidence_at.retain(|at| seen.insert(*at));
            verdict(Verdict::Finding(Draft {
                person: Some(row.person),
                account: Some(row.account),
                since: Some(first.earlier),
                detail: format!(
                    "Of {} of {} the evidence contradicts itself: {}",
                    examined.account_words(row.account),
                    examined.people.name(row.person),
                    told.join("; ")
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.33"),
    Control("ISO/IEC 27001:2022", "8.15"),
    Control("NIST SP 800-53r5", "AU-10"),
    Control("SOC 2", "CC7.2"),
    Control("PCI DSS v4.0.1", "10.5.1"),
];
