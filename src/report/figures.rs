//! The statistics as the files print them: `statistics.csv`, and `statistics` in `summary.json`. Nothing is computed here.

use serde_json::{Map, Value, json};

use super::view::View;
use crate::latency::statistics::Span;
use crate::latency::{Figures, PERCENTILES};

/// The columns of `statistics.csv`.
#[must_use]
pub fn header() -> Vec<String> {
    let mut columns: Vec<String> = [
        "group_kind",
        "group",
        "accounts",
        "on_time",
        "not_on_time",
        "undecided",
        "on_time_share",
        "not_on_time_share",
        "undecided_share",
        "latency_exact",
        "latency_bounded",
        "latency_censored",
        "latency_unknown",
        "estimator",
        "too_few_for",
    ]
    .map(str::to_owned)
    .into();
    for name in PERCENTILES.iter().map(|(name, _)| *name).chain(["max"]) {
        columns.extend(["", "after_", "before_"].map(|bound| format!("{name}_{bound}seconds")));
    }
    columns.extend(["exposure_known_seconds", "exposure_at_least_seconds", "exposure_unknown"].map(str::to_owned));
    columns
}

/// The rows of `statistics.csv`: all, each group, and what earlier leavers have left open.
#[must_use]
pub fn rows(view: &View) -> Vec<Vec<String>> {
    let statistics = &view.statistics;
    let mut rows = vec![row("all", "", &statistics.overall)];
    for (by, groups) in &statistics.by {
        rows.extend(groups.iter().map(|group| row(by.word(), &group.name, &group.figures)));
    }
    if statistics.earlier.accounts > 0 {
        rows.push(row("earlier_leavers", "", &statistics.earlier));
    }
    rows
}

fn row(kind: &str, group: &str, figures: &Figures) -> Vec<String> {
    let object = object(figures);
    let cell = |column: &String| match object.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(texts)) => texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Some(value) => value.to_string(),
    };
    let rest = header().into_iter().skip(2).map(|column| cell(&column));
    [kind.to_owned(), group.to_owned()].into_iter().chain(rest).collect()
}

/// `statistics` of `summary.json`.
#[must_use]
pub fn statistics(view: &View) -> Value {
    let groups = |(by, groups): &(crate::latency::GroupBy, Vec<crate::latency::Group>)| {
        let named = groups.iter().map(|group| {
            let mut all = Map::from_iter([("group".to_owned(), Value::from(group.name.as_str()))]);
            all.extend(object(&group.figures));
            Value::from(all)
        });
        (by.word().to_owned(), Value::from(named.collect::<Vec<_>>()))
    };
    json!({
        "overall": object(&view.statistics.overall),
        "by": view.statistics.by.iter().map(groups).collect::<Map<_, _>>(),
        "earlier_leavers": object(&view.statistics.earlier),
    })
}

/// `latency` of `summary.json`: the figures of all, a percentile also of few.
#[must_use]
pub fn latency(view: &View) -> Map<String, Value> {
    let (figures, mut all) = (&view.statistics.overall, Map::new());
    all.insert("measured".to_owned(), figures.exact.into());
    all.insert("bounded".to_owned(), figures.bounded.into());
    all.insert("censored".to_owned(), figures.censored.into());
    all.insert("unknown".to_owned(), figures.unknown.into());
    for (name, p) in PERCENTILES {
        all.extend(bounds(name, figures.curve.quantile(p)));
    }
    all.extend(longest(figures));
    all.insert("within_target_share".to_owned(), view.within_target_share.into());
    all
}

fn object(figures: &Figures) -> Map<String, Value> {
    let mut all = Map::new();
    let counts = [
        ("accounts", figures.accounts),
        ("on_time", figures.on_time),
        ("not_on_time", figures.not_on_time),
        ("undecided", figures.undecided),
        ("latency_exact", figures.exact),
        ("latency_bounded", figures.bounded),
        ("latency_censored", figures.censored),
        ("latency_unknown", figures.unknown),
    ];
    all.extend(counts.map(|(name, count)| (name.to_owned(), count.into())));
    let names = ["on_time_share", "not_on_time_share", "undecided_share"];
    all.extend(names.into_iter().zip(figures.shares()).map(|(name, share)| (name.to_owned(), share.into())));
    let estimator = (figures.informative() > 0).then(|| figures.curve.estimator.word());
    all.insert("estimator".to_owned(), estimator.into());
    all.insert("too_few_for".to_owned(), figures.too_few_for().into());
    for (name, p) in PERCENTILES {
        all.extend(bounds(name, figures.percentile(p)));
    }
    all.extend(longest(figures));
    all.insert("exposure_known_seconds".to_owned(), figures.exposure_known.into());
    all.insert("exposure_at_least_seconds".to_owned(), figures.exposure_at_least.into());
    all.insert("exposure_unknown".to_owned(), figures.exposure_unknown.into());
    all
}

/// A time as the contract writes one: the value where it is known, else what bounds it.
pub(super) fn bounds(name: &str, span: Option<Span>) -> [(String, Value); 3] {
    let value = span.and_then(Span::value);
    let bound = |of: Option<i64>| Value::from(of.filter(|_| value.is_none()));
    [
        (format!("{name}_seconds"), value.into()),
        (format!("{name}_after_seconds"), bound(span.and_then(|span| span.after))),
        (format!("{name}_before_seconds"), bound(span.and_then(|span| span.until))),
    ]
}

/// The longest latency that is known to the second, and beside it the bounds of the longest of all where that is not the same.
fn longest(figures: &Figures) -> [(String, Value); 3] {
    let beyond = figures.longest.filter(|_| figures.longest_at_least().is_none());
    let [(name, _), after, before] = bounds("max", beyond);
    [(name, figures.longest_exact.into()), after, before]
}
