//! What the rows of a recognised file tell before any case names it: how many can be read, whose accounts they are, the
//! newest time in them, and the days on which people leave.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use chrono::NaiveDate;
use chrono_tz::Tz;
use indicatif::ProgressBar;

use crate::case::Source;
use crate::container;
use crate::error::Error;
use crate::ingest::ledger::{Ledger, Reject};
use crate::ingest::{CanonicalRow, Inspection, canonical};
use crate::model::columns::{SourceKind, accounts, people};
use crate::model::instant::{Instant, Moment};
use crate::presets::Presets;
use crate::time::{self, Reading, Unreadable};

/// A larger file is not read a second time to draft a case.
const LARGEST: u64 = 64 << 20;

/// What the rows of a file tell.
#[derive(Debug, Default)]
pub struct Facts {
    /// Rows that were read and can be used.
    pub accepted: u64,
    /// Rows that cannot be read as they stand.
    pub rejected: u64,
    /// The first of those.
    pub first_reject: Option<Reject>,
    /// Whether day and month of a date cannot be told apart.
    pub order_open: bool,
    /// The newest time at which something in the file had happened.
    pub newest: Option<Instant>,
    /// Accounts: a hash of each id.
    pub(super) ids: BTreeSet<u64>,
    /// People: the days on which they leave.
    pub(super) departures: Vec<NaiveDate>,
}

impl Facts {
    /// Reads a file as it would be read by a case that names it; `None` for one that is too large to be read twice. The
    /// error says why a case cannot read it.
    pub(super) fn of(
        what: &Inspection,
        shown: &str,
        path: &Path,
        presets: &Presets,
        progress: &ProgressBar,
    ) -> Result<Option<Self>, Box<Error>> {
        let size = container::size(path);
        if size > LARGEST {
            progress.inc(size);
            return Ok(None);
        }
        let source = Source {
            preset: what.preset.clone(),
            encoding: what.encoding.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())),
            sheet: what.sheet.clone(),
            skip_rows: what.skip_rows,
            date_order: what.date_order,
            files: vec![(shown.to_owned(), path.to_owned())],
            ..Source::of(what.kind)
        };
        let mut ledger = Ledger::new(progress.clone());
        let rows = canonical(&source, shown, path, presets, Tz::UTC, &mut ledger, usize::MAX)?;
        let mut facts = Self { accepted: rows.len() as u64, rejected: ledger.rejected(), ..Self::default() };
        facts.order_open = ledger.first_rejects.iter().any(|r| r.fault.reason == Unreadable::Order.reason());
        facts.first_reject = ledger.first_rejects.into_iter().next();
        for row in &rows {
            facts.note(what.kind, row);
        }
        Ok(Some(facts))
    }

    fn note(&mut self, kind: SourceKind, row: &CanonicalRow) {
        let happened =
            |name: &&str| matches!(*name, "at" | "created_at" | "last_used_at" | "disabled_at" | "opened_at" | "closed_at");
        let times = kind.columns().iter().zip(&row.cells).filter(|(name, _)| happened(name)).filter_map(|(_, cell)| moment(cell));
        let newest = times.filter_map(|m| if let Moment::At(at) = m { Some(at) } else { None }).max();
        self.newest = self.newest.max(newest);
        if kind == SourceKind::Accounts
            && let Some(id) = row.cells.get(accounts::ACCOUNT_ID)
        {
            let mut hasher = DefaultHasher::new();
            id.to_lowercase().hash(&mut hasher);
            self.ids.insert(hasher.finish());
        }
        if kind == SourceKind::People
            && let Some(moment) = row.cells.get(people::DEPARTS_AT).and_then(|cell| moment(cell))
        {
            self.departures.push(match moment {
                Moment::On(date) => date,
                Moment::At(at) => at.to_chrono().date_naive(),
            });
        }
    }

    /// The share of the smaller of two lists of accounts that stands in the other too, from 0 to 1.
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        let (smaller, larger) = if self.ids.len() <= other.ids.len() { (self, other) } else { (other, self) };
        let common = smaller.ids.iter().filter(|id| larger.ids.contains(id)).count();
        common as f64 / smaller.ids.len().max(1) as f64
    }
}

fn moment(cell: &str) -> Option<Moment> {
    time::read(cell, Reading::in_zone(Tz::UTC)).ok().flatten()
}
