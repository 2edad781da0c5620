//! `lastday roles`: expected access by role. Compares accounts with the templates, and proposes templates where there are none.

use std::path::PathBuf;

use clap::Args;

use super::follow::{Followed, Grounds, follow};
use super::{Output, OutputFormat, file};
use crate::access::{Access, Roles, Wanted};
use crate::case::Case;
use crate::error::{Error, Exit, Result};
use crate::identity;
use crate::ingest::{self, ledger::Ledger};
use crate::latency;
use crate::presets::Presets;
use crate::report::RolesReport;
use crate::rules;

/// Options of `roles`.
#[derive(Args)]
pub struct Options {
    /// The case: a folder with a lastday.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Write the proposed templates to a file, to be edited and named as a source of roles: CSV
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Propose what at least this share of a role's holders have
    #[arg(long, value_name = "SHARE", default_value_t = 0.8, value_parser = share)]
    pub share: f64,
    /// Propose nothing for roles with fewer holders
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub holders: u32,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// A share from 0.5 to 1: what fewer have than do not have is not usual.
fn share(text: &str) -> std::result::Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "write a number such as 0.8".to_owned())?;
    if (0.5..=1.0).contains(&share) { Ok(share) } else { Err("a share lies from 0.5 to 1".to_owned()) }
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let presets = Presets::load()?;
    let case = Case::load(&options.dir, &presets, &rules::ids())?;
    if let Some(out) = &options.out {
        file::writable(out, "no list of roles can be written here")?;
    }
    let mut ledger = Ledger::new(output.progress(case.bytes()));
    let people = ingest::people(&case, &presets, &mut ledger)?;
    let knowledge = identity::knowledge(&case)?;
    let grounds = Grounds::of(&case, &presets, &people, &knowledge, &mut ledger)?;
    let Followed { collected, others, .. } = follow(&case, &presets, &people, &knowledge, &grounds, &mut ledger)?;
    let measured = latency::measure(&case, &people, &collected, &grounds.standings);
    let access = Access::of(&collected.listed, &others);

    let (listed, links, standings) = (&collected.listed, &collected.links, &grounds.standings);
    let roles = Roles { people: &people, standings, listed, links, measured: &measured, access: &access };
    let wanted = Wanted { share: options.share, holders: options.holders as usize };
    let all = roles.all(wanted);

    let report = RolesReport { case: &case, people: &people, listed, ledger: &ledger, wanted };
    output.result(&match options.format {
        OutputFormat::Text => report.text(&all),
        OutputFormat::Json => report.json(&all)?,
    })?;
    if all.is_empty() {
        output.note("HR's list names no role of anybody who is here: without the column `role` there is nothing to compare");
    }
    if let Some(out) = &options.out {
        file::replace(out, &String::from_utf8(report.csv(&all)?).map_err(Error::fault)?)?;
        output.note(&format!(
            "written to {}: edit it, and name it in the case: [[source]] kind = \"roles\", path = \"…\"",
            out.display()
        ));
    }
    Ok(output.read(&case.missing, ledger.rejected(), "what `lastday check` prints"))
}
