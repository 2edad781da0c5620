//! An index of rows by a text that they hold, without regard to case: some twelve bytes a row, several rows may share a key.

use std::hash::{BuildHasher, Hasher};

use hashbrown::DefaultHashBuilder;

use crate::model::text::{Pool, Text};

/// Of four slots at most three are taken.
const TAKEN: usize = 3;
const OF: usize = 4;
/// The low half of a slot: one more than the row, so that an empty slot is zero.
const ROW: u64 = 0xFFFF_FFFF;

/// Rows by key. The keys themselves stay where they are: every call is told how to get the key of a row.
#[derive(Default)]
pub struct KeyIndex {
    /// Each the high half of the key's hash and the row, in their order, with gaps: a slot is at the place that the hash leads to or
    /// in the run of taken ones that goes on from there.
    slots: Vec<u64>,
    /// How many places a hash may lead to; what the last ones no longer hold is behind them.
    places: usize,
    taken: usize,
    hasher: DefaultHashBuilder,
}

impl KeyIndex {
    /// An index with room for so many rows.
    #[must_use]
    pub fn with_room(rows: usize) -> Self {
        let places = (rows * OF).div_ceil(TAKEN);
        Self { slots: vec![0; places], places, ..Self::default() }
    }

    /// Enters a row under its key; an empty key is not entered.
    pub fn insert<'t>(&mut self, row: u32, key_of: impl Fn(u32) -> &'t str) {
        let key = key_of(row);
        if key.is_empty() {
            return;
        }
        if (self.taken + 1) * OF > self.places * TAKEN {
            self.grow();
        }
        self.taken += 1;
        self.put(self.hash(key) & !ROW | (u64::from(row) + 1));
    }

    /// Room for half as many rows again. The place of a slot follows from what it holds: no key is looked at.
    fn grow(&mut self) {
        self.places = ((self.taken + 8) * 3 / 2 * OF).div_ceil(TAKEN);
        let mut next = 0;
        let before = std::mem::replace(&mut self.slots, vec![0; self.places]);
        // They come in order: each is behind the one before.
        for slot in before.into_iter().filter(|slot| *slot != 0) {
            next = self.first(slot).max(next);
            self.set(next, slot);
            next += 1;
        }
    }

    fn set(&mut self, at: usize, slot: u64) {
        match self.slots.get_mut(at) {
            Some(here) => *here = slot,
            None => self.slots.push(slot),
        }
    }

    fn put(&mut self, mut slot: u64) {
        let mut at = self.first(slot);
        while let Some(here) = self.slots.get_mut(at) {
            if *here == 0 {
                *here = slot;
                return;
            }
            if slot < *here {
                std::mem::swap(here, &mut slot);
            }
            at += 1;
        }
        self.slots.push(slot);
    }

    /// Where to look first: the high half of the hash as a share of all places.
    fn first(&self, hash: u64) -> usize {
        let place = ((hash >> 32) * self.places as u64) >> 32;
        usize::try_from(place).unwrap_or(0)
    }

    /// Rows whose key may be one of this hash.
    fn candidates(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let from = self.slots.get(self.first(hash)..).unwrap_or_default().iter();
        let run = from.take_while(move |slot| **slot != 0 && **slot <= hash | ROW);
        run.filter(move |slot| **slot >= hash & !ROW).map(|slot| row_of(*slot))
    }

    /// All rows with this key, without regard to case.
    pub fn find<'a, 't: 'a>(&'a self, key: &'a str, key_of: impl Fn(u32) -> &'t str + 'a) -> impl Iterator<Item = u32> + 'a {
        self.candidates(self.hash(key)).filter(move |row| same(key_of(*row), key))
    }

    /// All rows of each of many keys, as (place of the key, row), in the order of the keys. Each step is taken for all keys before
    /// the next one, since each waits for memory and the waits of one step do not depend on each other.
    pub fn find_all(&self, keys: &[&str], text_of: impl Fn(u32) -> Text, pool: &Pool, found: &mut Vec<(u32, u32)>) {
        if self.slots.is_empty() {
            return;
        }
        let hashes: Vec<u64> = keys.iter().map(|key| self.hash(key)).collect();
        // Read for no other reason than that they are at hand then.
        let slots: u64 = hashes.iter().filter_map(|hash| self.slots.get(self.first(*hash))).fold(0, |all, slot| all ^ slot);
        std::hint::black_box(slots);
        let mut candidates: Vec<(u32, u32)> = Vec::with_capacity(keys.len());
        for (place, hash) in (0..).zip(&hashes) {
            candidates.extend(self.candidates(*hash).map(|row| (place, row)));
        }
        let texts: Vec<Text> = candidates.iter().map(|(_, row)| text_of(*row)).collect();
        let first_bytes = texts.iter().map(|text| pool.first_byte(*text)).fold(0, |all, byte| all ^ byte);
        std::hint::black_box(first_bytes);
        let kept = candidates.into_iter().zip(texts).filter(|((place, _), text)| same(pool.get(*text), keys[*place as usize]));
        found.extend(kept.map(|(pair, _)| pair));
    }

    fn hash(&self, key: &str) -> u64 {
        hash_folded(&self.hasher, key)
    }
}

