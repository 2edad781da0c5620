//! Reading a value, by a library's parser.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::{Map, Value};

/// Keys of an object up to which each new one is held against all before it.
const FEW: usize = 32;
/// Members for which an object has room from the beginning.
const ROOM: usize = 8;

/// What a text says as JSON; of an object the members whose keys fit. The others are passed over, and what is wrong with a text or a number in
/// them may stay unseen.
pub fn read(text: &str, fits: impl Fn(&str) -> bool) -> serde_json::Result<Value<'_>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Reader(fits).deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reader(|_: &str| true).deserialize(deserializer)
    }
}

/// A key.
struct Key<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(text.into()))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(text.to_owned().into()))
            }
        }
        deserializer.deserialize_str(Reader)
    }
}

/// One bit of 64 for a key, the same for the same key: a key whose bit no other has is not held against the others.
fn mark(key: &str) -> u64 {
    let end = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    let bytes = key.as_bytes();
    1 << ((bytes.len() + 7 * end(bytes.first()) + 13 * end(bytes.last())) % 64)
}

/// Reads a value; where it is an object, of its members those whose keys fit.
struct Reader<F>(F);

impl<'de, F: Fn(&str) -> bool> DeserializeSeed<'de> for Reader<F> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for Reader<F> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::number(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(text.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(text.to_owned().into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value<'de>, A::Error> {
        let (mut map, mut seen) = (Map::default(), 0);
        while let Some(Key(key)) = members.next_key()? {
            if !(self.0)(&key) {
                members.next_value::<IgnoredAny>()?;
                continue;
            }
            let (mark, value) = (mark(&key), members.next_value()?);
            if map.is_empty() {
                map.0.reserve(ROOM);
            }
            if seen & mark == 0 || map.len() >= FEW {
                map.0.push((key, value));
            } else {
                map.insert(key, value);
            }
            seen |= mark;
        }
        Ok(Value::Object(if map.len() < FEW { map } else { map.once() }))
    }
}
