//! A written name in parts: `van der Berg, Dr. Anne-Marie J.` → given `anne`, middle `marie`, `j`, surname `berg`, particles `vander`.
//! All parts are folded ([`fold`]); what is no name in it (titles, suffixes, what stands in brackets) is left out.

use hashbrown::HashSet;
use serde::Deserialize;

use super::fold::{fold, squeeze};
use crate::error::{Error, Result};

/// The parts of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The first given name; empty where there is but one word.
    pub given: String,
    /// Further given names and initials.
    pub middle: Vec<String>,
    /// The surname, two words of a double one; the only word where there is but one.
    pub surname: Vec<String>,
    /// The particles before the surname, joined.
    pub particles: String,
    /// Another surname: one had before (`née`), or the last of several middle names, which may be the first of two surnames.
    pub other: String,
}

impl Name {
    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.surname.is_empty()
    }

    /// Given name, middle names, particles and surname without a gap.
    #[must_use]
    pub fn whole(&self) -> String {
        let (middle, surname) = (self.middle.iter(), self.surname.iter());
        std::iter::once(&self.given).chain(middle).chain([&self.particles]).chain(surname).map(String::as_str).collect()
    }
}

/// Words that are no name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    titles: List,
    suffixes: List,
    particles: List,
    formerly: List,
}

/// A list of words, asked of every name.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct List(HashSet<String>);

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> Self {
        Self(words.into_iter().collect())
    }
}

impl List {
    fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

impl Words {
    /// The words that come with the tool.
    pub fn load() -> Result<Self> {
        toml::from_str(include_str!("data/name_words.toml")).map_err(|e| Error::fault(format!("name_words.toml: {e}")))
    }

    /// Takes a name apart.
    #[must_use]
    pub fn parts(&self, written: &str) -> Name {
        let open = written.find(['(', '[', '<', '{', '|']).filter(|at| *at > 0).unwrap_or(written.len());
        let (before, inside) = written.split_at(open);
        if !latin(before) && latin(inside) && inside.split_whitespace().count() > 1 {
            return self.parts(inside.trim_matches(['(', ')', '[', ']', '<', '>', '{', '}', '|', ' ']));
        }
        let mut former = self.cut_former(&mut self.words(inside, true), 0);
        let mut sides = Vec::new();
        for (place, side) in before.split([',', ';', '，', '、']).enumerate() {
            let mut words = self.words(side, place > 0);
            let cut = self.cut_former(&mut words, usize::from(place == 0));
            former = former.or(cut);
            if !words.is_empty() {
                sides.push(words);
            }
        }
        let mut sides = sides.into_iter();
        let (first, second) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
        let (given, surname) = if second.is_empty() { split(first, &self.particles) } else { (second, first) };
        let mut given = given.into_iter().flatten();
        let first = given.next().unwrap_or_default();
        let middle: Vec<String> = given.collect();
        let last = middle.last().filter(|word| middle.len() > 1 && word.len() > 2).cloned();
        let other = former.or(last).unwrap_or_default();
        let mut surname: Vec<String> = surname.into_iter().flatten().collect();
        let leading =
            surname.iter().take_while(|word| self.particles.contains(word)).count().min(surname.len().saturating_sub(1));
        let particles = surname.drain(..leading).collect::<String>();
        Name { given: first, middle, surname, particles, other }
    }

    /// Cuts off a surname had before, with the word that says so, at `from` or behind.
    fn cut_former(&self, words: &mut Parts, from: usize) -> Option<String> {
        let at =
            (from..words.len().saturating_sub(1)).find(|at| words[*at].len() == 1 && self.formerly.contains(&words[*at][0]))?;
        let former = words.pop()?.concat();
        words.truncate(at);
        Some(former)
    }

