//! How a table is written where it is not as usual: without a header, with other marks. In a preset and in a case alike.

use serde::Deserialize;

/// How a table is written, where it is not as usual.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The names of the columns, where the file does not have them.
    pub header: Option<Vec<String>>,
    /// What stands between the cells: one character.
    pub delimiter: Option<char>,
    /// What begins a line that is no row: one character.
    pub comment: Option<char>,
    /// Whether quotes may stand around a cell.
    pub quote: Option<bool>,
}

impl Layout {
    /// This layout, with what it leaves open taken from another.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            header: self.header.clone().or_else(|| other.header.clone()),
            delimiter: self.delimiter.or(other.delimiter),
            comment: self.comment.or(other.comment),
            quote: self.quote.or(other.quote),
        }
    }

    /// Checks that each mark is one that a line can be cut at. The error is a sentence.
    pub fn check(&self) -> Result<(), String> {
        for (name, mark) in [("delimiter", self.delimiter), ("comment", self.comment)] {
            if mark.is_some_and(|mark| !mark.is_ascii() || matches!(mark, '"' | '\n' | '\r')) {
                return Err(format!("{name} is one ASCII character, for example \";\" or \"#\""));
            }
        }
        let names = self.header.as_deref().unwrap_or(&[]);
        match names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            Some((_, twice)) => Err(format!("header names `{twice}` twice")),
            None if self.header.is_some() && names.len() < 2 => Err("header names fewer than two columns".to_owned()),
            None => Ok(()),
        }
    }
}
