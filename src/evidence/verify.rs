//! Proves that a pack is unaltered: the seal over all its bytes, each file against the index, the result's own manifest,
//! and the signature. Everything that is not as it was is named.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use minisign::PublicKey;
use zip::ZipArchive;

use super::earlier::{SUMMARY, member};
use super::index::{self, Index};
use super::manifest::{self, Manifest, Sealed, hash_of};
use super::{seal, signature};
use crate::error::{Error, Result};

/// The longest index, signature or manifest that is read into memory, in bytes.
const LONGEST: u64 = 256 << 20;

/// What was proved of a pack.
#[derive(Debug, Default)]
pub struct Proof {
    /// The index, where it could be read.
    pub index: Option<Index>,
    /// How many files are as the index says.
    pub intact: usize,
    /// What is not as it was, as sentences that begin with the name.
    pub altered: Vec<String>,
    /// The signature: what it says, where it was checked.
    pub signed: Signed,
}

/// What is known of the signature.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Signed {
    /// There is none.
    #[default]
    No,
    /// There is one, and no key was given to check it by.
    Unchecked,
    /// By the key that was given; with the comment that it covers.
    By(String),
}

type Archive = ZipArchive<BufReader<File>>;

/// Checks a pack; against `key`, where one is given, its signature too.
pub fn verify(path: &Path, key: Option<&PublicKey>) -> Result<Proof> {
    let reading = |e| Error::reading(path, e);
    let mut proof = Proof::default();
    match seal::holds(path).map_err(reading)? {
        Some(true) => {}
        Some(false) => proof.altered.push("the archive: its bytes are not those that were sealed".to_owned()),
        None => proof.altered.push("the archive: it has no seal, or the seal was changed".to_owned()),
    }
    let mut archive = match ZipArchive::new(BufReader::new(File::open(path).map_err(reading)?)) {
        Ok(archive) => archive,
        Err(e) => {
            proof.altered.push(format!("the archive: it cannot be opened any more ({e})"));
            return Ok(proof);
        }
    };
    let Some(text) = text_of(&mut archive, index::FILE, &mut proof.altered) else { return Ok(proof) };
    let Some(index) = Index::parse(&text) else {
        proof.altered.push(format!("{}: it is no index of a pack", index::FILE));
        return Ok(proof);
    };
    check_signature(&mut archive, &text, key, &mut proof);
    check_files(&mut archive, &index, &mut proof);
    check_manifest(&mut archive, &index, &mut proof);
    proof.index = Some(index);
    Ok(proof)
}

fn text_of(archive: &mut Archive, name: &str, altered: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = match archive.by_name(name) {
        Ok(file) => file.take(LONGEST).read_to_end(&mut bytes).map_err(|e| e.to_string()),
        Err(e) => Err(e.to_string()),
    };
    if let Err(why) = read {
        altered.push(format!("{name}: it cannot be read ({why})"));
        return None;
    }
    Some(bytes)
}

fn check_signature(archive: &mut Archive, text: &[u8], key: Option<&PublicKey>, proof: &mut Proof) {
    let there = archive.index_for_name(index::SIGNATURE).is_some();
    match (there, key) {
        (false, None) => {}
        (false, Some(_)) => proof.altered.push("the signature: there is none, and a key was given to check it by".to_owned()),
        (true, None) => proof.signed = Signed::Unchecked,
        (true, Some(key)) => {
            let Some(bytes) = text_of(archive, index::SIGNATURE, &mut proof.altered) else { return };
            match signature::check(text, &String::from_utf8_lossy(&bytes), key) {
                Ok(comment) => proof.signed = Signed::By(comment),
                Err(why) => proof.altered.push(format!("the signature: it is not by this key over this index ({why})")),
            }
        }
    }
}

