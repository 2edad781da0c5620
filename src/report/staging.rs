//! A folder that is written whole or not at all: everything goes into a new folder beside the wanted one, which then takes its
//! place. Files that somebody added to the older one are kept. Each file is hashed as it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::redacted;
use crate::container::{Seal, Sealer};
use crate::error::{Error, Result};
use crate::evidence::manifest::Sealed;
use crate::redact::Redactor;

/// Whether a folder can be written to `out`. Leaves nothing behind.
pub(super) fn writable(out: &Path) -> Result<()> {
    let out = std::path::absolute(out).map_err(|e| Error::writing(out, e))?;
    let existing = out.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(&out);
    tempfile::tempdir_in(existing).map(drop).map_err(|e| Error::writing(&out, e))
}

/// The files of ours that already lie in `out`: none where it is empty or not there, and `None` where `ours` does not know what lies there.
pub(super) fn taken(out: &Path, ours: impl Fn(&Path) -> Option<BTreeSet<PathBuf>>) -> Result<Option<BTreeSet<PathBuf>>> {
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Some(BTreeSet::new())),
        Err(e) => return Err(Error::writing(out, e)),
    };
    Ok(if entries.next().is_none() { Some(BTreeSet::new()) } else { ours(out) })
}

/// A folder in the making.
pub(super) struct Staging<'a> {
    dir: TempDir,
    out: PathBuf,
    redactor: Option<&'a Redactor>,
    /// What was written, by path.
    seals: Mutex<BTreeMap<String, Seal>>,
}

/// A file of a folder in the making.
pub(super) type Out = BufWriter<Sealer<fs::File>>;

impl<'a> Staging<'a> {
    /// A new folder beside `out`.
    pub(super) fn beside(out: &Path) -> Result<Self> {
        let out = std::path::absolute(out).map_err(|e| Error::writing(out, e))?;
        let parent = out.parent().unwrap_or(&out);
        fs::create_dir_all(parent).map_err(|e| Error::writing(parent, e))?;
        let dir = tempfile::Builder::new().prefix(".lastday-").tempdir_in(parent).map_err(|e| Error::writing(parent, e))?;
        Ok(Self { dir, out, redactor: None, seals: Mutex::default() })
    }

    /// The same, in which every table is written under pseudonyms.
    pub(super) fn under(self, redactor: Option<&'a Redactor>) -> Self {
        Self { redactor, ..self }
    }

    /// Where it is while it is made.
    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file of it; `name` is its path, with `/` between folders.
    pub(super) fn write(&self, name: &str, fill: impl FnOnce(&mut Out) -> Result<()>) -> Result<()> {
        let path = self.dir.path().join(name);
        let told = |e| Error::writing(&self.out.join(name), e);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(told)?;
        }
        let new = || fs::File::create(&path).map_err(told);
        let seal = match self.redactor.filter(|_| path.extension().is_some_and(|ending| ending == "csv")) {
            None => filled(new()?, fill, told)?,
            Some(redactor) => {
                let plain = tempfile::NamedTempFile::new_in(self.dir.path()).map_err(told)?;
                filled(plain.reopen().map_err(told)?, fill, told)?;
                filled(new()?, |out| redacted::table(plain.path(), out, redactor), told)?
            }
        };
        self.seals.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), seal);
        Ok(())
    }

    /// The files that were written up to now, each with its hash, by path.
    pub(super) fn sealed(&self) -> Vec<Sealed> {
        let seals = self.seals.lock().unwrap_or_else(PoisonError::into_inner);
        seals
            .iter()
            .map(|(path, Seal { sha256, bytes })| Sealed { path: path.clone(), sha256: sha256.clone(), bytes: *bytes })
            .collect()
    }

    /// Writes a file of it of which all is at hand.
    pub(super) fn whole(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write(name, |file| file.write_all(bytes).map_err(|e| Error::writing(&self.out.join(name), e)))
    }

    /// Writes a file of it that is a text.
    pub(super) fn text(&self, name: &str, text: &str) -> Result<()> {
        self.whole(name, text.as_bytes())
    }

    /// Puts the new folder in the place of the earlier result, whose `ours` files go and whose others are kept.
    pub(super) fn take_place_of(self, out: &Path, ours: &BTreeSet<PathBuf>) -> Result<()> {
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

/// Fills a file, and tells its hash. Where it could not be written that is `told` of the file, whatever who fills it makes of it.
fn filled<W: Write>(
    out: W,
    fill: impl FnOnce(&mut BufWriter<Sealer<W>>) -> Result<()>,
    told: impl Fn(io::Error) -> Box<Error>,
) -> Result<Seal> {
    let mut file = BufWriter::with_capacity(1 << 18, Sealer::new(out));
    fill(&mut file).map_err(|e| file.get_mut().failure().map_or(e, &told))?;
    Ok(file.into_inner().map_err(|e| told(e.into_error()))?.finish())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::Sheet;

    /// A disk without room.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_told_of_the_file_and_not_as_a_fault_of_ours() {
        let told = |e| Error::writing(Path::new("out/accounts.csv"), e);
        let long = "x".repeat(1 << 20);
        let of_table = filled(Full, |file| Sheet::new(file, &[&long])?.end(), told).err().unwrap();
        let of_few = filled(Full, |file| Sheet::new(file, &["x"])?.end(), told).err().unwrap();
        for error in [of_table, of_few] {
            assert!(matches!(&*error, Error::Io { path, .. } if path.ends_with("accounts.csv")), "{error:?}");
        }
        let ours = filled(io::sink(), |_| Err(Error::fault("a rule")), told).err().unwrap();
        assert!(matches!(*ours, Error::Fault { .. }), "{ours:?}");
    }
}
