//! Zip archives: what lies in one, and one member of it as a stream. Nothing is written to disk.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use zip::result::ZipError;
use zip::{CompressionMethod, ExtraField, ZipArchive};

use super::bounded::{Bounded, too_much};
use crate::error::{Error, Result};

/// What begins like an archive.
const BEGINS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

type Zip = ZipArchive<BufReader<File>>;

/// A member, before it is read.
pub struct Entry {
    /// Its path in the archive.
    pub name: String,
    /// Its size, unpacked.
    pub bytes: u64,
    /// When it was written last, if the archive says so.
    pub modified: Option<DateTime<Utc>>,
}

/// One member that can be read.
pub struct Member {
    zip: Zip,
    place: usize,
}

/// Whether a file is an archive, by what it holds and not by its name: workbooks are zip files too.
#[must_use]
pub fn is_archive(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut head = [0; 4];
    if file.read_exact(&mut head).is_err() || !BEGINS.contains(&&head[..]) {
        return false;
    }
    // One that cannot be opened is told as what its name says it is.
    let named = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("zip"));
    file.rewind().ok().and_then(|()| ZipArchive::new(BufReader::new(file)).ok()).map_or(named, |zip| !holds_workbook(&zip))
}

/// Whether bytes that begin like an archive are a workbook that can be unpacked. The error is a sentence and the next step.
pub fn check_workbook(bytes: &[u8]) -> Result<(), (String, String)> {
    if !BEGINS.iter().any(|begin| bytes.starts_with(begin)) {
        return Ok(());
    }
    let zip = ZipArchive::new(io::Cursor::new(bytes)).map_err(|e| {
        (format!("the file is damaged, it is neither a workbook nor an archive: {e}"), "export or copy it again".to_owned())
    })?;
    if !holds_workbook(&zip) {
        let help = "unpack it, or name what lies in it: path = \"export.zip/users.csv\"".to_owned();
        return Err(("this is an archive within an archive, which is not opened".to_owned(), help));
    }
    let sizes = (0..zip.len()).map(|place| zip.by_index_data(place).map_or(u64::MAX, |data| data.size()));
    if too_much(bytes.len() as u64, sizes.fold(0, u64::saturating_add)) {
        let help = "open it in a spreadsheet program and save it anew".to_owned();
        return Err(("the workbook unpacks to far more than any export does".to_owned(), help));
    }
    Ok(())
}

fn holds_workbook<R: Read + Seek>(zip: &ZipArchive<R>) -> bool {
    ["[Content_Types].xml", "mimetype"].iter().any(|name| zip.index_for_name(name).is_some())
}

/// The path of a member, behind that of its archive.
#[must_use]
pub fn path_of(archive: &Path, name: &str) -> PathBuf {
    let mut path = archive.as_os_str().to_owned();
    path.push("/");
    path.push(name);
    path.into()
}

/// All members of an archive that are files, sorted by name.
pub fn entries(shown: &str, path: &Path) -> Result<Vec<Entry>> {
    let zip = open(shown, path)?;
    let mut entries = Vec::new();
    for place in 0..zip.len() {
        let read = zip.by_index_data(place).and_then(|data| {
            let name = data.name()?.into_owned();
            Ok((data.is_file(), Entry { name, bytes: data.size(), modified: None }))
        });
        let (is_file, entry) = read.map_err(|e| unusable(shown, &e))?;
        if is_file {
            entries.push(entry);
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// What the archive says of a member; `None` where there is none of this name.
#[must_use]
pub fn entry(path: &Path, name: &str) -> Option<Entry> {
    let mut zip = open("", path).ok()?;
    let place = zip.index_for_name(name)?;
    let data = zip.by_index_raw(place).ok()?;
    let exact = data.extra_data_fields().find_map(|field| match field {
        ExtraField::ExtendedTimestamp(times) => DateTime::from_timestamp(i64::from(times.mod_time()?), 0),
        _ => None,
    });
    // Without it there is a clock time of an unknown zone, whose default is the beginning of 1980.
    let local = data.last_modified().filter(|at| at.year() > 1980).and_then(|at| {
        let date = NaiveDate::from_ymd_opt(at.year().into(), at.month().into(), at.day().into())?;
        Some(date.and_hms_opt(at.hour().into(), at.minute().into(), at.second().into())?.and_utc())
    });
    Some(Entry { name: name.to_owned(), bytes: data.size(), modified: exact.or(local) })
}

/// A member to read.
pub fn member(shown: &str, path: &Path, name: &str) -> Result<Member> {
    let zip = open(shown, path)?;
    let place = zip.index_for_name(name);
    let place = place.ok_or_else(|| Error::input(shown, "the archive has no such member", "`unzip -l` lists what it has"))?;
    let data = zip.by_index_data(place).map_err(|e| unusable(shown, &e))?;
    if data.encrypted() {
        let help = "unpack it with its password, and name the file that comes out";
        return Err(Error::input(shown, "this member of the archive is encrypted", help));
    }
    let method = data.compression();
    if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated | CompressionMethod::Deflate64) {
        let message = format!("this member of the archive is packed by a method that is not read ({method})");
        return Err(Error::input(shown, message, "unpack it, and name the file that comes out"));
    }
    drop(data);
    Ok(Member { zip, place })
}

impl Member {
    /// Hands its bytes to `read`.
    pub fn with<T>(mut self, read: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> io::Result<T> {
        let file = self.zip.by_index(self.place)?;
        let packed = file.compressed_size();
        read(&mut Bounded::new(file, |_| packed))
    }
}

fn open(shown: &str, path: &Path) -> Result<Zip> {
    let file = File::open(path).map_err(|e| Error::reading(path, e))?;
    let zip = ZipArchive::new(BufReader::new(file)).map_err(|e| unusable(shown, &e))?;
    if zip.has_duplicate_names() {
        let help = "pack it again, or unpack it and name the files that come out";
        return Err(Error::input(shown, "two members of the archive have the same name, of which only one could be read", help));
    }
    Ok(zip)
}

fn unusable(shown: &str, why: &ZipError) -> Box<Error> {
    Error::input(shown, format!("the archive cannot be read: {why}"), "it is damaged or was cut off: export or copy it again")
}
