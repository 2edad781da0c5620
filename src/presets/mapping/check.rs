//! From the mapping as it is written to the checked one: names known, exactly one source a column, expressions that compile.

use std::collections::BTreeMap;

use super::raw::{OneOrMore, RawBranch, RawCondition, RawConditions, RawTable, RawTest};
use super::{Branch, Column, Condition, From, Pattern, RawColumn, Test, Then};
use crate::model::columns::SourceKind;
use crate::time;

pub(super) fn unknown(kind: SourceKind, name: &str) -> String {
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

pub(super) fn column(name: &str, raw: RawColumn, values: BTreeMap<String, String>) -> Result<Column, String> {
    let table = match raw {
        RawColumn::One(one) => RawTable { from: Some(OneOrMore::One(one)), ..RawTable::default() },
        RawColumn::First(more) => RawTable { from: Some(OneOrMore::More(more)), ..RawTable::default() },
        RawColumn::Table(table) => *table,
    };
    let mut sources: Vec<From<String>> = Vec::new();
    if table.case.is_some() && table.join.is_some() {
        return Err(format!("column `{name}` has both join and case: a branch may join too"));
    }
    if let Some(branches) = table.each {
        let with = table.with.clone().unwrap_or_else(|| "; ".to_owned());
        sources.push(From::Each(checked(name, branches)?, with));
    }
    let with = table.with.unwrap_or_else(|| " ".to_owned());
    let branches = match table.case {
        Some(branches) => Some(checked(name, branches)?),
        None => table.join.clone().filter(|_| table.from.is_some()).map(|parts| vec![always(Then::Join(parts, with.clone()))]),
    };
    match (table.from.map(OneOrMore::list), branches) {
        (Some(places), None) => sources.push(From::First(places)),
        (Some(places), Some(others)) => {
            let branches = std::iter::once(where_there_is(places)).chain(others).collect();
            sources.push(From::Case(branches, table.otherwise));
        }
        (None, Some(branches)) => sources.push(From::Case(branches, table.otherwise)),
        (None, None) => sources.extend(table.join.map(|parts| From::Join(parts, with))),
    }
    sources.extend(table.newest.map(From::Newest));
    sources.extend(table.constant.map(From::Constant));
    let [from] = <[_; 1]>::try_from(sources).map_err(|_| {
        format!("column `{name}` needs exactly one of from, newest, constant, join, case and each (from may stand before join or case)")
    })?;
    let when = table.when.map(conditions_later).transpose()?.unwrap_or_default();
    let pattern = table.pattern.map(Pattern::new);
    if let Some(format) = &table.format {
        if table.time.is_some() {
            return Err(format!("column `{name}` has both time and format: a number has a unit, a written time a format"));
        }
        time::check_format(format)?;
    }
    let values = values.into_iter().map(|(word, canonical)| (word.trim().to_lowercase(), canonical)).collect();
    let (time, format) = (table.time.unwrap_or_default(), table.format);
    Ok(Column { from, time, format, pattern, split: table.split, when, values })
}

/// The first of some places that is not empty, where there is one.
fn where_there_is(places: Vec<String>) -> Branch<String> {
    let there = Condition { places: places.clone(), test: Test::Present(true) };
    Branch { conditions: vec![there], any: false, then: Then::From(places) }
}

fn always(then: Then<String>) -> Branch<String> {
    Branch { conditions: Vec::new(), any: false, then }
}

fn checked(name: &str, branches: Vec<RawBranch>) -> Result<Vec<Branch<String>>, String> {
    branches.into_iter().map(|raw| branch(name, raw)).collect()
}

fn branch(name: &str, raw: RawBranch) -> Result<Branch<String>, String> {
    let then = match (raw.is, raw.from, raw.join) {
        (Some(word), None, None) => Then::Is(word),
        (None, Some(places), None) => Then::From(places.list()),
        (None, None, Some(parts)) => Then::Join(parts, raw.with.unwrap_or_else(|| " ".to_owned())),
        _ => return Err(format!("a branch of column `{name}` needs exactly one of is, from and join")),
    };
    match (raw.when, raw.any) {
        (Some(when), None) => Ok(Branch { conditions: conditions_later(when)?, any: false, then }),
        (None, Some(any)) => Ok(Branch { conditions: conditions_later(any)?, any: true, then }),
        _ => Err(format!("a branch of column `{name}` needs exactly one of when and any")),
    }
}

/// Checks conditions. The error is a sentence.
pub fn conditions(raw: RawConditions) -> Result<Vec<Condition<String>>, String> {
    let conditions = conditions_later(raw)?;
    conditions.iter().try_for_each(Condition::prove).map(|()| conditions)
}

/// The same, but for their regular expressions.
pub fn conditions_later(raw: RawConditions) -> Result<Vec<Condition<String>>, String> {
    raw.into_iter().map(|(place, written)| Ok(Condition { test: test(&place, written)?, places: vec![place] })).collect()
}

fn test(place: &str, raw: RawCondition) -> Result<Test, String> {
    match raw {
        RawCondition::Words(words) => Ok(Test::Words(words.list())),
        RawCondition::Test(RawTest { present: Some(present), not: None, bit: None, pattern: None }) => Ok(Test::Present(present)),
        RawCondition::Test(RawTest { present: None, not: Some(words), bit: None, pattern: None }) => Ok(Test::Not(words.list())),
        RawCondition::Test(RawTest { present: None, not: None, bit: Some(bits), pattern: None }) => Ok(Test::Bits(bits)),
        RawCondition::Test(RawTest { present: None, not: None, bit: None, pattern: Some(text) }) => {
            Ok(Test::Match(Pattern::new(text)))
        }
        RawCondition::Test(_) => Err(format!("the condition on `{place}` needs exactly one of present, not, bit and match")),
    }
}
