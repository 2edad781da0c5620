//! An export's columns, resolved: asks a row for canonical values, and says which column and value is at fault.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono_tz::Tz;

use super::json::Wanted;
use super::ledger::Fault;
use super::order::{Look, Votes};
use super::path::Step;
use super::recognise::Repeated;
use super::row::{Place, Row};
use crate::model::columns::events::EVENT_ID;
use crate::model::columns::{SourceKind, is_time};
use crate::model::instant::Instant;
use crate::model::text::trimmed;
use crate::presets::DateOrder;
use crate::presets::mapping::{Column, Condition, From};
use crate::time::{self, Moment, Reading, Unreadable};

/// The word that a mapping gives for a time that is known to be, but not when.
const UNDATED: &str = "undated";

/// How an export's columns are read.
pub struct Table {
    /// What it holds.
    pub kind: SourceKind,
    /// The zone of times that carry none.
    pub zone: Tz,
    columns: Vec<Option<Column<Place>>>,
    /// The cell of each column that is the text of one cell, as it stands there.
    cells: Vec<Option<usize>>,
    /// Whether each column holds times.
    times: Vec<bool>,
    only: Vec<Condition<Place>>,
    repeated: Vec<Repeated>,
    /// The order of day and month, where it is stated.
    stated: Option<DateOrder>,
    /// Reads the whole export once more for the order of day and month in its columns, should a value need it.
    look: Look,
    votes: OnceLock<Vec<Votes>>,
}

impl Table {
    /// A table of these columns, whose times are in `zone` where they carry none.
    pub fn new(
        kind: SourceKind,
        columns: Vec<Option<Column<Place>>>,
        only: Vec<Condition<Place>>,
        repeated: Vec<Repeated>,
        zone: Tz,
        order: Option<DateOrder>,
        look: Look,
    ) -> Self {
        let cells = columns.iter().map(|column| column.as_ref().and_then(only_cell)).collect();
        let times = kind.columns().iter().map(|name| is_time(name)).collect();
        Self { kind, zone, columns, cells, times, only, repeated, stated: order, look, votes: OnceLock::new() }
    }

