//! What a row says, whatever way it is written: two exports of one event are the same though one is indented, has its keys in
//! another order or other quotes.

use std::hash::{Hash, Hasher};

use serde_json::Value;

use super::row::Row;

/// Hashes a row's values. `place` tells elements of one record apart that say the same.
pub fn hash(row: &Row, place: usize, state: &mut impl Hasher) {
    match row {
        Row::Cells(record) => (0..record.len()).for_each(|cell| record.get(cell).hash(state)),
        Row::Json(record, element) => {
            value(record, state);
            element.is_some().then_some(place).hash(state);
        }
    }
}

fn value(of: &Value, state: &mut impl Hasher) {
    std::mem::discriminant(of).hash(state);
    match of {
        Value::Null => {}
        Value::Bool(yes) => yes.hash(state),
        Value::Number(number) => number.hash(state),
        Value::String(text) => text.hash(state),
        Value::Array(list) => {
            list.len().hash(state);
            for item in list {
                value(item, state);
            }
        }
        Value::Object(map) => {
            let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
            pairs.sort_unstable_by_key(|(key, _)| *key);
            pairs.len().hash(state);
            for (key, item) in pairs {
                key.hash(state);
                value(item, state);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::DefaultHasher;

    fn of(text: &str, place: usize) -> u64 {
        let record: Value = serde_json::from_str(text).unwrap();
        let mut state = DefaultHasher::new();
        hash(&Row::Json(&record, Some(&record)), place, &mut state);
        state.finish()
    }

    #[test]
    fn order_of_keys_and_blanks_do_not_matter_and_values_do() {
        let one = of(r#"{"a": [1, {"b": null, "c": "x"}], "d": true}"#, 0);
        assert_eq!(one, of("{\"d\":true,\n\"a\":[1,{\"c\":\"\\u0078\",\"b\":null}]}", 0));
        for other in [
            r#"{"a": [{"b": null, "c": "x"}, 1], "d": true}"#,
            r#"{"a": ["1", {"b": null, "c": "x"}], "d": true}"#,
            r#"{"a": [1, {"b": null}], "c": "x", "d": true}"#,
        ] {
            assert_ne!(one, of(other, 0), "{other}");
        }
        assert_ne!(one, of(r#"{"a": [1, {"b": null, "c": "x"}], "d": true}"#, 1));
    }
}
