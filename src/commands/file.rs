//! Writes a file that a command makes: beside it, then renamed, so that nothing half-written is left behind.

use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file that must not be there yet.
pub fn write_new(path: &Path, text: impl AsRef<[u8]>) -> Result<()> {
    staged(path, text.as_ref())?.persist_noclobber(path).map_err(|e| Error::writing(path, e.error))?;
    Ok(())
}

/// Writes a file, in place of an older one.
pub fn replace(path: &Path, text: impl AsRef<[u8]>) -> Result<()> {
    staged(path, text.as_ref())?.persist(path).map_err(|e| Error::writing(path, e.error))?;
    Ok(())
}

/// The folder in which a path lies.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// An error where a file cannot be written, before anything is read for it.
pub fn writable(out: &Path, message: &str) -> Result<()> {
    if folder(out).is_dir() && !out.is_dir() {
        return Ok(());
    }
    Err(Error::input(out.display().to_string(), message, "name a file in a folder that is there"))
}

fn staged(path: &Path, text: &[u8]) -> Result<tempfile::NamedTempFile> {
    let told = |e| Error::writing(path, e);
    let mut file = tempfile::NamedTempFile::new_in(folder(path)).map_err(told)?;
    file.write_all(text).map_err(told)?;
    Ok(file)
}
