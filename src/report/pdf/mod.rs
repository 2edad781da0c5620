//! Documents for the binder: the page and its charts, or the test of a leaver, come in, typeset documents go out: A4, with page numbers and
//! the hash of the case on every page, tagged for screen readers (PDF/UA-1) and made to last (PDF/A-2a). What an export says reaches the
//! typesetter as data and is set as text: nothing in it is markup.

mod covered;

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::Serialize;
use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::evidence::manifest::case_hash;
use crate::report::charts::{Chart, embed};
use crate::report::leaver::Test;
use crate::report::page::Page;

/// What all layouts share.
const HOUSE: &str = include_str!("../../../templates/pdf/house.typ");
const REPORT: &str = include_str!("../../../templates/pdf/report.typ");
const LEAVER: &str = include_str!("../../../templates/pdf/leaver.typ");

/// How many rows of its longest lists the report holds, the worst first: some seventy pages, more than which nobody puts in a binder, and
/// which would take longer than an audit of ten thousand people. What is beyond is counted, and the table that has it is named.
const MOST: [(&str, usize); 4] = [("findings", 150), ("leavers", 50), ("joiners", 50), ("movers", 50)];

/// Whether this build can set documents.
pub const AVAILABLE: bool = true;

/// What the layout of the report is given.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    page: &'a Page,
    charts: BTreeMap<&'static str, Figure<'a>>,
}

#[derive(Serialize)]
struct Figure<'a> {
    svg: String,
    description: &'a str,
}

/// The whole report. The same page gives the same bytes.
pub fn report(page: &Page, charts: &[Chart], case: &Case) -> Result<Vec<u8>> {
    let charts =
        charts.iter().map(|chart| (chart.name, Figure { svg: chart.inline(), description: &chart.description })).collect();
    let mut data = serde_json::to_value(Report { page, charts }).map_err(Error::fault)?;
    for (list, most) in MOST {
        shorten(&mut data[list], most);
    }
    set(REPORT, data, case)
}

/// Leaves so many rows of a list, and counts the others with those that it lacks already.
fn shorten(list: &mut Value, most: usize) {
    if let Some(shown) = list["shown"].as_array_mut().filter(|shown| shown.len() > most) {
        let beyond = shown.split_off(most).len() as u64;
        list["more"] = (list["more"].as_u64().unwrap_or(0) + beyond).into();
    }
}

/// The test of a leaver, on a sheet to be signed.
pub fn leaver(test: &Test, case: &Case) -> Result<Vec<u8>> {
    let mut data = test.data();
    data["version"] = env!("CARGO_PKG_VERSION").into();
    set(LEAVER, data, case)
}

fn set(layout: &str, mut data: Value, case: &Case) -> Result<Vec<u8>> {
    let day = case.as_of.to_chrono();
    data["made"] = serde_json::json!([day.year(), day.month(), day.day()]);
    data["case_sha256"] = case_hash(case).into();
    let fonts: Vec<Font> = [embed::REGULAR, embed::BOLD].into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    let has = |c: char| fonts.iter().all(|font| font.info().coverage.contains(u32::from(c)));
    data["transliterated"] = covered::cover(&mut data, &has).into();
    let desk = Desk::new(layout, data.to_string(), fonts)?;
    let document: PagedDocument = typst::compile(&desk).output.map_err(|why| told(&why))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|e| Error::fault(e.message()))?;
    let options = PdfOptions { creator: Smart::Custom(Some("lastday".into())), standards, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|why| told(&why))
}

fn told(why: &[SourceDiagnostic]) -> Box<Error> {
    let sentences: Vec<&str> = why.iter().map(|one| one.message.as_str()).collect();
    Error::fault(format!("the PDF could not be set: {}", sentences.join("; ")))
}

/// All that the typesetter may see: our layouts, our fonts and the data. It reaches no file and no clock.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    layout: Source,
    house: Source,
}

impl Desk {
    fn new(layout: &str, data: String, fonts: Vec<Font>) -> Result<Self> {
        let mut inputs = Dict::new();
        inputs.insert("data".into(), data.into_value());
        let source = |name: &str, text: &str| {
            let path = VirtualPath::new(name).map_err(Error::fault)?;
            Ok::<_, Box<Error>>(Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), text.to_owned()))
        };
        Ok(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            layout: source("layout.typ", layout)?,
            house: source("house.typ", HOUSE)?,
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.layout, &self.house].into_iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_is_counted_with_what_was_left_out_before() {
        let mut list = serde_json::json!({ "shown": [1, 2, 3], "more": 4 });
        shorten(&mut list, 3);
        assert_eq!(list, serde_json::json!({ "shown": [1, 2, 3], "more": 4 }));
        shorten(&mut list, 1);
        assert_eq!(list, serde_json::json!({ "shown": [1], "more": 6 }));
    }
}
