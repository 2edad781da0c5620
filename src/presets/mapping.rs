//! The mapping language: how a canonical column is made from an export's own fields. First as it is written in a preset
//! or a case ([`RawColumns`]), then checked ([`Columns`]). What a field's text means is decided by the readers.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::columns::SourceKind;

/// Canonical column → where it comes from, as written.
pub type RawColumns = BTreeMap<String, RawColumn>;
/// Canonical column → the vendor's word → the canonical word, as written.
pub type RawValues = BTreeMap<String, BTreeMap<String, String>>;

/// One column as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
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
    from: Option<OneOrMore>,
    newest: Option<Vec<String>>,
    constant: Option<String>,
    join: Option<Vec<String>>,
    with: Option<String>,
    time: Option<TimeUnit>,
    split: Option<String>,
    when: Option<RawConditions>,
    case: Option<Vec<RawBranch>>,
    #[serde(rename = "else")]
    otherwise: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBranch {
    when: Option<RawConditions>,
    any: Option<RawConditions>,
    is: Option<String>,
    from: Option<OneOrMore>,
}

type RawConditions = BTreeMap<String, RawCondition>;

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum RawCondition {
    Words(OneOrMore),
    Presence(Presence),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Presence {
    present: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

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
    /// Hundreds of nanoseconds since 1601.
    Filetime,
    /// Days since the end of 1899, as workbooks count them.
    Excel,
}

/// One column, checked.
#[derive(Clone, Debug)]
pub struct Column<P = String> {
    /// Where its text comes from.
    pub from: From<P>,
    /// What a number in it counts.
    pub time: TimeUnit,
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
}

/// A condition on one place.
#[derive(Clone, Debug)]
pub struct Condition<P> {
    /// The place.
    pub place: P,
    /// What must hold there.
    pub test: Test,
}

/// What must hold at a place.
#[derive(Clone, Debug)]
pub enum Test {
    /// It is one of these words, without regard to case.
    Words(Vec<String>),
    /// It is there and not empty, or it is not.
    Present(bool),
}

/// The columns of a kind, by place in [`SourceKind::columns`]; `None` where nothing maps it.
#[derive(Clone, Debug, Default)]
pub struct Columns(pub Vec<Option<Column>>);

impl Columns {
    /// Checks columns and values against the kind's canonical columns. The error is a sentence.
    pub fn check(kind: SourceKind, columns: RawColumns, mut values: RawValues) -> Result<Self, String> {
        let names = kind.columns();
        let mut checked: Vec<Option<Column>> = vec![None; names.len()];
        for (name, raw) in columns {
            let place = names.iter().position(|n| *n == name).ok_or_else(|| unknown(kind, &name))?;
            let values = values.remove(&name).unwrap_or_default();
            checked[place] = Some(column(&name, raw, values)?);
        }
        for (name, words) in values {
            let place = names.iter().position(|n| *n == name).ok_or_else(|| unknown(kind, &name))?;
            checked[place] = Some(column(&name, RawColumn::One(name.clone()), words)?);
        }
        Ok(Self(checked))
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
    /// The names that its text comes from.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let branches = match &self.from {
            From::Case(branches, _) => branches.as_slice(),
            _ => &[],
        };
        let then = branches.iter().flat_map(|b| match &b.then {
            Then::From(places) => places.as_slice(),
            Then::Is(_) => &[],
        });
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
            From::Constant(_) => false,
        }
    }

    fn own_places(&self) -> &[P] {
        match &self.from {
            From::First(places) | From::Newest(places) | From::Join(places, _) => places,
            From::Case(..) | From::Constant(_) => &[],
        }
    }

    fn all_places(&self) -> impl Iterator<Item = &P> {
        let branches = match &self.from {
            From::Case(branches, _) => branches.as_slice(),
            _ => &[],
        };
        let of_branches = branches.iter().flat_map(|b| {
            let then = match &b.then {
                Then::From(places) => places.as_slice(),
                Then::Is(_) => &[],
            };
            b.conditions.iter().map(|c| &c.place).chain(then)
        });
        self.own_places().iter().chain(of_branches).chain(self.when.iter().map(|c| &c.place))
    }

    fn plain(places: Vec<P>) -> Self {
        Self { from: From::First(places), time: TimeUnit::Iso, split: None, when: Vec::new(), values: BTreeMap::new() }
    }

    /// The same column with its places found: `find` gives `None` for one that the export does not have, which is
    /// then empty throughout.
    pub fn resolve<Q>(&self, find: &impl Fn(&P) -> Option<Q>) -> Column<Q> {
        let all = |places: &[P]| places.iter().filter_map(find).collect::<Vec<Q>>();
        let conditions = |list: &[Condition<P>]| -> Vec<Condition<Option<Q>>> {
            list.iter().map(|c| Condition { place: find(&c.place), test: c.test.clone() }).collect()
        };
        // A condition on a place that is not there is decided here once: it holds only where absence is asked for.
        let settle = |list: Vec<Condition<Option<Q>>>| -> (Vec<Condition<Q>>, bool, bool) {
            let (mut held, mut failed, mut rest) = (false, false, Vec::new());
            for c in list {
                match (c.place, c.test) {
                    (Some(place), test) => rest.push(Condition { place, test }),
                    (None, Test::Present(false)) => held = true,
                    (None, _) => failed = true,
                }
            }
            (rest, held, failed)
        };
        let from = match &self.from {
            From::First(places) => From::First(all(places)),
            From::Newest(places) => From::Newest(all(places)),
            From::Constant(word) => From::Constant(word.clone()),
            From::Join(places, with) => From::Join(all(places), with.clone()),
            From::Case(branches, otherwise) => {
                let mut kept = Vec::new();
                for branch in branches {
                    let then = match &branch.then {
                        Then::Is(word) => Then::Is(word.clone()),
                        Then::From(places) => Then::From(all(places)),
                    };
                    let (rest, held, failed) = settle(conditions(&branch.conditions));
                    match (branch.any, held, failed) {
                        (true, true, _) => kept.push(Branch { conditions: Vec::new(), any: false, then }),
                        (false, _, true) => {}
                        (true, false, _) if rest.is_empty() && !branch.conditions.is_empty() => {}
                        _ => kept.push(Branch { conditions: rest, any: branch.any, then }),
                    }
                }
                From::Case(kept, otherwise.clone())
            }
        };
        let (when, _, never) = settle(conditions(&self.when));
        let from = if never { From::First(Vec::new()) } else { from };
        Column { from, time: self.time, split: self.split.clone(), when, values: self.values.clone() }
    }
}

