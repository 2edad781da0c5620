//! The table of the trend: the periods come in, rows of texts go out, each with how its share on time differs from the one before.

use serde::Serialize;

use super::cut::clip;
use crate::report::charts::words::{count, known, percent};
use crate::report::trend::lines;
use crate::report::view::View;

/// A period.
#[derive(Serialize)]
pub struct Row {
    /// The review's name.
    pub review: String,
    /// First and last day.
    pub period: String,
    /// Leavers, accounts, on time, late, open.
    pub counts: [String; 5],
    /// The share on time.
    pub share: String,
    /// How it differs from the period before, in percentage points.
    pub change: String,
    /// The median latency.
    pub median: String,
    /// The 95th percentile.
    pub p95: String,
}

/// The periods, oldest first; none where no earlier result was named.
pub fn rows(view: &View) -> Vec<Row> {
    let mut before = None;
    let rows = lines(view).into_iter().map(|line| {
        let change = line.within_target_share.zip(before).map(|(now, before): (f64, f64)| (now - before) * 100.0);
        before = line.within_target_share;
        Row {
            review: clip(&line.review),
            period: format!("{} to {}", line.period.0, line.period.1),
            counts: line.counts.map(count),
            share: line.within_target_share.map_or_else(|| "not known".to_owned(), percent),
            change: change.map(|points| format!("{points:+.1}")).unwrap_or_default(),
            median: known(line.median),
            p95: known(line.p95),
        }
    });
    rows.collect()
}
