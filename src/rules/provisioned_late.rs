//! Accounts of joiners that could be used later than the policy allows.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::model::joiner::Provisioned;

/// See `provisioned-late.md`.
pub struct ProvisionedLate;

impl Rule for ProvisionedLate {
    fn facts(&self) -> Facts {
        Facts {
            id: "provisioned-late",
            title: "Whoever starts can work within the time that the policy allows",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("provisioned-late.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for row in &examined.process.joiners {
            verdict(match row.outcome {
                Provisioned::OnTime => Verdict::Pass,
                Provisioned::Undetermined => Verdict::NotEvaluable,
                Provisioned::Late => Verdict::Finding(Draft {
                    person: Some(row.person),
                    account: Some(row.account),
                    since: Some(row.start.1),
                    detail: format!(
                        "{} of {}, who started within the period, was usable {} after the start at the earliest; the policy allows {}",
                        examined.account_words(row.account),
                        examined.people.name(row.person),
                        duration_words(row.seconds[0].unwrap_or_default()),
                        duration_words(examined.case.policy.provision_within)
                    ),
                    evidence_at: [examined.people.get(row.person).origin]
                        .into_iter()
                        .chain(row.evidence_at.iter().copied())
                        .collect(),
                    ..Draft::default()
                }),
            });
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("SOC 2", "CC6.2"),
    Control("CIS Controls v8", "6.1"),
];
