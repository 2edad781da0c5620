//! Windows events as XML: what Event Viewer saves, and what `wevtutil` prints, with a root around the events or without one,
//! each event cut out of the stream and parsed by itself, so that a broken one costs one row. What comes out has the shape in which
//! the known tools write these events as JSON: `Event.System.EventID`, `Event.System.TimeCreated.#attributes.SystemTime`,
//! `Event.EventData.TargetUserName`.

use std::io::{self, Read};

use memchr::memchr_iter;
use memchr::memmem::{find, find_iter};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::element::{Element, Records};
use super::value::{Map, Value};
use super::window::Window;

const OPEN: &[u8] = b"<Event";
const CLOSE: &[u8] = b"</Event>";
/// An event longer than this is one that is never closed.
const LONGEST: usize = 4 << 20;
/// Elements within elements; no event has more than a handful.
const DEEPEST: usize = 32;

/// Cuts a stream into events.
pub struct Events<R> {
    window: Window<R>,
    line: u32,
}

/// Whether text begins as such an export does.
pub fn looks_like(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"<") && (start(text).is_some() || find(text, b"<Events").is_some())
}

/// Where the next event begins: `<Event` and not `<Events` or `<EventData`.
fn start(text: &[u8]) -> Option<usize> {
    find_iter(text, OPEN).find(|at| text.get(at + OPEN.len()).is_some_and(|b| b.is_ascii_whitespace() || *b == b'>'))
}

impl<R: Read> Events<R> {
    /// Events of `input`, which is UTF-8.
    pub fn new(input: R) -> Self {
        Self { window: Window::new(input), line: 1 }
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let taken = self.window.bytes()[..length].to_vec();
        self.line += u32::try_from(memchr_iter(b'\n', &taken).count()).unwrap_or(u32::MAX);
        self.window.take(length);
        taken
    }

    /// Goes past what stands between events; what should not stand there is damage.
    fn between(&mut self) -> io::Result<Option<Element>> {
        let begin = loop {
            let bytes = self.window.bytes();
            if let Some(begin) = start(bytes) {
                break begin;
            }
            if bytes.len() > LONGEST || !self.window.grow()? {
                break self.window.bytes().len();
            }
        };
        let blank = self.window.bytes()[..begin].iter().take_while(|b| b.is_ascii_whitespace() || **b == 0xEF).count();
        self.take(blank);
        let line = self.line;
        let text = self.take(begin - blank);
        if is_frame(&text) {
            return Ok(None);
        }
        let value = Err("no event: it stands between events".to_owned());
        Ok(Some(Element::made(line, text.trim_ascii_end().to_vec(), value)))
    }
}

/// Whether text is nothing but the root's tags, declarations and comments.
fn is_frame(text: &[u8]) -> bool {
    let mut rest = text.trim_ascii();
    while !rest.is_empty() {
        let end: &[u8] = if rest.starts_with(b"<!--") { b"-->" } else { b">" };
        let known = [&b"<?"[..], b"<!--", b"<Events", b"</Events"].iter().any(|begin| rest.starts_with(begin));
        match find(rest, end).filter(|_| known) {
            Some(at) => rest = rest[at + end.len()..].trim_ascii_start(),
            None => return false,
        }
    }
    true
}

impl<R: Read> Records for Events<R> {
    fn next(&mut self) -> io::Result<Option<Element>> {
        if let Some(damage) = self.between()? {
            return Ok(Some(damage));
        }
        let mut searched = 0;
        let (length, whole) = loop {
            let bytes = self.window.bytes();
            if bytes.is_empty() {
                return Ok(None);
            }
            let end = find(&bytes[searched..], CLOSE).map(|at| searched + at + CLOSE.len());
            let head = &bytes[OPEN.len()..end.unwrap_or(bytes.len())];
            if let Some(next) = start(head) {
                break (OPEN.len() + next, false);
            }
            if let Some(end) = end {
                break (end, true);
            }
            searched = bytes.len().saturating_sub(CLOSE.len());
            if bytes.len() > LONGEST || !self.window.grow()? {
                break (self.window.bytes().len(), false);
            }
        };
        let line = self.line;
        let raw = self.take(length);
        let value = if whole { parse(&raw) } else { Err("the event is not closed".to_owned()) };
        let raw = raw.trim_ascii_end().to_vec();
        Ok(Some(Element::made(line, raw, value)))
    }
}

