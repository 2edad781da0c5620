//! One row of an export, whatever its format, and what a mapped column gives for it.

use std::borrow::Cow;

use serde_json::Value;

use super::csv::Record;
use crate::presets::mapping::{Branch, Column, Condition, From, Test, Then};
use crate::time::{self, Moment, Reading};

/// A row.
pub enum Row<'a> {
    /// Of a table: cells by place.
    Cells(&'a Record<'a>),
    /// Of JSON: the record, and the element of it that is the row.
    Json(&'a Value, Option<&'a Value>),
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

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into this key.
    Key(String),
    /// To this element.
    Index(usize),
    /// To the first element whose key has this value.
    Where(String, String),
    /// To all elements: what follows is gathered from each.
    All,
    /// The text here is JSON itself.
    Json,
    /// To the element of the record that is the row.
    Element,
}

/// Reads a path such as `target[type=User].alternateId` or `@.newValue|json[0]`.
pub fn path(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = text;
    // `@timestamp` is a key; `@` alone, or before a further step, is the element.
    if let Some(after) = rest.strip_prefix('@').filter(|after| after.is_empty() || after.starts_with(['.', '[', '|'])) {
        steps.push(Step::Element);
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("|json") {
            steps.push(Step::Json);
            rest = after.strip_prefix('.').unwrap_or(after);
        } else if let Some((inside, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
            steps.push(match (inside.parse(), inside.split_once('=')) {
                _ if inside == "*" => Step::All,
                (Ok(index), _) => Step::Index(index),
                (_, Some((key, value))) => Step::Where(key.to_owned(), value.to_owned()),
                _ => Step::Key(inside.to_owned()),
            });
            rest = after.strip_prefix('.').unwrap_or(after);
        } else {
            let end = rest.find(['.', '[', '|']).filter(|end| *end > 0).unwrap_or(rest.len());
            steps.push(Step::Key(rest[..end].to_owned()));
            rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
        }
    }
    steps
}

/// Whether a path leads anywhere in a record, be it to null.
pub fn leads(record: &Value, element: Option<&Value>, steps: &[Step]) -> bool {
    walk(record, element, steps).is_some()
}

/// The array along a path of keys.
pub fn array<'a>(record: &'a Value, steps: &[Step]) -> Option<&'a Vec<Value>> {
    match walk(record, None, steps)? {
        Cow::Borrowed(Value::Array(list)) => Some(list),
        _ => None,
    }
}

fn walk<'a>(record: &'a Value, element: Option<&'a Value>, steps: &[Step]) -> Option<Cow<'a, Value>> {
    let mut at = Cow::Borrowed(record);
    for (place, step) in steps.iter().enumerate() {
        if let (Step::Key(_), Cow::Borrowed(value)) = (step, &at)
            && enter(value, step).is_none()
        {
            return flat(value, &steps[place..]).map(Cow::Borrowed);
        }
        if *step == Step::All {
            let list = at.as_array()?;
            let rest = &steps[place + 1..];
            let found = list.iter().filter_map(|item| walk(item, element, rest)).map(Cow::into_owned);
            return Some(Cow::Owned(Value::Array(found.collect())));
        }
        at = match (step, at) {
            (Step::Element, _) => Cow::Borrowed(element?),
            (Step::Json, at) => match at.as_str() {
                Some(text) => Cow::Owned(serde_json::from_str(text).ok()?),
                None => at, // some tools export it parsed already
            },
            (step, Cow::Borrowed(value)) => Cow::Borrowed(enter(value, step)?),
            (step, Cow::Owned(value)) => Cow::Owned(enter(&value, step)?.clone()),
        };
    }
    Some(at)
}

/// The value under keys that are written flat: `a.b.c` as one key, or `a` with `b.c` in it.
fn flat<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    let names: Option<Vec<&str>> = steps
        .iter()
        .map(|step| match step {
            Step::Key(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let names = names.filter(|names| names.len() > 1)?;
    value.get(names.join("."))
}

fn enter<'a>(value: &'a Value, step: &Step) -> Option<&'a Value> {
    match step {
        Step::Key(key) => {
            let map = value.as_object()?;
            map.get(key).or_else(|| map.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value))
        }
        Step::Index(index) => value.get(index),
        Step::Where(key, wanted) => value
            .as_array()?
            .iter()
            .find(|item| item.get(key).and_then(Value::as_str).is_some_and(|v| v.eq_ignore_ascii_case(wanted))),
        Step::Json | Step::Element | Step::All => None,
    }
}