    /// How the times of a column are read, as far as that is stated.
    fn reading<'t>(&self, column: &'t Column<Place>) -> Reading<'t> {
        Reading { zone: self.zone, order: self.stated, unit: column.time, format: column.format.as_deref() }
    }

    /// Whether anything gives this column.
    pub fn has(&self, column: usize) -> bool {
        self.columns[column].is_some()
    }

    /// The places that any column, or the choice of rows, looks at.
    fn places(&self) -> impl Iterator<Item = &Place> {
        self.columns.iter().flatten().flat_map(Column::all_places).chain(self.only.iter().flat_map(|c| &c.places))
    }

    /// Whether any column, or the choice of rows, looks at a cell.
    pub fn looks_at(&self, cell: usize) -> bool {
        self.places().any(|place| matches!(place, Place::Cell(at) | Place::Inner(at, _) if *at == cell))
    }

    /// What of a record any column looks at, or the choice of rows, or the way to its elements: of what is known again by its id. Of
    /// anything else all counts.
    pub fn wanted(&self, each: Option<&[Step]>) -> Wanted {
        if self.kind != SourceKind::Events || !self.has(EVENT_ID) {
            return Wanted::All;
        }
        let steps = self.places().filter_map(|place| if let Place::Path(steps) = place { Some(&steps[..]) } else { None });
        Wanted::along(steps.chain(each))
    }

    /// Whether a row is one of those that the preset reads.
    pub fn concerns(&self, row: &Row) -> bool {
        self.only.iter().all(|condition| row.holds(condition))
    }

    /// A name that several columns bear, where they hold different values in this row, of which one is asked for.
    pub fn contradiction(&self, row: &Row) -> Option<Fault> {
        self.repeated.iter().find_map(|Repeated { name, cells }| {
            let mut texts = cells.iter().filter_map(|cell| row.text(&Place::Cell(*cell)));
            let first = texts.next()?;
            let other = texts.find(|text| *text != first)?;
            let reason = format!(
                "several columns have this name and differ here; map one of them as `{name}#1` or `{name}#2`, or join them all: {{ join = [\"{name}\"], with = \";\" }}"
            );
            Some(Fault { column: name.clone(), value: format!("{first} / {other}"), reason })
        })
    }

    /// Whether the mapping itself decides what a column gives, so that nothing means "none of these".
    pub fn decides(&self, column: usize) -> bool {
        self.columns[column].as_ref().is_some_and(|c| matches!(c.from, From::Case(..)))
    }

    /// The text of a column; `None` where it is empty.
    pub fn text<'r>(&'r self, column: usize, row: &Row<'r>) -> Option<Cow<'r, str>> {
        if let (Some(cell), Row::Cells(record)) = (self.cells[column], row) {
            return Some(trimmed(record.get(cell))).filter(|text| !text.is_empty()).map(Cow::Borrowed);
        }
        let mapped = self.columns[column].as_ref()?;
        row.value(mapped, self.reading(mapped), self.times[column])
    }

    /// The text of a column that must not be empty.
    pub fn required<'r>(&'r self, column: usize, row: &Row<'r>) -> Result<Cow<'r, str>, Fault> {
        self.text(column, row).ok_or_else(|| self.fault(column, "", "empty, and a row needs it"))
    }

    /// Whether a row says that something happened without saying when.
    pub fn undated(&self, column: usize, row: &Row) -> bool {
        self.text(column, row).is_some_and(|text| text == UNDATED)
    }

    /// The time in a column, as precisely as it is given.
    pub fn moment(&self, column: usize, row: &Row) -> Result<Option<Moment>, Fault> {
        let Some(mapped) = self.columns[column].as_ref() else { return Ok(None) };
        let mut reading = self.reading(mapped);
        let Some(mut text) = self.text(column, row).filter(|text| text != UNDATED) else { return Ok(None) };
        let mut read = time::read(&text, reading);
        if read == Err(Unreadable::Order) {
            let votes = self.votes(column);
            if let Some((one, other)) = votes.contradiction() {
                let why = format!("{}; lines {one} and {other} of this column contradict each other", Unreadable::Order.reason());
                return Err(self.fault(column, &text, why));
            }
            if let Some(order) = votes.settled() {
                reading.order = Some(order);
                // Of several times another may be the newest, now that they can be told apart.
                text = row.value(mapped, reading, true).unwrap_or(text);
                read = time::read(&text, reading);
            }
        }
        read.map_err(|why| self.fault(column, &text, why.reason()))
    }

    /// What all values of a column say of the order of day and month.
    fn votes(&self, column: usize) -> Votes {
        let votes = self.votes.get_or_init(|| {
            let mut votes = vec![Votes::default(); self.columns.len()];
            let times: Vec<usize> = (0..votes.len()).filter(|c| self.times[*c]).collect();
            (self.look)(&mut |table, row, line| {
                for column in &times {
                    if let Some(mapped) = &table.columns[*column] {
                        row.times(mapped, table.reading(mapped), &mut |text| votes[*column].count(text, line));
                    }
                }
            });
            votes
        });
        votes.get(column).copied().unwrap_or_default()
    }

    /// What was decided about dates, as sentences.
    pub fn decisions(&self) -> Vec<String> {
        let votes = self.votes.get().into_iter().flatten().zip(self.kind.columns());
        votes
            .filter_map(|(votes, name)| {
                let words = match votes.settled()? {
                    DateOrder::Dmy => "day first",
                    DateOrder::Mdy => "month first",
                    DateOrder::Ymd => "year first",
                };
                Some(format!("{name} is read {words}, by the values that only that order can read"))
            })
            .collect()
    }

    /// The time in a column; of a date alone, its first instant.
    pub fn instant(&self, column: usize, row: &Row) -> Result<Option<Instant>, Fault> {
        Ok(self.moment(column, row)?.map(|moment| match moment {
            Moment::At(at) => at,
            Moment::On(date) => time::day_start(date, self.zone),
        }))
    }

    /// Something wrong with the value of a column.
    pub fn fault(&self, column: usize, value: &str, reason: impl Into<String>) -> Fault {
        Fault { column: self.kind.columns()[column].to_owned(), value: value.to_owned(), reason: reason.into() }
    }
}

/// The cell of a column that takes its text as it stands there.
fn only_cell(column: &Column<Place>) -> Option<usize> {
    let Column { from, pattern: None, split: None, when, values, .. } = column else { return None };
    match from {
        From::First(places) if when.is_empty() && values.is_empty() => match places[..] {
            [Place::Cell(cell)] => Some(cell),
            _ => None,
        },
        _ => None,
    }
}
