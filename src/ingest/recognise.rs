//! Which preset an export has the shape of, by its header or its keys; and its columns found in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::header;
use super::path::{self, Step, leads};
use super::row::{Place, Row};
use super::value::{Map, Value};
use crate::case::Source;
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::presets::mapping::{Column, Columns, Condition, From, Test};
use crate::presets::{Format, Preset, Presets};

/// An export that was recognised.
pub struct Found {
    /// The preset, unless it is read by canonical columns.
    pub preset: Option<Arc<Preset>>,
    /// The canonical columns, found in it.
    pub columns: Vec<Option<Column<Place>>>,
    /// Conditions that a row must fulfil.
    pub only: Vec<Condition<Place>>,
    /// Names of which one value is taken though several columns of the export bear them.
    pub repeated: Vec<Repeated>,
    /// Where in each row the vendor's record is, if a tool has put its own around it.
    pub inside: Option<String>,
}

/// A name that several columns of an export bear.
pub struct Repeated {
    /// The name.
    pub name: String,
    /// The columns.
    pub cells: Vec<usize>,
}

impl Found {
    /// The columns and conditions of a source, with their places found. A condition on a place that the export does not
    /// have at all says nothing.
    fn new(source: &Source, preset: Option<Arc<Preset>>, columns: &Columns, find: &impl Fn(&String) -> Vec<Place>) -> Self {
        let only = only_of(source, preset.as_deref());
        let found = only.iter().map(|c| Condition { places: c.places.iter().flat_map(find).collect(), test: c.test.clone() });
        let only = found.filter(|c: &Condition<Place>| !c.places.is_empty()).collect();
        let columns = columns.0.iter().map(|column| column.as_ref().map(|c| c.resolve(find)).filter(|c| !c.is_empty())).collect();
        Self { preset, columns, only, repeated: Vec::new(), inside: None }
    }
}

/// A table: CSV or a sheet, known by its header.
pub fn table(source: &Source, shown: &str, presets: &Presets, format: Format, names: &[String]) -> Result<Found> {
    let (has, nearly) = (|name: &str| bears(names, name), |name: &str| nearly_bears(names, name));
    // What stands in the rows of a table is not known here.
    let traits = Traits { has: &has, nearly: &nearly, said: &|_| true };
    let preset = choose(source, shown, presets, format, &traits, &|| names.join(", "))?;
    with_header(source, shown, preset, names)
}

/// Whether a header has a name.
pub fn bears(names: &[String], name: &str) -> bool {
    !header::strict(names, split_inner(name).0).is_empty()
}

/// Whether a header has a name, be it written in another way.
pub fn nearly_bears(names: &[String], name: &str) -> bool {
    !header::all(names, split_inner(name).0).is_empty()
}

/// A table without a header, whose columns are named by a preset or the case.
pub fn headerless(source: &Source, shown: &str, preset: Option<Arc<Preset>>, names: &[String]) -> Result<Found> {
    with_header(source, shown, preset, names)
}

fn with_header(source: &Source, shown: &str, preset: Option<Arc<Preset>>, names: &[String]) -> Result<Found> {
    let columns = columns_of(source, preset.as_deref());
    let only = only_of(source, preset.as_deref());
    let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for name in columns.places().chain(only.iter().flat_map(|c| &c.places)) {
        let (header, inner) = split_inner(name);
        let place = |cell| match inner {
            None => Place::Cell(cell),
            Some(path) => Place::Inner(cell, path::path(path.trim_start_matches('.'))),
        };
        let mut found: Vec<Place> = header::all(names, header).into_iter().map(place).collect();
        if found.is_empty() && inner.is_none() && source.kind == SourceKind::Events {
            found.extend(within_cells(names, header));
        }
        places.insert(name.clone(), found);
    }
    let mut found = Found::new(source, preset, &columns, &|name: &String| places.get(name).cloned().unwrap_or_default());
    found.repeated = repeated(names, &columns);
    for needed in source.kind.required() {
        let at = source.kind.columns().iter().position(|c| c == needed);
        if at.and_then(|at| found.columns.get(at)).is_none_or(Option::is_none) {
            let from =
                columns.0.get(at.unwrap_or(0)).and_then(Option::as_ref).map(Column::names).unwrap_or_default().join("`, `");
            let message = format!("the header has no `{from}`, from which `{needed}` comes; it has: {}", names.join(", "));
            return Err(Error::input(shown, message, format!("map it: columns = {{ {needed} = \"…\" }} in the source")));
        }
    }
    Ok(found)
}

