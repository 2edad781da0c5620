//! The mapping language as it is written in a preset or a case.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::TimeUnit;
use super::shape::{Either, either};

/// Canonical column → where it comes from, as written.
pub type RawColumns = BTreeMap<String, RawColumn>;
/// Canonical column → the vendor's word → the canonical word, as written.
pub type RawValues = BTreeMap<String, BTreeMap<String, String>>;

/// One column as it is written.
#[derive(Clone, Debug)]
pub enum RawColumn {
    /// A header's text or a path.
    One(String),
    /// The first of these that is not empty.
    First(Vec<String>),
    /// Anything else.
    Table(Box<RawTable>),
}

/// A column that needs more than a name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTable {
    pub(super) from: Option<OneOrMore>,
    pub(super) newest: Option<Vec<String>>,
    pub(super) constant: Option<String>,
    pub(super) join: Option<Vec<String>>,
    pub(super) with: Option<String>,
    pub(super) time: Option<TimeUnit>,
    pub(super) format: Option<String>,
    #[serde(rename = "match")]
    pub(super) pattern: Option<String>,
    pub(super) split: Option<String>,
    pub(super) when: Option<RawConditions>,
    pub(super) case: Option<Vec<RawBranch>>,
    pub(super) each: Option<Vec<RawBranch>>,
    #[serde(rename = "else")]
    pub(super) otherwise: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBranch {
    pub(super) when: Option<RawConditions>,
    pub(super) any: Option<RawConditions>,
    pub(super) is: Option<String>,
    pub(super) from: Option<OneOrMore>,
    pub(super) join: Option<Vec<String>>,
    pub(super) with: Option<String>,
}

/// Place → what must hold there.
pub type RawConditions = BTreeMap<String, RawCondition>;

/// What must hold at a place.
#[derive(Clone, Debug)]
pub enum RawCondition {
    /// It is one of these words.
    Words(OneOrMore),
    /// Anything else.
    Test(RawTest),
}

/// A test that is more than words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTest {
    pub(super) present: Option<bool>,
    pub(super) not: Option<OneOrMore>,
    pub(super) bit: Option<u64>,
    #[serde(rename = "match")]
    pub(super) pattern: Option<String>,
}

/// A text or a list of texts.
#[derive(Clone, Debug)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    pub(super) fn list(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

// By hand, so that a wrong key is told with the known ones and its place.

impl<'de> Deserialize<'de> for RawColumn {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match either(from, "a name, a list of names or a table")? {
            Either::One(one) => Self::One(one),
            Either::More(more) => Self::First(more),
            Either::Table(table) => Self::Table(Box::new(table)),
        })
    }
}

impl<'de> Deserialize<'de> for RawCondition {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match either(from, "a word, a list of words or a table")? {
            Either::One(one) => Self::Words(OneOrMore::One(one)),
            Either::More(more) => Self::Words(OneOrMore::More(more)),
            Either::Table(test) => Self::Test(test),
        })
    }
}

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match either::<super::shape::NoTable, D>(from, "a text or a list of texts")? {
            Either::One(one) => Self::One(one),
            Either::More(more) => Self::More(more),
            Either::Table(_) => Self::More(Vec::new()),
        })
    }
}