/// One event's XML as a value. The error is a sentence.
pub fn parse(raw: &[u8]) -> Result<Value<'static>, String> {
    let text = std::str::from_utf8(raw).map_err(|_| "the event is not UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = vec![Node::default()];
    loop {
        let wrong = |why: &dyn std::fmt::Display| format!("not XML: {why}");
        match reader.read_event().map_err(|e| wrong(&e))? {
            Event::Start(tag) if open.len() <= DEEPEST => open.push(Node::of(&tag)?),
            Event::Start(_) => return Err("elements lie too deep in each other".to_owned()),
            Event::Empty(tag) => close(&mut open, Node::of(&tag)?),
            Event::End(_) => {
                let node = open.pop().ok_or_else(|| wrong(&"an element is closed that was never opened"))?;
                close(&mut open, node);
            }
            Event::Text(part) => add(&mut open, part.as_ref()),
            Event::CData(part) => add(&mut open, part.as_ref()),
            Event::GeneralRef(part) => {
                let written = format!("&{};", <_ as AsRef<str>>::as_ref(&part));
                let known = quick_xml::escape::unescape(&written).map_err(|e| wrong(&e))?.into_owned();
                add(&mut open, &known);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match <[Node; 1]>::try_from(open) {
        Ok([root]) => Ok(Value::Object(root.children)),
        Err(_) => Err("not XML: an element is not closed".to_owned()),
    }
}

/// An element that is being read.
#[derive(Default)]
struct Node {
    name: String,
    attributes: Map<'static>,
    children: Map<'static>,
    text: String,
}

impl Node {
    fn of(tag: &BytesStart) -> Result<Self, String> {
        let name = tag.local_name().as_ref().to_owned();
        let mut attributes = Map::default();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| format!("not XML: {e}"))?;
            let key = attribute.key.as_ref().to_owned();
            let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| format!("not XML: {e}"))?.into_owned();
            attributes.insert(key, value.into());
        }
        Ok(Self { name, attributes, ..Self::default() })
    }
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

/// Puts an element that ends into the one around it. `<Data Name="X">v</Data>` becomes `X`; one name twice becomes a list.
fn close(open: &mut [Node], node: Node) {
    let Some(around) = open.last_mut() else { return };
    let Node { name, mut attributes, mut children, text } = node;
    let own_name = if name == "Data" { attributes.remove("Name") } else { None };
    let key = own_name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or(name);
    let value = match (children.is_empty(), attributes.is_empty(), text.trim()) {
        (true, true, _) => Value::from(text),
        (true, false, "") => Value::Object([("#attributes", Value::Object(attributes))].into_iter().collect()),
        (true, false, _) => {
            put(&mut around.children, format!("{key}_attributes"), Value::Object(attributes));
            Value::from(text)
        }
        (false, ..) => {
            if !attributes.is_empty() {
                children.insert("#attributes", Value::Object(attributes));
            }
            Value::Object(children)
        }
    };
    put(&mut around.children, key, value);
}

fn put(children: &mut Map<'static>, key: String, value: Value<'static>) {
    match children.get_mut(&key) {
        None => children.insert(key, value),
        Some(Value::Array(list)) => list.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "<Event xmlns='http://x'><System><Provider Name='P' Guid='{1}'/><EventID Qualifiers='0'>4725</EventID><TimeCreated SystemTime='2026-08-14T17:00:00.1Z'/></System><EventData><Data Name='TargetUserName'>a &amp; b</Data><Data Name=\"E\"></Data><Data>x</Data><Data>y</Data></EventData></Event>";

    fn all(text: &str) -> Vec<String> {
        let mut events = Events::new(text.as_bytes());
        let mut out = Vec::new();
        while let Some(event) = events.next().unwrap() {
            out.push(match event.value() {
                Ok(value) => format!(
                    "{}: {}",
                    event.line,
                    ["Event", "System", "EventID"].iter().try_fold(value.as_ref(), |at, key| at.get(key)).unwrap_or(&Value::Null)
                ),
                Err(why) => format!("{}! {why}", event.line),
            });
        }
        out
    }

    #[test]
    fn an_event_has_the_shape_of_the_known_tools() {
        assert_eq!(
            parse(A.as_bytes()).unwrap(),
            crate::ingest::value::json!({"Event": {
                "System": {
                    "Provider": {"#attributes": {"Name": "P", "Guid": "{1}"}},
                    "EventID_attributes": {"Qualifiers": "0"}, "EventID": "4725",
                    "TimeCreated": {"#attributes": {"SystemTime": "2026-08-14T17:00:00.1Z"}},
                },
                "EventData": {"TargetUserName": "a & b", "E": "", "Data": ["x", "y"]},
                "#attributes": {"xmlns": "http://x"},
            }})
        );
    }

    #[test]
    fn events_stand_in_a_root_or_in_lines() {
        let (one, two) = (r#"1: "4725""#, r#"2: "4725""#);
        assert_eq!(all(&format!("<?xml version=\"1.0\"?><Events>{A}\n{A}</Events>\n")), [one, two]);
        assert_eq!(all(&format!("{A}\r\n{A}")), [one, two]);
        assert_eq!(all("<!-- <x> -->\n<Events>\n</Events>"), Vec::<String>::new());
        assert!(
            looks_like(b"\n<Events><Event>") && looks_like(A.as_bytes()) && !looks_like(b"<html>") && !looks_like(b"a <Event >")
        );
    }

    #[test]
    fn a_broken_event_costs_one_row() {
        let cut = &A[..100];
        assert_eq!(all(&format!("{A}\n{cut}\n{A}")), [r#"1: "4725""#, "2! the event is not closed", r#"3: "4725""#]);
        assert_eq!(all(&format!("{A}\n{}", &A[..200])), [r#"1: "4725""#, "2! the event is not closed"]);
        assert_eq!(all(&format!("{A}\nstray\n{A}")), [r#"1: "4725""#, "2! no event: it stands between events", r#"3: "4725""#]);
        let crossed = A.replace("</System>", "</Sistem>");
        let got = all(&format!("{crossed}\n{A}"));
        assert!(got[0].starts_with("1! not XML") && got.len() == 2, "{got:?}");
        assert!(all(&A.replace("&amp;", "&nope;"))[0].starts_with("1! not XML"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic_or_hang(text in "(<Event>|</Event>|<Event|<Events>|<a |b='1'|>|/>|&amp;|&|x|\n){0,20}") {
            let _ = all(&text);
        }
    }
}
