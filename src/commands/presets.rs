//! `lastday presets`: the known export formats, or one of them to copy from.

use std::fmt::Write;

use clap::Args;

use super::{Output, OutputFormat};
use crate::error::{Error, Exit, Result};
use crate::presets::mapping::nearest;
use crate::presets::{Format, Preset, Presets, as_source};

/// Options of `presets`.
#[derive(Args)]
pub struct Options {
    /// The preset to print; without it all are listed
    pub name: Option<String>,
    /// Print it as a [[source]] to paste into a case and change
    #[arg(long, requires = "name")]
    pub as_source: bool,
    /// How it is printed
    #[arg(long, value_enum, default_value_t, conflicts_with = "as_source")]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let presets = Presets::load()?;
    match &options.name {
        None if options.format == OutputFormat::Json => {
            let list: Vec<_> = presets.all().iter().map(|p| json(p)).collect();
            output.result(&(serde_json::to_string_pretty(&list).map_err(Error::fault)? + "\n"))?;
        }
        None => {
            let mut text = String::new();
            for p in presets.all() {
                let _ = writeln!(text, "{:28} {:10} {:10} {}", p.id, p.kind.word(), formats(p), p.title);
            }
            output.result(&text)?;
        }
        Some(name) => {
            let Some(preset) = presets.get(name) else {
                let near = nearest(name, presets.all().iter().map(|p| p.id.as_str()));
                let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                output.note(&format!("there is no preset {name}{hint}\n`lastday presets` lists them all"));
                return Ok(Exit::Usage);
            };
            if options.as_source {
                output.result(&as_source(preset))?;
            } else if options.format == OutputFormat::Json {
                output.result(&(serde_json::to_string_pretty(&json(preset)).map_err(Error::fault)? + "\n"))?;
            } else {
                output.result(preset.text)?;
            }
        }
    }
    Ok(Exit::Done)
}

fn formats(preset: &Preset) -> String {
    preset.formats.iter().map(Format::word).collect::<Vec<_>>().join(", ")
}

fn json(preset: &Preset) -> serde_json::Value {
    serde_json::json!({
        "preset": preset.id,
        "title": preset.title,
        "kind": preset.kind.word(),
        "system": preset.system,
        "formats": preset.formats.iter().map(Format::word).collect::<Vec<_>>(),
        "notes": preset.notes,
        "text": preset.text,
    })
}