fn row_of(slot: u64) -> u32 {
    u32::try_from((slot & ROW).wrapping_sub(1) & ROW).unwrap_or(u32::MAX)
}

fn hash_folded(hasher: &DefaultHashBuilder, key: &str) -> u64 {
    let mut state = hasher.build_hasher();
    if key.is_ascii() {
        let mut folded = [0_u8; 64];
        for chunk in key.as_bytes().chunks(folded.len()) {
            let folded = &mut folded[..chunk.len()];
            folded.copy_from_slice(chunk);
            folded.make_ascii_lowercase();
            state.write(folded);
        }
    } else {
        for c in key.chars().flat_map(char::to_lowercase) {
            let mut bytes = [0; 4];
            state.write(c.encode_utf8(&mut bytes).as_bytes());
        }
    }
    state.finish()
}

/// Whether two keys are the same without regard to case.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_without_regard_to_case_and_may_be_shared() {
        let keys = ["Ann@x.example", "ÜNAL", "ann@X.example", "", "x"];
        let key_of = |row: u32| keys[row as usize];
        let mut index = KeyIndex::default();
        (0..5).for_each(|row| index.insert(row, key_of));
        let find = |key: &str| {
            let mut rows: Vec<u32> = index.find(key, key_of).collect();
            rows.sort_unstable();
            rows
        };
        assert_eq!(find("ANN@x.example"), [0, 2]);
        assert_eq!(find("ünal"), [1]);
        assert_eq!(find(""), Vec::<u32>::new());
        assert_eq!(find("y"), Vec::<u32>::new());
    }

    proptest::proptest! {
        /// However many keys are looked up at once, each finds what it finds alone; and what a list would find.
        #[test]
        fn many_keys_find_what_each_finds_alone(
            keys in proptest::collection::vec("[aAbBéÉ]{0,3}", 0..40),
            asked in proptest::collection::vec("[aAbBéÉ]{0,3}", 0..40),
        ) {
            let mut pool = Pool::default();
            let texts: Vec<Text> = keys.iter().map(|key| pool.keep(key)).collect();
            let mut index = KeyIndex::default();
            for row in (0..).take(keys.len()) {
                index.insert(row, |row| pool.get(texts[row as usize]));
            }
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            let mut together = Vec::new();
            index.find_all(&asked, |row| texts[row as usize], &pool, &mut together);
            together.sort_unstable();
            let mut alone = Vec::new();
            let mut listed = Vec::new();
            for (place, key) in (0..).zip(&asked) {
                alone.extend(index.find(key, |row| pool.get(texts[row as usize])).map(|row| (place, row)));
                let fits = |row: &u32| !key.is_empty() && same(&keys[*row as usize], key);
                listed.extend((0..).take(keys.len()).filter(fits).map(|row| (place, row)));
            }
            alone.sort_unstable();
            proptest::prop_assert_eq!(&together, &listed);
            proptest::prop_assert_eq!(&alone, &listed);
        }
    }
}
