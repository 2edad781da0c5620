//! Writes a result as a folder, whole or not at all: everything goes into a new folder beside the wanted one, which then
//! takes its place. Only an earlier result is ever replaced; files that somebody added to it are kept.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::view::View;
use super::{charts, csv, html, joiners, json, matches, movers, steps, timelines, workbook};
use crate::error::{Error, Result};
use crate::evidence::manifest::{self, Manifest};
use crate::ingest::ledger::Ledger;
use crate::rules::Examined;

/// Whether a result can be written to `out`, before anything is read for it. Leaves nothing behind.
pub fn ready(out: &Path) -> Result<()> {
    earlier_result(out)?;
    let out = std::path::absolute(out).map_err(|e| Error::writing(out, e))?;
    let existing = out.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(&out);
    tempfile::tempdir_in(existing).map(drop).map_err(|e| Error::writing(&out, e))
}

/// Writes the result to `out`. `population`: with `accounts.csv`.
pub fn publish(view: &View, examined: &Examined, ledger: &mut Ledger, out: &Path, population: bool) -> Result<()> {
    let ours = earlier_result(out)?;
    let staging = Staging::beside(out)?;
    staging.write("revocations.csv", |file| csv::revocations(view, file))?;
    staging.write("timelines.csv", |file| timelines::csv(examined, ledger, file))?;
    staging.write("steps.csv", |file| steps::csv(examined, ledger, file))?;
    staging.write("statistics.csv", |file| csv::statistics(view, file))?;
    staging.write("joiners.csv", |file| joiners::csv(examined, ledger, file))?;
    staging.write("movers.csv", |file| movers::csv(examined, ledger, file))?;
    staging.write("findings.csv", |file| csv::findings(view, file))?;
    staging.write("reconciliation.csv", |file| csv::reconciliation(view, file))?;
    staging.write("rejects.csv", |file| csv::rejects(ledger, file))?;
    staging.write("matches.csv", |file| matches::matches(examined, ledger, file))?;
    let ledger = &*ledger;
    let listed = || staging.write("accounts.csv", |file| csv::accounts(examined, ledger, file));
    let many = Some(examined.links.len()).filter(|count| population && *count > workbook::POPULATION);
    if population && many.is_none() {
        listed()?;
    }
    let (workbook, charts) = rayon::join(
        || workbook::render(view, staging.path(), many),
        || {
            if many.is_some() {
                listed()?;
            }
            charts::all(view)
        },
    );
    let (workbook, charts) = (workbook?, charts?);
    staging.write("evidence.xlsx", |file| file.write_all(&workbook).map_err(|e| Error::writing(out, e)))?;
    staging.text("summary.json", &json::summary(view)?)?;
    for chart in &charts {
        staging.text(&format!("charts/{}.svg", chart.name), &chart.svg)?;
        staging.write(&format!("charts/{}.png", chart.name), |file| {
            file.write_all(&chart.png).map_err(|e| Error::writing(out, e))
        })?;
    }
    staging.text("report.html", &html::render(view, &charts)?)?;
    let earlier = view.earlier.iter().map(|earlier| earlier.sealed.clone()).collect();
    let manifest = Manifest::of(examined.case, &ledger.files, earlier, staging.path(), view.version)?;
    staging.text(manifest::FILE, &manifest.json()?)?;
    staging.take_place_of(out, &ours)
}

/// The files of the earlier result in `out`; an error where something else is there.
fn earlier_result(out: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(e) => return Err(Error::writing(out, e)),
    };
    if entries.next().is_none() {
        return Ok(BTreeSet::new());
    }
    manifest::outputs(out).ok_or_else(|| Box::new(Error::OutputTaken { dir: out.to_owned() }))
}

struct Staging {
    dir: TempDir,
    out: PathBuf,
}

impl Staging {
    fn beside(out: &Path) -> Result<Self> {
        let out = std::path::absolute(out).map_err(|e| Error::writing(out, e))?;
        let parent = out.parent().unwrap_or(&out);
        fs::create_dir_all(parent).map_err(|e| Error::writing(parent, e))?;
        let dir = tempfile::Builder::new().prefix(".lastday-").tempdir_in(parent).map_err(|e| Error::writing(parent, e))?;
        Ok(Self { dir, out })
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn write(&self, name: &str, fill: impl FnOnce(&mut BufWriter<fs::File>) -> Result<()>) -> Result<()> {
        let path = self.dir.path().join(name);
        let told = |e| Error::writing(&self.out.join(name), e);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(told)?;
        }
        let mut file = BufWriter::with_capacity(1 << 18, fs::File::create(&path).map_err(told)?);
        fill(&mut file)?;
        file.flush().map_err(told)
    }

    fn text(&self, name: &str, text: &str) -> Result<()> {
        self.write(name, |file| file.write_all(text.as_bytes()).map_err(|e| Error::writing(&self.out.join(name), e)))
    }

    /// Puts the new folder in the place of the earlier result, whose `ours` files go and whose others are kept.
    fn take_place_of(self, out: &Path, ours: &BTreeSet<PathBuf>) -> Result<()> {
        let told = |e| Error::writing(out, e);
        open_to_readers(self.dir.path()).map_err(told)?;
        let new = self.dir.keep();
        if !out.exists() {
            return fs::rename(&new, out).map_err(told);
        }
        keep_foreign(out, out, &new, ours).map_err(told)?;
        let old = tempfile::Builder::new().prefix(".lastday-").tempdir_in(new.parent().unwrap_or(out)).map_err(told)?;
        let aside = old.path().join("old");
        fs::rename(out, &aside).map_err(told)?;
        if let Err(error) = fs::rename(&new, out) {
            let _ = fs::rename(&aside, out);
            return Err(told(error));
        }
        Ok(())
    }
}

/// A temporary folder is its owner's alone; a result has the rights that any new folder has.
#[cfg(unix)]
fn open_to_readers(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let probe = dir.join(".rights");
    fs::create_dir(&probe)?;
    let mode = fs::metadata(&probe)?.permissions().mode();
    fs::remove_dir(&probe)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_readers(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Copies what is not ours from the earlier result into the new one, unless the new one has a file of that name.
fn keep_foreign(root: &Path, folder: &Path, new: &Path, ours: &BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
        if path.is_dir() {
            keep_foreign(root, &path, new, ours)?;
        } else if !ours.contains(&name) && !new.join(&name).exists() {
            if let Some(parent) = new.join(&name).parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(&path, new.join(&name))?;
        }
    }
    Ok(())
}
