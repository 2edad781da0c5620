//! Counts events that stand in several exports, in memory that does not grow with the logs: fingerprints are spread over
//! partitions, those that no longer fit go to a temporary file, and each partition is looked through by itself.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::error::{Error, Result};
use crate::model::origin::FileId;
use crate::parallel;

/// So many that what has the same partition is looked through without leaving the processor's cache.
const PARTITIONS: usize = 1 << PARTITION_BITS;
const PARTITION_BITS: u32 = 10;
/// Partitions that are looked through side by side.
const TOGETHER: usize = 16;
/// Fingerprints in memory before they go to disk, of [`SIZE`] bytes each.
const IN_MEMORY: usize = 1 << 20;
/// Bytes that are kept of a fingerprint beside its partition, with the file: 74 bits of it, which among a hundred million events happen to
/// be those of another one in one of four million runs.
const SIZE: usize = 11;

/// The bits of a fingerprint behind its partition, and the file.
type Print = [u8; SIZE];

/// The fingerprints of all events that were accepted.
pub struct Fingerprints {
    partitions: Vec<Vec<Print>>,
    in_memory: usize,
    spilled: Option<Spilled>,
}

/// What no longer fitted: all partitions one after the other, again and again.
struct Spilled {
    file: File,
    /// Where each partition begins, each time, and how many there are, in fingerprints.
    runs: Vec<Vec<(usize, usize)>>,
    length: usize,
}

impl Default for Fingerprints {
    fn default() -> Self {
        Self { partitions: vec![Vec::new(); PARTITIONS], in_memory: 0, spilled: None }
    }
}

impl Fingerprints {
    /// Notes an event of a file. Of equal fingerprints the one of the first file is the event, the others repeat it.
    pub fn note(&mut self, fingerprint: u128, file: FileId) -> Result<()> {
        let partition = usize::try_from(fingerprint >> (128 - PARTITION_BITS)).unwrap_or(0);
        let [_, file @ ..] = file.0.to_be_bytes();
        let mut print = Print::default();
        print[..SIZE - file.len()].copy_from_slice(&(fingerprint << PARTITION_BITS).to_be_bytes()[..SIZE - file.len()]);
        print[SIZE - file.len()..].copy_from_slice(&file);
        self.partitions[partition].push(print);
        self.in_memory += 1;
        if self.in_memory >= IN_MEMORY {
            self.spill().map_err(Error::temporary)?;
        }
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            None => self.spilled.insert(Spilled { file: tempfile::tempfile()?, runs: Vec::new(), length: 0 }),
        };
        let mut run = Vec::with_capacity(PARTITIONS);
        for partition in &mut self.partitions {
            run.push((spilled.length, partition.len()));
            spilled.length += partition.len();
            spilled.file.write_all(partition.as_flattened())?;
            partition.clear();
        }
        spilled.runs.push(run);
        self.in_memory = 0;
        Ok(())
    }

    /// How many events of each file repeat another, as (file, count).
    pub fn duplicates(mut self) -> Result<Vec<(FileId, u64)>> {
        let mut counts: BTreeMap<FileId, u64> = BTreeMap::new();
        let mut partitions = 0..PARTITIONS;
        let some = || partitions.by_ref().take(TOGETHER).map(|partition| self.all(partition).map_err(Error::temporary)).collect();
        let repeats = |all: Vec<Print>| repeats(&all);
        parallel::in_step(some, repeats, |counted| {
            for (file, count) in counted {
                *counts.entry(file).or_default() += count;
            }
            Ok(())
        })?;
        Ok(counts.into_iter().collect())
    }

    /// The fingerprints of a partition, which are gone then.
    fn all(&mut self, partition: usize) -> io::Result<Vec<Print>> {
        let mut all = std::mem::take(&mut self.partitions[partition]);
        let Some(Spilled { file, runs, .. }) = &mut self.spilled else { return Ok(all) };
        for run in runs {
            let ((from, count), here) = (run[partition], all.len());
            all.resize(here + count, Print::default());
            file.seek(SeekFrom::Start((from * size_of::<Print>()) as u64))?;
            file.read_exact(all[here..].as_flattened_mut())?;
        }
        Ok(all)
    }
}

/// How many of each file repeat another.
fn repeats(all: &[Print]) -> BTreeMap<FileId, u64> {
    let (mut seen, mut counts) = (HashTable::with_capacity(all.len()), BTreeMap::new());
    for [a, b, c, d, e, f, g, h, file @ ..] in all {
        let (print, [i, j, k]) = (u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), *file);
        let file = FileId(u32::from_be_bytes([0, i, j, k]));
        match seen.entry(print, |(kept, _): &(u64, FileId)| *kept == print, |(kept, _)| *kept) {
            Entry::Vacant(place) => drop(place.insert((print, file))),
            Entry::Occupied(mut kept) => {
                let (_, first) = kept.get_mut();
                *counts.entry(file.max(*first)).or_default() += 1;
                *first = file.min(*first);
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_counted_to_the_later_file_on_disk_as_in_memory() {
        let mut prints = Fingerprints::default();
        let spread = |n: u128| n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        for n in 900..1100 {
            prints.note(spread(n), FileId(1)).unwrap();
        }
        prints.spill().unwrap();
        for n in 0..500 {
            prints.note(spread(n), FileId(0)).unwrap();
        }
        prints.spill().unwrap();
        for n in 500..1000 {
            prints.note(spread(n), FileId(0)).unwrap();
        }
        prints.note(spread(5), FileId(0)).unwrap();
        prints.note(spread(5), FileId(2)).unwrap();
        assert_eq!(prints.duplicates().unwrap(), [(FileId(0), 1), (FileId(1), 100), (FileId(2), 1)]);
    }
}
