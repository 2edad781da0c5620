//! `lastday check`: reads every source and prints the books: what was read, what became of every row, and what each
//! system's evidence covers. Analyses nothing, writes nothing.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Output, OutputFormat, aligned, shown};
use crate::case::Case;
use crate::error::{Error, Exit, Result};
use crate::ingest::ledger::{FileEntry, Ledger};
use crate::ingest::{self, Listed};
use crate::model::instant::Instant;
use crate::model::system::SystemId;
use crate::presets::Presets;
use crate::report::coverage;
use crate::rules;

/// Options of `check`.
#[derive(Args)]
pub struct Options {
    /// The case: a folder with a lastday.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
    /// Also show how the first N rows of every file are read
    #[arg(long, default_value_t = 0, value_name = "N", hide_default_value = true)]
    pub show: usize,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let presets = Presets::load()?;
    let case = Case::load(&options.dir, &presets, &rules::ids())?;
    let mut ledger = Ledger::new(output.progress(case.bytes()));
    ingest::people(&case, &presets, &mut ledger)?;
    ingest::overrides(&case, &presets, &mut ledger)?;
    let listed = ingest::accounts(&case, &presets, &mut ledger)?;
    ingest::events(&case, &presets, &listed, &mut ledger, &mut ())?;
    ingest::receipts(&case, &presets, &listed, &mut ledger, &mut ())?;
    ingest::others(&case, &presets, &listed, &mut ledger)?;
    ledger.progress.finish_and_clear();
    let shown = if options.show == 0 { Vec::new() } else { shown::rows(&case, &presets, options.show)? };
    output.result(&match options.format {
        OutputFormat::Text => text(&case, &listed, &ledger) + &shown::text(&shown),
        OutputFormat::Json => {
            let mut document = document(&case, &listed, &ledger);
            if options.show > 0 {
                document["first_rows"] = shown::document(&shown);
            }
            serde_json::to_string_pretty(&document).map_err(Error::fault)? + "\n"
        }
    })?;
    Ok(if ledger.rejected() > 0 || !case.missing.is_empty() { Exit::Incomplete } else { Exit::Done })
}

fn preset(file: &FileEntry) -> &str {
    if file.preset.is_empty() { "canonical columns" } else { &file.preset }
}

fn text(case: &Case, listed: &Listed, ledger: &Ledger) -> String {
    let mut out = aligned(&books(case, ledger), 4);
    for missing in &case.missing {
        let _ = writeln!(out, "missing: {missing}");
    }
    for sentence in &case.left_out {
        let _ = writeln!(out, "{sentence}");
    }
    for file in ledger.files.iter().filter(|f| !f.unknown_words.is_empty()) {
        let words: Vec<String> = file.unknown_words.iter().map(|(word, count)| format!("{word} ({count})")).collect();
        let _ = writeln!(out, "not known in {}: {}", file.path, words.join(", "));
    }
    if !ledger.first_rejects.is_empty() {
        let _ = writeln!(out, "\nRejected rows ({}; the first are shown)\n", ledger.rejected());
        for reject in &ledger.first_rejects {
            let fault = &reject.fault;
            let column = if fault.column.is_empty() { String::new() } else { format!(" {}:", fault.column) };
            let value = if fault.value.is_empty() { String::new() } else { format!(" \"{}\":", fault.value) };
            let _ = writeln!(out, "{}:{column}{value} {}", ledger.cite(&[reject.origin]), fault.reason);
            let _ = writeln!(out, "    {}", reject.raw.lines().next().unwrap_or_default());
        }
    }
    let _ = writeln!(out, "\nWhat the evidence covers, against the period {} to {}\n", case.period.0, case.period.1);
    let mut rows = vec![["system", "accounts", "dumps", "log from", "log to", ""].map(str::to_owned)];
    rows.extend(coverage(case, listed, ledger).into_iter().map(|c| {
        let dumps: Vec<String> = c.dumps.iter().map(ToString::to_string).collect();
        let span = |at: Option<Instant>| at.map_or_else(|| "no log".to_owned(), |at| at.to_string());
        let (from, to) = (span(c.log.map(|l| l.0)), span(c.log.map(|l| l.1)));
        let dumps = if dumps.is_empty() { "no dump".to_owned() } else { dumps.join(", ") };
        [c.system, c.accounts.to_string(), dumps, from, to, c.lacks.join("; ")]
    }));
    out + &aligned(&rows, usize::MAX)
}

