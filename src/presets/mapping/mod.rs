//! The mapping language: how a canonical column is made from an export's own fields. First as it is written in a preset
//! or a case ([`raw`]), then checked ([`Columns`]). What a field's text means is decided by the readers.

mod check;
mod pattern;
mod raw;
mod resolve;
mod shape;

use std::collections::BTreeMap;

use serde::Deserialize;

pub(super) use check::conditions_later;
pub use check::{conditions, nearest};
pub use pattern::Pattern;
pub use raw::{RawColumn, RawColumns, RawConditions, RawValues};

use crate::model::columns::SourceKind;

/// What a number in a time column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// A written date or time.
    #[default]
    Iso,
    /// Seconds since 1970.
    EpochS,
    /// Milliseconds since 1970.
    EpochMs,
    /// Microseconds since 1970.
    EpochUs,
    /// Nanoseconds since 1970.
    EpochNs,
    /// Seconds, milliseconds, microseconds or nanoseconds since 1970, whichever lies within 2001 to 2100.
    Epoch,
    /// Days since 1970.
    EpochDays,
    /// Hundreds of nanoseconds since 1601.
    Filetime,
    /// Days since the end of 1899, as workbooks count them.
    Excel,
    /// Days since the beginning of 1904, as workbooks of old Macs count them.
    #[serde(rename = "excel-1904")]
    Excel1904,
}

/// One column, checked.
#[derive(Clone, Debug)]
pub struct Column<P = String> {
    /// Where its text comes from.
    pub from: From<P>,
    /// What a number in it counts.
    pub time: TimeUnit,
    /// How a time in it is written, where it says so itself.
    pub format: Option<String>,
    /// What its text is cut to: the first group of this, else the whole match.
    pub pattern: Option<Pattern>,
    /// What separates the parts of a list in it.
    pub split: Option<String>,
    /// Conditions that must hold, else it is empty.
    pub when: Vec<Condition<P>>,
    /// The vendor's word, in lower case → the canonical word.
    pub values: BTreeMap<String, String>,
}

/// Where a column's text comes from. `P` is a place: a name as written, or one found in a header.
#[derive(Clone, Debug)]
pub enum From<P> {
    /// The first place that is not empty.
    First(Vec<P>),
    /// The newest of several times.
    Newest(Vec<P>),
    /// Always this.
    Constant(String),
    /// Several places, one after the other.
    Join(Vec<P>, String),
    /// The first branch that holds, else a constant.
    Case(Vec<Branch<P>>, Option<String>),
    /// Every branch that holds, one after the other.
    Each(Vec<Branch<P>>, String),
}

impl<P> From<P> {
    /// Its branches, where it has any.
    fn branches(&self) -> &[Branch<P>] {
        match self {
            Self::Case(branches, _) | Self::Each(branches, _) => branches,
            Self::First(_) | Self::Newest(_) | Self::Constant(_) | Self::Join(..) => &[],
        }
    }
}

/// One branch of a case.
#[derive(Clone, Debug)]
pub struct Branch<P> {
    /// The conditions.
    pub conditions: Vec<Condition<P>>,
    /// Whether one of them is enough.
    pub any: bool,
    /// The result: a constant, or the first place that is not empty.
    pub then: Then<P>,
}

/// What a branch gives.
#[derive(Clone, Debug)]
pub enum Then<P> {
    /// This word.
    Is(String),
    /// The first place that is not empty.
    From(Vec<P>),
    /// Several places, one after the other.
    Join(Vec<P>, String),
}

impl<P> Then<P> {
    /// The places that its text comes from.
    fn places(&self) -> &[P] {
        match self {
            Self::From(places) | Self::Join(places, _) => places,
            Self::Is(_) => &[],
        }
    }
}

/// A condition on a name. Several columns of an export may bear it: then it holds where one of them fulfils it.
#[derive(Clone, Debug)]
pub struct Condition<P> {
    /// The places; one as written, and those found in a header.
    pub places: Vec<P>,
    /// What must hold there.
    pub test: Test,
}

impl<P> Condition<P> {
    /// Proves its regular expression, if it has one. The error is a sentence.
    pub(super) fn prove(&self) -> Result<(), String> {
        if let Test::Match(pattern) = &self.test { pattern.prove() } else { Ok(()) }
    }
}

