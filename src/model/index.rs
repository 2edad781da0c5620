//! An index of rows by a text that they hold, without regard to case: sixteen bytes a row, several rows may share a key.

use std::hash::{BuildHasher, Hasher};

use hashbrown::DefaultHashBuilder;

/// Of four slots at most three are taken.
const TAKEN: usize = 3;
const OF: usize = 4;
/// Keys of so many bytes or more are told apart by their hashes alone.
const LONG: usize = 63;
/// Keys that are looked up or entered together.
const TOGETHER: usize = 64;
/// So far behind the first slot of a run most end: it may lie in another line of the processor's cache.
const BEHIND: usize = 3;

/// Rows by key. The keys themselves are not kept, and not looked at again: two keys are taken for the same where the 64 bits of their hashes
/// are, seeded afresh in each run, which of a million keys asked among a million others happens by chance in one of twenty million runs.
#[derive(Default)]
pub struct KeyIndex {
    /// Each the hash of the key and the row, in their order, with gaps: a slot is at the place that the hash leads to or in the run of
    /// taken ones that goes on from there.
    slots: Vec<Slot>,
    /// How many places a hash may lead to; what the last ones no longer hold is behind them.
    places: usize,
    taken: usize,
    /// A bit for each length that a key has: of most keys that are not here it is told without waiting for memory.
    lengths: u64,
    hasher: DefaultHashBuilder,
}

/// A key as it is asked for: its hash in lower case, and its length where that is the same in any case.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    hash: u64,
    lengths: u64,
}

/// The two halves of a hash, and one more than the row; an empty slot is zero.
#[derive(Clone, Copy, Default)]
struct Slot([u32; 3]);

impl Slot {
    fn of(hash: u64, row: u32) -> Self {
        let half = |half: u64| u32::try_from(half & u64::from(u32::MAX)).unwrap_or(0);
        Self([half(hash >> 32), half(hash), row.wrapping_add(1)])
    }

    fn is_taken(self) -> bool {
        self.0[2] != 0
    }

    fn hash(self) -> u64 {
        u64::from(self.0[0]) << 32 | u64::from(self.0[1])
    }

    fn row(self) -> u32 {
        self.0[2].wrapping_sub(1)
    }
}

impl KeyIndex {
    /// An index with room for so many rows.
    #[must_use]
    pub fn with_room(rows: usize) -> Self {
        let places = (rows * OF).div_ceil(TAKEN);
        Self { slots: vec![Slot::default(); places], places, ..Self::default() }
    }

    /// An index with room for so many rows, in which keys have the same hashes as in another one.
    #[must_use]
    pub fn beside(other: &Self, rows: usize) -> Self {
        Self { hasher: other.hasher.clone(), ..Self::with_room(rows) }
    }

    /// Enters a row under its key; an empty key is not entered.
    pub fn insert(&mut self, row: u32, key: &str) {
        if !key.is_empty() {
            self.enter(self.key(key), row);
        }
    }

