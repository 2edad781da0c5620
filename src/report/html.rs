//! The report for people: the view and its charts come in, one self-contained HTML file under 5 MB goes out.
//! Everything that an export says is escaped; only our own style, script, fonts and charts are put in as they are.

mod cut;
mod findings;
mod lanes;
mod leavers;
mod linking;
mod markdown;
mod process;
mod sources;
mod statistics;
mod systems;
mod trend;

use askama::Template;

use super::charts::words::{count, counted, duration, known, longest, percent, stamp};
use super::charts::{Chart, embed};
use super::view::View;
use crate::error::{Error, Result};
use crate::latency::{Figures, needed};
use cut::{Cut, clip};

/// A figure of the first screen.
struct KeyFigure {
    value: String,
    label: &'static str,
    note: String,
}

/// A chart as the page holds it.
struct Figure {
    title: String,
    svg: String,
}

#[derive(Template)]
#[template(path = "report.html", whitespace = "minimize")]
struct Page<'a> {
    css: &'static str,
    js: &'static str,
    fonts: String,
    version: &'static str,
    name: String,
    period: &'a (String, String),
    as_of: String,
    zone: String,
    target: String,
    verdict: String,
    key_figures: Vec<KeyFigure>,
    strip: Vec<(&'static str, String)>,
    survival: Option<Figure>,
    by_system: Option<Figure>,
    steps: Option<Figure>,
    calendar: Option<Figure>,
    trend: Vec<trend::Row>,
    groups: Vec<statistics::Table>,
    earlier: Option<String>,
    distribution: Option<Figure>,
    outcomes: Option<Figure>,
    exposure: Option<Figure>,
    systems: Cut<systems::Row>,
    linking: Cut<linking::Row>,
    linked: String,
    joiners: Cut<process::Row>,
    joined: String,
    movers: Cut<process::Row>,
    moved: String,
    findings: Cut<findings::Row>,
    finding_rules: Vec<String>,
    without_lanes: Option<String>,
    leavers: Cut<leavers::Block>,
    files: Cut<sources::FileRow>,
    totals: sources::Totals,
    rejects: Cut<sources::RejectRow>,
    unknown_words: Cut<String>,
    missing: Cut<String>,
    assumptions: Cut<String>,
    rules: Vec<markdown::Rule>,
}

/// The whole page.
pub fn render(view: &View, charts: &[Chart]) -> Result<String> {
    let leavers = leavers::blocks(view);
    let findings = findings::rows(view, &leavers.shown);
    let finding_rules: std::collections::BTreeSet<_> = findings.shown.iter().map(|f| f.rule.to_owned()).collect();
    let figure = |name| charts.iter().find(|c| c.name == name).map(|c| Figure { title: c.title.clone(), svg: c.inline() });
    let page = Page {
        css: include_str!("../../templates/report.css"),
        js: include_str!("../../templates/report.js"),
        fonts: embed::font_faces(),
        version: view.version,
        name: clip(&view.name),
        period: &view.period,
        as_of: stamp(view.as_of),
        zone: clip(&view.zone),
        target: duration(view.target_seconds),
        verdict: cut::clipped(&view.verdict, 1_000),
        key_figures: key_figures(view),
        strip: distribution(view),
        survival: figure("survival"),
        by_system: figure("latency-by-system"),
        steps: figure("steps"),
        calendar: figure("departures"),
        trend: trend::rows(view),
        groups: statistics::tables(view),
        earlier: statistics::earlier(view),
        distribution: figure("latency-distribution"),
        outcomes: figure("outcomes-by-system"),
        exposure: figure("exposure-by-leaver"),
        systems: systems::rows(view),
        linking: linking::rows(view),
        linked: linking::sentence(view),
        joiners: process::joiners(view),
        joined: process::joined(view),
        movers: process::movers(view),
        moved: process::moved(view),
        findings,
        finding_rules: finding_rules.into_iter().collect(),
        without_lanes: leavers::without_lanes(&leavers),
        leavers,
        files: sources::files(view),
        totals: sources::totals(view),
        rejects: sources::rejects(view),
        unknown_words: sources::unknown_words(view),
        missing: cut::texts(&view.missing),
        assumptions: cut::texts(&view.assumptions),
        rules: markdown::rules(view),
    };
    page.render().map_err(Error::fault)
}

fn key_figures(view: &View) -> Vec<KeyFigure> {
    let (counts, figures) = (&view.counts, &view.statistics.overall);
    let decided = counts.on_time + counts.late + counts.open;
    vec![
        KeyFigure {
            value: view.within_target_share.map_or_else(|| "not known".to_owned(), percent),
            label: "revoked on time",
            note: format!("{} of {} decided, within their target", count(counts.on_time), count(decided)),
        },
        KeyFigure {
            value: percentile(figures, 0.5),
            label: "median latency",
            note: format!("of {}, open ones included; elsewhere 116 h on average", counted(figures.accounts, "account")),
        },
        KeyFigure {
            value: count(counts.open),
            label: "still open",
            note: format!("of {} of leavers", counted(counts.revocations, "account")),
        },
        KeyFigure {
            value: count(counts.orphaned),
            label: "orphaned",
            note: format!("of {} in all", counted(counts.accounts, "account")),
        },
        KeyFigure {
            value: count(counts.used_after_departure),
            label: "used after departure",
            note: "accounts of leavers".to_owned(),
        },
    ]
}

/// A percentile in words, or that there are too few for it.
fn percentile(figures: &Figures, p: f64) -> String {
    if figures.informative() < needed(p) { "too few".to_owned() } else { known(figures.percentile(p)) }
}

fn distribution(view: &View) -> Vec<(&'static str, String)> {
    let (counts, figures) = (&view.counts, &view.statistics.overall);
    vec![
        ("Leavers in the period", count(counts.leavers)),
        ("People", count(counts.people)),
        ("On time", count(counts.on_time)),
        ("Late", count(counts.late)),
        ("Pending", count(counts.pending)),
        ("Undetermined", count(counts.undetermined)),
        ("90th percentile", percentile(figures, 0.9)),
        ("95th percentile", percentile(figures, 0.95)),
        ("99th percentile", percentile(figures, 0.99)),
        ("Longest", longest(figures)),
    ]
}

#[cfg(test)]
mod tests;
