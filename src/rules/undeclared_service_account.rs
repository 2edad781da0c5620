//! Usable accounts that look like no person's and that the case does not declare.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::identity::Link;
use crate::model::account::Kind;
use crate::model::finding::Severity;
use crate::model::revocation::Ended;

/// See `undeclared-service-account.md`.
pub struct UndeclaredServiceAccount;

impl Rule for UndeclaredServiceAccount {
    fn facts(&self) -> Facts {
        Facts {
            id: "undeclared-service-account",
            title: "Every service, shared and break-glass account is declared with an owner",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("undeclared-service-account.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (id, link, ending) in examined.accounts() {
            let nature = examined.nature(id).filter(|n| !matches!(n.kind, Kind::Human | Kind::Guest));
            let Some(nature) = nature else { continue };
            verdict(match (link, ending) {
                (Link::Declared(_) | Link::Linked(..), _) | (_, Ended::At | Ended::Between) => Verdict::Pass,
                (_, Ended::Unknown) => Verdict::NotEvaluable,
                (_, Ended::Not) => {
                    let account = examined.listed.accounts.get(id);
                    let login = examined.listed.accounts.names(account).shown();
                    Verdict::Finding(Draft {
                        severity: examined.privileged(id).then_some(Severity::High),
                        because: examined.privilege(id),
                        account: Some(id),
                        since: account.created_at,
                        detail: format!(
                            "{} looks like a {} account ({}) and is not declared. If it is rightly nobody's, add to the case: \
                             [[account]] system = {:?}, login = {login:?}, kind = {:?}, owner = \"…\", reason = \"…\", \
                             expires = \"…\", each on a line of its own",
                            examined.account_words(id),
                            nature.kind.word(),
                            nature.why.words(),
                            examined.case.system_name(account.system),
                            nature.kind.word(),
                        ),
                        evidence_at: account.row().into_iter().collect(),
                        ..Draft::default()
                    })
                }
            });
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.16"),
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST CSF 2.0", "PR.AA-01"),
    Control("SOC 2", "CC6.1"),
    Control("PCI DSS v4.0.1", "7.2.5"),
    Control("CIS Controls v8", "5.1"),
];
