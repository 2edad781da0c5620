//! One row of an export, whatever its format, and what a mapped column gives for it.

use std::borrow::Cow;

use compact_str::CompactString;

use super::csv::Record;
use super::path::{Step, walk};
use super::value::Value;
use crate::presets::mapping::{Branch, Column, Condition, From, Test, Then};
use crate::time::{self, Moment, Reading};

/// A row.
pub enum Row<'a> {
    /// Of a table: cells by place.
    Cells(&'a Record<'a>),
    /// Of JSON: the record, and the element of it that is the row; and the text of the record, where not all of it was read.
    Json(&'a Value<'a>, Option<&'a Value<'a>>, Option<&'a [u8]>),
}

/// Where in a row a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this cell.
    Cell(usize),
    /// Along this path in the JSON that a cell holds.
    Inner(usize, Vec<Step>),
    /// Along this path.
    Path(Vec<Step>),
}

/// A value as text; `None` for null.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.to_string()),
        Value::Array(items) if !items.iter().any(Value::is_object) => {
            Some(items.iter().filter_map(scalar).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(";"))
        }
        // How XML with attributes is written as JSON.
        Value::Object(map) if map.get("#text").is_some() => map.get("#text").and_then(scalar),
        other => Some(other.to_string()),
    }
}

impl<'a> Row<'a> {
    /// The row of a table as it stands in the file.
    pub fn raw(&self) -> &'a str {
        match self {
            Row::Cells(record) => record.raw,
            Row::Json(..) => "",
        }
    }

    /// The text at a place, without blanks around it; `None` where there is none.
    pub fn text(&self, place: &Place) -> Option<Cow<'a, str>> {
        match (self, place) {
            (Row::Cells(record), Place::Cell(cell)) => Some(Cow::Borrowed(record.get(*cell).trim())),
            (Row::Json(record, element, _), Place::Path(steps)) => match walk(record, *element, steps)? {
                Cow::Borrowed(Value::String(text)) => Some(Cow::Borrowed(text.trim())),
                value => scalar(&value).map(Cow::Owned),
            },
            (Row::Cells(record), Place::Inner(cell, steps)) => {
                let value: Value = serde_json::from_str(record.get(*cell)).ok()?;
                scalar(walk(&value, None, steps)?.as_ref()).map(|text| Cow::Owned(text.trim().to_owned()))
            }
            _ => None,
        }
        .filter(|text| !text.is_empty())
    }

    fn first(&self, places: &[Place]) -> Option<Cow<'a, str>> {
        places.iter().find_map(|place| self.text(place))
    }

    /// The first text that is not a way to say "no date"; where all are, the first of them.
    fn first_date(&self, places: &[Place], reading: Reading) -> Option<Cow<'a, str>> {
        let mut texts = places.iter().filter_map(|place| self.text(place));
        let mut first = texts.next()?;
        for next in texts {
            if time::read(&first, reading) != Ok(None) {
                break;
            }
            if time::read(&next, reading) != Ok(None) {
                first = next;
            }
        }
        Some(first)
    }

    /// Whether a branch holds because there is a text, and that text is a way to say "no date".
    fn says_none(&self, branch: &Branch<Place>, reading: Reading) -> bool {
        let ([Condition { test: Test::Present(true), places: there }], Then::From(places)) =
            (&branch.conditions[..], &branch.then)
        else {
            return false;
        };
        there == places && self.first_date(places, reading).is_none_or(|text| time::read(&text, reading) == Ok(None))
    }

    fn join(&self, places: &[Place], with: &str) -> Cow<'a, str> {
        let parts: Vec<Cow<str>> = places.iter().filter_map(|place| self.text(place)).collect();
        Cow::Owned(parts.join(with))
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition<Place>) -> bool {
        let any = |holds: &dyn Fn(&str) -> bool| {
            condition.places.iter().any(|place| self.text(place).is_some_and(|text| holds(text.as_ref())))
        };
        let one_of = |words: &[String], text: &str| words.iter().any(|word| word.eq_ignore_ascii_case(text));
        match &condition.test {
            Test::Present(wanted) => any(&|_| true) == *wanted,
            Test::Words(words) => any(&|text| one_of(words, text)),
            Test::Not(words) => !any(&|text| one_of(words, text)),
            Test::Bits(bits) => any(&|text| text.parse::<u64>().is_ok_and(|number| number & bits == *bits)),
            Test::Match(pattern) => any(&|text| pattern.is_match(text)),
        }
    }

    fn takes(&self, branch: &Branch<Place>) -> bool {
        if branch.any { branch.conditions.iter().any(|c| self.holds(c)) } else { branch.conditions.iter().all(|c| self.holds(c)) }
    }

    /// What a branch gives for this row.
    fn then<'r>(&self, then: &'r Then<Place>) -> Option<Cow<'r, str>>
    where
        'a: 'r,
    {
        match then {
            Then::Is(word) => Some(Cow::Borrowed(word)),
            Then::From(places) => self.first(places),
            Then::Join(places, with) => Some(self.join(places, with)),
        }
    }

    /// What a column gives for this row, in the canonical word where the mapping has one. Of a column of times (`is_time`) a place
    /// that holds a way to say "no date" counts as empty beside the places and branches after it.
    pub fn value<'r>(&self, column: &'r Column<Place>, reading: Reading, is_time: bool) -> Option<Cow<'r, str>>
    where
        'a: 'r,
    {
        if !column.when.iter().all(|condition| self.holds(condition)) {
            return None;
        }
        let text = match &column.from {
            From::Constant(word) => return Some(Cow::Borrowed(word)),
            From::First(places) if is_time => self.first_date(places, reading)?,
            From::First(places) => self.first(places)?,
            From::Newest(places) => self.newest(places, reading)?,
            From::Join(places, with) => self.join(places, with),
            From::Case(branches, otherwise) => {
                let takes = |branch: &&Branch<Place>| self.takes(branch) && !(is_time && self.says_none(branch, reading));
                match branches.iter().find(takes).map(|branch| &branch.then) {
                    Some(Then::Is(word)) => return Some(Cow::Borrowed(word)),
                    Some(Then::From(places)) if is_time => self.first_date(places, reading)?,
                    Some(then) => self.then(then)?,
                    None => return otherwise.as_deref().map(Cow::Borrowed),
                }
            }
            From::Each(branches, with) => {
                let holding = branches.iter().filter(|branch| self.takes(branch));
                let parts: Vec<Cow<str>> =
                    holding.filter_map(|branch| self.then(&branch.then)).filter(|part| !part.is_empty()).collect();
                Cow::Owned(parts.join(with))
            }
        };
        let text = match &column.pattern {
            None => text,
            Some(pattern) => {
                let found = pattern.captures(&text)?;
                let part = found.get(1).or_else(|| found.get(0))?.as_str().trim();
                Cow::Owned(part.to_owned())
            }
        };
        if text.is_empty() {
            return None;
        }
        if let Some(separator) = &column.split {
            let parts: Vec<&str> = text.split(separator.as_str()).map(str::trim).filter(|part| !part.is_empty()).collect();
            return Some(Cow::Owned(parts.join(";")));
        }
        if column.values.is_empty() {
            return Some(text);
        }
        let canonical = if text.is_ascii() {
            let mut lower = CompactString::new(&text);
            lower.make_ascii_lowercase();
            column.values.get(lower.as_str())
        } else {
            column.values.get(&text.to_lowercase())
        };
        Some(canonical.map_or(text, |word| Cow::Borrowed(word)))
    }

    /// Shows every text that a column of times looks at in this row.
    pub fn times(&self, column: &Column<Place>, reading: Reading, visit: &mut dyn FnMut(&str)) {
        if let From::Newest(places) = &column.from {
            places.iter().filter_map(|place| self.text(place)).for_each(|text| visit(&text));
        } else if let Some(text) = self.value(column, reading, true) {
            visit(&text);
        }
    }

    /// The text of the newest of several times; one that cannot be read comes first, so that it is rejected and not passed over.
    fn newest(&self, places: &[Place], reading: Reading) -> Option<Cow<'a, str>> {
        let mut newest: Option<(Moment, Cow<str>)> = None;
        for text in places.iter().filter_map(|place| self.text(place)) {
            match time::read(&text, reading) {
                Ok(Some(moment)) => {
                    let rank = |m: &Moment| match m {
                        Moment::At(at) => *at,
                        Moment::On(date) => time::day_start(*date, reading.zone),
                    };
                    if newest.as_ref().is_none_or(|(best, _)| rank(best) < rank(&moment)) {
                        newest = Some((moment, text));
                    }
                }
                Ok(None) => {}
                Err(_) => return Some(text),
            }
        }
        newest.map(|(_, text)| text)
    }
}
