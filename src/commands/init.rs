//! `lastday init`: looks at every file in a folder, recognises what it can, and writes a case file that names it. It writes
//! nothing over, and says of every other file what it nearly was.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use clap::Args;

use super::{Output, OutputFormat};
use crate::error::{Error, Exit, Result};
use crate::ingest::{Inspection, Unknown, inspect};
use crate::model::columns::SourceKind;
use crate::model::instant::Instant;
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

/// A file of the folder and what it is.
struct Found {
    path: String,
    exported_at: Instant,
    /// Whether the time is from the file's name, which knows the day alone.
    by_name: bool,
    what: std::result::Result<Inspection, Unknown>,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let case = options.dir.join("lastday.toml");
    if case.exists() {
        let help = "remove or rename it first, or write the new sources into it by hand";
        return Err(Error::input(
            case.display().to_string(),
            "there is a case file already, and init never writes over one",
            help,
        ));
    }
    let presets = Presets::load()?;
    let mut found = Vec::new();
    for (shown, path) in files(&options.dir)? {
        let (exported_at, by_name) = exported_at(&path);
        found.push(Found { path: shown, exported_at, by_name, what: inspect(&path, &presets)? });
    }
    if found.iter().all(|f| f.what.is_err()) {
        output.result(&told(&found))?;
        let help = "put the exports into the folder first; `lastday presets` lists the formats that are known";
        return Err(Error::input(
            options.dir.display().to_string(),
            "no export was recognised here, so no case file was written",
            help,
        ));
    }
    let text = case_file(&options.dir, &found);
    write_new(&case, &text)?;
    output.result(&match options.format {
        OutputFormat::Text => told(&found),
        OutputFormat::Json => document(&found)?,
    })?;
    output.note(&format!("\nwritten to {}: read it, then run `lastday check`", case.display()));
    Ok(Exit::Done)
}

/// Writes a file that must not be there yet, whole or not at all.
fn write_new(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let told = |e| Error::writing(path, e);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(told)?;
    file.write_all(text.as_bytes()).map_err(told)?;
    file.persist_noclobber(path).map_err(|e| told(e.error))?;
    Ok(())
}

