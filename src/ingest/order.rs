//! The order of day and month in a column, decided for the column as a whole from the values that only one order can read.

use crate::presets::DateOrder;

/// What the values of a column say of their order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Votes {
    day_first: bool,
    month_first: bool,
}

impl Votes {
    /// Takes a value: a first number above 12 is a day, a second one too.
    pub fn count(&mut self, value: &str) {
        let mut parts = value.trim().splitn(3, ['/', '-', '.']);
        let numbers = [parts.next(), parts.next()].map(|p| p.filter(|p| p.len() <= 2).and_then(|p| p.parse::<u32>().ok()));
        let rest = parts.next().unwrap_or_default();
        let year = rest.bytes().take_while(u8::is_ascii_digit).count();
        if let ([Some(a), Some(b)], 2 | 4) = (numbers, year) {
            self.day_first |= (13..=31).contains(&a) && (1..=12).contains(&b);
            self.month_first |= (13..=31).contains(&b) && (1..=12).contains(&a);
        }
    }

    /// The order; `None` where nothing decides it or the values contradict each other.
    pub fn settled(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::Dmy),
            (false, true) => Some(DateOrder::Mdy),
            _ => None,
        }
    }
}

/// Reads an export once more and tells, for the cells of each column, what their values say of their order.
pub type Look = Box<dyn Fn(&[Vec<usize>]) -> Vec<Votes>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_that_only_one_order_can_read_decides_and_two_that_differ_decide_nothing() {
        let of = |values: &[&str]| {
            let mut votes = Votes::default();
            for value in values {
                votes.count(value);
            }
            votes.settled()
        };
        assert_eq!(of(&["1/2/2026", "31/12/2026"]), Some(DateOrder::Dmy));
        assert_eq!(of(&["8/19/2021 1:25:31 PM"]), Some(DateOrder::Mdy));
        assert_eq!(of(&["8/19/21"]), Some(DateOrder::Mdy));
        assert_eq!(of(&["1/2/2026", "", "2026-12-31", "13/13/2026"]), None);
        assert_eq!(of(&["31/12/2026", "12/31/2026"]), None);
    }
}
