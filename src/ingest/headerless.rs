//! Tables without a header, such as a system's own files: known by what each of their lines looks like.

use std::sync::Arc;

use crate::model::columns::SourceKind;
use crate::presets::{Preset, Presets};

/// Lines that are looked at.
const LOOKED_AT: usize = 20;

/// The preset whose lines these are, if three quarters of the first are: a line may be damaged. Of a kind, where one is asked for.
pub fn recognise(head: &[u8], presets: &Presets, kind: Option<SourceKind>) -> Option<Arc<Preset>> {
    let of_kind = presets.all().iter().filter(|p| kind.is_none_or(|kind| p.kind == kind));
    of_kind.filter(|p| looks_like(p, head)).max_by_key(|p| p.layout.header.as_ref().map_or(0, Vec::len)).cloned()
}

/// Whether the first whole lines look like those of a preset.
fn looks_like(preset: &Preset, head: &[u8]) -> bool {
    let Some(line) = &preset.line else { return false };
    let lines = lines(preset, head);
    let fitting = lines.iter().filter(|text| line.is_match(text)).count();
    fitting > 0 && fitting * 4 >= lines.len() * 3
}

/// Whether any of the first lines looks like those of a preset that the case names.
pub fn may_be(preset: &Preset, head: &[u8]) -> bool {
    preset.line.as_ref().is_none_or(|line| lines(preset, head).iter().any(|text| line.is_match(text)))
}

fn lines<'a>(preset: &Preset, head: &'a [u8]) -> Vec<&'a str> {
    let mut lines: Vec<&[u8]> = head.split(|b| *b == b'\n').collect();
    // The last may be cut.
    if lines.len() > 1 {
        lines.pop();
    }
    let text = lines.into_iter().map(|line| std::str::from_utf8(line).unwrap_or("\u{FFFD}").trim_end_matches('\r'));
    text.filter(|line| !line.is_empty() && preset.layout.comment.is_none_or(|c| !line.starts_with(c))).take(LOOKED_AT).collect()
}