/// The reconciliation as a table, and its sums.
fn books(case: &Case, ledger: &Ledger) -> Vec<[String; 11]> {
    let head =
        ["file", "kind", "system", "read by", "rows", "accepted", "rejected", "duplicate", "out of scope", "first", "last"];
    let mut rows = vec![head.map(str::to_owned)];
    let mut sums = [0; 5];
    for f in &ledger.files {
        let system = f.system.map(|id| case.system_name(id)).unwrap_or_default();
        let counts = [f.read(), f.accepted, f.rejected, f.duplicate, f.out_of_scope];
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        let [read, accepted, rejected, duplicate, out] = counts.map(|n| n.to_string());
        let [path, kind, system, preset] = [f.path.as_str(), f.kind.word(), system, preset(f)].map(str::to_owned);
        let [first, last] = [f.first_at, f.last_at].map(|at| at.map(|at| at.to_string()).unwrap_or_default());
        rows.push([path, kind, system, preset, read, accepted, rejected, duplicate, out, first, last]);
    }
    let [read, accepted, rejected, duplicate, out] = sums.map(|n| n.to_string());
    let none = String::new;
    rows.push(["together".to_owned(), none(), none(), none(), read, accepted, rejected, duplicate, out, none(), none()]);
    rows
}

/// What is known of a system.
struct Coverage {
    system: String,
    accounts: u64,
    dumps: Vec<Instant>,
    log: Option<(Instant, Instant)>,
    /// What of the period it leaves open, in words.
    lacks: Vec<String>,
}

fn coverage(case: &Case, listed: &Listed, ledger: &Ledger) -> Vec<Coverage> {
    let of = |place: usize| ledger.files.iter().filter(move |f| f.system.is_some_and(|id| usize::from(id.0) == place));
    case.systems
        .iter()
        .enumerate()
        .map(|(place, system)| {
            let dumps: Vec<Instant> = listed.snapshots[place].iter().map(|s| s.at).collect();
            let log = of(place).filter_map(|f| f.first_at).min().zip(of(place).filter_map(|f| f.last_at).max());
            Coverage {
                system: system.name.clone(),
                accounts: listed.snapshots[place].last().map_or(0, |s| s.accepted),
                lacks: {
                    let id = SystemId(u16::try_from(place).unwrap_or(u16::MAX));
                    let silences = coverage::silences(case, &ledger.files, id).into_iter().map(coverage::silence_words);
                    coverage::lacks(case, &dumps, log).into_iter().chain(silences).collect()
                },
                dumps,
                log,
            }
        })
        .collect()
}

fn document(case: &Case, listed: &Listed, ledger: &Ledger) -> serde_json::Value {
    let files: Vec<_> = ledger
        .files
        .iter()
        .map(|f| {
            json!({
                "file": f.path, "kind": f.kind.word(), "system": f.system.map(|id| case.system_name(id)), "preset": f.preset,
                "sha256": f.sha256, "bytes": f.bytes, "rows_read": f.read(), "rows_accepted": f.accepted,
                "rows_rejected": f.rejected, "rows_duplicate": f.duplicate, "rows_out_of_scope": f.out_of_scope,
                "first_at": f.first_at.map(|at| at.to_string()), "last_at": f.last_at.map(|at| at.to_string()),
                "unknown_words": f.unknown_words,
            })
        })
        .collect();
    let systems: Vec<_> = coverage(case, listed, ledger)
        .into_iter()
        .map(|c| {
            json!({
                "system": c.system, "accounts": c.accounts, "dumps": c.dumps.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "log_first_at": c.log.map(|l| l.0.to_string()), "log_last_at": c.log.map(|l| l.1.to_string()),
                "lacks": c.lacks,
            })
        })
        .collect();
    let rejects: Vec<_> = ledger
        .first_rejects
        .iter()
        .map(|r| json!({ "at": ledger.cite(&[r.origin]), "column": r.fault.column, "value": r.fault.value, "reason": r.fault.reason }))
        .collect();
    json!({ "files": files, "systems": systems, "missing": case.missing, "left_out": case.left_out, "rejected": ledger.rejected(), "first_rejects": rejects })
}
