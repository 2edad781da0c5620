//! Reading by all cores against reading one row after the other.

use std::collections::HashSet;

use chrono_tz::Tz;
use indicatif::ProgressBar;

use super::*;
use crate::case::Source;
use crate::ingest::ledger::Fault;
use crate::model::columns::SourceKind;
use crate::model::columns::events::{ACTION, AT};
use crate::presets::Presets;

/// Keeps every row's line, what it says and itself. One whose action is no word is rejected.
struct Keep;

type Kept = (u32, Option<String>, String);

impl Taker for Keep {
    type Part = Vec<Kept>;

    fn part(&self) -> Vec<Kept> {
        Vec::new()
    }

    fn take(&self, part: &mut Vec<Kept>, table: &Table, row: &Row, _: usize, at: Origin, books: &mut Ledger) -> Result<Verdict> {
        let action = table.text(ACTION, row).map(std::borrow::Cow::into_owned);
        if action.as_deref().is_some_and(|action| action.contains('"')) {
            return Ok(Verdict::Rejected(table.fault(ACTION, "", "no word")));
        }
        match table.moment(AT, row) {
            Ok(Some(crate::time::Moment::At(moment))) => books.file(at.file).spans(moment),
            Ok(_) => {}
            Err(fault) => return Ok(Verdict::Rejected(fault)),
        }
        part.push((at.line, action, row.raw().to_owned()));
        Ok(Verdict::Later)
    }

    fn end(&self, _: &mut Vec<Kept>) {}
}

/// The second row that says the same is a duplicate, and one without an action is rejected: known only in the order of the file.
fn settled(seen: &mut HashSet<Option<String>>, (_, action, _): &Kept) -> Verdict {
    match action {
        None => Verdict::Rejected(Fault { column: "action".into(), value: String::new(), reason: "empty".into() }),
        _ if seen.insert(action.clone()) => Verdict::Accepted,
        _ => Verdict::Duplicate,
    }
}

fn read(presets: &Presets, bytes: &[u8], size: Option<usize>) -> (Vec<Kept>, String, Vec<Vec<String>>) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let mut ledger = Ledger::new(ProgressBar::hidden());
    let source = Source::of(SourceKind::Events);
    let export = open::open(&source, "log.csv", file.path(), presets, Tz::UTC, &mut ledger).unwrap();
    let id = export.file;
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    match size {
        Some(size) => in_blocks(
            export,
            &mut ledger,
            &Keep,
            |part, books| {
                for row in part {
                    let verdict = settled(&mut seen, &row);
                    books.settle(Origin { file: id, line: row.0 }, row.2.as_bytes(), verdict)?;
                    rows.push(row);
                }
                Ok(())
            },
            size,
        ),
        None => export.each(&mut ledger, |table, row, place, origin, books| {
            let mut part = Vec::new();
            let verdict = Keep.take(&mut part, table, row, place, origin, books)?;
            Ok(match part.pop() {
                Some(row) => {
                    let verdict = settled(&mut seen, &row);
                    rows.push(row);
                    verdict
                }
                None => verdict,
            })
        }),
    }
    .unwrap();
    let shown: Vec<String> = ledger.first_rejects.iter().map(|reject| format!("{reject:?}")).collect();
    let books = format!("{:?} {shown:?}", ledger.files);
    let rejects = ledger.rejects().unwrap().records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    (rows, books, rejects)
}

/// Keeps rows as they come, and accepts them.
struct Accept;

impl Taker for Accept {
    type Part = Vec<Kept>;

    fn part(&self) -> Vec<Kept> {
        Vec::new()
    }

    fn take(
        &self,
        part: &mut Vec<Kept>,
        table: &Table,
        row: &Row,
        place: usize,
        at: Origin,
        books: &mut Ledger,
    ) -> Result<Verdict> {
        let verdict = Keep.take(part, table, row, place, at, books)?;
        Ok(if matches!(verdict, Verdict::Later) { Verdict::Accepted } else { verdict })
    }

