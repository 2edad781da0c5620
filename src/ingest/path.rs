//! Paths into a record: through keys, elements and JSON inside of text, and to the same place where a tool has written the
//! record flat or its names in another way.

use std::borrow::Cow;

use super::value::Value;

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

/// The elements along a path, where there are any; an object there is the only one.
pub fn array<'v, 't>(record: &'v Value<'t>, steps: &[Step]) -> Option<Cow<'v, [Value<'t>]>> {
    match walk(record, None, steps)? {
        Cow::Borrowed(Value::Array(list)) => Some(Cow::Borrowed(list)),
        Cow::Owned(Value::Array(list)) => Some(Cow::Owned(list)),
        Cow::Borrowed(one @ Value::Object(_)) => Some(Cow::Borrowed(std::slice::from_ref(one))),
        Cow::Owned(one @ Value::Object(_)) => Some(Cow::Owned(vec![one])),
        _ => None,
    }
}

/// The value at the end of a path.
pub fn walk<'v, 't>(at: &'v Value<'t>, element: Option<&'v Value<'t>>, steps: &[Step]) -> Option<Cow<'v, Value<'t>>> {
    let Some((step, rest)) = steps.split_first() else { return Some(Cow::Borrowed(at)) };
    match step {
        Step::Element => walk(element?, element, rest),
        Step::Json => match at.as_str() {
            Some(text) => within(&read(text)?, element, rest),
            None => walk(at, element, rest), // some tools export it parsed already
        },
        Step::All => {
            let found = at.as_array()?.iter().filter_map(|item| walk(item, element, rest)).map(Cow::into_owned);
            Some(Cow::Owned(Value::Array(found.collect())))
        }
        Step::Key(key) => {
            if let Some(next) = entry(at, key) {
                return walk(next, element, rest);
            }
            if let Some((next, taken)) = under_joined(at, steps) {
                return walk(next, element, &steps[taken..]);
            }
            within(&text_of(at)?, element, steps)
        }
        Step::Index(_) | Step::Where(..) => match item(at, step) {
            Some(next) => walk(next, element, rest),
            None => within(&text_of(at)?, element, steps),
        },
    }
}

/// The rest of a path in a value that was made on the way.
fn within<'v, 't>(value: &Value<'t>, element: Option<&Value<'t>>, steps: &[Step]) -> Option<Cow<'v, Value<'t>>> {
    walk(value, element, steps).map(|found| Cow::Owned(found.into_owned()))
}

/// What a text says that is itself an object or array: a tool has written it into the one before.
fn text_of<'t>(value: &Value<'t>) -> Option<Value<'t>> {
    let text = value.as_str()?.trim_start();
    if text.starts_with(['{', '[']) { read(text) } else { None }
}

/// The JSON that a text in a record is, for itself: the text may not last as long.
fn read<'t>(text: &str) -> Option<Value<'t>> {
    serde_json::from_str(text).ok().map(Value::into_owned)
}

/// The value under a key: as written, else without regard to case.
fn entry<'v, 't>(value: &'v Value<'t>, key: &str) -> Option<&'v Value<'t>> {
    let map = value.as_object()?;
    map.get(key).or_else(|| map.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value))
}

fn item<'v, 't>(value: &'v Value<'t>, step: &Step) -> Option<&'v Value<'t>> {
    let list = value.as_array()?;
    match step {
        Step::Index(index) => list.get(*index),
        Step::Where(key, wanted) => {
            list.iter().find(|item| entry(item, key).and_then(Value::as_str).is_some_and(|v| v.eq_ignore_ascii_case(wanted)))
        }
        _ => None,
    }
}

/// The value under keys that a tool has joined into one, and how many of them.
fn under_joined<'v, 't>(value: &'v Value<'t>, steps: &[Step]) -> Option<(&'v Value<'t>, usize)> {
    let map = value.as_object()?;
    let (place, taken) = joined(map.keys(), steps)?;
    Some((map.values().nth(place)?, taken))
}

