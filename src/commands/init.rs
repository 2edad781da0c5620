//! `lastday init`: looks at every file in a folder, recognises what it can, and writes a case file that names it. It writes
//! nothing over, and says of every other file what it nearly was.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Output, OutputFormat, aligned, file};
use crate::draft::{self, Draft, Drafted};
use crate::error::{Error, Exit, Result};
use crate::ingest::Unknown;
use crate::model::columns::SourceKind;
use crate::presets::Presets;

/// Options of `init`.
#[derive(Args)]
pub struct Options {
    /// The folder with the exports
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// How what was found is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let case = options.dir.join("lastday.toml");
    if case.exists() {
        let help = "remove or rename it first, or write the new sources into it by hand";
        let message = "there is a case file already, and init never writes over one";
        return Err(Error::input(case.display().to_string(), message, help));
    }
    let draft = draft::draft(&options.dir, &Presets::load()?, |total| output.progress(total))?;
    if draft.seen.is_empty() {
        output.result(&told(&draft))?;
        let help = "put the exports into the folder first; `lastday presets` lists the formats that are known";
        let message = "no export was recognised here, so no case file was written";
        return Err(Error::input(options.dir.display().to_string(), message, help));
    }
    let text = draft::case_file(&options.dir, &draft);
    file::write_new(&case, &text)?;
    output.result(&match options.format {
        OutputFormat::Text => told(&draft),
        OutputFormat::Json => serde_json::to_string_pretty(&document(&draft)).map_err(Error::fault)? + "\n",
    })?;
    let marks = text.matches("CHECK: ").count();
    output.note(&format!("\nWritten to {}. Read it, {marks} places are marked CHECK; then run `lastday check`.", case.display()));
    if !draft.seen.iter().any(|s| s.what.kind == SourceKind::People) {
        output.note("No list of people was recognised: an audit needs one, leavers included.");
    }
    Ok(Exit::Done)
}

fn source_of(draft: &Draft, place: usize) -> Option<&Drafted> {
    draft.sources.iter().find(|source| source.files.contains(&place))
}

fn told(draft: &Draft) -> String {
    let mut rows = Vec::new();
    for (place, seen) in draft.seen.iter().enumerate() {
        let what = seen.what.preset.as_ref().map_or("canonical columns", |p| p.id.as_str());
        let system = source_of(draft, place).and_then(|s| s.system.clone()).unwrap_or_default();
        let counts = match &seen.facts {
            Some(facts) if facts.rejected > 0 => {
                format!("{} rows, {} of them rejected", facts.accepted + facts.rejected, facts.rejected)
            }
            Some(facts) => format!("{} rows", facts.accepted),
            None => String::new(),
        };
        rows.push([seen.shown.clone(), seen.what.kind.word().to_owned(), system, what.to_owned(), counts]);
    }
    let mut text = aligned(&rows, usize::MAX);
    for seen in &draft.seen {
        if let Some(reject) = seen.facts.as_ref().and_then(|f| f.first_reject.as_ref()) {
            let fault = &reject.fault;
            let value = if fault.value.is_empty() { String::new() } else { format!(" \"{}\"", fault.value) };
            let at = format!("{}:{}", seen.shown, reject.origin.line);
            let _ = writeln!(text, "rejected, for example {at} {}{value}: {}", fault.column, fault.reason);
        }
    }
    for (shown, unknown) in &draft.unknown {
        let _ = writeln!(text, "not recognised: {shown}; {}", unknown.sentence());
    }
    for source in &draft.sources {
        for doubt in &source.doubts {
            let _ = writeln!(text, "CHECK {}: {doubt}", source.path);
        }
    }
    text
}

fn document(draft: &Draft) -> serde_json::Value {
    let known = draft.seen.iter().enumerate().map(|(place, seen)| {
        let source = source_of(draft, place);
        json!({
            "file": seen.shown, "kind": seen.what.kind.word(), "preset": seen.what.preset.as_ref().map(|p| p.id.clone()),
            "system": source.and_then(|s| s.system.clone()), "path": source.map(|s| s.path.clone()),
            "exported_at": seen.at.at.to_string(), "exported_at_from": seen.at.basis.key().word(),
            "rows": seen.facts.as_ref().map(|f| f.accepted), "rejected": seen.facts.as_ref().map(|f| f.rejected),
            "doubts": source.map(|s| s.doubts.clone()),
        })
    });
    let unknown = draft.unknown.iter().map(|(shown, unknown)| match unknown {
        Unknown::Broken(why) => json!({ "file": shown, "kind": null, "broken": why }),
        Unknown::Shape { has, nearly } => json!({
            "file": shown, "kind": null, "has": has,
            "nearly": nearly.as_ref().map(|(preset, missing)| json!({ "preset": preset, "lacks": missing })),
        }),
    });
    known.chain(unknown).collect()
}
