//! The same number for the same event wherever it stands, and by all likelihood another for another one: 128 bits, seeded afresh
//! in each run.

use std::hash::{BuildHasher, Hash};

use hashbrown::DefaultHashBuilder;

use super::content;
use super::row::Row;
use crate::model::event::Action;
use crate::model::system::SystemId;

/// What makes fingerprints.
#[derive(Default)]
pub struct Hashers([DefaultHashBuilder; 2]);

impl Hashers {
    fn of(&self, what: impl Hash) -> u128 {
        let [high, low] = [&self.0[0], &self.0[1]].map(|hasher| hasher.hash_one(&what));
        u128::from(high) << 64 | u128::from(low)
    }

    /// Of an event that has an id.
    pub fn of_id(&self, system: SystemId, id: &str, action: Action, target: &str) -> u128 {
        self.of((system.0, id, action as u8, target))
    }

    /// Of an event that has none: of all that its row says.
    pub fn of_row(&self, system: SystemId, row: &Row, place: usize, scratch: &mut Vec<u8>) -> u128 {
        let (kind, bytes) = content::bytes(row, place, scratch);
        self.of((system.0, kind, bytes))
    }
}
