//! In place of [`pdf`](super) where the tool is built without its typesetter.

use super::charts::Chart;
use super::leaver::Test;
use super::page::Page;
use crate::case::Case;
use crate::error::{Error, Result};

/// Whether this build can set documents.
pub const AVAILABLE: bool = false;

/// The whole report: cannot be set.
pub fn report(_: &Page, _: &[Chart], _: &Case) -> Result<Vec<u8>> {
    Err(none())
}

/// The test of a leaver: cannot be set.
pub fn leaver(_: &Test, _: &Case) -> Result<Vec<u8>> {
    Err(none())
}

fn none() -> Box<Error> {
    Error::input("PDF", "this tool was built without its typesetter", "build it with the feature `pdf`, or do without")
}
