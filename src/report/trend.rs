//! The trend over earlier results: their figures and this one's come in, a line for each period goes out, oldest first.

use serde_json::{Value, json};

use super::figures;
use super::view::View;
use crate::compare::Earlier;
use crate::latency::statistics::Span;

/// A period.
pub struct Line {
    /// The review's name.
    pub review: String,
    /// First and last day.
    pub period: (String, String),
    /// Leavers, rows of `revocations.csv`, on time, late, open.
    pub counts: [u64; 5],
    /// On time among on time, late and open.
    pub within_target_share: Option<f64>,
    /// The median latency.
    pub median: Option<Span>,
    /// The 95th percentile.
    pub p95: Option<Span>,
}

const COUNTS: [&str; 5] = ["leavers", "revocations", "on_time", "late", "open"];

/// The lines: none where no earlier result was named.
pub fn lines(view: &View) -> Vec<Line> {
    if view.earlier.is_empty() {
        return Vec::new();
    }
    let now = &view.statistics.overall.curve;
    let counts = &view.counts;
    let current = Line {
        review: view.name.clone(),
        period: view.period.clone(),
        counts: [counts.leavers, counts.revocations, counts.on_time, counts.late, counts.open].map(|n| n as u64),
        within_target_share: view.within_target_share,
        median: now.quantile(0.5),
        p95: now.quantile(0.95),
    };
    view.earlier.iter().map(line).chain([current]).collect()
}

fn line(earlier: &Earlier) -> Line {
    let figure = |name: &str| earlier.latency.get(name).copied().flatten();
    #[allow(clippy::cast_possible_truncation, reason = "seconds, which a summary has as whole ones")]
    let seconds = |name: String| figure(&name).map(|seconds| seconds.trunc() as i64);
    let span = |name: &str| match seconds(format!("{name}_seconds")) {
        Some(value) => Some(Span::exact(value)),
        None => Some(Span { after: seconds(format!("{name}_after_seconds")), until: seconds(format!("{name}_before_seconds")) })
            .filter(|span| span.informs()),
    };
    Line {
        review: earlier.review.clone(),
        period: (earlier.period[0].to_string(), earlier.period[1].to_string()),
        counts: COUNTS.map(|name| earlier.counts.get(name).copied().unwrap_or(0)),
        within_target_share: figure("within_target_share"),
        median: span("median"),
        p95: span("p95"),
    }
}

/// `trend` of `summary.json`.
pub fn trend(view: &View) -> Vec<Value> {
    let line = |line: Line| {
        let mut all = serde_json::Map::new();
        all.insert("review".to_owned(), line.review.into());
        all.insert("period".to_owned(), json!([line.period.0, line.period.1]));
        all.extend(COUNTS.iter().zip(line.counts).map(|(name, count)| ((*name).to_owned(), count.into())));
        all.insert("within_target_share".to_owned(), line.within_target_share.into());
        all.extend(figures::bounds("median", line.median));
        all.extend(figures::bounds("p95", line.p95));
        Value::from(all)
    };
    lines(view).into_iter().map(line).collect()
}