/// All files below a folder that can be exports, sorted: path as the case would write it, and the real one.
fn files(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::reading(&folder, e))? {
            let path = entry.map_err(|e| Error::reading(&folder, e))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            if name.starts_with('.') || path.join("manifest.json").is_file() {
                continue; // hidden, or a result of an earlier run
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file()
                && !["md", "toml", "pdf", "html", "png", "svg"].contains(&name.rsplit('.').next().unwrap_or(""))
            {
                let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((shown, path));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// When a file was exported, as far as it tells itself: the date in its name, else the file's own time.
fn exported_at(path: &Path) -> (Instant, bool) {
    let modified = std::fs::metadata(path).and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let own: Instant = DateTime::<Utc>::from(modified).into();
    let own = Instant::from_seconds(own.seconds()).unwrap_or(own);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(date) = date_in(&name) else { return (own, false) };
    if own.to_chrono().date_naive() == date {
        return (own, false);
    }
    let midnight = date.and_time(chrono::NaiveTime::MIN).and_utc();
    (midnight.into(), true)
}

/// The first date in a name: `2026-10-01`, `2026_10_01` or `20261001`.
fn date_in(name: &str) -> Option<NaiveDate> {
    let digits: Vec<char> = name.chars().collect();
    for start in 0..digits.len() {
        let rest: String = digits[start..].iter().collect();
        let before = start.checked_sub(1).and_then(|i| digits.get(i)).is_some_and(char::is_ascii_digit);
        if before || !rest.starts_with("20") {
            continue;
        }
        for (length, format) in [(10, "%Y-%m-%d"), (10, "%Y_%m_%d"), (8, "%Y%m%d")] {
            let Some(part) = rest.get(..length) else { continue };
            let after = rest[length..].chars().next().is_some_and(|c| c.is_ascii_digit());
            if let Ok(date) = NaiveDate::parse_from_str(part, format)
                && !after
            {
                return Some(date);
            }
        }
    }
    None
}

/// The last whole quarter before a date.
fn quarter_before(date: NaiveDate) -> (NaiveDate, NaiveDate) {
    let this = NaiveDate::from_ymd_opt(date.year(), (date.month0() / 3) * 3 + 1, 1).unwrap_or(date);
    let last = this.checked_sub_days(Days::new(1)).unwrap_or(this);
    (NaiveDate::from_ymd_opt(last.year(), (last.month0() / 3) * 3 + 1, 1).unwrap_or(last), last)
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The name of the system that a file belongs to: its preset's, else that of its folder, else of the file.
fn system(found: &Found, inspection: &Inspection) -> String {
    if let Some(name) = inspection.preset.as_ref().and_then(|p| p.system.clone()) {
        return name;
    }
    let path = Path::new(&found.path);
    let folder = path.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
    folder.unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}

fn case_file(dir: &Path, found: &[Found]) -> String {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = absolute.file_name().map_or_else(|| "Review".to_owned(), |n| n.to_string_lossy().into_owned());
    let newest = found.iter().filter(|f| f.what.is_ok()).map(|f| f.exported_at).max();
    let day = newest.map_or_else(NaiveDate::default, |at| at.to_chrono().date_naive());
    let (first, last) = quarter_before(day);
    let mut text = format!(
        "# Written by lastday init. Read it before you rely on it: what a file cannot tell is marked below.\n\n\
         [review]\n\
         name = {}\n\
         period = \"{first}/{last}\"    # the last whole quarter before the newest export: who counts as leaver\n\
         # as_of: without it, the newest exported_at\n\
         timezone = \"UTC\"                        # CHECK: the zone of values that carry none, for example \"Europe/London\"\n\n\
         [policy]\n\
         revoke_within = \"1h\"\n\
         provision_within = \"4h\"\n\
         departure_time = \"unknown\"              # CHECK: when access ends on a last day that HR gives as a date, for example \"18:00\"\n\
         dormant_after = \"45d\"\n",
        quoted(&format!("{name} {}", quarter_words(last)))
    );
    for file in found {
        match &file.what {
            Ok(inspection) => text.push_str(&source(file, inspection)),
            Err(unknown) => {
                let _ = write!(text, "\n# not recognised: {}\n#   {}\n", file.path, nearly(unknown));
            }
        }
    }
    text
}

fn quarter_words(last: NaiveDate) -> String {
    format!("{} Q{}", last.year(), last.month0() / 3 + 1)
}

fn source(file: &Found, inspection: &Inspection) -> String {
    let mut text = format!("\n[[source]]\nkind = \"{}\"\n", inspection.kind.word());
    if matches!(inspection.kind, SourceKind::Accounts | SourceKind::Events | SourceKind::Grants) {
        let _ = writeln!(text, "system = {}", quoted(&system(file, inspection)));
    }
    match &inspection.preset {
        Some(preset) => {
            let _ = writeln!(text, "preset = \"{}\"    # {}", preset.id, preset.title);
        }
        None => text.push_str("# the canonical columns: no preset\n"),
    }
    let _ = writeln!(text, "path = {}", quoted(&file.path));
    let from = if file.by_name {
        "CHECK: the day in the file's name, at 00:00 UTC"
    } else {
        "CHECK: the file's own time, which a copy may have changed"
    };
    let _ = writeln!(text, "exported_at = \"{}\"    # {from}", file.exported_at);
    if let Some(sheet) = &inspection.sheet {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    if inspection.skip_rows > 0 {
        let _ = writeln!(text, "skip_rows = {}", inspection.skip_rows);
    }
    if let Some(encoding) = inspection.encoding {
        let _ = writeln!(text, "encoding = \"{encoding}\"    # CHECK: the file is not UTF-8, and nothing in it says what it is");
    }
    if let Some(order) = inspection.date_order {
        let _ = writeln!(text, "date_order = \"{}\"    # by the values that only one order can read", order.word());
    }
    text
}

fn nearly(unknown: &Unknown) -> String {
    match &unknown.nearly {
        Some((preset, missing)) => format!("nearly {preset}, but without: {}", missing.join(", ")),
        None => format!("it has: {}", unknown.has.chars().take(200).collect::<String>().replace('\n', " ")),
    }
}

fn told(found: &[Found]) -> String {
    let mut text = String::new();
    let width = found.iter().map(|f| f.path.chars().count()).max().unwrap_or(0);
    for file in found {
        let what = match &file.what {
            Ok(i) => format!("{:10} {}", i.kind.word(), i.preset.as_ref().map_or("canonical columns", |p| p.id.as_str())),
            Err(unknown) => format!("not recognised; {}", nearly(unknown)),
        };
        let _ = writeln!(text, "{:width$}  {what}", file.path);
    }
    text
}

fn document(found: &[Found]) -> Result<String> {
    let list: Vec<_> = found
        .iter()
        .map(|f| match &f.what {
            Ok(i) => serde_json::json!({
                "file": f.path, "kind": i.kind.word(), "preset": i.preset.as_ref().map(|p| p.id.clone()),
                "exported_at": f.exported_at.to_string(),
            }),
            Err(unknown) => serde_json::json!({
                "file": f.path, "kind": null, "has": unknown.has,
                "nearly": unknown.nearly.as_ref().map(|(preset, missing)| serde_json::json!({ "preset": preset, "lacks": missing })),
            }),
        })
        .collect();
    Ok(serde_json::to_string_pretty(&list).map_err(Error::fault)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_in_a_name_and_a_quarter_before_it() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(date_in("users-2026-10-01.csv"), Some(day(2026, 10, 1)));
        assert_eq!(date_in("export_20261001T0830.json"), Some(day(2026, 10, 1)));
        assert_eq!(date_in("users-120261001.csv"), None);
        assert_eq!(date_in("users-2026-13-01.csv"), None);
        assert_eq!(quarter_before(day(2026, 10, 1)), (day(2026, 7, 1), day(2026, 9, 30)));
        assert_eq!(quarter_before(day(2026, 2, 9)), (day(2025, 10, 1), day(2025, 12, 31)));
    }
}
