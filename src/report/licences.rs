//! What accounts of people who left still cost a month, by the case's prices.

use serde::Serialize;
use std::collections::BTreeMap;

use crate::model::money::Sums;
use crate::rules::Examined;

/// The sum over all accounts of people who left.
#[derive(Serialize)]
pub struct LicenceCosts {
    /// How many of these accounts cost something.
    pub accounts: usize,
    /// What they cost a month together, by currency.
    pub monthly: BTreeMap<String, String>,
    /// The same in words.
    #[serde(skip)]
    pub words: String,
}

/// The costs; `None` where the case has no prices.
#[must_use]
pub fn of_leavers(examined: &Examined) -> Option<LicenceCosts> {
    if examined.case.licences.is_empty() {
        return None;
    }
    let (mut accounts, mut sums) = (0, Sums::default());
    for row in examined.revocations() {
        let before = accounts;
        for licence in examined.paid_for(row.account) {
            sums.add(&licence.price);
            accounts = before + 1;
        }
    }
    let monthly = sums.iter().map(|money| (money.currency.clone(), money.amount())).collect();
    Some(LicenceCosts { accounts, monthly, words: sums.words() })
}

impl LicenceCosts {
    /// `2 accounts of people who left still cost 25.00 EUR a month.`
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.accounts {
            0 => "No account of anybody who left costs anything, by the prices of the case.".to_owned(),
            1 => format!("1 account of somebody who left still costs {} a month.", self.words),
            some => format!("{some} accounts of people who left still cost {} a month.", self.words),
        }
    }
}
