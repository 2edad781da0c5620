//! From a folder of exports to the text of a case file: what each file is, of which system, when it was exported, and
//! which files belong together. What no file tells is marked for the reader; nothing is passed over without a word.

mod export_time;
mod facts;
mod files;
mod group;
mod pattern;
mod period;
mod source;
mod space;
mod system_name;
mod text;

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use crate::container;
use crate::error::Result;
use crate::ingest::{Inspection, Unknown, inspect};
use crate::presets::Presets;
pub use export_time::{Basis, ExportTime};
pub use facts::Facts;
pub use source::Drafted;
pub use text::case_file;

/// A file of the folder that was recognised.
pub struct Seen {
    /// The path, as the case would write it.
    pub shown: String,
    /// The real one.
    pub path: PathBuf,
    /// What it is.
    pub what: Inspection,
    /// When it was exported, as far as that can be told.
    pub at: ExportTime,
    /// What its rows tell; `None` for a file too large to read it twice.
    pub facts: Option<Facts>,
}

/// What a folder holds, and the sources that come of it.
pub struct Draft {
    /// The files that were recognised, by path.
    pub seen: Vec<Seen>,
    /// The others, and what they nearly are.
    pub unknown: Vec<(String, Unknown)>,
    /// The sources, in the order of the case file; each names its files by their place in `seen`.
    pub sources: Vec<Drafted>,
}

/// Looks at every file below `dir`. Nothing is written. `progress` makes a bar that counts bytes up to a total.
pub fn draft(dir: &Path, presets: &Presets, progress: impl FnOnce(u64) -> ProgressBar) -> Result<Draft> {
    let files = files::below(dir)?;
    let progress = progress(container::size_of_all(files.iter().map(|(_, path)| path.as_path())));
    let (mut seen, mut unknown) = (Vec::new(), Vec::new());
    for (shown, path) in files {
        match inspect(&path, presets) {
            Ok(Ok(what)) => match Facts::of(&what, &shown, &path, presets, &progress) {
                Ok(facts) => {
                    let newest = facts.as_ref().and_then(|f| f.newest);
                    let at = ExportTime::of(&path, newest);
                    seen.push(Seen { shown, path, what, at, facts });
                }
                Err(why) => {
                    let like = what.preset.as_ref().map_or("canonical columns", |p| p.id.as_str());
                    unknown.push((shown, Unknown::Broken(format!("it looks like {like}, but {why}"))));
                }
            },
            Ok(Err(why)) => unknown.push((shown, why)),
            Err(why) => unknown.push((shown, Unknown::Broken(why.to_string()))),
        }
    }
    progress.finish_and_clear();
    let all: Vec<&str> = seen.iter().map(|s| s.shown.as_str()).chain(unknown.iter().map(|(shown, _)| shown.as_str())).collect();
    let sources = group::sources(&seen, &all);
    Ok(Draft { seen, unknown, sources })
}
