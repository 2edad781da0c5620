//! Sums of money: hundredths of a currency, added without rounding.

use std::collections::BTreeMap;
use std::fmt;

/// An amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// In hundredths.
    pub hundredths: u64,
    /// The currency's three letters.
    pub currency: String,
}

impl Money {
    /// An amount that is written with at most two places; `None` for any other, for less than nothing and for too much.
    #[must_use]
    pub fn of(amount: f64, currency: &str) -> Option<Self> {
        const MOST: f64 = 1e9;
        let hundredths = (amount * 100.0).round();
        let whole = (amount * 100.0 - hundredths).abs() < 1e-6;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, not negative and not large")]
        let hundredths = ((0.0..=MOST).contains(&amount) && whole).then_some(hundredths as u64)?;
        Some(Self { hundredths, currency: currency.to_owned() })
    }
}

impl Money {
    /// The amount alone: `12.50`.
    #[must_use]
    pub fn amount(&self) -> String {
        format!("{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

/// Sums by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<String, u64>);

impl Sums {
    /// Adds an amount.
    pub fn add(&mut self, money: &Money) {
        let sum = self.0.entry(money.currency.clone()).or_default();
        *sum = sum.saturating_add(money.hundredths);
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sums, by currency.
    pub fn iter(&self) -> impl Iterator<Item = Money> {
        self.0.iter().map(|(currency, hundredths)| Money { hundredths: *hundredths, currency: currency.clone() })
    }

    /// `12.50 EUR and 8.00 USD`
    #[must_use]
    pub fn words(&self) -> String {
        self.iter().map(|money| money.to_string()).collect::<Vec<_>>().join(" and ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_added_to_the_hundredth() {
        let mut sums = Sums::default();
        for amount in [0.1, 0.2, 8.75] {
            sums.add(&Money::of(amount, "EUR").unwrap());
        }
        sums.add(&Money::of(3.0, "USD").unwrap());
        assert_eq!(sums.words(), "9.05 EUR and 3.00 USD");
        assert_eq!([Money::of(0.005, "EUR"), Money::of(-1.0, "EUR"), Money::of(f64::NAN, "EUR")], [None, None, None]);
    }
}
