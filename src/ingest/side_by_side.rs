//! Rows of one export read by all cores: it is cut into blocks, which threads read side by side, each into a part and books of its
//! own, and parts and books are put together in the order of the file. Nothing of it depends on how many threads there are.

use rayon::prelude::*;

use super::csv::{self, Block};
use super::ledger::{Ledger, Verdict};
use super::open::{self, Export};
use super::opener::Rows;
use super::row::Row;
use super::table::Table;
use crate::error::{Error, Result};
use crate::model::origin::{FileId, Origin};

/// Bytes of a block.
const BLOCK: usize = 1 << 18;
/// Blocks that are read at a time.
const AT_ONCE: usize = 8;
/// Rows of a part, where an export cannot be cut into blocks.
const ROWS: usize = 4_096;

/// Who takes rows in parts.
pub trait Taker: Sync {
    /// What becomes of the rows of a block.
    type Part: Send;
    /// A part without rows.
    fn part(&self) -> Self::Part;
    /// Takes a row: the table, the row, its place in its record, where it stands, the books.
    fn take(
        &self,
        part: &mut Self::Part,
        table: &Table,
        row: &Row,
        place: usize,
        origin: Origin,
        books: &mut Ledger,
    ) -> Result<Verdict>;
    /// Ends a part.
    fn end(&self, part: &mut Self::Part);
}

/// Hands every row to `taker`, and every part to `done` in the order of the file, with the books for what is settled only then.
pub fn each<T: Taker>(
    export: Export,
    ledger: &mut Ledger,
    taker: &T,
    done: impl FnMut(T::Part, &mut Ledger) -> Result<()>,
) -> Result<()> {
    in_blocks(export, ledger, taker, done, BLOCK)
}

fn in_blocks<T: Taker>(
    export: Export,
    ledger: &mut Ledger,
    taker: &T,
    mut done: impl FnMut(T::Part, &mut Ledger) -> Result<()>,
    size: usize,
) -> Result<()> {
    let Export { table, file, rows, inside, sealing, path } = export;
    let io = |e| Error::reading(&path, e);
    let (splitter, names) = match rows {
        Rows::Csv(splitter, names) => (splitter, names),
        rows => return in_turn(Export { table, file, rows, inside, sealing, path }, ledger, taker, done),
    };
    let reader = Reader { table: &table, file, names: &names, taker };
    let mut blocks = splitter.into_blocks(size);
    let mut cut: Option<Block> = None;
    loop {
        let mut group = Vec::with_capacity(AT_ONCE);
        while group.len() < AT_ONCE
            && let Some(block) = blocks.next().map_err(io)?
        {
            group.push(match cut.take() {
                Some(cut) => cut.join(&block),
                None => block,
            });
        }
        let books: &Ledger = ledger;
        let read: Vec<_> = match &group[..] {
            [] => break,
            [only] => vec![reader.read(only, books)],
            several => several.par_iter().map(|block| reader.read(block, books)).collect(),
        };
        for (block, read) in group.iter().zip(read) {
            // What was taken for the beginning of a row was within one: the block is read again behind the row's beginning.
            let read = cut.take().map_or(read, |cut| reader.read(&cut.join(block), ledger))?;
            let ReadBlock { part, mut books, cut: rest } = read;
            done(part, &mut books)?;
            ledger.merge(file, books)?;
            cut = rest;
        }
    }
    open::end(ledger, file, &table, inside, sealing, &path)
}

/// What became of a block.
struct ReadBlock<P> {
    part: P,
    books: Ledger,
    /// The row that its end cuts.
    cut: Option<Block>,
}

struct Reader<'a, T> {
    table: &'a Table,
    file: FileId,
    names: &'a [String],
    taker: &'a T,
}

impl<T: Taker> Reader<'_, T> {
    fn read(&self, block: &Block, books: &Ledger) -> Result<ReadBlock<T::Part>> {
        let (mut part, mut books) = (self.taker.part(), books.page(self.file));
        let mut take = |table: &Table, row: &Row, place: usize, origin: Origin, books: &mut Ledger| {
            self.taker.take(&mut part, table, row, place, origin, books)
        };
        let cut = csv::pieces(block, |piece| open::lines(self.table, self.file, self.names, piece, &mut books, &mut take))?;
        self.taker.end(&mut part);
        Ok(ReadBlock { part, books, cut })
    }
}

/// Whether an export can be cut into blocks. Of one that cannot, no verdict may wait for the rows before.
pub fn can(export: &Export) -> bool {
    matches!(export.rows, Rows::Csv(..))
}

/// One row after the other.
fn in_turn<T: Taker>(
    export: Export,
    ledger: &mut Ledger,
    taker: &T,
    mut done: impl FnMut(T::Part, &mut Ledger) -> Result<()>,
) -> Result<()> {
    let (mut part, mut rows) = (taker.part(), 0);
    export.each(ledger, |table, row, place, origin, ledger| {
        let verdict = taker.take(&mut part, table, row, place, origin, ledger)?;
        rows += 1;
        if rows == ROWS {
            taker.end(&mut part);
            done(std::mem::replace(&mut part, taker.part()), ledger)?;
            rows = 0;
        }
        Ok(verdict)
    })?;
    taker.end(&mut part);
    done(part, ledger)
}

#[cfg(test)]
mod tests {
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

        fn take(
            &self,
            part: &mut Vec<Kept>,
            table: &Table,
            row: &Row,
            _: usize,
            at: Origin,
            books: &mut Ledger,
        ) -> Result<Verdict> {
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
    }
}
