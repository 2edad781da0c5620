//! Tickets that are open and assigned to somebody who has left.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use std::collections::BTreeMap;

use crate::model::finding::Severity;
use crate::model::person::PersonId;

/// See `ticket-left.md`.
pub struct TicketLeft;

impl Rule for TicketLeft {
    fn facts(&self) -> Facts {
        Facts {
            id: "ticket-left",
            title: "No open ticket waits for somebody who has left",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("ticket-left.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        let open = || examined.others.tickets.iter().filter(|ticket| ticket.open && !ticket.assignee.trim().is_empty());
        // By name only where one person has it.
        let mut named: BTreeMap<String, Vec<PersonId>> = open().map(|ticket| (folded(&ticket.assignee), Vec::new())).collect();
        let everybody = if named.is_empty() { Vec::new() } else { examined.everybody().collect() };
        for id in everybody {
            if let Some(people) = named.get_mut(&folded(examined.people.name(id))) {
                people.push(id);
            }
        }
        for ticket in open() {
            let by_login = || examined.keys.by_login(&ticket.assignee).only();
            let by_name = || <[_; 1]>::try_from(named[&folded(&ticket.assignee)].clone()).ok().map(|[person]| person);
            let person = examined.keys.named(&ticket.assignee, &ticket.assignee).or_else(by_login).or_else(by_name);
            let Some(person) = person else {
                verdict(Verdict::NotEvaluable);
                continue;
            };
            let Some(departure) = examined.gone(person) else {
                verdict(Verdict::Pass);
                continue;
            };
            verdict(Verdict::Finding(Draft {
                person: Some(person),
                key: ticket.ticket_id.clone(),
                since: Some(departure.latest),
                detail: format!(
                    "Ticket {} is open and waits for {}, who has left",
                    ticket.ticket_id,
                    examined.people.name(person)
                ),
                evidence_at: vec![ticket.origin, examined.people.get(person).origin],
                ..Draft::default()
            }));
        }
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

const CONTROLS: &[Control] =
    &[Control("ISO/IEC 27001:2022", "6.5"), Control("NIST SP 800-53r5", "PS-4"), Control("SOC 2", "CC6.2")];
