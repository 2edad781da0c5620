//! The known export formats: one TOML for each, embedded. Data, not code; a new vendor export is a new file here,
//! a line in [`list`] and a fixture in `samples/`.

mod copy;
mod layout;
mod list;
pub mod mapping;
mod tools;

use std::sync::Arc;

use serde::Deserialize;

pub use copy::as_source;
pub use layout::Layout;
use list::FILES;

use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
pub use tools::Around;

use mapping::{Columns, Condition, Pattern, RawColumns, RawConditions, RawValues, conditions_later};

/// The order of day, month and year in a date such as 8/9/2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// 31/12/2026
    Dmy,
    /// 12/31/2026
    Mdy,
    /// 2026/12/31
    Ymd,
}

/// How a file is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values and their dialects.
    Csv,
    /// JSON: an array, one object a line, or rows in an envelope.
    Json,
    /// A workbook.
    Xlsx,
    /// Columns as data lakes keep them.
    Parquet,
    /// An export of a directory.
    Ldif,
    /// A Windows event log as a file.
    Evtx,
    /// Windows events as XML.
    Xml,
}

impl DateOrder {
    /// The word in a case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }
}

impl Format {
    /// Whether it holds a table below a header. A table is a table: what is known of one is known of it in each of these.
    #[must_use]
    pub fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx | Self::Parquet)
    }

    /// The word in a preset.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Ldif => "ldif",
            Self::Evtx => "evtx",
            Self::Xml => "xml",
        }
    }
}

/// A known export format.
#[derive(Debug)]
pub struct Preset {
    /// Its id, which is its file's name.
    pub id: String,
    /// What it is, in words.
    pub title: String,
    /// What it holds.
    pub kind: SourceKind,
    /// The system's name where the case names none.
    pub system: Option<String>,
    /// In which formats it comes.
    pub formats: Vec<Format>,
    /// What is certain about it and what is not.
    pub notes: String,
    /// Header names or paths that must be there; of several in one entry, one is enough.
    pub all: Vec<Either>,
    /// Header names or paths that must not be there.
    pub none: Vec<String>,
    /// Whether it is no vendor's shape but what people commonly write: it serves where no other preset fits.
    pub generic: bool,
    /// What must hold in the first rows: of each place, every value that is there.
    pub values: Vec<Condition<String>>,
    /// Tables without a header: what every line looks like.
    pub line: Option<Pattern>,
    /// How its tables are written, where it is not as usual.
    pub layout: Layout,
    /// JSON: where the rows lie, and what is a row.
    pub rows: Rows,
    /// Conditions that a row must fulfil; others are out of scope.
    pub only: Vec<Condition<String>>,
    /// How its times are written.
    pub times: Times,
    /// Where the canonical columns come from.
    pub columns: Columns,
    /// The preset's own text.
    pub text: &'static str,
}

impl Preset {
    /// Whether an export of this format can be one of it.
    #[must_use]
    pub fn comes_in(&self, format: Format) -> bool {
        self.formats.iter().any(|own| *own == format || (own.is_table() && format.is_table()))
    }
}

/// Where the rows lie in JSON.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Keys of an envelope that hold the array of rows.
    #[serde(default)]
    pub at: Vec<String>,
    /// A record gives one row for each element of this array.
    pub each: Option<String>,
    /// Conditions that a row must fulfil; others are out of scope.
    pub only: Option<RawConditions>,
}

/// How times are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// The zone of those that carry none.
    pub zone: Option<String>,
    /// The order of day and month.
    pub date_order: Option<DateOrder>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPreset {
    title: String,
    kind: SourceKind,
    system: Option<String>,
    formats: Vec<Format>,
    notes: String,
    recognise: Recognise,
    #[serde(default)]
    layout: Layout,
    #[serde(default)]
    rows: Rows,
    #[serde(default)]
    times: Times,
    columns: RawColumns,
    #[serde(default)]
    values: RawValues,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recognise {
    #[serde(default)]
    all: Vec<Either>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    generic: bool,
    #[serde(default)]
    values: RawConditions,
    line: Option<String>,
}

/// A name, or several of which one is enough.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Either {
    /// This one.
    One(String),
    /// One of these.
    OneOf(Vec<String>),
}

