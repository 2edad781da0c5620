//! The report for the browser: the page and its charts come in, one self-contained HTML file under 5 MB goes out.
//! Everything that an export says is escaped; only our own style, script, fonts and charts are put in as they are.

use askama::Template;

use super::charts::{Chart, embed};
use super::page::{Page, markdown};
use crate::error::{Error, Result};

/// A chart as the page holds it.
struct Figure {
    title: String,
    svg: String,
}

#[derive(Template)]
#[template(path = "report.html", whitespace = "minimize")]
struct Document<'a> {
    css: &'static str,
    js: &'static str,
    fonts: &'static str,
    page: &'a Page,
    survival: Option<Figure>,
    by_system: Option<Figure>,
    steps: Option<Figure>,
    calendar: Option<Figure>,
    distribution: Option<Figure>,
    outcomes: Option<Figure>,
    exposure: Option<Figure>,
}

/// The whole document.
pub fn render(page: &Page, charts: &[Chart]) -> Result<String> {
    let figure = |name| charts.iter().find(|c| c.name == name).map(|c| Figure { title: c.title.clone(), svg: c.inline() });
    let document = Document {
        css: include_str!("../../templates/report.css"),
        js: include_str!("../../templates/report.js"),
        fonts: embed::font_faces(),
        page,
        survival: figure("survival"),
        by_system: figure("latency-by-system"),
        steps: figure("steps"),
        calendar: figure("departures"),
        distribution: figure("latency-distribution"),
        outcomes: figure("outcomes-by-system"),
        exposure: figure("exposure-by-leaver"),
    };
    document.render().map_err(Error::fault)
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
