//! Seals a result as one archive: the result, the case file, the exports or their hashes, the method, and an index with
//! the hash of each. The same result packed in the same way gives the same bytes, but for a signature.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::earlier;
use super::index::{self, Index, Packing};
use super::manifest::{self, Manifest, Sealed, hash};
use super::seal;
use crate::error::{Error, Result};

/// What helps where the case is another one.
const OF_THIS_CASE: &str = "name the folder of the case that the result was made from with --case";
/// What helps where something was changed.
const AUDIT_AGAIN: &str = "run the audit again, and pack that result";

/// Gives the signature of a text.
pub type Sign<'a> = dyn Fn(&str) -> Result<String> + 'a;

/// What is to be packed.
pub struct Request<'a> {
    /// The folder of the result.
    pub result: &'a Path,
    /// The folder of the case that it was made from.
    pub case: &'a Path,
    /// Whether the exports go into the pack.
    pub inputs: bool,
    /// The folders of the earlier results that its trend rests on; none where they stay out.
    pub earlier: &'a [PathBuf],
    /// Whether the result is under pseudonyms: then neither the exports nor the case file may go with it.
    pub redacted: bool,
    /// Who packs, when and how.
    pub packing: Packing,
    /// Signs the index, where it is to be signed.
    pub sign: Option<&'a Sign<'a>>,
}

/// Packs a result into the file `out`, whole or not at all. Refused where the result or an export is not what the result's
/// manifest says, since a pack must not seal what nobody audited.
pub fn pack(request: &Request, out: &Path) -> Result<Index> {
    let manifest = manifest_of(request.result)?;
    let mut files: Vec<(String, PathBuf)> =
        vec![(format!("{}{}", index::RESULT, manifest::FILE), request.result.join(manifest::FILE))];
    unchanged(request.case, &manifest.case_file, OF_THIS_CASE)?;
    for output in &manifest.outputs {
        unchanged(request.result, output, AUDIT_AGAIN)?;
        files.push((format!("{}{}", index::RESULT, output.path), request.result.join(&output.path)));
    }
    let mut index = Index::new(&manifest.review, &manifest.as_of, &request.packing);
    index.earlier = !manifest.earlier.is_empty();
    files.extend(earlier::members(&earlier::matched(&manifest, request.earlier)?));
    index.redacted = request.redacted;
    if request.redacted {
        index.hash_only.push(manifest.case_file.clone());
    } else {
        files.push((format!("{}{}", index::CASE, manifest.case_file.path), request.case.join(&manifest.case_file.path)));
    }
    for input in &manifest.inputs {
        if !request.inputs || !request.case.join(&input.path).is_file() {
            index.hash_only.push(input.clone());
            // The archive that it is a member of.
            let archive = Path::new(&input.path).ancestors().skip(1).find(|path| request.case.join(path).is_file());
            if let Some(archive) = archive.and_then(Path::to_str).filter(|_| request.inputs) {
                files.push((format!("{}{archive}", index::CASE), request.case.join(archive)));
            }
            continue;
        }
        unchanged(request.case, input, AUDIT_AGAIN)?;
        files.push((format!("{}{}", index::CASE, input.path), request.case.join(&input.path)));
    }
    files.sort();
    files.dedup();
    let mut entries: Vec<(Sealed, Source)> = Vec::new();
    for (name, path) in files {
        let (sha256, bytes) = hash(&path).map_err(|e| Error::reading(&path, e))?;
        entries.push((Sealed { path: name, sha256, bytes }, Source::File(path)));
    }
    let method = include_str!("../../docs/method.md");
    let (sha256, bytes) = manifest::hash_of(method.as_bytes()).map_err(Error::fault)?;
    entries.push((Sealed { path: index::METHOD.to_owned(), sha256, bytes }, Source::Text(method.to_owned())));
    index.files = entries.iter().map(|(sealed, _)| sealed.clone()).collect();
    let text = index.json()?;
    let mut first = vec![(index::FILE.to_owned(), Source::Text(text.clone()))];
    if let Some(sign) = request.sign {
        first.push((index::SIGNATURE.to_owned(), Source::Text(sign(&text)?)));
    }
    let entries = first.into_iter().chain(entries.into_iter().map(|(sealed, source)| (sealed.path, source)));
    write(entries, out)?;
    Ok(index)
}

/// The manifest of a result, where neither the result nor the case that it was made from was changed since.
pub fn checked(result: &Path, case: &Path) -> Result<Manifest> {
    let manifest = manifest_of(result)?;
    unchanged(case, &manifest.case_file, OF_THIS_CASE)?;
    manifest.outputs.iter().try_for_each(|output| unchanged(result, output, AUDIT_AGAIN))?;
    // A member of an archive is unchanged where its archive is.
    let files = manifest.inputs.iter().filter(|input| case.join(&input.path).is_file());
    files.into_iter().try_for_each(|input| unchanged(case, input, AUDIT_AGAIN))?;
    Ok(manifest)
}

/// Where the bytes of an entry are.
enum Source {
    File(PathBuf),
    Text(String),
}

fn manifest_of(result: &Path) -> Result<Manifest> {
    let read = std::fs::read(result.join(manifest::FILE)).ok().and_then(|text| Manifest::parse(&text));
    read.ok_or_else(|| {
        let help = "name the folder that `lastday audit` wrote: it has a manifest.json";
        Error::input(result.display().to_string(), "this is no result of lastday", help)
    })
}

/// An error where a file is not what the manifest says.
fn unchanged(folder: &Path, sealed: &Sealed, help: &str) -> Result<()> {
    let path = folder.join(&sealed.path);
    let (sha256, _) = hash(&path).map_err(|e| Error::reading(&path, e))?;
    if sha256 == sealed.sha256 {
        return Ok(());
    }
    let message = "this file is not the one that was audited: its SHA-256 is not that of the manifest";
    Err(Error::input(path.display().to_string(), message, help))
}

fn write(entries: impl Iterator<Item = (String, Source)>, out: &Path) -> Result<()> {
    let told = |e: std::io::Error| Error::writing(out, e);
    let zipped = |e: zip::result::ZipError| Error::writing(out, std::io::Error::other(e));
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut staged = tempfile::NamedTempFile::new_in(folder).map_err(told)?;
    {
        let mut zip = ZipWriter::new(BufWriter::new(staged.as_file_mut()));
        // One time for all, and no rights: nothing in the archive depends on the machine.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        for (name, source) in entries {
            let length = match &source {
                Source::File(path) => std::fs::metadata(path).map_err(|e| Error::reading(path, e))?.len(),
                Source::Text(text) => text.len() as u64,
            };
            zip.start_file(name, options.large_file(length >= u64::from(u32::MAX))).map_err(zipped)?;
            match source {
                Source::File(path) => {
                    let mut file = File::open(&path).map_err(|e| Error::reading(&path, e))?;
                    std::io::copy(&mut file, &mut zip).map_err(told)?;
                }
                Source::Text(text) => zip.write_all(text.as_bytes()).map_err(told)?,
            }
        }
        zip.set_comment(seal::blank()).map_err(zipped)?;
        zip.finish().map_err(zipped)?.flush().map_err(told)?;
    }
    seal::close(staged.as_file_mut()).map_err(told)?;
    staged.persist_noclobber(out).map_err(|e| told(e.error))?;
    Ok(())
}
