//! What a report for people shows: the view and its charts come in, the texts of every section go out, as many as a reader can use. The page
//! for the browser and the one for the binder lay out the same texts.

pub mod cut;
pub mod findings;
pub mod frameworks;
pub mod lanes;
pub mod leavers;
pub mod linking;
pub mod markdown;
pub mod maturity;
pub mod process;
pub mod sources;
pub mod statistics;
pub mod systems;
pub mod trend;

use serde::Serialize;

use super::charts::words::{count, counted, duration, known, longest, percent, stamp};
use super::verdict;
use super::view::View;
use crate::latency::{Figures, needed};
use cut::{Cut, clip};

/// A figure of the first screen.
#[derive(Serialize)]
pub struct KeyFigure {
    /// Its value.
    pub value: String,
    /// What it is.
    pub label: &'static str,
    /// Of what.
    pub note: String,
}

/// Everything that it shows but the charts.
#[derive(Serialize)]
pub struct Page {
    /// The tool's version.
    pub version: &'static str,
    /// The review's name.
    pub name: String,
    /// First and last day of the period.
    pub period: (String, String),
    /// The "now" of the analysis.
    pub as_of: String,
    /// The review's zone.
    pub zone: String,
    /// The policy's target.
    pub target: String,
    /// The verdict in a sentence.
    pub verdict: String,
    /// The figures that matter.
    pub key_figures: Vec<KeyFigure>,
    /// More figures, each with its label.
    pub strip: Vec<(&'static str, String)>,
    /// The results of earlier periods and this one.
    pub trend: Vec<trend::Row>,
    /// The figures of all and of each group.
    pub groups: Vec<statistics::Table>,
    /// What earlier leavers have left open.
    pub earlier: Option<String>,
    /// The systems.
    pub systems: Cut<systems::Row>,
    /// How their accounts are linked.
    pub linking: Cut<linking::Row>,
    /// The same in a sentence.
    pub linked: String,
    /// The joiners' accounts.
    pub joiners: Cut<process::Row>,
    /// The same in a sentence.
    pub joined: String,
    /// The movers' grants.
    pub movers: Cut<process::Row>,
    /// The same in a sentence.
    pub moved: String,
    /// What accounts of people who left still cost.
    pub licences: Option<String>,
    /// The findings.
    pub findings: Cut<findings::Row>,
    /// The rules among them.
    pub finding_rules: Vec<String>,
    /// Whose lanes are left out.
    pub without_lanes: Option<String>,
    /// The leavers.
    pub leavers: Cut<leavers::Block>,
    /// Those of the others that are told in a line, where one can search and filter.
    #[serde(skip)]
    pub leaver_lines: Cut<leavers::Block>,
    /// The files.
    pub files: Cut<sources::FileRow>,
    /// The sums over them.
    pub totals: sources::Totals,
    /// The rejected rows.
    pub rejects: Cut<sources::RejectRow>,
    /// Words that no mapping knows.
    pub unknown_words: Cut<String>,
    /// Sources of which no file was found.
    pub missing: Cut<String>,
    /// What was assumed.
    pub assumptions: Cut<String>,
    /// How everything is measured.
    pub method: Vec<markdown::Block>,
    /// How mature giving and taking access are.
    pub maturity: Vec<maturity::Part>,
    /// The levels with what they ask for.
    pub maturity_criteria: Vec<(&'static str, &'static str)>,
    /// The result by the frameworks that the case names.
    pub frameworks: Vec<frameworks::Section>,
    /// The appendix of rules.
    pub rules: Vec<markdown::Rule>,
}

impl Page {
    /// The page of a view.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let leavers = leavers::blocks(view);
        let findings = findings::rows(view, &leavers.shown);
        let finding_rules: std::collections::BTreeSet<_> = findings.shown.iter().map(|f| f.rule.to_owned()).collect();
        Self {
            version: view.version,
            name: clip(&view.name),
            period: view.period.clone(),
            as_of: stamp(view.as_of),
            zone: clip(&view.zone),
            target: duration(view.target_seconds),
            verdict: cut::clipped(&view.verdict, 1_000),
            key_figures: key_figures(view),
            strip: distribution(view),
            trend: trend::rows(view),
            groups: statistics::tables(view),
            earlier: statistics::earlier(view),
            systems: systems::rows(view),
            linking: linking::rows(view),
            linked: linking::sentence(view),
            joiners: process::joiners(view),
            joined: process::joined(view),
            movers: process::movers(view),
            moved: process::moved(view),
            licences: view.licences.as_ref().map(super::licences::LicenceCosts::sentence),
            findings,
            finding_rules: finding_rules.into_iter().collect(),
            without_lanes: leavers::without_lanes(&leavers),
            leaver_lines: leavers::lines(view, leavers.shown.len()),
            leavers,
            files: sources::files(view),
            totals: sources::totals(view),
            rejects: sources::rejects(view),
            unknown_words: sources::unknown_words(view),
            missing: cut::texts(&view.missing),
            assumptions: cut::texts(&view.assumptions),
            method: markdown::blocks(&include_str!("method.md").replace("{as_of}", &stamp(view.as_of))),
            maturity: maturity::parts(view),
            maturity_criteria: maturity::criteria(),
            frameworks: frameworks::sections(view),
            rules: markdown::rules(view),
        }
    }
}

fn key_figures(view: &View) -> Vec<KeyFigure> {
    let (counts, figures) = (&view.counts, &view.statistics.overall);
    let decided = counts.on_time + counts.late + counts.open;
    let no_share = if counts.revocations == 0 { "nothing due" } else { "not known" };
    vec![
        KeyFigure {
            value: view.within_target_share.map_or_else(|| no_share.to_owned(), percent),
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
            note: match verdict::earlier(view) {
                0 => format!("of {} of leavers", counted(counts.revocations, "account")),
                n => format!(
                    "of {} of leavers; {} of people who left before the period",
                    counted(counts.revocations, "account"),
                    count(n)
                ),
            },
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
