//! What keeps the page small whatever the case: rows or texts of any number and length come in, as many as fit go out.

use serde::Serialize;

use crate::report::charts::words::{count, printable};

/// The rows that are shown, and how many there are besides.
#[derive(Serialize)]
pub struct Cut<T> {
    /// Those shown.
    pub shown: Vec<T>,
    /// How many are left to the CSV.
    pub more: usize,
}

impl<T> Cut<T> {
    /// How many are left, as a reader sees it.
    pub fn rest(&self) -> String {
        count(self.more)
    }
}

/// How long a text in a cell may be, in characters.
const LONGEST: usize = 400;
/// How many short texts a list shows.
const MOST_TEXTS: usize = 200;
/// How many bytes a list of texts may take.
const TEXT_BYTES: usize = 60_000;

/// The first rows, until `most` of them or `bytes` of HTML are reached; `weigh` estimates a row's.
pub fn cut<S, T, I: IntoIterator<Item = S, IntoIter: ExactSizeIterator>>(
    from: I,
    most: usize,
    bytes: usize,
    make: impl Fn(usize, S) -> T,
    weigh: impl Fn(&T) -> usize,
) -> Cut<T> {
    let from = from.into_iter();
    let all = from.len();
    let mut shown = Vec::new();
    let mut taken = 0;
    for (i, source) in from.enumerate().take(most) {
        let row = make(i, source);
        taken += weigh(&row);
        if taken > bytes {
            break;
        }
        shown.push(row);
    }
    Cut { more: all - shown.len(), shown }
}

/// A list of texts.
pub fn texts(from: &[String]) -> Cut<String> {
    cut(from, MOST_TEXTS, TEXT_BYTES, |_, text| clip(text), |text| 20 + weight(text))
}

/// The bytes of a text once it is escaped.
pub fn weight(text: &str) -> usize {
    text.len() + 5 * text.bytes().filter(|b| b"<>&\"'".contains(b)).count()
}

/// The text of a cell, cut with `…` where it is too long to be read in one.
pub fn clip(text: &str) -> String {
    clipped(text, LONGEST)
}

/// The text without control characters, cut with `…` after so many characters.
pub fn clipped(text: &str, longest: usize) -> String {
    let mut short = printable(&text.chars().take(longest).collect::<String>());
    if text.chars().nth(longest).is_some() {
        short.push('…');
    }
    short
}

/// The references of an evidence cell, one each; many are cut with their number.
pub fn references(text: &str) -> Vec<String> {
    const MOST: usize = 6;
    let all: Vec<_> = text.split("; ").filter(|part| !part.is_empty()).collect();
    let mut shown: Vec<_> = all.iter().take(MOST).map(|part| clip(part)).collect();
    if all.len() > MOST {
        shown.push(format!("{} more", all.len() - MOST));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_at_the_number_or_the_bytes_whichever_comes_first() {
        let rows: Vec<String> = (0..10).map(|_| "<".repeat(10)).collect();
        let keep = |most, bytes| cut(&rows, most, bytes, |_, r| r.clone(), |r| weight(r));
        assert_eq!((keep(4, 10_000).shown.len(), keep(4, 10_000).more), (4, 6));
        assert_eq!((keep(100, 125).shown.len(), keep(100, 125).more), (2, 8));
    }

    #[test]
    fn long_texts_are_cut_between_characters_and_evidence_is_split() {
        assert_eq!(clipped("żółw", 2), "żó…");
        assert_eq!(references("a.csv:1; b.csv:2"), ["a.csv:1", "b.csv:2"]);
        assert_eq!(references(""), Vec::<String>::new());
        assert_eq!(references(&["x:1"; 9].join("; ")).last().unwrap(), "3 more");
    }
}
