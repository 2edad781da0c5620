//! `lastday audit`: the main job. Reads as the pipeline of the house.

use std::path::{Path, PathBuf};

use clap::Args;

use super::follow::{Followed, Grounds, follow};
use super::{Output, OutputFormat};
use crate::access::Access;
use crate::case::Case;
use crate::compare;
use crate::error::{Error, Exit, Result};
use crate::identity;
use crate::ingest::{self, ledger::Ledger};
use crate::latency;
use crate::model::finding::Severity;
use crate::presets::Presets;
use crate::process::{Movers, Process, maturity};
use crate::redact::{Key, Redactor};
use crate::report::{self, Look, Parts, pdf, view::View};
use crate::rules::{self, Examined};

/// Options of `audit`.
#[derive(Args)]
pub struct Options {
    /// The case: a folder with a lastday.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Where the result goes; without it reports/<name of the review>
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Exit with 1 if there is an open finding of this severity or worse
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// The result of an earlier period, for the trend; may be given several times
    #[arg(long, value_name = "DIR")]
    pub earlier: Vec<PathBuf>,
    /// Leave accounts.csv out: the list of all accounts, also of people who did not leave
    #[arg(long)]
    pub no_population: bool,
    /// Leave report.pdf out: the report for the binder, which takes the longest of all
    #[arg(long)]
    pub no_pdf: bool,
    /// How the verdict is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    made(options, output, None).map(|(exit, _)| exit)
}

/// Runs it, under pseudonyms where there is a key to them; the key comes back with everybody in it who was replaced.
pub(super) fn made(options: &Options, output: Output, key: Option<Key>) -> Result<(Exit, Option<Key>)> {
    let presets = Presets::load()?;
    let case = Case::load(&options.dir, &presets, &rules::ids())?;
    let out = options.out.clone().unwrap_or_else(|| Path::new("reports").join(&case.slug));
    report::ready(&out)?;
    let earlier = compare::earlier(&options.earlier, case.period.0)?;

    let mut ledger = Ledger::new(output.progress(case.bytes()));
    let people = ingest::people(&case, &presets, &mut ledger)?;
    let knowledge = identity::knowledge(&case)?;
    let grounds = Grounds::of(&case, &presets, &people, &knowledge, &mut ledger)?;
    // Who stands in the list twice concerns nothing else that is read: it is found meanwhile.
    let (twice, followed) = std::thread::scope(|scope| {
        let twice = scope.spawn(|| identity::twins(&people, &knowledge));
        let followed = follow(&case, &presets, &people, &knowledge, &grounds, &mut ledger);
        (twice.join().map_err(|_| Error::fault("the search for people listed twice broke off")), followed)
    });
    let (twice, Followed { linker, collected, others }) = (twice?, followed?);
    let Grounds { standings, decisions, .. } = &grounds;

    let renamed = linker.renamed(&collected.listed.accounts);
    let (natures, (measured, access)) = rayon::join(
        || linker.natures(&collected.listed.accounts),
        || {
            let access = || Access::of(&collected.listed, &others);
            rayon::join(|| latency::measure(&case, &people, &collected, standings), access)
        },
    );
    let (process, movers) = rayon::join(
        || Process::of(&case, &people, linker.keys(), standings, &measured, &collected, &others),
        || Movers::of(&case, &people, standings, &collected, &others, &access),
    );
    let process = process.with(movers);
    let files = ledger.files.clone();
    let examined = Examined {
        files: &files,
        others: &others,
        access: &access,
        keys: linker.keys(),
        case: &case,
        people: &people,
        standings,
        listed: &collected.listed,
        links: &collected.links,
        disputes: &linker.disputes,
        guesses: &linker.guesses,
        renamed: &renamed,
        natures: &natures,
        decisions,
        applied: &linker.applied,
        twice: &twice,
        back: &grounds.back,
        days_used: &collected.days_used,
        knowledge: &knowledge,
        histories: &collected.histories,
        measured: &measured,
        process: &process,
    };
    let (findings, examinations) = rules::run(&examined);
    let mut view = View::new(&examined, findings, &examinations, &ledger)?;
    view.earlier = earlier;
    view.maturity = Some(
        maturity::Seen {
            case: &case,
            people: &people,
            keys: linker.keys(),
            standings,
            measured: &measured,
            collected: &collected,
            others: &others,
            process: &process,
        }
        .maturity(),
    );

    view.assumptions.extend(collected.notes(&case));
    view.assumptions.extend(process.notes());
    let redactor = key.map(|key| Redactor::of(&examined, key));
    if let Some(redactor) = &redactor {
        view.redact(redactor);
    }
    let parts = Parts { population: !options.no_population, pdf: pdf::AVAILABLE && !options.no_pdf };
    report::publish(&view, &examined, &mut ledger, &out, parts, redactor.as_ref())?;

    match options.format {
        OutputFormat::Text => output.summary(&report::screen(&view, Look { colour: output.colour() }))?,
        OutputFormat::Json => output.result(&report::summary(&view)?)?,
    }
    output.note(&format!("\nwritten to {}: open report.html", out.display()));
    let read = output.read(&view.missing, view.rejected, "rejects.csv");
    let reached = options.fail_on.is_some_and(|limit| view.findings.iter().any(|f| !f.waived && f.severity >= limit));
    // The result is written, and what it was made of is not needed again: to give back millions of rows one by one would take seconds.
    std::mem::forget((view, examinations, measured, process, access, linker, collected, others));
    std::mem::forget((grounds, people, presets));
    Ok((if reached { Exit::Failed } else { read }, redactor.map(Redactor::into_key)))
}
