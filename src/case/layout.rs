//! How a source's table is written, as far as the case says, checked.

use super::checker::Checker;
use super::raw::{self, Placed};
use crate::error::Result;
use crate::presets::Layout;

impl Checker<'_> {
    /// How a table is written, as far as the case says.
    pub(super) fn layout(&self, raw: &raw::Source) -> Result<Layout> {
        let mark = |written: Option<&Placed>, what: &str| {
            written.map_or(Ok(None), |written| match written.get_ref().as_bytes() {
                [one] if one.is_ascii() && !matches!(*one, b'"' | b'\n' | b'\r') => Ok(Some(char::from(*one))),
                _ => Err(self.at(written, &format!("a {what} is one character"), "for example \",\", \";\", \"\\t\" or \"#\"")),
            })
        };
        let layout = Layout {
            header: raw.header.as_ref().map(|header| header.get_ref().clone()),
            delimiter: mark(raw.delimiter.as_ref(), "delimiter")?,
            comment: mark(raw.comment.as_ref(), "comment mark")?,
            quote: raw.quote,
        };
        let span = raw.header.as_ref().map(|header| header.span().into());
        layout.check().map_err(|why| self.error(why, None, span))?;
        Ok(layout)
    }
}
