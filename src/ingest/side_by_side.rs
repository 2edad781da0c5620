//! Rows of one export read by all cores: it is cut into blocks, which threads read side by side, each into a part and books of its
//! own, and parts and books are put together in the order of the file. Nothing of it depends on how many threads there are.

use std::path::Path;

use super::csv::{self, Block};
use super::element::{Lot, Peeked, Records};
use super::json::Wanted;
use super::ledger::{Ledger, Verdict};
use super::open::{self, Export};
use super::opener::Rows;
use super::path::Step;
use super::row::Row;
use super::table::Table;
use crate::error::{Error, Result};
use crate::model::origin::{FileId, Origin};
use crate::parallel;

/// Bytes of a block.
const BLOCK: usize = 1 << 18;
/// Blocks that are read at a time.
const AT_ONCE: usize = 8;
/// Rows of a part, where an export cannot be cut into blocks.
const ROWS: usize = 4_096;
/// Bytes that are read at a time, as far as no single unit is longer.
const MOST: usize = 4 << 20;

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
        Rows::Records(elements, each) => {
            let reader = Reader { table: &table, file, names: &[], taker };
            records(&reader, elements, each.as_deref(), &path, ledger, done)?;
            return open::end(ledger, file, &table, inside, sealing, &path);
        }
        rows @ Rows::Cells(..) => return in_turn(Export { table, file, rows, inside, sealing, path }, ledger, taker, done),
    };
    let reader = Reader { table: &table, file, names: &names, taker };
    let mut blocks = splitter.into_blocks(size);
    let mut cut: Option<Block> = None;
    let blank = ledger.page(file);
    let some = || some_of(|| blocks.next().map_err(io), Block::bytes);
    let read = |block: Block| {
        let read = reader.read(&block, &blank);
        (block, read)
    };
    parallel::in_step(some, read, |(block, read)| {
        // What was taken for the beginning of a row was within one: the block is read again behind the row's beginning.
        let read = cut.take().map_or(read, |cut| reader.read(&cut.join(&block), &blank))?;
        let ReadBlock { part, mut books, cut: rest } = read;
        done(part, &mut books)?;
        ledger.merge(file, books)?;
        cut = rest;
        Ok(())
    })?;
    open::end(ledger, file, &table, inside, sealing, &path)
}

/// The next units that are read at a time: so many, and none behind [`MOST`] bytes.
fn some_of<U>(mut next: impl FnMut() -> Result<Option<U>>, bytes: impl Fn(&U) -> usize) -> Result<Vec<U>> {
    let (mut some, mut length) = (Vec::with_capacity(AT_ONCE), 0);
    while some.len() < AT_ONCE
        && length < MOST
        && let Some(unit) = next()?
    {
        length += bytes(&unit);
        some.push(unit);
    }
    Ok(some)
}

/// Records, some at a time: all cores read and take them.
fn records<T: Taker>(
    reader: &Reader<T>,
    mut elements: Peeked,
    each: Option<&[Step]>,
    path: &Path,
    ledger: &mut Ledger,
    mut done: impl FnMut(T::Part, &mut Ledger) -> Result<()>,
) -> Result<()> {
    let blank = ledger.page(reader.file);
    let some = || some_of(|| elements.lot().map_err(|e| Error::reading(path, e)), |lot| lot.bytes());
    let wanted = reader.table.wanted(each);
    let read = |lot: Box<dyn Lot>| reader.records(lot.as_ref(), each, &wanted, &blank);
    parallel::in_step(some, read, |read| {
        let (part, mut books) = read?;
        done(part, &mut books)?;
        ledger.merge(reader.file, books)
    })
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

    fn records(&self, some: &dyn Lot, each: Option<&[Step]>, wanted: &Wanted, books: &Ledger) -> Result<(T::Part, Ledger)> {
        let (mut part, mut books) = (self.taker.part(), books.page(self.file));
        let mut take = |table: &Table, row: &Row, place: usize, origin: Origin, books: &mut Ledger| {
            self.taker.take(&mut part, table, row, place, origin, books)
        };
        some.each(wanted, &mut |record| open::values(self.table, self.file, each, record, &mut books, &mut take))?;
        self.taker.end(&mut part);
        Ok((part, books))
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
mod tests;