/// Each file against the index: changed, missing, added, twice.
fn check_files(archive: &mut Archive, index: &Index, proof: &mut Proof) {
    let mut wanted: BTreeMap<&str, &Sealed> = index.files.iter().map(|f| (f.path.as_str(), f)).collect();
    let mut seen = BTreeSet::new();
    for place in 0..archive.len() {
        let mut file = match archive.by_index(place) {
            Ok(file) => file,
            Err(e) => {
                proof.altered.push(format!("entry {place} of the archive: it cannot be read ({e})"));
                continue;
            }
        };
        let name =
            file.name().map_or_else(|e| format!("entry {place}, whose name cannot be read ({e})"), std::borrow::Cow::into_owned);
        if !seen.insert(name.clone()) {
            proof.altered.push(format!("{name}: it is there twice"));
        }
        if name == index::FILE || name == index::SIGNATURE {
            continue;
        }
        let Some(sealed) = wanted.remove(name.as_str()) else {
            let twin = hash_of(&mut file).ok().and_then(|(sha256, _)| index.files.iter().find(|f| f.sha256 == sha256));
            let was = twin.map_or_else(String::new, |twin| format!("; its content is that of {}", twin.path));
            proof.altered.push(format!("{name}: added{was}"));
            continue;
        };
        // A changed length must not make us unpack without end.
        match hash_of(file.by_ref().take(sealed.bytes + 1)) {
            Ok((sha256, bytes)) if sha256 == sealed.sha256 && bytes == sealed.bytes => proof.intact += 1,
            Ok(_) => proof.altered.push(format!("{name}: changed")),
            Err(e) => proof.altered.push(format!("{name}: changed, it cannot be unpacked ({e})")),
        }
    }
    proof.altered.extend(wanted.keys().map(|name| format!("{name}: missing")));
}

/// The index against the result's own manifest, which was written by the audit and not by whoever packed.
fn check_manifest(archive: &mut Archive, index: &Index, proof: &mut Proof) {
    let name = format!("{}{}", index::RESULT, manifest::FILE);
    let Some(manifest) = text_of(archive, &name, &mut proof.altered).and_then(|text| Manifest::parse(&text)) else {
        proof.altered.push(format!("{name}: it is no manifest"));
        return;
    };
    let packed: BTreeMap<&str, &str> = index.files.iter().map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let hash_only: BTreeMap<&str, &str> = index.hash_only.iter().map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let mut compare = |folder: &str, sealed: &Sealed, or: Option<&str>| {
        let path = format!("{folder}{}", sealed.path);
        match packed.get(path.as_str()).copied().or(or) {
            Some(sha256) if sha256 == sealed.sha256 => {}
            Some(_) => proof.altered.push(format!("{path}: it is not the one of the result's manifest")),
            None => proof.altered.push(format!("{path}: the result's manifest has it, the pack has not")),
        }
    };
    compare(index::CASE, &manifest.case_file, hash_only.get(manifest.case_file.path.as_str()).copied());
    manifest.outputs.iter().for_each(|output| compare(index::RESULT, output, None));
    for input in &manifest.inputs {
        compare(index::CASE, input, hash_only.get(input.path.as_str()).copied());
    }
    for (place, earlier) in manifest.earlier.iter().enumerate() {
        let summary = Sealed { path: SUMMARY.to_owned(), ..earlier.clone() };
        // The earlier results may stay out of a pack.
        compare(&member(place), &summary, Some(&earlier.sha256));
    }
}

/// Unpacks a folder of a pack into another one, to run the audit again. Names that lead out of it are refused.
pub fn unpack(path: &Path, folder: &str, into: &Path) -> Result<()> {
    let broken = |e: zip::result::ZipError| Error::input(path.display().to_string(), e.to_string(), "verify the pack first");
    let file = File::open(path).map_err(|e| Error::reading(path, e))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).map_err(broken)?;
        let Some(name) = entry.enclosed_name() else { continue };
        let Ok(name) = name.strip_prefix(folder) else { continue };
        let target = into.join(name);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::writing(folder, e))?;
        }
        let mut out = File::create(&target).map_err(|e| Error::writing(&target, e))?;
        std::io::copy(&mut entry, &mut out).map_err(|e| Error::writing(&target, e))?;
    }
    Ok(())
}
