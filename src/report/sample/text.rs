//! The sample for a terminal: how it was drawn, who was drawn, and how to repeat it.

use std::fmt::Write;

use super::Sample;
use crate::sample::{Fate, Lot};

/// How much of a digest is shown; the files have it whole.
const SHOWN: usize = 16;

/// The sample.
#[must_use]
pub fn text(sample: &Sample) -> String {
    let (case, request) = (sample.tested.case, sample.request);
    let mut out = String::new();
    let (first, last) = case.period;
    let _ = writeln!(out, "{}  ({first} to {last}, as of {})\n", case.name, case.as_of);
    let (drawn, population) = (sample.drawn(), sample.population());
    let _ = writeln!(
        out,
        "{drawn} of {population} leavers drawn, in the order of SHA-256(seed, person_id), seed \"{}\"",
        request.seed
    );
    for remark in sample.remarks() {
        let _ = writeln!(out, "{remark}");
    }
    if let Some(by) = request.by {
        let _ = writeln!(out, "\nBy {}", by.title());
        for stratum in &sample.draw.strata {
            let _ = writeln!(out, "  {:>5} of {:<5}  {}", stratum.drawn, stratum.population, stratum.name);
        }
    }
    for (title, fate) in [("Drawn", Fate::Drawn), ("Replacements, in this order", Fate::Replacement)] {
        let lots: Vec<&Lot> = sample.draw.of(fate).collect();
        if !lots.is_empty() {
            let _ = writeln!(out, "\n{title}");
            rows(sample, &lots, &mut out);
        }
    }
    if let Some(lot) = sample.draw.lots.first() {
        let bytes = format!("{}{}", request.seed, sample.person_id(lot)).replace('\'', r"'\''");
        let _ = writeln!(out, "\nto repeat a digest: printf '%s' '{bytes}' | sha256sum");
    }
    out
}

fn rows(sample: &Sample, lots: &[&Lot], out: &mut String) {
    let name = |lot: &Lot| sample.tested.people.name(sample.population[lot.who].person);
    let width = |of: &dyn Fn(&Lot) -> usize| lots.iter().map(|lot| of(lot)).max().unwrap_or(0);
    let id_width = width(&|lot| sample.person_id(lot).chars().count());
    let name_width = width(&|lot| name(lot).chars().count()).min(40);
    for lot in lots {
        let line = format!(
            "  {:>5}  {:id_width$}  {:name_width$}  {}  {}  {:13}  {}",
            lot.position,
            sample.person_id(lot),
            name(lot),
            sample.population[lot.who].departure.date,
            &lot.digest[..SHOWN],
            sample.verdict(lot).word(),
            sample.stratum(lot)
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