fn unknown(kind: SourceKind, name: &str) -> String {
    let nearest = nearest(name, kind.columns().iter().copied());
    let hint = nearest.map_or_else(|| format!("known are {}", kind.columns().join(", ")), |n| format!("did you mean `{n}`?"));
    format!("`{name}` is no canonical column of {}; {hint}", kind.word())
}

/// The known name that is nearest to what was written, if any is near.
pub fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    known
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

fn column(name: &str, raw: RawColumn, values: BTreeMap<String, String>) -> Result<Column, String> {
    let table = match raw {
        RawColumn::One(one) => RawTable { from: Some(OneOrMore::One(one)), ..RawTable::default() },
        RawColumn::First(more) => RawTable { from: Some(OneOrMore::More(more)), ..RawTable::default() },
        RawColumn::Table(table) => *table,
    };
    let mut sources: Vec<From<String>> = Vec::new();
    sources.extend(table.from.map(|places| From::First(places.list())));
    sources.extend(table.newest.map(From::Newest));
    sources.extend(table.constant.map(From::Constant));
    sources.extend(table.join.map(|places| From::Join(places, table.with.unwrap_or_else(|| " ".to_owned()))));
    if let Some(branches) = table.case {
        let branches = branches.into_iter().map(|b| branch(name, b)).collect::<Result<_, _>>()?;
        sources.push(From::Case(branches, table.otherwise));
    }
    let [from] = <[_; 1]>::try_from(sources)
        .map_err(|_| format!("column `{name}` needs exactly one of from, newest, constant, join and case"))?;
    let when = table.when.map(conditions).unwrap_or_default();
    let values = values.into_iter().map(|(word, canonical)| (word.trim().to_lowercase(), canonical)).collect();
    Ok(Column { from, time: table.time.unwrap_or_default(), split: table.split, when, values })
}

fn branch(name: &str, raw: RawBranch) -> Result<Branch<String>, String> {
    let then = match (raw.is, raw.from) {
        (Some(word), None) => Then::Is(word),
        (None, Some(places)) => Then::From(places.list()),
        _ => return Err(format!("a branch of column `{name}` needs exactly one of is and from")),
    };
    match (raw.when, raw.any) {
        (Some(when), None) => Ok(Branch { conditions: conditions(when), any: false, then }),
        (None, Some(any)) => Ok(Branch { conditions: conditions(any), any: true, then }),
        _ => Err(format!("a branch of column `{name}` needs exactly one of when and any")),
    }
}

fn conditions(raw: RawConditions) -> Vec<Condition<String>> {
    raw.into_iter()
        .map(|(place, test)| {
            let test = match test {
                RawCondition::Words(words) => Test::Words(words.list()),
                RawCondition::Presence(p) => Test::Present(p.present),
            };
            Condition { place, test }
        })
        .collect()
}