/// A value as text; `None` for null.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if !items.iter().any(Value::is_object) => {
            Some(items.iter().filter_map(scalar).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(";"))
        }
        // How XML with attributes is written as JSON.
        Value::Object(map) if map.contains_key("#text") => map.get("#text").and_then(scalar),
        other => Some(other.to_string()),
    }
}

impl<'a> Row<'a> {
    /// The text at a place, without blanks around it; `None` where there is none.
    pub fn text(&self, place: &Place) -> Option<Cow<'a, str>> {
        match (self, place) {
            (Row::Cells(record), Place::Cell(cell)) => Some(Cow::Borrowed(record.get(*cell).trim())),
            (Row::Json(record, element), Place::Path(steps)) => match walk(record, *element, steps)? {
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

    /// What a column gives for this row, in the canonical word where the mapping has one.
    pub fn value(&self, column: &Column<Place>, reading: Reading) -> Option<Cow<'a, str>> {
        if !column.when.iter().all(|condition| self.holds(condition)) {
            return None;
        }
        let text = match &column.from {
            From::Constant(word) => return Some(Cow::Owned(word.clone())),
            From::First(places) => self.first(places)?,
            From::Newest(places) => self.newest(places, reading)?,
            From::Join(places, with) => self.join(places, with),
            From::Case(branches, otherwise) => match branches.iter().find(|branch| self.takes(branch)).map(|branch| &branch.then)
            {
                Some(Then::Is(word)) => return Some(Cow::Owned(word.clone())),
                Some(Then::From(places)) => self.first(places)?,
                Some(Then::Join(places, with)) => self.join(places, with),
                None => return otherwise.clone().map(Cow::Owned),
            },
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
        Some(column.values.get(&text.to_lowercase()).map_or(text, |word| Cow::Owned(word.clone())))
    }

    /// Shows every text that a column of times looks at in this row.
    pub fn times(&self, column: &Column<Place>, reading: Reading, visit: &mut dyn FnMut(&str)) {
        if let From::Newest(places) = &column.from {
            places.iter().filter_map(|place| self.text(place)).for_each(|text| visit(&text));
        } else if let Some(text) = self.value(column, reading) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(record: &Value, text: &str) -> Option<String> {
        Row::Json(record, record.get("events").and_then(|e| e.get(0))).text(&Place::Path(path(text))).map(Cow::into_owned)
    }

    #[test]
    fn paths_lead_through_keys_elements_and_inner_json() {
        let record = json!({
            "id": {"time": "t"}, "n": 3, "@timestamp": "2026", "none": null, "list": ["a", "b"],
            "target": [{"type": "App", "id": 1}, {"type": "User", "alternateId": " ann "}],
            "events": [{"name": "SUSPEND_USER", "parameters": [{"name": "USER_EMAIL", "value": "x@y"}]}],
            "modified": [{"displayName": "AccountEnabled", "newValue": "[\"False\"]"}],
        });
        assert_eq!(at(&record, "id.time").as_deref(), Some("t"));
        assert_eq!(at(&record, "n").as_deref(), Some("3"));
        assert_eq!(at(&record, "list").as_deref(), Some("a;b"));
        assert_eq!(at(&record, "none"), None);
        assert_eq!(at(&record, "target[type=user].alternateId").as_deref(), Some("ann"));
        assert_eq!(at(&record, "target[0].id").as_deref(), Some("1"));
        assert_eq!(at(&record, "@.parameters[name=USER_EMAIL].value").as_deref(), Some("x@y"));
        assert_eq!(at(&record, "modified[displayName=AccountEnabled].newValue|json[0]").as_deref(), Some("False"));
        assert_eq!(at(&record, "target[9].id"), None);
        assert_eq!(at(&record, "target[*].type").as_deref(), Some("App;User"));
        assert_eq!(at(&record, "target[*].missing"), None);
        assert_eq!(at(&record, "events[*].parameters[*].value").as_deref(), Some("x@y"));
        assert_eq!(at(&record, "@timestamp").as_deref(), Some("2026"));
        assert_eq!(at(&record, "list|json[1]").as_deref(), Some("b"));
    }

    proptest::proptest! {
        #[test]
        fn no_path_makes_it_panic(text in "[a@.|\\[\\]=j1son]{0,20}") {
            let _ = at(&json!({"a": [1]}), &text);
        }
    }
}
