//! What both documents share: their metadata, the tool as an actor, texts as OSCAL takes them, and a document's own UUID.

use serde::Serialize;

use super::model::{Actor, Metadata, OSCAL, Origin, Property};
use super::names::{Names, uuid};
use crate::error::{Error, Result};
use crate::report::view::View;

/// The namespace of our own properties; a name that nobody can own.
const NS: &str = "https://lastday.example/oscal";
/// Stands for a document's UUID until its content is known.
pub(super) const UNNAMED: &str = "00000000-0000-5000-8000-000000000000";

/// The metadata of a document. Its time is the "now" of the analysis, since nothing else about it may change from run to run.
pub(super) fn metadata(view: &View, title: String, remarks: Option<String>) -> Metadata {
    let last_modified = view.as_of.to_string();
    Metadata { title, version: last_modified.clone(), last_modified, oscal_version: OSCAL, remarks }
}

/// The UUID of the tool, as a component of the plan.
pub(super) fn tool(names: &Names) -> String {
    names.uuid("component", "lastday")
}

/// That the tool observed it.
pub(super) fn origins(names: &Names) -> Vec<Origin> {
    vec![Origin { actors: vec![Actor { kind: "tool", actor_uuid: tool(names) }] }]
}

/// A text of one line.
pub(super) fn line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A property, where there is a value.
pub(super) fn property(name: &'static str, value: &str) -> Option<Property> {
    let value = line(value);
    (!value.is_empty()).then_some(Property { name, ns: NS, value })
}

/// A document as JSON, under a UUID made from its content: what differs has another one.
pub(super) fn named(document: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(document).map_err(Error::fault)? + "\n";
    Ok(text.replacen(UNNAMED, &uuid(text.as_bytes()), 1))
}