/// Which name is that of the keys in front of a path that a tool has joined into one, and how many they are: `a.b`, `a_b`, `aB` and
/// `a_b_s` are all `a` and in it `b`. The most keys win, so that `a_b` is not taken for an `a`.
pub fn joined<'n>(names: impl IntoIterator<Item = &'n str, IntoIter: Clone>, steps: &[Step]) -> Option<(usize, usize)> {
    let names = names.into_iter();
    let keys: Vec<&str> =
        steps.iter().map_while(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).collect();
    (1..=keys.len()).rev().find_map(|taken| {
        let keys = &keys[..taken];
        // `user` and in it `name` is rather `user_name` than `username`.
        let found = names.clone().position(|name| spelled(name).any(|name| parted(name, keys)));
        let found = found.or_else(|| names.clone().position(|name| same(name, keys)));
        found.map(|place| (place, taken))
    })
}

/// Whether a path may lead through what stands under this name: its first key, or several that a tool has joined.
pub fn leads_through(steps: &[Step], name: &str) -> bool {
    matches!(steps.first(), Some(Step::Key(key)) if name.eq_ignore_ascii_case(key)) || joined([name], steps).is_some()
}

/// Endings by which a log store tells the types of its columns: text, number, boolean, time, GUID.
const TYPED: [&str; 5] = ["_s", "_d", "_b", "_t", "_g"];

/// Whether a name is that of these keys, joined: without regard to case and to what stands between words.
fn same(name: &str, keys: &[&str]) -> bool {
    spelled(name).any(|name| bare(name).eq(keys.iter().flat_map(|key| bare(key))))
}

/// Whether a name is these keys with a mark between them.
fn parted(name: &str, keys: &[&str]) -> bool {
    let mut rest = name;
    keys.iter().enumerate().all(|(place, key)| {
        let behind = if place == 0 { Some(rest) } else { rest.strip_prefix(['_', '.']) };
        let Some((head, tail)) = behind.and_then(|behind| behind.split_at_checked(key.len())) else { return false };
        rest = tail;
        head.eq_ignore_ascii_case(key)
    }) && rest.is_empty()
}

/// A name as it stands, and without the ending of its type.
fn spelled(name: &str) -> impl Iterator<Item = &str> {
    let plain = name.strip_suffix(" [UTC]").unwrap_or(name);
    let typed = TYPED.iter().find_map(|ending| plain.strip_suffix(ending));
    [Some(plain), typed].into_iter().flatten()
}

/// The letters and digits of a name. A mark in front is part of it: `_id` is not `id`.
fn bare(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .enumerate()
        .filter(|(place, c)| *place == 0 || !matches!(c, '_' | '-' | '.'))
        .map(|(_, c)| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::row::{Place, Row};
    use super::*;
    use crate::ingest::value::json;

    fn at(record: &Value, text: &str) -> Option<String> {
        let element = record.get("events").and_then(Value::as_array).and_then(|list| list.first());
        Row::Json(record, element, None).text(&Place::Path(path(text))).map(Cow::into_owned)
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

    #[test]
    fn a_record_that_a_tool_has_written_flat_is_read_by_the_same_paths() {
        let flat = json!({
            "actor_alternateId_s": "ann", "outcome.result": "SUCCESS", "TimeGenerated [UTC]": "2026", "EventType_s": "a",
            "UserIdentityUserName": "bob", "target_s": "[{\"type\":\"User\",\"id\":\"u1\"}]", "_id": "x", "id_b": "y",
            "username_s": "other", "user_name_s": "ann b",
            "nested": {"created_at": "t", "inner": "{\"a\": {\"b\": [1, 2]}}"},
        });
        for (path, wanted) in [
            ("actor.alternateId", Some("ann")),
            ("outcome.result", Some("SUCCESS")),
            ("TimeGenerated", Some("2026")),
            ("event_type", Some("a")),
            ("userIdentity.userName", Some("bob")),
            ("target[type=user].id", Some("u1")),
            ("target[1].id", None),
            ("id", Some("y")),
            ("nested.createdAt", Some("t")),
            ("nested.inner.a.b[1]", Some("2")),
            ("user.name", Some("ann b")),
            ("userName", Some("other")),
            ("userIdentity.type", None),
            ("actor", None),
        ] {
            assert_eq!(at(&flat, path).as_deref(), wanted, "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_path_makes_it_panic(text in "[a@.|\\[\\]=j1son]{0,20}") {
            let _ = at(&json!({"a": [1]}), &text);
        }
    }
}
