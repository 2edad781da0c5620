//! Counts events that stand in several exports, exactly, in memory that does not grow with the logs: fingerprints are
//! spread over partitions, those that no longer fit go to temporary files, and each partition is sorted by itself.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::model::origin::FileId;

const PARTITIONS: usize = 64;
/// Fingerprints in memory before they go to disk: 16 bytes each.
const IN_MEMORY: usize = 4 << 20;
const FILE_BITS: u32 = 20;

/// The fingerprints of all events that were accepted.
pub struct Fingerprints {
    partitions: Vec<Partition>,
    in_memory: usize,
}

#[derive(Default)]
struct Partition {
    here: Vec<u128>,
    spilled: Option<File>,
}

impl Default for Fingerprints {
    fn default() -> Self {
        Self { partitions: (0..PARTITIONS).map(|_| Partition::default()).collect(), in_memory: 0 }
    }
}

impl Fingerprints {
    /// Notes an event of a file. Of equal fingerprints the one of the first file is the event, the others repeat it.
    pub fn note(&mut self, fingerprint: u128, file: FileId) -> Result<()> {
        let partition = usize::try_from(fingerprint >> 122).unwrap_or(0);
        let file = u128::from(file.0) & ((1 << FILE_BITS) - 1);
        self.partitions[partition].here.push(fingerprint >> FILE_BITS << FILE_BITS | file);
        self.in_memory += 1;
        if self.in_memory >= IN_MEMORY {
            self.partitions.iter_mut().try_for_each(Partition::spill).map_err(Error::fault)?;
            self.in_memory = 0;
        }
        Ok(())
    }

    /// How many events of each file repeat another, as (file, count).
    pub fn duplicates(self) -> Result<Vec<(FileId, u64)>> {
        let counted: std::io::Result<Vec<_>> = self.partitions.into_par_iter().map(Partition::repeats).collect();
        let mut counts: BTreeMap<FileId, u64> = BTreeMap::new();
        for (file, count) in counted.map_err(Error::fault)?.into_iter().flatten() {
            *counts.entry(file).or_default() += count;
        }
        Ok(counts.into_iter().collect())
    }
}

impl Partition {
    fn spill(&mut self) -> std::io::Result<()> {
        let file = match &mut self.spilled {
            Some(file) => file,
            None => self.spilled.insert(tempfile::tempfile()?),
        };
        let bytes: Vec<u8> = self.here.iter().flat_map(|f| f.to_ne_bytes()).collect();
        file.write_all(&bytes)?;
        self.here.clear();
        Ok(())
    }

    /// How many of each file repeat another.
    fn repeats(self) -> std::io::Result<BTreeMap<FileId, u64>> {
        let mut all = self.all()?;
        all.sort_unstable();
        let mut counts = BTreeMap::new();
        for pair in all.windows(2).filter(|pair| pair[0] >> FILE_BITS == pair[1] >> FILE_BITS) {
            let file = FileId(u32::try_from(pair[1] & ((1 << FILE_BITS) - 1)).unwrap_or(0));
            *counts.entry(file).or_default() += 1;
        }
        Ok(counts)
    }

    fn all(self) -> std::io::Result<Vec<u128>> {
        let mut all = self.here;
        if let Some(mut file) = self.spilled {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut bytes)?;
            all.extend(bytes.as_chunks().0.iter().map(|chunk| u128::from_ne_bytes(*chunk)));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_counted_to_the_later_file_on_disk_as_in_memory() {
        let mut prints = Fingerprints::default();
        let spread = |n: u128| n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        for n in 0..1000 {
            prints.note(spread(n), FileId(0)).unwrap();
        }
        prints.partitions.iter_mut().for_each(|p| p.spill().unwrap());
        for n in 900..1100 {
            prints.note(spread(n), FileId(1)).unwrap();
        }
        prints.note(spread(5), FileId(0)).unwrap();
        assert_eq!(prints.duplicates().unwrap(), [(FileId(0), 1), (FileId(1), 100)]);
    }
}
