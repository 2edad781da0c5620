//! Rows of CSV as records: what a tool has written flat, a column for each path, is read by the paths of the vendor's JSON.

use std::io::{self, Read};

use super::csv::{Piece, Splitter};
use super::element::{Element, Records};
use super::value::{Map, Value};

/// One step in a header such as `target.0.id`, `target[0].id` or `target0.id`.
enum Part {
    Key(String),
    Index(usize),
}

/// How viewers note in a header that its times are in UTC.
const UTC: [&str; 2] = [" [UTC]", " (UTC)"];

/// More elements than this in one row are no array but names that happen to be numbers.
const MOST: usize = 100;

/// A reader of records that are rows of CSV.
pub struct Flat<R> {
    splitter: Splitter<R>,
    names: Vec<Vec<Part>>,
}

impl<R: Read> Flat<R> {
    /// The rows behind a header.
    pub fn new(splitter: Splitter<R>, header: &[String]) -> Self {
        Self { splitter, names: header.iter().map(|name| parts(name)).collect() }
    }
}

impl<R: Read> Records for Flat<R> {
    fn next(&mut self) -> io::Result<Option<Element>> {
        Ok(match self.splitter.next()? {
            None => None,
            Some(Piece::Damaged(damage)) => Some(Element::made(damage.line, damage.raw.to_vec(), Err(damage.reason))),
            Some(Piece::Row(row)) => {
                let mut record = Value::Object(Map::default());
                for (place, name) in self.names.iter().enumerate() {
                    let cell = row.get(place).trim();
                    if !cell.is_empty() {
                        put(&mut record, name, cell);
                    }
                }
                Some(Element::made(row.line, row.raw.as_bytes().to_vec(), Ok(record.into_owned())))
            }
        })
    }
}

/// A header's steps. Only elements of lists are taken apart: joined keys are found as they stand.
fn parts(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    // A viewer's note on the zone, and the blanks between words, are not part of a name.
    let name = UTC.iter().find_map(|note| name.strip_suffix(note)).unwrap_or(name).replace(' ', "");
    let dotted = name.replace('[', ".").replace(']', "");
    let pieces: Vec<&str> = dotted.split('.').collect();
    for (place, piece) in pieces.iter().enumerate() {
        let digits = piece.len() - piece.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (key, index) = piece.split_at(piece.len() - digits);
        let last = place + 1 == pieces.len();
        match index.parse() {
            Ok(index) if index < MOST && place > 0 && key.is_empty() => parts.push(Part::Index(index)),
            Ok(index) if index < MOST && !last && !key.is_empty() && key.chars().all(char::is_alphabetic) => {
                parts.extend([Part::Key(key.to_owned()), Part::Index(index)]);
            }
            _ => parts.push(Part::Key((*piece).to_owned())),
        }
    }
    if parts.iter().any(|part| matches!(part, Part::Index(_))) { parts } else { vec![Part::Key(name)] }
}

/// Puts a text into a record; what stands there already stays.
fn put(at: &mut Value, parts: &[Part], text: &str) {
    let Some((part, rest)) = parts.split_first() else {
        if *at == Value::Null {
            *at = text.to_owned().into();
        }
        return;
    };
    match part {
        Part::Key(key) => {
            if *at == Value::Null {
                *at = Value::Object(Map::default());
            }
            if let Value::Object(map) = at {
                put(map.entry(key), rest, text);
            }
        }
        Part::Index(index) => {
            if *at == Value::Null {
                *at = Value::Array(Vec::new());
            }
            if let Value::Array(list) = at {
                if list.len() <= *index {
                    list.resize(index + 1, Value::Null);
                }
                put(&mut list[*index], rest, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::value::json;

    fn records(text: &str) -> Vec<Result<Value<'static>, String>> {
        let mut splitter = Splitter::new(text.as_bytes(), false).unwrap();
        splitter.set_delimiter(None).unwrap();
        let header = match splitter.next().unwrap() {
            Some(Piece::Row(row)) => (0..row.len()).map(|i| row.get(i).to_owned()).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        splitter.expect_width(header.len());
        let mut flat = Flat::new(splitter, &header);
        std::iter::from_fn(|| flat.next().unwrap()).map(|element| Ok(element.value()?.into_owned().into_owned())).collect()
    }

    #[test]
    fn lists_are_put_together_and_joined_keys_stay_as_they_are() {
        let found = records(
            "actor.id,target.0.type,target.1.type,other0.id,ip[0],ipv4,2026.total,Event time (UTC)\nann,App,User,o,10.0.0.1,v,9,t\n\
             bob,,User,,,,,\n",
        );
        let first = json!({
            "actor.id": "ann", "target": [{"type": "App"}, {"type": "User"}], "other": [{"id": "o"}], "ip": ["10.0.0.1"],
            "ipv4": "v", "2026.total": "9", "Eventtime": "t",
        });
        assert_eq!(found[0], Ok(first));
        assert_eq!(found[1], Ok(json!({"actor.id": "bob", "target": [null, {"type": "User"}]})));
    }

    #[test]
    fn a_row_of_another_width_is_told() {
        assert!(records("a,b\n1,2\n1,2,3\n")[1].is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_header_makes_it_panic(name in "[a0-9.\\[\\]]{0,12}") {
            let mut record = Value::Object(Map::default());
            put(&mut record, &parts(&name), "x");
            put(&mut record, &parts("a.0.b"), "y");
        }
    }
}