    /// Enters many rows, each under its key, as [`Self::insert`] does one.
    pub fn insert_all<'t>(&mut self, mut rows: impl Iterator<Item = (u32, &'t str)>) {
        let mut some = Vec::with_capacity(TOGETHER);
        loop {
            let mut read = 0;
            for (row, key) in rows.by_ref().take(TOGETHER) {
                read += 1;
                some.extend((!key.is_empty()).then(|| (self.key(key), row)));
            }
            if read == 0 {
                return;
            }
            self.fetch(some.iter().map(|(key, _)| *key));
            some.drain(..).for_each(|(key, row)| self.enter(key, row));
        }
    }

    /// Enters a row under a key of this index, or of one that it is beside.
    pub fn enter(&mut self, key: Key, row: u32) {
        if (self.taken + 1) * OF > self.places * TAKEN {
            self.grow();
        }
        self.taken += 1;
        self.lengths |= key.lengths;
        self.put(Slot::of(key.hash, row));
    }

    /// Room for half as many rows again. The place of a slot follows from what it holds.
    fn grow(&mut self) {
        self.places = ((self.taken + 8) * 3 / 2 * OF).div_ceil(TAKEN);
        let mut next = 0;
        let before = std::mem::replace(&mut self.slots, vec![Slot::default(); self.places]);
        // They come in order: each is behind the one before.
        for slot in before.into_iter().filter(|slot| slot.is_taken()) {
            next = self.first(slot.hash()).max(next);
            self.set(next, slot);
            next += 1;
        }
    }

    fn set(&mut self, at: usize, slot: Slot) {
        match self.slots.get_mut(at) {
            Some(here) => *here = slot,
            None => self.slots.push(slot),
        }
    }

    fn put(&mut self, mut slot: Slot) {
        let mut at = self.first(slot.hash());
        while let Some(here) = self.slots.get_mut(at) {
            if !here.is_taken() {
                *here = slot;
                return;
            }
            if (slot.hash(), slot.row()) < (here.hash(), here.row()) {
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

    /// Reads the places that keys lead to, for no other reason than that they are at hand then: each waits for memory, and the waits do
    /// not depend on each other.
    pub fn fetch(&self, keys: impl Iterator<Item = Key>) {
        let mut all = 0;
        for key in keys.filter(|key| self.may_hold(*key)) {
            let first = self.first(key.hash);
            all ^= [first, first + BEHIND].into_iter().filter_map(|at| self.slots.get(at)).fold(0, |all, slot| all ^ slot.0[2]);
        }
        std::hint::black_box(all);
    }

    fn may_hold(&self, key: Key) -> bool {
        self.lengths & key.lengths != 0
    }

    fn rows(&self, Key { hash, .. }: Key) -> impl Iterator<Item = u32> + '_ {
        let from = self.slots.get(self.first(hash)..).unwrap_or_default().iter();
        let run = from.take_while(move |slot| slot.is_taken() && slot.hash() <= hash);
        run.filter(move |slot| slot.hash() == hash).map(|slot| slot.row())
    }

    /// All rows with this key, without regard to case.
    pub fn find(&self, key: &str) -> impl Iterator<Item = u32> + '_ {
        let key = Some(key).filter(|_| !self.slots.is_empty()).map(|key| self.key(key));
        key.into_iter().flat_map(|key| self.find_key(key))
    }

    /// All rows with a key of this index, or of one that it is beside.
    pub fn find_key(&self, key: Key) -> impl Iterator<Item = u32> + '_ {
        Some(key).filter(|key| self.may_hold(*key)).into_iter().flat_map(|key| self.rows(key))
    }

    /// All rows of each of many keys of this index, or of one that it is beside: as (place of the key, row), in the order of the keys.
    pub fn find_all(&self, keys: &[Key], found: &mut Vec<(u32, u32)>) {
        for (some, from) in keys.chunks(TOGETHER).zip((0..).step_by(TOGETHER)) {
            self.fetch(some.iter().copied());
            for (place, key) in (from..).zip(some).filter(|(_, key)| self.may_hold(**key)) {
                found.extend(self.rows(*key).map(|row| (place, row)));
            }
        }
    }

    /// A key, to be asked for.
    #[must_use]
    pub fn key(&self, key: &str) -> Key {
        let mut hasher = self.hasher.build_hasher();
        let ascii = key.is_ascii();
        if ascii {
            let mut folded = [0_u8; 64];
            for chunk in key.as_bytes().chunks(folded.len()) {
                let folded = &mut folded[..chunk.len()];
                folded.copy_from_slice(chunk);
                folded.make_ascii_lowercase();
                hasher.write(folded);
            }
        } else {
            for c in key.chars().flat_map(char::to_lowercase) {
                hasher.write(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        Key {
            hash: hasher.finish(),
            // A letter may be longer in the other case.
            lengths: if ascii { 1 << key.len().min(LONG) } else { u64::MAX },
        }
    }
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
        let mut index = KeyIndex::default();
        for (row, key) in (0..).zip(["Ann@x.example", "ÜNAL", "ann@X.example", "", "x"]) {
            index.insert(row, key);
        }
        let find = |key: &str| {
            let mut rows: Vec<u32> = index.find(key).collect();
            rows.sort_unstable();
            rows
        };
        assert_eq!(find("ANN@x.example"), [0, 2]);
        assert_eq!(find("ünal"), [1]);
        assert_eq!(find(""), Vec::<u32>::new());
        assert_eq!(find("y"), Vec::<u32>::new());
    }

    proptest::proptest! {
        /// However many keys are entered or looked up at once, each finds what it finds alone; and what a list would find.
        #[test]
        fn many_keys_find_what_each_finds_alone(
            keys in proptest::collection::vec("[aAbBéÉ]{0,3}", 0..40),
            asked in proptest::collection::vec("[aAbBéÉ]{0,3}", 0..40),
            times in 1_usize..20,
        ) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).cycle().take(keys.len() * times).collect();
            let rows = || (0..).zip(keys.iter().copied());
            let (mut index, mut at_once) = (KeyIndex::default(), KeyIndex::with_room(keys.len()));
            rows().for_each(|(row, key)| index.insert(row, key));
            at_once.insert_all(rows());
            let asked: Vec<&str> = asked.iter().map(String::as_str).cycle().take(asked.len() * times).collect();
            let mut together = Vec::new();
            let asked_for: Vec<Key> = asked.iter().map(|key| at_once.key(key)).collect();
            at_once.find_all(&asked_for, &mut together);
            together.sort_unstable();
            let mut alone = Vec::new();
            let mut listed = Vec::new();
            for (place, key) in (0..).zip(&asked) {
                alone.extend(index.find(key).map(|row| (place, row)));
                let fits = |(_, own): &(u32, &str)| !key.is_empty() && same(own, key);
                listed.extend(rows().filter(fits).map(|(row, _)| (place, row)));
            }
            alone.sort_unstable();
            proptest::prop_assert_eq!(&together, &listed);
            proptest::prop_assert_eq!(&alone, &listed);
        }
    }
}
