//! Words by number, each kept once, with how many people have it in which part of their name.

use hashbrown::HashMap;

/// A word by its place in a [`Vocabulary`]; the empty word is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub u32);

/// The words.
pub struct Vocabulary {
    places: HashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
    /// How many people have it, by role.
    counts: Vec<[u32; 2]>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { places: HashMap::new(), words: vec!["".into()], counts: vec![[0; 2]] }
    }
}

impl Vocabulary {
    /// The number of a word, a new one where it is not known yet.
    pub fn enter(&mut self, word: &str) -> Word {
        if word.is_empty() {
            return Word(0);
        }
        if let Some(place) = self.places.get(word) {
            return Word(*place);
        }
        let place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.places.insert(word.into(), place);
        self.words.push(word.into());
        self.counts.push([0; 2]);
        Word(place)
    }

    /// The word.
    #[must_use]
    pub fn get(&self, word: Word) -> &str {
        &self.words[word.0 as usize]
    }

    /// Counts a person who has the word in this role (0 or 1).
    pub fn count(&mut self, word: Word, role: usize) {
        self.counts[word.0 as usize][role] += 1;
    }

    /// How many people have the word in this role (0 or 1).
    #[must_use]
    pub fn held(&self, word: Word, role: usize) -> u32 {
        self.counts[word.0 as usize][role]
    }
}
