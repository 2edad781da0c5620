//! How mature giving and taking access are: the view's measures come in, rows of texts go out.

use serde::Serialize;

use crate::process::maturity::{Both, Level, Maturity};
use crate::report::charts::words::{count, percent};
use crate::report::view::View;

/// One process as the page shows it.
#[derive(Serialize)]
pub struct Part {
    /// What it is.
    pub name: &'static str,
    /// Its level.
    pub level: &'static str,
    /// What it rests on: what, how many, the share.
    pub measures: Vec<[String; 3]>,
    /// The one step that would raise it.
    pub next: String,
}

/// The levels with what they ask for.
pub fn criteria() -> Vec<(&'static str, &'static str)> {
    Level::ALL.iter().map(|(level, asks)| (level.word(), *asks)).collect()
}

/// Both processes.
pub fn parts(view: &View) -> Vec<Part> {
    let Some(Both { provisioning, deprovisioning }) = &view.maturity else { return Vec::new() };
    vec![part("Taking access from who leaves", deprovisioning), part("Giving access to who starts", provisioning)]
}

fn part(name: &'static str, maturity: &Maturity) -> Part {
    let measure = |measure: &crate::process::maturity::Measure| {
        let (shown, share) = match (measure.lacks, measure.share()) {
            (Some(lacks), _) => (String::new(), format!("not known: {lacks}")),
            (None, Some(share)) => (format!("{} of {}", count(measure.shown), count(measure.of)), percent(share)),
            (None, None) => ("0 of 0".to_owned(), "nothing to tell it by".to_owned()),
        };
        [measure.what.to_owned(), shown, share]
    };
    Part {
        name,
        level: maturity.level.word(),
        measures: maturity.measures.iter().map(measure).collect(),
        next: maturity.next.clone().unwrap_or_else(|| "There is no level above.".to_owned()),
    }
}
