//! Where the bytes of an export lie: in a file, packed by gzip, in a member of a zip archive, or on standard input. Bytes out,
//! unpacked and bounded, and the hash of what they are: of the file, or of the member as it was before it was packed.
//!
//! A member is named by a path that leads on behind its archive's: `export.zip/members/users.csv`.

pub mod archive;
mod bounded;
mod bytes;
mod guarded;
mod left_out;
mod sealer;
pub mod standard_input;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use flate2::read::MultiGzDecoder;
use indicatif::ProgressBar;

pub use bytes::{Seal, Sealing, hex};
pub use guarded::{GUARDED, guarded};
pub use left_out::left_out;
pub use sealer::Sealer;

use self::bounded::Bounded;
use self::bytes::{Bytes, Source};
use crate::error::{Error, Result};

/// A stream of bytes of which the first can be looked at.
pub type Stream = BufReader<Box<dyn Read>>;

/// Begins to read an export; `progress` counts its bytes. `shown` is its path as the case names it.
pub fn open(shown: &str, path: &Path, progress: ProgressBar) -> Result<(Stream, Sealing)> {
    let io = |e| Error::reading(path, e);
    let source = match within(path) {
        Some((archive, name)) => Source::Member(Box::new(archive::member(shown, &archive, &name)?)),
        None => Source::File(std::fs::File::open(path).map_err(io)?),
    };
    let (mut bytes, sealing) = Bytes::of(source, progress).map_err(io)?;
    let packed = bytes.peek().map_err(io)?.starts_with(&[0x1F, 0x8B]);
    let plain: Box<dyn Read> = if packed {
        Box::new(Bounded::new(MultiGzDecoder::new(bytes), |decoder: &MultiGzDecoder<Bytes>| decoder.get_ref().taken()))
    } else {
        Box::new(bytes)
    };
    Ok((BufReader::with_capacity(1 << 16, plain), sealing))
}

/// All that is left of a stream, in a temporary file without a name: for formats that are read from their end.
pub fn spooled(mut bytes: impl Read) -> io::Result<std::fs::File> {
    use std::io::{Seek, SeekFrom};
    let mut file = tempfile::tempfile()?;
    io::copy(&mut bytes, &mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// The archive in which a path leads on, and the member's name; `None` for the path of a file.
#[must_use]
pub fn within(path: &Path) -> Option<(PathBuf, String)> {
    if path.is_file() {
        return None;
    }
    let archive = path.ancestors().skip(1).find(|ancestor| ancestor.is_file())?;
    let name = path.as_os_str().as_encoded_bytes().get(archive.as_os_str().len() + 1..)?;
    Some((archive.to_owned(), std::str::from_utf8(name).ok()?.to_owned()))
}

/// The size of an export before it is unpacked by gzip; 0 where that cannot be told.
#[must_use]
pub fn size(path: &Path) -> u64 {
    match within(path) {
        Some((archive, name)) => archive::entry(&archive, &name).map_or(0, |entry| entry.bytes),
        None => std::fs::metadata(path).map_or(0, |m| m.len()),
    }
}

/// The size of several exports together; an archive is looked into once, however many of its members they are.
pub fn size_of_all<'a>(paths: impl Iterator<Item = &'a Path>) -> u64 {
    let mut total = 0;
    let mut members: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        match within(path) {
            Some((archive, name)) => drop(members.entry(archive).or_default().insert(name)),
            None => total += size(path),
        }
    }
    for (archive, names) in members {
        let entries = archive::entries("", &archive).unwrap_or_default();
        total += entries.into_iter().filter(|e| names.contains(&e.name)).map(|e| e.bytes).sum::<u64>();
    }
    total
}

/// When an export was written last, as far as its file system or archive says so.
#[must_use]
pub fn modified(path: &Path) -> DateTime<Utc> {
    let (file, member) = match within(path) {
        Some((archive, name)) => (archive.clone(), archive::entry(&archive, &name).and_then(|entry| entry.modified)),
        None => (path.to_owned(), None),
    };
    let own = || std::fs::metadata(file).and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    member.unwrap_or_else(|| own().into())
}