/// What must hold at a place.
#[derive(Clone, Debug)]
pub enum Test {
    /// It is one of these words, without regard to case.
    Words(Vec<String>),
    /// None of them is one of these words; also where they are empty.
    Not(Vec<String>),
    /// It is there and not empty, or it is not.
    Present(bool),
    /// It is a whole number in which these bits are set.
    Bits(u64),
    /// It matches.
    Match(Pattern),
}

/// The columns of a kind, by place in [`SourceKind::columns`]; `None` where nothing maps it.
#[derive(Clone, Debug, Default)]
pub struct Columns(pub Vec<Option<Column>>);

impl Columns {
    /// Checks columns and values against the kind's canonical columns. The error is a sentence.
    pub fn check(kind: SourceKind, columns: RawColumns, values: RawValues) -> Result<Self, String> {
        let columns = Self::check_later(kind, columns, values)?;
        columns.prove().map(|()| columns)
    }

    /// The same, but for its regular expressions: those of the presets are proved by a test.
    pub(super) fn check_later(kind: SourceKind, columns: RawColumns, mut values: RawValues) -> Result<Self, String> {
        let names = kind.columns();
        let mut checked: Vec<Option<Column>> = vec![None; names.len()];
        for (name, raw) in columns {
            let place = names.iter().position(|n| *n == name).ok_or_else(|| check::unknown(kind, &name))?;
            let values = values.remove(&name).unwrap_or_default();
            checked[place] = Some(check::column(&name, raw, values)?);
        }
        for (name, words) in values {
            let place = names.iter().position(|n| *n == name).ok_or_else(|| check::unknown(kind, &name))?;
            checked[place] = Some(check::column(&name, RawColumn::One(name.clone()), words)?);
        }
        Ok(Self(checked))
    }

    /// Proves its regular expressions. The error is a sentence.
    pub(super) fn prove(&self) -> Result<(), String> {
        self.0.iter().flatten().try_for_each(|column| {
            column.pattern.iter().try_for_each(Pattern::prove)?;
            let of_branches = column.from.branches().iter().flat_map(|branch| &branch.conditions);
            of_branches.chain(&column.when).try_for_each(Condition::prove)
        })
    }

    /// These columns, with those of `over` in their place where it has them.
    #[must_use]
    pub fn under(&self, over: &Self) -> Self {
        let length = self.0.len().max(over.0.len());
        let pick = |i: usize| over.0.get(i).cloned().flatten().or_else(|| self.0.get(i).cloned().flatten());
        Self((0..length).map(pick).collect())
    }

    /// All names that these columns look at.
    pub fn places(&self) -> impl Iterator<Item = &String> {
        self.0.iter().flatten().flat_map(Column::all_places)
    }

    /// The canonical columns under their own names.
    #[must_use]
    pub fn canonical(kind: SourceKind) -> Self {
        let own = |name: &&str| Some(Column::plain(vec![(*name).to_owned()]));
        Self(kind.columns().iter().map(own).collect())
    }
}

impl Column<String> {
    /// All names that it looks at.
    pub fn looks_at(&self) -> impl Iterator<Item = &String> {
        self.all_places()
    }

    /// The names that its text comes from.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let then = self.from.branches().iter().flat_map(|b| b.then.places());
        self.own_places().iter().chain(then).map(String::as_str).collect()
    }
}

impl<P> Column<P> {
    /// Whether it gives a word whatever the row.
    #[must_use]
    pub fn constant(&self) -> bool {
        matches!(self.from, From::Constant(_))
    }

    /// Whether no row can give it anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.from {
            From::First(places) | From::Newest(places) | From::Join(places, _) => places.is_empty(),
            From::Case(branches, otherwise) => branches.is_empty() && otherwise.is_none(),
            From::Each(branches, _) => branches.is_empty(),
            From::Constant(_) => false,
        }
    }

    fn own_places(&self) -> &[P] {
        match &self.from {
            From::First(places) | From::Newest(places) | From::Join(places, _) => places,
            From::Case(..) | From::Each(..) | From::Constant(_) => &[],
        }
    }

    /// All places that it looks at.
    pub fn all_places(&self) -> impl Iterator<Item = &P> {
        let of_branches =
            self.from.branches().iter().flat_map(|b| b.conditions.iter().flat_map(|c| &c.places).chain(b.then.places()));
        self.own_places().iter().chain(of_branches).chain(self.when.iter().flat_map(|c| &c.places))
    }

    fn plain(places: Vec<P>) -> Self {
        Self {
            from: From::First(places),
            time: TimeUnit::Iso,
            format: None,
            pattern: None,
            split: None,
            when: Vec::new(),
            values: BTreeMap::new(),
        }
    }
}
