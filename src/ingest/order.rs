//! The order of day and month in a column, decided for the column as a whole from the values that only one order can read.

use super::row::Row;
use super::table::Table;
use crate::presets::DateOrder;
use crate::time;

const ORDERS: [DateOrder; 3] = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];

/// What the values of a column say of their order: for each order the line of the first value that it cannot read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Votes {
    against: [Option<u32>; 3],
    counted: bool,
}

impl Votes {
    /// Takes a value and the line on which it stands.
    pub fn count(&mut self, value: &str, line: u32) {
        let Some(possible) = time::orders(value) else { return };
        self.counted = true;
        for (against, _) in self.against.iter_mut().zip(ORDERS).filter(|(_, order)| !possible.contains(order)) {
            against.get_or_insert(line);
        }
    }

    /// The order; `None` where nothing decides it or the values contradict each other.
    pub fn settled(self) -> Option<DateOrder> {
        let mut open = ORDERS.into_iter().zip(self.against).filter(|(_, against)| against.is_none()).map(|(order, _)| order);
        open.next().filter(|_| self.counted && open.next().is_none())
    }

    /// The lines of two values that contradict each other: what cannot be read day first, what cannot be read month first.
    pub fn contradiction(self) -> Option<(u32, u32)> {
        let [day_first, month_first, year_first] = self.against;
        year_first.and(day_first.zip(month_first)).map(|(a, b)| (a.min(b), a.max(b)))
    }
}

/// Reads an export once more and shows each row that concerns, with its line.
pub type Look = Box<dyn Fn(&mut dyn FnMut(&Table, &Row, u32)) + Send + Sync>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_that_only_one_order_can_read_decides_and_two_that_differ_decide_nothing() {
        let of = |values: &[&str]| {
            let mut votes = Votes::default();
            for (value, line) in values.iter().zip(2..) {
                votes.count(value, line);
            }
            (votes.settled(), votes.contradiction())
        };
        assert_eq!(of(&["1/2/2026", "31/12/2026"]), (Some(DateOrder::Dmy), None));
        assert_eq!(of(&["8/19/2021 1:25:31 PM"]), (Some(DateOrder::Mdy), None));
        assert_eq!(of(&["8/19/21, 9:00"]), (Some(DateOrder::Mdy), None));
        assert_eq!(of(&["27. 9. 2026", "1. 9. 2026 08.30"]), (Some(DateOrder::Dmy), None));
        assert_eq!(of(&["1/2/2026", "", "2026-12-31", "13/13/2026"]), (None, None));
        assert_eq!(of(&["1/2/2026", "31/12/2026", "12/31/2026"]), (None, Some((3, 4))));
        // Two writings, one order.
        assert_eq!(of(&["8/19/2026", "08-20-2026"]), (Some(DateOrder::Mdy), None));
        assert_eq!(of(&["8/19/2026", "20-08-2026"]), (None, Some((2, 3))));
        // Between hyphens a year of two digits may stand first.
        assert_eq!(of(&["26-10-01"]), (None, None));
        assert_eq!(of(&["26-10-31", "99-10-31"]), (Some(DateOrder::Ymd), None));
    }
}
