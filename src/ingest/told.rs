//! Rows of a list read by all cores and entered in the order of the file: what a row says is told before it is known what stood in the
//! rows before it, and what becomes of it is settled when it is entered.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::DefaultHashBuilder;

use super::ledger::{Fault, Ledger, Verdict};
use super::open::Export;
use super::row::Row;
use super::side_by_side::{self, Taker};
use super::table::Table;
use crate::error::Result;
use crate::model::origin::Origin;
use crate::model::text::{Pool, Text};

/// Tells what one row says.
pub(super) trait Teller: Sync {
    /// What it says; its texts are in a pool.
    type Said: Send;
    /// Reads a row.
    fn told(&self, table: &Table, row: &Row, origin: Origin, pool: &mut Pool) -> Result<Self::Said, Fault>;
}

/// Enters what rows say.
pub(super) trait Enterer<S> {
    /// Is told what comes next, so that what it leads to is at hand then.
    fn expect<'s>(&self, _said: impl Iterator<Item = &'s S>)
    where
        S: 's,
    {
    }

    /// Enters what a row says, with its texts and the books; the verdict is what becomes of the row.
    fn enter(&mut self, said: S, texts: &Pool, books: &mut Ledger) -> Verdict;
}

/// Hands what each row says to `list`, in the order of the file.
pub(super) fn each<T: Teller>(export: Export, ledger: &mut Ledger, teller: &T, list: &mut impl Enterer<T::Said>) -> Result<()> {
    if side_by_side::can(&export) {
        return side_by_side::each(export, ledger, &InParts(teller), |Told { rows, pool }, books| {
            list.expect(rows.iter().map(|(_, _, said)| said));
            for (origin, raw, said) in rows {
                let verdict = list.enter(said, &pool, books);
                books.settle(origin, pool.get(raw).as_bytes(), verdict)?;
            }
            Ok(())
        });
    }
    export.each(ledger, |table, row, _, origin, books| {
        let mut pool = Pool::default();
        let said = teller.told(table, row, origin, &mut pool);
        Ok(said.map_or_else(Verdict::Rejected, |said| list.enter(said, &pool, books)))
    })
}

/// A hash of all that a row says. A column that is not there says what an empty one says.
pub(super) fn content(table: &Table, row: &Row, hasher: &DefaultHashBuilder) -> u64 {
    let mut content = hasher.build_hasher();
    for column in 0..table.kind.columns().len() {
        if let Some(text) = table.text(column, row) {
            (column, text).hash(&mut content);
        }
    }
    content.finish()
}

struct InParts<'t, T>(&'t T);

/// What some rows say, each with where it stands and itself, and their texts.
struct Told<S> {
    rows: Vec<(Origin, Text, S)>,
    pool: Pool,
}

impl<T: Teller> Taker for InParts<'_, T> {
    type Part = Told<T::Said>;

    fn part(&self) -> Self::Part {
        Told { rows: Vec::new(), pool: Pool::default() }
    }

    fn take(&self, part: &mut Self::Part, table: &Table, row: &Row, _: usize, origin: Origin, _: &mut Ledger) -> Result<Verdict> {
        Ok(match self.0.told(table, row, origin, &mut part.pool) {
            Ok(said) => {
                part.rows.push((origin, part.pool.keep(row.raw()), said));
                Verdict::Later
            }
            Err(fault) => Verdict::Rejected(fault),
        })
    }

    fn end(&self, _: &mut Self::Part) {}
}
