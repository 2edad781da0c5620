//! `lastday explain`: the rules, from their own facts and prose.

use std::fmt::Write;

use clap::Args;

use super::{Output, OutputFormat};
use crate::error::{Error, Exit, Result};
use crate::presets::mapping::nearest;
use crate::rules;

/// Options of `explain`.
#[derive(Args)]
pub struct Options {
    /// The rule; without it all are listed
    pub rule: Option<String>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let list: Vec<_> = rules::list().iter().map(|rule| rule.facts()).collect();
    let wanted: Vec<_> = list.iter().filter(|facts| options.rule.as_deref().is_none_or(|id| id == facts.id)).collect();
    if let (true, Some(id)) = (wanted.is_empty(), &options.rule) {
        let hint = nearest(id, rules::ids().into_iter()).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        output.note(&format!("there is no rule {id}{hint}\n`lastday explain` lists them all"));
        return Ok(Exit::Usage);
    }
    if options.format == OutputFormat::Json {
        let facts: Vec<_> = wanted
            .iter()
            .map(|f| {
                let controls: Vec<_> = f.controls.iter().map(|c| serde_json::json!({ "framework": c.0, "control": c.1 })).collect();
                serde_json::json!({ "rule": f.id, "title": f.title, "severity": f.severity.word(), "controls": controls, "prose": f.prose })
            })
            .collect();
        output.result(&(serde_json::to_string_pretty(&facts).map_err(Error::fault)? + "\n"))?;
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for facts in wanted {
        if options.rule.is_none() {
            let _ = writeln!(text, "{:28} {:9} {}", facts.id, facts.severity.word(), facts.title);
        } else {
            let _ = writeln!(text, "{}\n{}\n\n{}", facts.id, facts.title, facts.prose);
            let _ = writeln!(text, "## Controls\n\n{}", facts.controls_text());
        }
    }
    output.result(&text)?;
    Ok(Exit::Done)
}
