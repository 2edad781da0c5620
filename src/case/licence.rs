//! `[[licence]]`: what a licence costs a month, checked.

use super::checker::Checker;
use super::{System, raw};
use crate::error::Result;
use crate::model::money::Money;
use crate::model::system::SystemId;

/// What a licence costs.
pub struct Licence {
    /// The system.
    pub system: SystemId,
    /// The grant that is the licence; `None` where every account that can be used costs.
    pub grant: Option<String>,
    /// The price of one, a month.
    pub price: Money,
    /// Its line in the case file.
    pub line: u32,
}

impl Checker<'_> {
    /// Checks one.
    pub(super) fn licence(&self, raw: &raw::Licence, systems: &[System]) -> Result<Licence> {
        let currency = raw.currency.get_ref().trim();
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(self.at(&raw.currency, "this is no currency", "write its three letters: \"EUR\""));
        }
        let price = Money::of(*raw.price.get_ref(), currency).ok_or_else(|| {
            let help = "write what one costs a month, with at most two places: 12.50";
            self.error("this is no price".to_owned(), Some(help.to_owned()), Some(raw.price.span().into()))
        })?;
        Ok(Licence {
            system: self.system(&raw.system, systems)?,
            grant: raw.grant.as_ref().map(|grant| grant.get_ref().trim().to_owned()),
            price,
            line: self.line(raw.system.span().start),
        })
    }
}
