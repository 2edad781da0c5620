//! `lastday sample`: a sample of the period's leavers for an auditor's own test, with its selection recorded. Reads as the audit does, up to
//! what was measured.

use std::path::PathBuf;

use clap::Args;

use super::follow::{Followed, Grounds, follow};
use super::{Output, OutputFormat};
use crate::case::Case;
use crate::error::{Exit, Result};
use crate::identity;
use crate::ingest::{self, ledger::Ledger};
use crate::latency;
use crate::presets::Presets;
use crate::process::Process;
use crate::report::sample::{self, By, Request, Sample, Tested};
use crate::rules;
use crate::sample::Size;

/// Options of `sample`.
#[derive(Args)]
pub struct Options {
    /// The case: a folder with a lastday.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// How many leavers to draw
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), required_unless_present = "confidence", conflicts_with = "confidence")]
    pub size: Option<u32>,
    /// In place of a size: how sure the sample is to be, in percent: 90 or 95 are usual
    #[arg(long, value_name = "PERCENT", value_parser = confidence, requires = "tolerable")]
    pub confidence: Option<f64>,
    /// With --confidence: the highest share of leavers with a deviation that would be tolerated, in percent: 5 to 10 are usual
    #[arg(long, value_name = "PERCENT", value_parser = tolerable, requires = "confidence")]
    pub tolerable: Option<f64>,
    /// What the order of the draw comes from: any text, fixed before the list is seen; the same seed draws the same leavers
    #[arg(long, value_name = "TEXT", value_parser = seed)]
    pub seed: String,
    /// Divide the leavers and draw from each part in proportion, at least one where the size allows it
    #[arg(long, value_enum)]
    pub by: Option<By>,
    /// How many replacements to name, in each part
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub replacements: u32,
    /// Write the working paper and the record of the selection to this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How the selection is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let presets = Presets::load()?;
    let case = Case::load(&options.dir, &presets, &rules::ids())?;
    if let Some(out) = &options.out {
        sample::ready(out)?;
    }
    let mut ledger = Ledger::new(output.progress(case.bytes()));
    let people = ingest::people(&case, &presets, &mut ledger)?;
    let knowledge = identity::knowledge(&case)?;
    let grounds = Grounds::of(&case, &presets, &people, &knowledge, &mut ledger)?;
    let Followed { linker, collected, others } = follow(&case, &presets, &people, &knowledge, &grounds, &mut ledger)?;
    let measured = latency::measure(&case, &people, &collected, &grounds.standings);
    let process = Process::of(&case, &people, linker.keys(), &grounds.standings, &measured, &collected, &others);

    let tested = Tested {
        case: &case,
        people: &people,
        standings: &grounds.standings,
        collected: &collected,
        disputes: &linker.disputes,
        measured: &measured,
        steps: &process.steps,
        ledger: &ledger,
    };
    let request = Request {
        seed: options.seed.clone(),
        size: size(options),
        by: options.by,
        replacements: usize::try_from(options.replacements).unwrap_or(usize::MAX),
    };
    let sample = Sample::of(&tested, &request)?;
    if let Some(out) = &options.out {
        sample.publish(out)?;
    }
    output.result(&match options.format {
        OutputFormat::Text => sample::text(&sample),
        OutputFormat::Json => sample.json()?,
    })?;
    if let Some(out) = &options.out {
        output.note(&format!("\nwritten to {}: fill in leaver-test.xlsx", out.display()));
    }
    Ok(output.read(&case.missing, ledger.rejected(), "what `lastday check` prints"))
}

fn size(options: &Options) -> Size {
    match (options.confidence, options.tolerable) {
        (Some(confidence), Some(tolerable)) => Size::Attribute { confidence, tolerable },
        _ => Size::Count(options.size.and_then(|size| usize::try_from(size).ok()).unwrap_or_default()),
    }
}

/// A seed that can be written down and read back.
fn seed(text: &str) -> std::result::Result<String, String> {
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err("write a text of one line".to_owned());
    }
    Ok(text.to_owned())
}

fn percent(text: &str) -> std::result::Result<f64, String> {
    text.trim_end_matches('%').trim_end().parse().map_err(|_| "write a number of percent".to_owned())
}

fn confidence(text: &str) -> std::result::Result<f64, String> {
    percent(text).and_then(|n| {
        if (50.0..100.0).contains(&n) { Ok(n) } else { Err("write 50 up to less than 100: 95 for 95 %".to_owned()) }
    })
}

fn tolerable(text: &str) -> std::result::Result<f64, String> {
    percent(text).and_then(|n| if (0.1..=50.0).contains(&n) { Ok(n) } else { Err("write 0.1 to 50: 5 for 5 %".to_owned()) })
}