fn repeated(names: &[String], columns: &Columns) -> Vec<Repeated> {
    let taken =
        columns.0.iter().flatten().filter(|c| !matches!(c.from, From::Join(..) | From::Newest(_))).flat_map(Column::names);
    let headers: BTreeSet<&str> = taken.map(|name| split_inner(name).0).filter(|name| !name.contains('*')).collect();
    let all = headers.into_iter().map(|name| Repeated { name: name.to_owned(), cells: header::all(names, name) });
    all.filter(|repeated| repeated.cells.len() > 1).collect()
}

/// A path into a log's records that were written flat: a column for all its keys, or for the first, and what follows in the
/// JSON of its cells.
fn within_cells(names: &[String], path: &str) -> Option<Place> {
    let steps = path::path(path);
    let (cell, taken) = path::joined(names.iter().map(String::as_str), &steps)?;
    Some(if taken == steps.len() { Place::Cell(cell) } else { Place::Inner(cell, steps[taken..].to_vec()) })
}

/// JSON: known by the keys of its first records.
pub fn records(source: &Source, shown: &str, presets: &Presets, format: Format, first: &[&Value]) -> Result<Found> {
    let keys = keys(first);
    let place = |name: &String| {
        let as_written = || Place::Path(path::path(name));
        let other = header::all(&keys, name).first().map(|at| Place::Path(vec![Step::Key(keys[*at].clone())]));
        vec![if has_path(first, name) { as_written() } else { other.unwrap_or_else(as_written) }]
    };
    if first.is_empty() {
        let preset = source.preset.clone();
        let columns = columns_of(source, preset.as_deref());
        return Ok(Found::new(source, preset, &columns, &place));
    }
    let (has, nearly) = (|path: &str| has_path(first, path), |path: &str| nearly_has_path(first, &keys, path));
    let traits = Traits { has: &has, nearly: &nearly, said: &|c| say(first, c) };
    let preset = choose(source, shown, presets, format, &traits, &|| keys.join(", "))?;
    let columns = columns_of(source, preset.as_deref());
    Ok(Found::new(source, preset, &columns, &place))
}

/// The keys of records, sorted.
pub fn keys(records: &[&Value]) -> Vec<String> {
    let keys: BTreeSet<&str> = records.iter().filter_map(|r| r.as_object()).flat_map(Map::keys).collect();
    keys.into_iter().map(str::to_owned).collect()
}

/// Whether a path leads anywhere in one of the records, or one of their keys is its name in another spelling.
pub fn nearly_has_path(records: &[&Value], keys: &[String], path: &str) -> bool {
    has_path(records, path) || !header::all(keys, path).is_empty()
}

/// Whether records have the whole shape of the preset that the case names, or of any of its kind where it names none.
pub fn knows(source: &Source, presets: &Presets, format: Format, first: &[&Value]) -> bool {
    let has = |path: &str| has_path(first, path);
    let meant = |p: &Preset| source.preset.as_ref().map_or(p.kind == source.kind, |named| named.id == p.id);
    presets.all().iter().any(|p| meant(p) && p.formats.contains(&format) && fits(p, &has, &|c| say(first, c)))
}

/// Whether a path leads anywhere in one of the records. Of an element of the record, the first one stands for all: `@` is
/// tried in every array of it.
pub fn has_path(records: &[&Value], path: &str) -> bool {
    let steps = path::path(path);
    let of_element = steps.first() == Some(&Step::Element);
    records.iter().any(|record| leads(record, None, &steps) || (of_element && in_an_array(record, record, &steps)))
}

