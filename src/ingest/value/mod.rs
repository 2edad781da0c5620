//! A record as JSON gives it, in the order in which it is written. The keys of an object lie in a list, which for the handful that a
//! record has is found through, and built, in less time than any table that is hashed; texts stay where they are written, as far as
//! they are written without escapes.

mod read;

use std::borrow::Cow;
use std::fmt;

use hashbrown::HashMap;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

pub use self::read::read;

/// A value of JSON, whose texts may lie in the text `'t` that it was read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<'t> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(Cow<'t, str>),
    /// A list.
    Array(Vec<Self>),
    /// An object.
    Object(Map<'t>),
}

/// The members of an object, each key once.
#[derive(Clone, Debug, Default)]
pub struct Map<'t>(Vec<(Cow<'t, str>, Value<'t>)>);

impl<'t> Value<'t> {
    /// A number.
    pub fn number(number: impl Into<Number>) -> Self {
        Self::Number(number.into())
    }

    /// The text, of a text.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The members, of an object.
    pub fn as_object(&self) -> Option<&Map<'t>> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// The elements, of a list.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(list) = self { Some(list) } else { None }
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// What an object has under a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The value, in whose place there is null then.
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// The same with texts of its own.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(yes) => Value::Bool(yes),
            Self::Number(number) => Value::Number(number),
            Self::String(text) => Value::String(Cow::Owned(text.into_owned())),
            Self::Array(list) => Value::Array(list.into_iter().map(Value::into_owned).collect()),
            Self::Object(Map(members)) => {
                let owned = |(key, value): (Cow<str>, Self)| (Cow::Owned(key.into_owned()), value.into_owned());
                Value::Object(Map(members.into_iter().map(owned).collect()))
            }
        }
    }
}

impl<'t> From<&'t str> for Value<'t> {
    fn from(text: &'t str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl<'t> Map<'t> {
    /// What stands under a key.
    pub fn get(&self, key: &str) -> Option<&Value<'t>> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value<'t>> {
        self.0.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// What stands under a key, or null which is put there.
    pub fn entry(&mut self, key: &str) -> &mut Value<'t> {
        let place = self.0.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
            self.0.push((key.to_owned().into(), Value::Null));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Puts a value under a key, in the place of what stands there.
    pub fn insert(&mut self, key: impl AsRef<str> + Into<Cow<'t, str>>, value: Value<'t>) {
        match self.get_mut(key.as_ref()) {
            Some(there) => *there = value,
            None => self.0.push((key.into(), value)),
        }
    }

    /// Takes away what stands under a key.
    pub fn remove(&mut self, key: &str) -> Option<Value<'t>> {
        let place = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(place).1)
    }

    /// Keys and values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value<'t>)> + Clone {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// The keys, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &Value<'t>> {
        self.iter().map(|(_, value)| value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Of members of which many were put in unseen: of those under one key the last, in the place of the first.
    fn once(mut self) -> Self {
        let mut places: HashMap<Cow<str>, usize> = HashMap::with_capacity(self.0.len());
        for (key, value) in std::mem::take(&mut self.0) {
            if let Some(place) = places.get(&key) {
                self.0[*place].1 = value;
            } else {
                places.insert(key.clone(), self.0.len());
                self.0.push((key, value));
            }
        }
        self
    }
}

/// Whatever the order.
impl PartialEq for Map<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<'t, K: Into<Cow<'t, str>>> FromIterator<(K, Value<'t>)> for Map<'t> {
    fn from_iter<I: IntoIterator<Item = (K, Value<'t>)>>(members: I) -> Self {
        Self(members.into_iter().map(|(key, value)| (key.into(), value)).collect()).once()
    }
}

/// As JSON without blanks.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(yes) => serializer.serialize_bool(*yes),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(list) => serializer.collect_seq(list),
            Self::Object(map) => {
                let mut members = serializer.serialize_map(Some(map.len()))?;
                for (key, value) in map.iter() {
                    members.serialize_entry(key, value)?;
                }
                members.end()
            }
        }
    }
}

/// A value as it is written in tests.
#[cfg(test)]
macro_rules! json {
    ($($written:tt)*) => {
        <$crate::ingest::value::Value as serde::Deserialize>::deserialize(serde_json::json!($($written)*)).unwrap().into_owned()
    };
}
#[cfg(test)]
pub(super) use json;

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (Result<String, String>, Result<String, String>) {
        let told = |e: serde_json::Error| e.to_string();
        let ours = serde_json::from_str::<Value>(text).map(|value| value.to_string()).map_err(told);
        (ours, serde_json::from_str::<serde_json::Value>(text).map(|value| value.to_string()).map_err(told))
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_value_counts_in_the_place_of_the_first() {
        let (ours, theirs) = both(r#"{"a":1,"b":2,"a":[1.5,-3,18446744073709551615,1e400]}"#);
        assert_eq!(ours, theirs);
        let (ours, theirs) = both(r#"{"a":1,"b":2,"a":[1.50,-3,18446744073709551615,"ä\n\u0001"]}"#);
        assert_eq!(ours, theirs);
        assert!(ours.unwrap().starts_with(r#"{"a":[1.5,"#));
        let many: Vec<String> = (0..200).map(|n| format!("\"k{}\":{n}", n % 90)).collect();
        let (ours, theirs) = both(&format!("{{{}}}", many.join(",")));
        assert_eq!(ours, theirs);
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_read_and_written_as_the_library_does(text in "[\\[\\]{}\",:a1\\\\\\-.e ]{0,40}|(\\{\"a\":[1{\\[]?|\"b\"[:,]|[\\]}1,])*") {
            let (ours, theirs) = both(&text);
            proptest::prop_assert_eq!(ours, theirs);
        }
    }
}
