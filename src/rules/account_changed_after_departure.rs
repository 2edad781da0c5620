//! Changes of a leaver's account after the departure that are no part of cutting it.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::columns::SourceKind;
use crate::model::event::Action;
use crate::model::finding::Severity;
use crate::model::origin::Origin;

/// See `account-changed-after-departure.md`.
pub struct AccountChangedAfterDeparture;

impl Rule for AccountChangedAfterDeparture {
    fn facts(&self) -> Facts {
        Facts {
            id: "account-changed-after-departure",
            title: "Nobody changes what an account of somebody who left may do or signs in with",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("account-changed-after-departure.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let logged: Vec<_> = examined.files.iter().filter(|f| f.kind == SourceKind::Events).filter_map(|f| f.system).collect();
        for row in examined.revocations() {
            let counts = |action, by_itself| by_itself || matches!(action, Action::CredentialAdded | Action::GrantAdded);
            let told: Vec<_> = row.touches.iter().filter(|(_, action, by_itself, _)| counts(*action, *by_itself)).collect();
            let Some((first, ..)) = told.first() else {
                let logged = logged.contains(&examined.listed.accounts.get(row.account).system);
                verdict(if logged { Verdict::Pass } else { Verdict::NotEvaluable });
                continue;
            };
            let mut words: Vec<String> = Vec::new();
            for (_, action, by_itself, _) in &told {
                let word = action.word().replace('_', " ");
                let word = if *by_itself { format!("{word} by the account itself") } else { word };
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            let mut evidence_at: Vec<Origin> = told.iter().map(|(.., origin)| *origin).collect();
            evidence_at.push(examined.people.get(row.person).origin);
            verdict(Verdict::Finding(Draft {
                person: Some(row.person),
                account: Some(row.account),
                since: Some(*first),
                detail: format!(
                    "{} of {} was changed after the departure, {}: {}",
                    examined.account_words(row.account),
                    examined.people.name(row.person),
                    if told.len() == 1 { "once".to_owned() } else { format!("{} times", told.len()) },
                    words.join(", ")
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "8.15"),
    Control("NIST SP 800-53r5", "AC-2"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.3"),
    Control("PCI DSS v4.0.1", "8.2.4"),
];