impl Either {
    /// Whether one of the names is there.
    pub fn holds(&self, has: &(impl Fn(&str) -> bool + ?Sized)) -> bool {
        self.names().iter().any(|name| has(name))
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::OneOf(names) => names,
        }
    }
}

impl std::fmt::Display for Either {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        /// Names that are worth reading; a preset of no vendor has dozens.
        const SHOWN: usize = 5;
        let names = self.names();
        write!(f, "{}", names[..names.len().min(SHOWN)].join(" or "))?;
        if names.len() > SHOWN { write!(f, " or {} others", names.len() - SHOWN) } else { Ok(()) }
    }
}

/// The presets that the program knows.
#[derive(Clone)]
pub struct Presets {
    list: Vec<Arc<Preset>>,
    around: Around,
}

impl Presets {
    /// Reads the embedded presets.
    pub fn load() -> Result<Self> {
        let list = FILES.iter().map(|(id, text)| parse(id, text).map(Arc::new)).collect::<Result<_>>()?;
        let around = Around::load().map_err(|why| Error::fault(format!("the list of tools cannot be read: {why}")))?;
        Ok(Self { list, around })
    }

    /// All of them, sorted by id.
    #[must_use]
    pub fn all(&self) -> &[Arc<Preset>] {
        &self.list
    }

    /// What tools put around a vendor's records.
    #[must_use]
    pub fn around(&self) -> &Around {
        &self.around
    }

    /// The one with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<Preset>> {
        self.list.iter().find(|preset| preset.id == id)
    }
}

fn parse(id: &str, text: &'static str) -> Result<Preset> {
    let broken = |why: String| Error::fault(format!("the preset {id} cannot be read: {why}"));
    let raw: RawPreset = toml::from_str(text).map_err(|e| broken(e.to_string()))?;
    let columns = Columns::check_later(raw.kind, raw.columns, raw.values).map_err(broken)?;
    raw.layout.check().map_err(broken)?;
    let line = raw.recognise.line.map(Pattern::new);
    if line.is_some() != raw.layout.header.is_some() || line.is_some() != raw.recognise.all.is_empty() {
        return Err(broken("a preset is recognised by all, or has a header of its own and is recognised by line".to_owned()));
    }
    Ok(Preset {
        id: id.to_owned(),
        title: raw.title,
        kind: raw.kind,
        system: raw.system,
        formats: raw.formats,
        notes: raw.notes,
        all: raw.recognise.all,
        none: raw.recognise.none,
        generic: raw.recognise.generic,
        values: conditions_later(raw.recognise.values).map_err(broken)?,
        line,
        layout: raw.layout,
        only: raw.rows.only.clone().map(conditions_later).transpose().map_err(broken)?.unwrap_or_default(),
        rows: raw.rows,
        times: raw.times,
        columns,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_preset_file_is_in_the_list_and_has_a_fixture() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let files: BTreeSet<String> = std::fs::read_dir(root.join("src/presets"))
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".toml").map(str::to_owned))
            .collect();
        let listed: BTreeSet<String> = FILES.iter().map(|(id, _)| (*id).to_owned()).collect();
        assert_eq!(files, listed);
        for id in listed {
            assert!(root.join("samples").join(&id).join("expected.csv").exists(), "samples/{id}/expected.csv is missing");
        }
    }

    #[test]
    fn every_preset_is_read_without_an_unknown_key() {
        assert_eq!(Presets::load().unwrap().all().len(), FILES.len());
    }

    #[test]
    fn every_pattern_of_a_preset_is_a_regular_expression() {
        for preset in Presets::load().unwrap().all() {
            let proved = preset.columns.prove().and_then(|()| {
                preset.values.iter().chain(&preset.only).try_for_each(Condition::prove)?;
                preset.line.iter().try_for_each(Pattern::prove)
            });
            assert_eq!(proved, Ok(()), "{}", preset.id);
        }
    }
}
