//! Leavers' tickets that were closed before the work was done.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::model::revocation::{Revocation, Revoked};
use crate::model::ticket::TicketKind;

/// See `ticket-closed-early.md`.
pub struct TicketClosedEarly;

impl Rule for TicketClosedEarly {
    fn facts(&self) -> Facts {
        Facts {
            id: "ticket-closed-early",
            title: "No leaver's ticket is closed before the last account is cut",
            severity: Severity::High,
            controls: CONTROLS,
            prose: include_str!("ticket-closed-early.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (person, departure) in examined.leavers() {
            let rows = examined.revocations_of(person);
            let tickets =
                examined.process.tickets.iter().filter(|(whose, ticket)| *whose == person && ticket.kind == TicketKind::Leaver);
            for (_, ticket) in tickets {
                let Some((_, closed)) = ticket.closed else {
                    verdict(Verdict::NotEvaluable);
                    continue;
                };
                let usable_until = |row: &Revocation| match row.revoked {
                    Revoked::At(at) | Revoked::Not { seen: at, .. } => Some(at),
                    Revoked::Between { after, .. } | Revoked::Unknown { after } => after,
                };
                let late: Vec<&Revocation> =
                    rows.iter().filter(|row| usable_until(row).is_some_and(|until| until > closed)).collect();
                let Some(last) = late.iter().max_by_key(|row| usable_until(row)) else {
                    let known = rows.iter().all(|row| matches!(row.revoked, Revoked::At(_) | Revoked::Between { .. }));
                    verdict(if known { Verdict::Pass } else { Verdict::NotEvaluable });
                    continue;
                };
                let still = usable_until(last).map_or(0, |until| until.seconds_since(closed));
                let mut evidence_at = vec![ticket.origin];
                evidence_at.extend(late.iter().flat_map(|row| row.evidence_at.iter().copied()));
                verdict(Verdict::Finding(Draft {
                    person: Some(person),
                    key: closed.to_string(),
                    since: Some(closed.max(departure.latest)),
                    detail: format!(
                        "The ticket for the departure of {} was closed at {closed}, while {} could still be used; {} for {} more at least",
                        examined.people.name(person),
                        if late.len() == 1 { "1 account".to_owned() } else { format!("{} accounts", late.len()) },
                        examined.account_words(last.account),
                        duration_words(still)
                    ),
                    evidence_at,
                    ..Draft::default()
                }));
            }
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("SOC 2", "CC6.2"),
    Control("SOC 2", "CC4.1"),
];