/// Whether a path leads anywhere from the first element of an array that lies in objects of the record.
fn in_an_array(record: &Value, at: &Value, steps: &[Step]) -> bool {
    at.as_object().is_some_and(|map| {
        map.values().any(|value| match value {
            Value::Array(list) => list.first().is_some_and(|element| leads(record, Some(element), steps)),
            value => in_an_array(record, value, steps),
        })
    })
}

/// Whether the first records say what a condition asks: each of those that say anything at its place, and at least one.
pub fn say(records: &[&Value], condition: &Condition<String>) -> bool {
    let places = condition.places.iter().map(|place| Place::Path(path::path(place))).collect();
    let condition = Condition { places, test: condition.test.clone() };
    let there = Condition { places: condition.places.clone(), test: Test::Present(true) };
    let mut telling = records.iter().map(|record| Row::Json(record, None, None)).filter(|row| row.holds(&there)).peekable();
    telling.peek().is_some() && telling.all(|row| row.holds(&condition))
}

/// What an export shows of itself.
pub struct Traits<'a> {
    /// Whether it has a name.
    pub has: &'a dyn Fn(&str) -> bool,
    /// Whether it has a name, be it written in another way.
    pub nearly: &'a dyn Fn(&str) -> bool,
    /// Whether its first rows fulfil a condition.
    pub said: &'a dyn Fn(&Condition<String>) -> bool,
}

/// What an export has the shape of, whatever it is said to hold.
pub struct Shape {
    /// The preset that fits best.
    pub preset: Option<Arc<Preset>>,
    /// The kind whose canonical columns it has.
    pub canonical: Option<SourceKind>,
    /// The preset that nearly fits, and what is missing for it.
    pub nearly: Option<(String, Vec<String>)>,
}

impl Shape {
    /// Looks through all presets and all kinds.
    pub fn of(presets: &Presets, format: Format, traits: &Traits) -> Self {
        let has = traits.has;
        let of_format = || presets.all().iter().filter(|p| p.comes_in(format));
        let canonical = |kind: &&SourceKind| {
            kind.required().iter().all(|name| has(name)) && kind.columns().iter().filter(|c| has(c)).count() >= 3
        };
        let mut canonical = SourceKind::ALL.iter().find(canonical).copied();
        let mut preset = of_vendor(&of_format, traits).cloned();
        if preset.is_some() {
            canonical = None;
        } else if canonical.is_none() {
            preset = generic(&of_format, traits).cloned();
        }
        let missing =
            |p: &Arc<Preset>| p.all.iter().filter(|n| !n.holds(traits.nearly)).map(ToString::to_string).collect::<Vec<_>>();
        let nearly = of_format()
            .map(|p| (missing(p), p))
            .filter(|(missing, p)| !missing.is_empty() && missing.len() * 2 <= p.all.len())
            .min_by_key(|(missing, p)| (missing.len() * 100 / p.all.len().max(1), std::cmp::Reverse(p.all.len())))
            .map(|(missing, p)| (p.id.clone(), missing));
        Self { preset, canonical, nearly }
    }
}

fn columns_of(source: &Source, preset: Option<&Preset>) -> Columns {
    preset.map_or_else(|| Columns::canonical(source.kind), |p| p.columns.clone()).under(&source.columns)
}

/// A header's name and, behind it, the path into the JSON that its cells hold.
fn split_inner(name: &str) -> (&str, Option<&str>) {
    name.split_once("|json").map_or((name, None), |(header, path)| (header, Some(path)))
}

/// The conditions that a row must fulfil: the case's own, else the preset's.
fn only_of<'a>(source: &'a Source, preset: Option<&'a Preset>) -> &'a [Condition<String>] {
    if source.rows.is_some() { &source.only } else { preset.map_or(&[], |p| &p.only) }
}

/// Of several presets of vendors the one with most marks: first by names as the vendor writes them, then by names that a tool
/// has changed.
fn of_vendor<'a, I: Iterator<Item = &'a Arc<Preset>>>(of: &impl Fn() -> I, traits: &Traits) -> Option<&'a Arc<Preset>> {
    let best = |has| of().filter(|p| !p.generic && fits(p, has, traits.said)).max_by_key(|p| marks(p));
    best(traits.has).or_else(|| best(traits.nearly))
}

