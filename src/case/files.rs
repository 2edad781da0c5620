//! The files that a source's path names: one file, a glob, what lies in archives, or standard input.

use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};

use super::checker::Checker;
use super::raw::Placed;
use crate::container::{archive, left_out, standard_input};
use crate::error::{Error, Result};

/// In an archive `*` stays within a folder, and leaves hidden members alone, as it does among files.
const IN_ARCHIVES: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Files, and what was left out.
#[derive(Default)]
pub(super) struct Files {
    /// The path as the case would write it, and the real one; sorted.
    pub(super) files: Vec<(String, PathBuf)>,
    /// For each archive a sentence on the members that are not read.
    pub(super) left_out: Vec<String>,
}

impl Checker<'_> {
    /// The files that a path of the case names; none where there are none.
    pub(super) fn files(&self, written: &Placed) -> Result<Files> {
        let path = written.get_ref();
        let mut files = Files::default();
        if path == standard_input::NAME {
            files.files.push((standard_input::SHOWN.to_owned(), self.standard_input(written)?));
            return Ok(files);
        }
        if self.dir.join(path).is_dir() {
            return Err(self.at(written, "this is a folder", "name the file, or a glob such as \"okta/*.json\""));
        }
        for (shown, real) in self.found(written, path)? {
            if archive::is_archive(&real) { files.members(&shown, &real, None)? } else { files.files.push((shown, real)) }
        }
        // What is no file may lead into one.
        for (at, _) in path.match_indices('/') {
            if !files.files.is_empty() || !files.left_out.is_empty() {
                break;
            }
            for (shown, real) in self.found(written, &path[..at])?.into_iter().filter(|(_, real)| archive::is_archive(real)) {
                files.members(&shown, &real, Some((self, written, &path[at + 1..])))?;
            }
        }
        files.files.sort();
        Ok(files)
    }

    /// The file of this path, else those that it describes as a glob.
    fn found(&self, written: &Placed, path: &str) -> Result<Vec<(String, PathBuf)>> {
        let plain = self.dir.join(path);
        if plain.is_file() {
            return Ok(vec![(path.to_owned(), plain)]);
        }
        let folder = Pattern::escape(&self.dir.to_string_lossy());
        let pattern = Path::new(&folder).join(path);
        let found = glob::glob(&pattern.to_string_lossy()).map_err(|e| {
            self.at(written, &format!("this is no pattern: {}", e.msg), "docs/formats.md tells what a path may be")
        })?;
        let mut files = Vec::new();
        for entry in found {
            let real = entry.map_err(|e| Error::reading(e.path(), std::io::Error::other(e.to_string())))?;
            if real.is_file() {
                let shown = within(self.dir, &real).to_string_lossy().replace('\\', "/");
                files.push((shown, real));
            }
        }
        Ok(files)
    }

    /// Standard input, kept in a file; it can be read once.
    fn standard_input(&self, written: &Placed) -> Result<PathBuf> {
        let mut kept = self.standard_input.borrow_mut();
        if kept.is_some() {
            let help = "keep the export in a file, and name that in one of the sources";
            return Err(self.at(written, "two sources are read from standard input, which can be read once", help));
        }
        let input = standard_input::keep().map_err(|e| Error::reading(Path::new("standard input"), e))?;
        let help = "pipe an export into the command, for example `lastday check < users.csv`, or name a file";
        let input = input.ok_or_else(|| self.at(written, "nothing is piped into standard input", help))?;
        let path = input.to_path_buf();
        *kept = Some(input);
        Ok(path)
    }
}

/// A file's path within a folder. However the folder was written, `./case/` too, of which the pattern makes `case`, the path is the same.
fn within(folder: &Path, file: &Path) -> PathBuf {
    let plain = |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    let file = plain(file);
    file.strip_prefix(plain(folder)).map_or_else(|_| file.clone(), Path::to_path_buf)
}

impl Files {
    /// Adds the members of an archive: all that may be exports, or those that a path within it names.
    fn members(&mut self, shown: &str, real: &Path, inner: Option<(&Checker, &Placed, &str)>) -> Result<()> {
        let names: Vec<String> = archive::entries(shown, real)?.into_iter().map(|entry| entry.name).collect();
        let mut chosen: Vec<&String> = names.iter().collect();
        if let Some((checker, written, inner)) = inner {
            if names.iter().any(|name| name == inner) {
                self.add(shown, real, inner);
                return Ok(());
            }
            let pattern = Pattern::new(inner).map_err(|e| {
                checker.at(written, &format!("this is no pattern: {}", e.msg), "docs/formats.md tells what a path may be")
            })?;
            chosen.retain(|name| pattern.matches_with(name, IN_ARCHIVES));
        }
        let (out, read): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|name| left_out(name).is_some());
        for name in read {
            self.add(shown, real, name);
        }
        if !out.is_empty() {
            let told: Vec<String> =
                out.iter().take(5).map(|name| format!("{name} ({})", left_out(name).unwrap_or_default())).collect();
            let more = if out.len() > told.len() { format!(" and {} more", out.len() - told.len()) } else { String::new() };
            self.left_out.push(format!("Of the archive {shown} these members are not read: {}{more}.", told.join(", ")));
        }
        Ok(())
    }

    fn add(&mut self, shown: &str, real: &Path, name: &str) {
        self.files.push((format!("{shown}/{name}"), archive::path_of(real, name)));
    }
}
