//! The table of systems: the view's systems come in, by name, rows of texts go out.

use serde::Serialize;

use super::cut::{Cut, clip, cut, weight};
use crate::report::charts::words::{count, duration, known, stamp};
use crate::report::coverage::silence_words;
use crate::report::view::{SystemLine, View};

const MOST: usize = 300;
const BYTES: usize = 300_000;
/// How many dumps of a system are named.
const MOST_DUMPS: usize = 4;
/// How many silences of its log.
const MOST_SILENCES: usize = 5;

/// A system as the page shows it.
#[derive(Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its type, where it is known.
    pub kind: String,
    /// Its owner, where it is known.
    pub owner: String,
    /// Its target.
    pub target: String,
    /// Its accounts, and the orphaned ones.
    pub accounts: String,
    /// The orphaned ones.
    pub orphaned: String,
    /// Leavers' accounts by outcome.
    pub outcomes: Vec<String>,
    /// The median latency.
    pub median: String,
    /// When its dumps were exported.
    pub dumps: Vec<String>,
    /// First and last event of its log.
    pub log: Option<(String, String)>,
    /// What its evidence leaves open, and what would settle it.
    pub open: Vec<String>,
}

/// The systems that the page shows.
pub fn rows(view: &View) -> Cut<Row> {
    cut(
        &view.systems,
        MOST,
        BYTES,
        |_, system| row(system),
        |r| 1_100 + r.open.iter().map(|t| 20 + weight(t)).sum::<usize>() + weight(&r.name) + weight(&r.kind) + weight(&r.owner),
    )
}

fn open(system: &SystemLine) -> Vec<String> {
    let silences = system.silences.iter().take(MOST_SILENCES).map(|silence| silence_words(*silence));
    let more = system.silences.len().saturating_sub(MOST_SILENCES);
    let more = (more > 0).then(|| format!("{} more silences of the log in summary.json", count(more)));
    system.lacks.iter().cloned().chain(silences).chain(more).chain(system.settled_by.iter().cloned()).map(|t| clip(&t)).collect()
}

fn row(system: &SystemLine) -> Row {
    let skipped = system.dumps.len().saturating_sub(MOST_DUMPS);
    let mut dumps: Vec<_> = system.dumps.iter().skip(skipped).map(|at| stamp(*at)).collect();
    if skipped > 0 {
        dumps.insert(0, format!("{} earlier", count(skipped)));
    }
    Row {
        name: clip(&system.name),
        kind: clip(&system.kind),
        owner: clip(&system.owner),
        target: duration(system.target_seconds),
        accounts: count(system.accounts),
        orphaned: count(system.orphaned),
        outcomes: system.outcomes.iter().map(|n| count(*n)).collect(),
        median: system.median.map(|median| known(Some(median))).unwrap_or_default(),
        dumps,
        open: open(system),
        log: system.log.map(|(first, last)| (stamp(first), stamp(last))),
    }
}
