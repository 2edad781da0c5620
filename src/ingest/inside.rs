//! Records in records: a tool that carries logs puts the vendor's record into one of its own, as an object or as text that is
//! JSON. Rows with the tool's record in, rows with the vendor's out.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::element::{Element, Lot, Record, Records, Take};
use super::json::Wanted;
use super::path::{self, Step, walk};
use super::value::Value;
use crate::error::Result;

/// How many tools may have put their records around each other.
const DEEPEST: usize = 3;

/// The way to the vendor's record: the tools' paths, from the outside in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way(Vec<(String, Vec<Step>)>);

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        write!(f, "{}", names.join(" > "))
    }
}

impl Way {
    /// All ways that lead into one of the first records, the deepest first; never the record itself.
    pub fn all(first: &[&Value], names: &[String]) -> Vec<Self> {
        let names: Vec<(String, Vec<Step>)> = names.iter().map(|name| (name.clone(), path::path(name))).collect();
        let (mut ways, mut last) = (Vec::new(), vec![Self::default()]);
        for _ in 0..DEEPEST {
            let mut next = Vec::new();
            for (way, name) in last.iter().flat_map(|way| names.iter().map(move |name| (way, name))) {
                let way = Self(way.0.iter().chain([name]).cloned().collect());
                if !way.inner(first).is_empty() {
                    next.push(way);
                }
            }
            ways.splice(0..0, next.iter().cloned());
            last = next;
        }
        ways
    }

    /// The vendor's records in those of the first that the way leads into, for recognising them.
    pub fn inner<'t>(&self, first: &[&Value<'t>]) -> Vec<Value<'t>> {
        let enter = |record: &&Value<'t>| {
            let mut at = enter(record, self.0.first()?).ok()??;
            for name in &self.0[1..] {
                at = enter(&at, name).ok()??;
            }
            Some(at)
        };
        first.iter().filter_map(enter).collect()
    }

    /// The vendor's record. One that a way does not lead into is the record itself: a tool's own line among the others.
    /// What begins as JSON and is none is an error.
    pub fn record<'v, 't>(&self, record: &'v Value<'t>) -> Result<Cow<'v, Value<'t>>, String> {
        let mut at = Cow::Borrowed(record);
        for name in &self.0 {
            if let Some(inner) = enter(&at, name)? {
                at = Cow::Owned(inner);
            }
        }
        Ok(at)
    }
}

fn enter<'t>(record: &Value<'t>, (name, steps): &(String, Vec<Step>)) -> Result<Option<Value<'t>>, String> {
    let Some(found) = walk(record, None, steps) else { return Ok(None) };
    match found.as_ref() {
        Value::Object(_) => Ok(Some(found.into_owned())),
        Value::String(text) if text.trim_start().starts_with('{') => match serde_json::from_str::<Value>(text) {
            Ok(inner) => Ok(Some(inner.into_owned())),
            Err(e) => Err(format!("the JSON in `{name}` cannot be read: {e}")),
        },
        _ => Ok(None),
    }
}

/// A reader of the records inside of others.
pub struct Inside<R> {
    /// The others.
    pub rest: R,
    /// The way into them.
    pub way: Arc<Way>,
}

impl<R: Records> Records for Inside<R> {
    fn next(&mut self) -> io::Result<Option<Element>> {
        let Some(element) = self.rest.next()? else { return Ok(None) };
        let inner = element.value().and_then(|value| Ok(self.way.record(&value)?.into_owned().into_owned()));
        Ok(Some(Element::made(element.line, element.raw, inner)))
    }

    fn lot(&mut self) -> io::Result<Option<Box<dyn Lot>>> {
        let around = self.rest.lot()?;
        Ok(around.map(|around| Box::new(Entered { around, way: self.way.clone() }) as Box<dyn Lot>))
    }
}

/// The records inside of some others.
struct Entered {
    around: Box<dyn Lot>,
    way: Arc<Way>,
}

impl Lot for Entered {
    fn bytes(&self) -> usize {
        self.around.bytes()
    }

    fn each(&self, _: &Wanted, take: &mut Take) -> Result<()> {
        self.around.each(&Wanted::All, &mut |Record { line, raw, value, .. }| {
            let inner = value.and_then(|value| self.way.record(value));
            take(Record { line, raw, value: inner.as_deref().map_err(Clone::clone), whole: true })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::value::json;

    fn names() -> Vec<String> {
        ["_source", "event.original", "message", "result", "_raw"].map(str::to_owned).into()
    }

    #[test]
    fn only_records_that_a_way_leads_into_say_what_lies_there() {
        let (other, hit) = (json!({"uuid": "u0"}), json!({"_source": {"uuid": "u1"}}));
        let ways = Way::all(&[&other, &hit], &names());
        assert_eq!(ways.len(), 1);
        assert_eq!(ways[0].inner(&[&other, &hit]), [json!({"uuid": "u1"})]);
    }

    #[test]
    fn the_vendor_s_record_is_found_in_those_of_the_tools() {
        let hit = json!({"_index": "x", "_source": {"event": {"original": "{\"uuid\": \"u1\"}"}, "message": "signed in"}});
        let splunk = json!({"preview": false, "result": {"_raw": "{\"uuid\": \"u2\"}", "_time": "t"}});
        let plain = json!({"uuid": "u3", "message": "{not json"});
        for (record, ways, deepest) in [
            (&hit, vec!["_source > event.original", "_source"], "u1"),
            (&splunk, vec!["result > _raw", "result"], "u2"),
            (&plain, vec![], "u3"),
        ] {
            let found = Way::all(&[record], &names());
            assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ways);
            let inner = found.first().cloned().unwrap_or_default().record(record).unwrap();
            assert_eq!(inner.get("uuid").and_then(Value::as_str), Some(deepest));
        }
    }

    #[test]
    fn a_line_without_a_record_in_it_stays_and_a_damaged_one_is_told() {
        let way = Way::all(&[&json!({"_raw": "{\"a\": 1}"})], &names()).remove(0);
        assert_eq!(way.record(&json!({"_raw": "text"})).unwrap().as_ref(), &json!({"_raw": "text"}));
        assert_eq!(way.record(&json!({"_time": 1})).unwrap().as_ref(), &json!({"_time": 1}));
        let error = way.record(&json!({"_raw": "{\"a\": "})).unwrap_err();
        assert!(error.starts_with("the JSON in `_raw` cannot be read: EOF"), "{error}");
    }
}
