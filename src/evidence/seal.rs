//! The seal of an archive: the hash of all its bytes, in the comment with which a zip file ends. No bit of the archive can
//! change without it, those between the files included.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::manifest::hash_of;

/// What stands before the hash in the comment.
const MARK: &str = "lastday pack, sha256 of all bytes before this hash: ";
const HEX: u64 = 64;

/// The comment of an archive that is not sealed yet.
pub(super) fn blank() -> String {
    format!("{MARK}{}", "0".repeat(64))
}

/// Puts the hash into the comment of a file that was written with a [`blank`] one.
pub(super) fn close(file: &mut File) -> io::Result<()> {
    let end = file.seek(SeekFrom::End(0))?.saturating_sub(HEX);
    file.seek(SeekFrom::Start(0))?;
    let (hash, _) = hash_of(Read::by_ref(file).take(end))?;
    file.seek(SeekFrom::Start(end))?;
    file.write_all(hash.as_bytes())
}

/// Whether the seal of a file holds; `None` where it has none.
pub(super) fn holds(path: &Path) -> io::Result<Option<bool>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(start) = length.checked_sub(HEX + MARK.len() as u64) else { return Ok(None) };
    let mut comment = String::new();
    file.seek(SeekFrom::Start(start))?;
    if file.read_to_string(&mut comment).is_err() {
        return Ok(None);
    }
    let Some(sealed) = comment.strip_prefix(MARK) else { return Ok(None) };
    file.seek(SeekFrom::Start(0))?;
    let (hash, _) = hash_of(file.take(length - HEX))?;
    Ok(Some(hash == sealed))
}
