//! Rights of the former role that somebody kept who changed roles.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::access::listed;
use crate::model::finding::Severity;
use crate::model::mover::{Kept, Mover};

/// See `mover-kept-grants.md`.
pub struct MoverKeptGrants;

impl Rule for MoverKeptGrants {
    fn facts(&self) -> Facts {
        Facts {
            id: "mover-kept-grants",
            title: "Whoever changes roles loses the rights of the former one",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("mover-kept-grants.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let movers = &examined.process.movers;
        for _ in 0..movers.not_evaluable {
            verdict(Verdict::NotEvaluable);
        }
        let with_rows = movers.rows.chunk_by(|a, b| a.person == b.person).count();
        for _ in with_rows..movers.people - movers.not_evaluable {
            verdict(Verdict::Pass);
        }
        for rows in movers.rows.chunk_by(|a, b| a.account == b.account).filter(|rows| examined.usable(rows[0].account)) {
            let kept: Vec<&Mover> = rows.iter().filter(|row| row.outcome == Kept::Kept).collect();
            let Some(first) = kept.first() else {
                let open = rows.iter().any(|row| row.outcome == Kept::Undetermined);
                verdict(if open { Verdict::NotEvaluable } else { Verdict::Pass });
                continue;
            };
            let person = examined.people.get(first.person);
            let mut evidence_at = vec![person.origin];
            for origin in kept.iter().flat_map(|row| &row.evidence_at) {
                if !evidence_at.contains(origin) {
                    evidence_at.push(*origin);
                }
            }
            verdict(Verdict::Finding(Draft {
                severity: examined.privileged(first.account).then_some(Severity::High),
                because: examined.privilege(first.account),
                person: Some(first.person),
                account: Some(first.account),
                since: Some(first.changed.1),
                detail: format!(
                    "{} changed from {} to {}, and {} still holds what only the former role gives: {}",
                    examined.people.name(first.person),
                    examined.people.entry(person).previous_role,
                    examined.people.entry(person).role,
                    examined.account_words(first.account),
                    listed(kept.iter().map(|row| row.grant.as_str()))
                ),
                evidence_at,
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "PS-5"),
    Control("SOC 2", "CC6.3"),
    Control("CIS Controls v8", "6.2"),
    Control("DORA RTS", "21(e)(iii)"),
];
