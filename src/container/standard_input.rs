//! Standard input as a file: read once and kept for as long as the case, since an export may have to be read again.

use std::io::{self, IsTerminal, Write};

use tempfile::{NamedTempFile, TempPath};

/// The path that means standard input in a case.
pub const NAME: &str = "-";
/// What the books call it: a cell that begins with a hyphen would have to be written otherwise.
pub const SHOWN: &str = "standard input";

/// Everything on standard input; `None` where it is a terminal, on which nobody types an export.
pub fn keep() -> io::Result<Option<TempPath>> {
    let input = io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut file = NamedTempFile::with_prefix("standard-input-")?;
    io::copy(&mut input.lock(), &mut file)?;
    file.flush()?;
    Ok(Some(file.into_temp_path()))
}