    fn end(&self, _: &mut Vec<Kept>) {}
}

fn read_lines(presets: &Presets, text: &str, at_once: bool) -> (Vec<Kept>, String) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let mut ledger = Ledger::new(ProgressBar::hidden());
    let export = open::open(&Source::of(SourceKind::Events), "log", file.path(), presets, Tz::UTC, &mut ledger).unwrap();
    let mut rows = Vec::new();
    if at_once {
        let mut keep = |part: Vec<Kept>, _: &mut Ledger| {
            rows.extend(part);
            Ok(())
        };
        each(export, &mut ledger, &Accept, &mut keep).unwrap();
    } else {
        let take = |table: &Table, row: &Row, place: usize, origin: Origin, books: &mut Ledger| {
            Accept.take(&mut rows, table, row, place, origin, books)
        };
        export.each(&mut ledger, take).unwrap();
    }
    let rejects: Vec<_> = ledger.rejects().unwrap().records().map(|row| format!("{:?}", row.unwrap())).collect();
    (rows, format!("{:?} {rejects:?}", ledger.files))
}

std::thread_local! {
    static PRESETS: Presets = Presets::load().unwrap();
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, ..Default::default() })]
    /// Rows, books and rejects are those of reading one row after the other, wherever blocks end.
    #[test]
    fn side_by_side_is_what_one_after_the_other_is(
        lines in proptest::collection::vec(proptest::sample::select(vec![
            "2026-08-01T10:00:00Z,disabled,ann", "2026-08-02T10:00:00Z,\"dis\nabled\",ann", "2026-08-03T10:00:00Z,,bob",
            "2026-08-01T11:00:00Z,\"a\"\"b\",ann", "1/2/2026,created,ann", "31/1/2026,created,bob", "2026-08-01,\"x,ann", "a,b", "",
            "\"\",\"\n\n\",\"\"", "2026-08-04T10:00:00+02:00,enabled,\"o\"x", "no time,enabled,z",
        ]), 0..40),
        end in proptest::sample::select(vec!["\n", "\r\n"]),
        size in 1_usize..200,
    ) {
        let text = format!("at,action,target{end}{}", lines.join(end));
        let simple = PRESETS.with(|presets| read(presets, text.as_bytes(), None));
        let side_by_side = PRESETS.with(|presets| read(presets, text.as_bytes(), Some(size)));
        proptest::prop_assert_eq!(side_by_side, simple);
    }

    /// The same of lines of JSON, envelopes and damaged ones among them.
    #[test]
    fn lines_of_json_are_read_as_one_after_the_other(
        lines in proptest::collection::vec(proptest::sample::select(vec![
            r#"{"at":"2026-08-01T10:00:00Z","action":"disabled","target":"ann"}"#,
            r#"{"at":"1/2/2026","action":"created","target":"ann"}"#, r#"{"at":"31/1/2026","action":"created","target":"bob"}"#,
            r#"{"Records":[{"at":"2026-08-02T10:00:00Z","action":"enabled","target":"ann"},{"at":"no time","action":"created"}]}"#,
            r#"{"at":"2026-08-03T10:00:00Z","action":"a\"b","target":"x"}"#, r#"{"at":"#, "", "[]", r#"{"Records":[]}"#,
        ]), 0..30),
        times in 1_usize..60,
    ) {
        let first = "{\"at\":\"2026-07-31T10:00:00Z\",\"action\":\"created\",\"target\":\"z\"}\n";
        let text = format!("{first}{}", format!("{}\n", lines.join("\n")).repeat(times));
        let simple = PRESETS.with(|presets| read_lines(presets, &text, false));
        let side_by_side = PRESETS.with(|presets| read_lines(presets, &text, true));
        proptest::prop_assert_eq!(side_by_side, simple);
    }
}