/// The preset of no vendor that fits, for what no preset of a vendor does.
fn generic<'a, I: Iterator<Item = &'a Arc<Preset>>>(of: &impl Fn() -> I, traits: &Traits) -> Option<&'a Arc<Preset>> {
    of().filter(|p| p.generic && fits(p, traits.nearly, traits.said)).max_by_key(|p| marks(p))
}

fn fits(preset: &Preset, has: &dyn Fn(&str) -> bool, said: &dyn Fn(&Condition<String>) -> bool) -> bool {
    preset.line.is_none()
        && preset.all.iter().all(|name| name.holds(has))
        && !preset.none.iter().any(|name| has(name))
        && preset.values.iter().all(said)
}

/// By how much a preset that fits is known: of several the one with most marks is meant.
fn marks(preset: &Preset) -> usize {
    preset.all.len() + preset.values.len()
}

/// The preset that the case names, if the export has its shape; else the one whose shape it has; else none, where
/// the canonical columns (or the case's own) are there.
fn choose(
    source: &Source,
    shown: &str,
    presets: &Presets,
    format: Format,
    traits: &Traits,
    names: &impl Fn() -> String,
) -> Result<Option<Arc<Preset>>> {
    let of_kind = || presets.all().iter().filter(|p| p.kind == source.kind && p.comes_in(format));
    let best = || of_vendor(&of_kind, traits).or_else(|| generic(&of_kind, traits));
    let has = traits.nearly;
    if let Some(named) = &source.preset {
        let missing: Vec<String> = named.all.iter().filter(|name| !name.holds(has)).map(ToString::to_string).collect();
        if named.comes_in(format)
            && missing.len() < named.all.len().div_ceil(2).max(1)
            && (missing.is_empty() || !source.columns.0.is_empty())
        {
            return Ok(Some(named.clone()));
        }
        let why =
            if missing.is_empty() { "it is in another format".to_owned() } else { format!("it has no {}", missing.join(", ")) };
        let message = format!("this is no export of the preset {}: {why}; it has: {}", named.id, names());
        let help = match best() {
            Some(other) => format!("it looks like {}: set preset = \"{}\"", other.title, other.id),
            None => "check that the file is the right one; a preset is described by its fixture in samples/".to_owned(),
        };
        return Err(Error::input(shown, message, help));
    }
    let own = columns_of(source, None);
    let needed = source.kind.required().iter().all(|needed| {
        let at = source.kind.columns().iter().position(|c| c == needed);
        // A column that the case maps is found in any spelling; the canonical names are looked for as they are.
        let mapped = at.and_then(|at| source.columns.0.get(at)).is_some_and(Option::is_some);
        let has = if mapped { traits.nearly } else { traits.has };
        at.and_then(|at| own.0.get(at)).and_then(Option::as_ref).is_some_and(|c| c.constant() || c.looks_at().any(|n| has(n)))
    });
    // A vendor may call a column as it is called here; who maps columns means these.
    let as_written = || of_kind().any(|p| !p.generic && fits(p, traits.has, traits.said));
    if needed && (source.columns.0.iter().any(Option::is_some) || !as_written()) {
        return Ok(None);
    }
    if let Some(preset) = best() {
        return Ok(Some(preset.clone()));
    }
    let near =
        of_kind().map(|p| (p.all.iter().filter(|n| n.holds(has)).count(), p)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n);
    let help = match near {
        Some((_, p)) => {
            let missing: Vec<String> = p.all.iter().filter(|n| !n.holds(has)).map(ToString::to_string).collect();
            format!("it nearly has the shape of {} but lacks: {}; or map its columns in the source", p.id, missing.join(", "))
        }
        None => format!(
            "name a preset, or map its columns in the source; {} needs: {}",
            source.kind.word(),
            source.kind.required().join(", ")
        ),
    };
    Err(Error::input(shown, format!("no known export has this shape; it has: {}", names()), help))
}
