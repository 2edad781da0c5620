//! An export's columns, resolved: asks a row for canonical values, and says which column and value is at fault.

use std::borrow::Cow;

use chrono_tz::Tz;

use super::ledger::Fault;
use super::row::{Place, Row};
use crate::model::columns::SourceKind;
use crate::model::instant::Instant;
use crate::presets::DateOrder;
use crate::presets::mapping::{Column, Condition};
use crate::time::{self, Moment, Reading};

/// How an export's columns are read.
pub struct Table {
    /// What it holds.
    pub kind: SourceKind,
    /// The zone of times that carry none.
    pub zone: Tz,
    columns: Vec<Option<Column<Place>>>,
    only: Vec<Condition<Place>>,
    readings: Vec<Reading>,
}

impl Table {
    /// A table of these columns, whose times are in `zone` where they carry none.
    pub fn new(
        kind: SourceKind,
        columns: Vec<Option<Column<Place>>>,
        only: Vec<Condition<Place>>,
        zone: Tz,
        order: Option<DateOrder>,
    ) -> Self {
        let unit = |column: &Option<Column<Place>>| column.as_ref().map(|c| c.time).unwrap_or_default();
        let readings = columns.iter().map(|column| Reading { zone, order, unit: unit(column) }).collect();
        Self { kind, zone, columns, only, readings }
    }

    /// Whether anything gives this column.
    pub fn has(&self, column: usize) -> bool {
        self.columns[column].is_some()
    }

    /// Whether a row is one of those that the preset reads.
    pub fn concerns(&self, row: &Row) -> bool {
        self.only.iter().all(|condition| row.holds(condition))
    }

    /// Whether the mapping itself decides what a column gives, so that nothing means "none of these".
    pub fn decides(&self, column: usize) -> bool {
        self.columns[column].as_ref().is_some_and(|c| matches!(c.from, crate::presets::mapping::From::Case(..)))
    }

    /// The text of a column; `None` where it is empty.
    pub fn text<'r>(&self, column: usize, row: &Row<'r>) -> Option<Cow<'r, str>> {
        row.value(self.columns[column].as_ref()?, self.readings[column])
    }

    /// The text of a column that must not be empty.
    pub fn required<'r>(&self, column: usize, row: &Row<'r>) -> Result<Cow<'r, str>, Fault> {
        self.text(column, row).ok_or_else(|| self.fault(column, "", "empty, and a row needs it"))
    }

    /// The time in a column, as precisely as it is given.
    pub fn moment(&self, column: usize, row: &Row) -> Result<Option<Moment>, Fault> {
        let Some(text) = self.text(column, row) else { return Ok(None) };
        time::read(&text, self.readings[column]).map_err(|why| self.fault(column, &text, why.reason()))
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
