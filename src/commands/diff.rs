//! `lastday diff OLD NEW`: what changed between two results.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Output, OutputFormat};
use crate::compare::{Comparison, Fate, screen};
use crate::error::{Error, Exit, Result};
use crate::model::finding::Severity;

/// Options of `diff`.
#[derive(Args)]
pub struct Options {
    /// The older result: a folder that audit wrote
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The newer result
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Exit with 1 if there is a new open finding of this severity or worse
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let comparison = Comparison::of(&options.old, &options.new)?;
    output.result(&match options.format {
        OutputFormat::Text => screen(&comparison),
        OutputFormat::Json => serde_json::to_string_pretty(&document(&comparison)).map_err(Error::fault)? + "\n",
    })?;
    let reached = |limit| comparison.appeared.iter().any(|f| f.status == "open" && f.severity >= limit);
    Ok(if options.fail_on.is_some_and(reached) { Exit::Failed } else { Exit::Done })
}

fn document(comparison: &Comparison) -> serde_json::Value {
    let (old, new) = (&comparison.old.summary, &comparison.new.summary);
    let gone = |fate| {
        let of_fate = comparison.gone.iter().filter(move |gone| gone.fate == fate);
        of_fate.map(|gone| json!({ "finding": gone.finding, "why": gone.why })).collect::<Vec<_>>()
    };
    let stayed: Vec<_> = comparison.stayed.iter().map(|(f, was)| json!({ "finding": f, "status_before": was })).collect();
    json!({
        "old": { "review": old.review, "period": old.period, "as_of": old.as_of, "counts": old.counts, "latency": old.latency },
        "new": { "review": new.review, "period": new.period, "as_of": new.as_of, "counts": new.counts, "latency": new.latency },
        "findings": {
            "new": comparison.appeared, "persisting": stayed,
            "resolved": gone(Fate::Resolved), "not_examined": gone(Fate::NotExamined),
        },
        "explained": comparison.explained,
    })
}
