//! `lastday.toml` as it is written: the shape and the places of its values, nothing checked yet.

use serde::Deserialize;
use serde_spanned::Spanned;

use super::ExportedFrom;
use crate::model::columns::SourceKind;
use crate::presets::mapping::{RawColumns, RawValues};
use crate::presets::{DateOrder, Rows};

/// A value with its place in the file.
pub type Placed = Spanned<String>;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raw {
    /// What is reviewed.
    pub review: Review,
    /// The policy.
    #[serde(default)]
    pub policy: Policy,
    /// How accounts are linked to people.
    #[serde(default)]
    pub linking: Linking,
    /// What to read.
    #[serde(default)]
    pub source: Vec<Spanned<Source>>,
    /// What is known of the systems.
    #[serde(default)]
    pub system: Vec<System>,
    /// Accounts that are rightly nobody's.
    #[serde(default)]
    pub account: Vec<Account>,
    /// Accepted findings.
    #[serde(default)]
    pub waiver: Vec<Waiver>,
    /// Grants that nobody should hold together.
    #[serde(default)]
    pub conflict: Vec<Conflict>,
    /// How bad the findings of a rule are here.
    #[serde(default)]
    pub severity: Vec<Severity>,
    /// What licences cost.
    #[serde(default)]
    pub licence: Vec<Licence>,
}

/// `[review]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the contract's keys")]
pub struct Review {
    pub name: Placed,
    pub period: Placed,
    pub as_of: Option<Placed>,
    pub timezone: Option<Placed>,
    pub frameworks: Option<Vec<Placed>>,
}

/// `[policy]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the contract's keys")]
pub struct Policy {
    pub revoke_within: Option<Placed>,
    pub provision_within: Option<Placed>,
    pub departure_time: Option<Placed>,
    pub start_time: Option<Placed>,
    pub dormant_after: Option<Placed>,
    pub password_max_age: Option<Placed>,
    pub domains: Option<Vec<Placed>>,
    #[serde(default)]
    pub automation: Vec<String>,
}

/// `[linking]`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "described where they are checked")]
pub struct Linking {
    pub order: Option<Vec<Placed>>,
    pub linked: Option<Spanned<f64>>,
    pub disputed: Option<Spanned<f64>>,
    #[serde(default)]
    pub aliases: Vec<Vec<String>>,
    pub service_patterns: Option<Vec<Placed>>,
    pub admin_affixes: Option<Vec<String>>,
    pub external_affixes: Option<Vec<String>>,
    pub overrides: Option<Placed>,
}

/// `[[source]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the contract's keys")]
pub struct Source {
    pub kind: SourceKind,
    pub system: Option<Placed>,
    pub preset: Option<Placed>,
    pub path: Placed,
    pub exported_at: Option<Placed>,
    pub exported_at_from: Option<ExportedFrom>,
    pub timezone: Option<Placed>,
    pub encoding: Option<Placed>,
    pub delimiter: Option<Placed>,
    pub header: Option<Spanned<Vec<String>>>,
    pub comment: Option<Placed>,
    pub quote: Option<bool>,
    pub sheet: Option<String>,
    #[serde(default)]
    pub skip_rows: usize,
    pub date_order: Option<DateOrder>,
    pub columns: Option<Spanned<RawColumns>>,
    #[serde(default)]
    pub values: RawValues,
    pub rows: Option<Spanned<Rows>>,
}

/// `[[system]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the contract's keys")]
pub struct System {
    pub name: Placed,
    #[serde(rename = "type")]
    pub kind: Option<Placed>,
    pub owner: Option<String>,
    pub sign_in: Option<Placed>,
    pub local_login: Option<bool>,
    pub revoke_within: Option<Placed>,
    pub sensitivity: Option<Placed>,
}

/// `[[account]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the contract's keys")]
pub struct Account {
    pub system: Placed,
    pub login: Placed,
    pub kind: Placed,
    pub owner: Option<String>,
    pub reason: Option<String>,
    pub expires: Option<Placed>,
}

/// `[[waiver]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the contract's keys")]
pub struct Waiver {
    pub rule: Placed,
    pub system: Option<Placed>,
    pub login: Option<String>,
    pub person_id: Option<String>,
    pub reason: Placed,
    pub approved_by: Placed,
    pub expires: Placed,
}

/// `[[conflict]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "described where they are checked")]
pub struct Conflict {
    pub name: Placed,
    pub one: Vec<Placed>,
    pub other: Vec<Placed>,
}

/// `[[licence]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "described where they are checked")]
pub struct Licence {
    pub system: Placed,
    pub grant: Option<Placed>,
    pub price: Spanned<f64>,
    pub currency: Placed,
}

/// `[[severity]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "described where they are checked")]
pub struct Severity {
    pub rule: Placed,
    pub system: Option<Placed>,
    pub severity: Placed,
}
