//! Writes a result as a folder, whole or not at all. Only an earlier result is ever replaced.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::page::Page;
use super::staging::{Staging, taken, writable};
use super::view::View;
use super::{charts, csv, html, joiners, json, judged, matches, movers, oscal, pdf, steps, timelines, workbook};
use crate::error::{Error, Result};
use crate::evidence::manifest::{self, Manifest};
use crate::ingest::ledger::Ledger;
use crate::redact::Redactor;
use crate::rules::Examined;

/// The workbook's name.
const WORKBOOK: &str = "evidence.xlsx";

/// Whether a result can be written to `out`, before anything is read for it. Leaves nothing behind.
pub fn ready(out: &Path) -> Result<()> {
    earlier_result(out)?;
    writable(out)
}

/// Which of the parts that may be left out are written.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// `accounts.csv`.
    pub population: bool,
    /// `report.pdf`, which only a tool built with that feature can write.
    pub pdf: bool,
}

/// Writes the result to `out`. `redactor`: under pseudonyms, as the view is already.
pub fn publish(
    view: &View,
    examined: &Examined,
    ledger: &mut Ledger,
    out: &Path,
    parts: Parts,
    redactor: Option<&Redactor>,
) -> Result<()> {
    let ours = earlier_result(out)?;
    let staging = Staging::beside(out)?.under(redactor);
    staging.write("rejects.csv", |file| csv::rejects(ledger, file))?;
    let ledger = &*ledger;
    let tables: [&(dyn Fn() -> Result<()> + Sync); 8] = [
        &|| staging.write("revocations.csv", |file| csv::revocations(view, file)),
        &|| staging.write("joiners.csv", |file| joiners::csv(examined, ledger, file)),
        &|| staging.write("movers.csv", |file| movers::csv(examined, ledger, file)),
        &|| staging.write("findings.csv", |file| csv::findings(view, file)),
        &|| staging.write("reconciliation.csv", |file| csv::reconciliation(view, file)),
        &|| {
            let judged = !view.frameworks.is_empty();
            if judged { staging.write("controls.csv", |file| judged::controls(view, file)) } else { Ok(()) }
        },
        &|| staging.write("maturity.csv", |file| judged::maturity(view, file)),
        &|| staging.write("matches.csv", |file| matches::matches(examined, ledger, file)),
    ];
    tables.par_iter().try_for_each(|write| write())?;
    let listed = || staging.write("accounts.csv", |file| csv::accounts(examined, ledger, file));
    let many = Some(examined.links.len()).filter(|count| parts.population && *count > workbook::POPULATION);
    if parts.population && many.is_none() {
        listed()?;
    }
    // The workbook waits for the tables that it repeats, and nothing else waits for the workbook.
    let shown = || -> Result<()> {
        let (charts, page) = (charts::all(view)?, Page::of(view));
        let document = || {
            let Some(pdf) = parts.pdf.then(|| pdf::report(&page, &charts, examined.case)) else { return Ok(()) };
            staging.whole("report.pdf", &pdf?)
        };
        // The document takes the longest; meanwhile the page is made and the charts are drawn once more.
        let (document, others) = rayon::join(document, || {
            staging.text("report.html", &html::render(&page, &charts)?)?;
            charts.par_iter().try_for_each(|chart| {
                staging.text(&format!("charts/{}.svg", chart.name), &chart.svg)?;
                staging.whole(&format!("charts/{}.png", chart.name), &chart.png()?)
            })
        });
        document.and(others)
    };
    let lists = || -> Result<()> {
        if many.is_some() {
            listed()?;
        }
        staging.write("timelines.csv", |file| timelines::csv(examined, ledger, file))?;
        staging.write("steps.csv", |file| steps::csv(examined, ledger, file))?;
        staging.write("statistics.csv", |file| csv::statistics(view, file))?;
        staging.text("summary.json", &json::summary(view)?)?;
        staging.text(oscal::RESULTS, &oscal::results(view)?)?;
        staging.text(oscal::PLAN, &oscal::plan(view)?)
    };
    let book = || staging.write(WORKBOOK, |file| workbook::render(view, staging.path(), many, file));
    let (book, (shown, lists)) = rayon::join(book, || rayon::join(shown, lists));
    shown.and(lists).and(book)?;
    let earlier = view.earlier.iter().map(|earlier| earlier.sealed.clone()).collect();
    let mut manifest = Manifest::of(examined.case, &ledger.files, earlier, staging.sealed(), view.version)?;
    if let Some(redactor) = redactor {
        manifest.inputs.iter_mut().chain(&mut manifest.earlier).for_each(|input| input.path = redactor.text(&input.path));
    }
    staging.text(manifest::FILE, &manifest.json()?)?;
    staging.take_place_of(out, &ours)
}

/// The files of the earlier result in `out`; an error where something else is there.
fn earlier_result(out: &Path) -> Result<BTreeSet<PathBuf>> {
    taken(out, manifest::outputs)?.ok_or_else(|| Box::new(Error::OutputTaken { dir: out.to_owned() }))
}
