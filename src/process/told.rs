//! Whose ticket it is, and when IT was first told of a person's departure.

use std::collections::BTreeMap;

use crate::identity::Keys;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::step::Within;
use crate::model::ticket::{Ticket, TicketKind};

/// When a ticket can have been opened, and its row.
type Opened = (Instant, Instant, Origin);

/// The tickets of leavers, by person, those opened first in front.
#[derive(Default)]
pub struct Told {
    leavers: BTreeMap<PersonId, Vec<Opened>>,
    /// Tickets of any kind that name nobody, or more than one.
    pub nobodys: usize,
}

impl Told {
    /// Attributes all tickets. Those opened after `as_of` are left out.
    #[must_use]
    pub fn of(tickets: &[Ticket], keys: &Keys, as_of: Instant) -> Self {
        let mut told = Self::default();
        for ticket in tickets {
            let Some(person) = keys.named(&ticket.person_id, &ticket.email) else {
                told.nobodys += 1;
                continue;
            };
            if let (TicketKind::Leaver, Some((first, last))) = (ticket.kind, ticket.opened)
                && first <= as_of
            {
                told.leavers.entry(person).or_default().push((first, last.min(as_of), ticket.origin));
            }
        }
        for opened in told.leavers.values_mut() {
            opened.sort_unstable();
        }
        told
    }

    /// When IT was first told that a person leaves who `began` then, if that is known: a ticket of an earlier employment
    /// tells nothing of this one.
    #[must_use]
    pub fn when(&self, person: PersonId, began: Option<Instant>) -> Option<(Within, Vec<Origin>)> {
        let of_now = |(_, last, _): &&Opened| began.is_none_or(|began| *last >= began);
        let opened: Vec<&Opened> = self.leavers.get(&person)?.iter().filter(of_now).collect();
        let (earliest, _, row) = opened.first()?;
        // Another one, opened at an unknown time of the same day, may have come first: no later than the first to end.
        let (_, latest, other) = opened.iter().min_by_key(|(_, last, origin)| (*last, *origin))?;
        let mut rows = vec![*row, *other];
        rows.dedup();
        Some((Within { earliest: Some(*earliest), latest: Some(*latest) }, rows))
    }
}
