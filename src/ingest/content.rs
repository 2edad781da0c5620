//! What a row says, whatever way it is written, as bytes: two exports of one event give the same though one is indented, has its
//! keys in another order or other quotes; and no two rows that say different things give the same.

use super::csv::Record;
use super::json::{Wanted, parse};
use super::row::Row;
use super::value::Value;

const JOINED: u8 = 0;
const CELLS: u8 = 1;
const RECORD: u8 = 2;
const TEXT: u8 = 3;

/// The bytes of a row's values: their kind, and themselves, for which `scratch` has room. `place` tells elements of one record
/// apart that say the same.
pub fn bytes<'a>(row: &Row<'a>, place: usize, scratch: &'a mut Vec<u8>) -> (u8, &'a [u8]) {
    scratch.clear();
    match row {
        Row::Cells(record) if record.joined => (JOINED, record.raw.as_bytes()),
        Row::Cells(record) => (cells(record, scratch), scratch),
        Row::Json(record, element, text) => {
            let mut kind = RECORD;
            match text.map(|text| parse(text, &Wanted::All.picker()).map_err(|_| text)) {
                None => value(record, scratch),
                Some(Ok(whole)) => value(&whole, scratch),
                // Something is wrong with what nobody asks for.
                Some(Err(text)) => {
                    kind = TEXT;
                    scratch.extend_from_slice(text);
                }
            }
            scratch.extend(element.is_some().then_some(place).into_iter().flat_map(usize::to_le_bytes));
            (kind, scratch)
        }
    }
}

/// Joined by commas, where no cell holds what would need a quote then; else each with its length.
fn cells(record: &Record, into: &mut Vec<u8>) -> u8 {
    let cells = || (0..record.len()).map(|cell| record.get(cell).as_bytes());
    if cells().flatten().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        for cell in cells() {
            text(cell, into);
        }
        return CELLS;
    }
    for (place, cell) in cells().enumerate() {
        if place > 0 {
            into.push(b',');
        }
        into.extend_from_slice(cell);
    }
    JOINED
}

fn text(text: &[u8], into: &mut Vec<u8>) {
    into.extend_from_slice(&text.len().to_le_bytes());
    into.extend_from_slice(text);
}

fn value(of: &Value, into: &mut Vec<u8>) {
    match of {
        Value::Null => into.push(0),
        Value::Bool(yes) => into.push(1 + u8::from(*yes)),
        Value::Number(number) => {
            into.push(3);
            text(number.to_string().as_bytes(), into);
        }
        Value::String(string) => {
            into.push(4);
            text(string.as_bytes(), into);
        }
        Value::Array(list) => {
            into.push(5);
            into.extend_from_slice(&list.len().to_le_bytes());
            for item in list {
                value(item, into);
            }
        }
        Value::Object(map) => {
            let mut pairs: Vec<(&str, &Value)> = map.iter().collect();
            pairs.sort_unstable_by_key(|(key, _)| *key);
            into.push(6);
            into.extend_from_slice(&pairs.len().to_le_bytes());
            for (key, item) in pairs {
                text(key.as_bytes(), into);
                value(item, into);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::csv::{Piece, Splitter};

    fn of(text: &str, place: usize) -> Vec<u8> {
        let record: Value = serde_json::from_str(text).unwrap();
        bytes(&Row::Json(&record, Some(&record), None), place, &mut Vec::new()).1.to_vec()
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

    /// The values of a row of CSV, by its writing.
    fn row(text: &str, delimiter: u8, quotes: bool) -> (u8, Vec<u8>) {
        let mut splitter = Splitter::new(text.as_bytes(), false).unwrap();
        splitter.set_marks(None, quotes);
        splitter.set_delimiter(Some(delimiter)).unwrap();
        let Some(Piece::Row(record)) = splitter.next().unwrap() else { panic!("{text}") };
        let mut scratch = Vec::new();
        let (kind, bytes) = bytes(&Row::Cells(&record), 0, &mut scratch);
        (kind, bytes.to_vec())
    }

    #[test]
    fn quotes_and_delimiters_do_not_matter_and_where_a_cell_ends_does() {
        let plain = row("a,b,c d", b',', true);
        for same in ["\"a\",b,\"c d\"", "a,b,c d\r\n"] {
            assert_eq!(row(same, b',', true), plain, "{same}");
        }
        assert_eq!(row("a;b;c d", b';', true), plain);
        let comma = row("\"a,b\",c", b',', true);
        assert_ne!(comma, row("a,\"b,c\"", b',', true));
        assert_ne!(comma, row("a,b,c", b',', true));
        assert_eq!(comma, row("a,b;c", b';', true));
        assert_eq!(row("a\"b,c", b',', false), row("\"a\"\"b\",c", b',', true));
        assert_ne!(row("\"a\",c", b',', false), row("a,c", b',', true));
    }
}
