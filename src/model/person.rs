//! People as HR lists them.

use chrono_tz::Tz;

use crate::model::instant::{Instant, Moment};
use crate::model::origin::Origin;
use crate::model::text::{Pool, Together, together};

/// A person, by place in [`People`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

together! {
    /// What the HR list writes of somebody; empty where it does not say.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Entry<'a> {
        /// HR's number.
        pub person_id: &'a str,
        /// The name as written.
        pub name: &'a str,
        /// All addresses, joined by `;`.
        pub emails: &'a str,
        /// The login that HR knows.
        pub login: &'a str,
        /// Employee, contractor, …, as written.
        pub worker_type: &'a str,
        /// The department as written.
        pub department: &'a str,
        /// The role as written.
        pub role: &'a str,
        /// The role before that, as written.
        pub previous_role: &'a str,
        /// The manager's number.
        pub manager_id: &'a str,
        /// The place of work as written.
        pub location: &'a str,
        /// A telephone number as written.
        pub phone: &'a str,
        /// Why the person left, as written.
        pub departure_cause: &'a str,
    }
}

/// Somebody in the HR export.
#[derive(Clone, Debug)]
pub struct Person {
    /// What the list writes: see [`People::entry`].
    pub entry: Together,
    /// First day; of somebody who came back, of the newest employment.
    pub start_at: Option<Moment>,
    /// The lists show an employment before that one: accounts may be older than the first day.
    pub came_back: bool,
    /// The departure; `None` while employed and for somebody who came back.
    pub departs_at: Option<Moment>,
    /// HR says that this person has left, and not when.
    pub undated: bool,
    /// When the oldest list that names this person was exported, where the case says.
    pub first_listed_at: Option<Instant>,
    /// The same of the newest.
    pub listed_at: Option<Instant>,
    /// Whether the person was made to leave: the list says `involuntary`.
    pub dismissed: bool,
    /// When the role changed.
    pub changed_at: Option<Moment>,
    /// When the contract ends, where it is one for a time: planned, and no departure.
    pub contract_ends_at: Option<Moment>,
    /// When HR recorded the departure.
    pub recorded_at: Option<Moment>,
    /// The zone of this row's times that carry none.
    pub zone: Tz,
    /// The row that this comes from.
    pub origin: Origin,
}

/// Everybody whom HR lists, one entry for each `person_id`.
#[derive(Default)]
pub struct People {
    /// The text of all rows.
    pub pool: Pool,
    /// The people, in the order of reading.
    pub rows: Vec<Person>,
}

impl People {
    /// The person at `id`.
    #[must_use]
    pub fn get(&self, id: PersonId) -> &Person {
        &self.rows[id.0 as usize]
    }

    /// What the list writes of a person.
    #[must_use]
    pub fn entry(&self, person: &Person) -> Entry<'_> {
        Entry::of(&self.pool, person.entry)
    }

    /// The same of the person at `id`.
    #[must_use]
    pub fn entry_of(&self, id: PersonId) -> Entry<'_> {
        self.entry(self.get(id))
    }

    /// HR's number of the person at `id`.
    #[must_use]
    pub fn person_id(&self, id: PersonId) -> &str {
        self.entry_of(id).person_id
    }

    /// The name of the person at `id`.
    #[must_use]
    pub fn name(&self, id: PersonId) -> &str {
        self.entry_of(id).name
    }
}