    /// The words of one side of the comma, each with the parts of a hyphenated one; titles and suffixes left out. Behind a comma
    /// nothing need be left without them.
    fn words(&self, side: &str, behind: bool) -> Vec<Vec<String>> {
        let parts = |word: &str| -> Vec<String> {
            fold(word)
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'' && c != '`')
                .map(squeeze)
                .filter(|p| !p.is_empty())
                .collect()
        };
        let spaced = side.split(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '/' | '+'));
        let mut words: Vec<Vec<String>> = spaced.map(parts).filter(|parts| !parts.is_empty()).collect();
        // A word in a script without gaps becomes several when it is transliterated.
        let is = |list: &List, word: Option<&Vec<String>>| word.is_some_and(|w| w.len() == 1 && list.contains(&w[0]));
        while words.len() > 1 && is(&self.titles, words.first()) {
            words.remove(0);
        }
        while (words.len() > 2 || behind && words.len() == 1) && is(&self.suffixes, words.last()) {
            words.pop();
        }
        words
    }
}

/// Whether all letters are of scripts that are written like `a`.
fn latin(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphabetic() || c < '\u{370}' || ('\u{1E00}'..'\u{1F00}').contains(&c))
}

type Parts = Vec<Vec<String>>;

/// Given and surname of a name without a comma: the surname begins at the first particle behind the given name, else it is the
/// last word.
fn split(mut words: Parts, particles: &List) -> (Parts, Parts) {
    if words.len() == 1 && words[0].len() == 2 && words[0].iter().all(|part| part.len() > 1) {
        // `Zhang Wei` from one written word: the parts are the words.
        words = words.concat().into_iter().map(|part| vec![part]).collect();
    }
    let last = words.len().saturating_sub(1);
    let lead = (1..last).find(|at| words[*at].len() == 1 && words[*at][0].len() > 1 && particles.contains(&words[*at][0]));
    let surname = words.split_off(lead.unwrap_or(last));
    (words, surname)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(written: &str) -> (String, String, String, String) {
        let name = Words::load().unwrap().parts(written);
        (name.given, name.middle.join(" "), name.particles, name.surname.join(" "))
    }

    #[test]
    fn names_come_apart_however_they_are_written() {
        for (written, given, middle, particles, surname) in [
            ("Ann Example", "ann", "", "", "example"),
            ("  EXAMPLE,  Ann ", "ann", "", "", "example"),
            ("Example, Ann J.", "ann", "j", "", "example"),
            ("Dr. Ann J. Example, PhD", "ann", "j", "", "example"),
            ("Example, Jr., Ann", "ann", "", "", "example"),
            ("Ann van der Example", "ann", "", "vander", "example"),
            ("van der Example, Ann", "ann", "", "vander", "example"),
            ("Anne-Marie Example-Sample", "anne", "marie", "", "example sample"),
            ("Ann O'Example", "ann", "", "", "oexample"),
            ("Ann Example (Contractor)", "ann", "", "", "example"),
            ("Jürgen Groß", "jurgen", "", "", "gross"),
            ("Example", "", "", "", "example"),
            ("", "", "", "", ""),
            ("Ma, Ann", "ann", "", "", "ma"),
            ("王伟", "wang", "", "", "wei"),
            ("李 小龙 (Li Xiaolong)", "li", "", "", "xiaolong"),
            ("Li Xiaolong (李小龙)", "li", "", "", "xiaolong"),
        ] {
            let got = parts(written);
            assert_eq!((&*got.0, &*got.1, &*got.2, &*got.3), (given, middle, particles, surname), "{written}");
        }
    }

    #[test]
    fn a_surname_had_before_or_the_first_of_two_is_kept_beside_the_name() {
        for (written, surname, other) in [
            ("Ann Example (née Sample)", "example", "sample"),
            ("Ann Example geb. Sample", "example", "sample"),
            ("Example, Ann, geb. Sample", "example", "sample"),
            ("Ann Example (formerly Sample)", "example", "sample"),
            ("Ann Example (Sales)", "example", ""),
            ("Ann Josefa Sample Example", "example", "sample"),
            ("Ann Josefa Example", "example", ""),
        ] {
            let name = Words::load().unwrap().parts(written);
            assert_eq!((name.surname.join(" ").as_str(), name.other.as_str()), (surname, other), "{written}");
        }
    }
}
