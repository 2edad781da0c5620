//! An index of rows by a text that they hold, without regard to case: four bytes a row, several rows may share a key.

use std::hash::{BuildHasher, Hasher};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Rows by key. The keys themselves stay where they are: every call is told how to get the key of a row.
#[derive(Default)]
pub struct KeyIndex {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl KeyIndex {
    /// Enters a row under its key; an empty key is not entered.
    pub fn insert<'t>(&mut self, row: u32, key_of: impl Fn(u32) -> &'t str) {
        let key = key_of(row);
        if key.is_empty() {
            return;
        }
        let hash = self.hash(key);
        let hasher = &self.hasher;
        self.table.insert_unique(hash, row, |row| hash_folded(hasher, key_of(*row)));
    }

    /// All rows with this key, without regard to case.
    pub fn find<'a, 't: 'a>(&'a self, key: &'a str, key_of: impl Fn(u32) -> &'t str + 'a) -> impl Iterator<Item = u32> + 'a {
        self.table.iter_hash(self.hash(key)).copied().filter(move |row| same(key_of(*row), key))
    }

    fn hash(&self, key: &str) -> u64 {
        hash_folded(&self.hasher, key)
    }
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
}
