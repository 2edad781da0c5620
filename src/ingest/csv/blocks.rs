//! A file in blocks that can be split side by side. Each is taken to begin with a row; whether it does is known when the block before
//! it was split: where a row goes on over the end of a block, the two are split again as one. So the rows are those of the file
//! read from its beginning, whatever the size of a block and whoever splits it.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::lines::Lines;
use super::{Dialect, Piece, Splitter};
use crate::error::{Error, Result};
use crate::ingest::window::Window;

/// A part of a file that ends at the end of a physical line or of the file.
pub struct Block {
    bytes: Vec<u8>,
    /// The physical line on which it begins.
    line: u32,
    dialect: Dialect,
    last: bool,
}

impl Block {
    /// How long it is.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// This block and the next one as one.
    pub fn join(mut self, next: &Self) -> Self {
        self.bytes.extend_from_slice(&next.bytes);
        self.last = next.last;
        self
    }
}

/// The blocks of a stream.
pub struct Blocks<R> {
    window: Window<R>,
    dialect: Dialect,
    line: u32,
    size: usize,
}

impl<R: Read> Splitter<R> {
    /// What was not read yet, in blocks of about this many bytes.
    pub fn into_blocks(mut self, size: usize) -> Blocks<R> {
        self.window.take(self.spent.0);
        Blocks { window: self.window, dialect: self.dialect, line: self.line + self.spent.1, size }
    }
}

impl<R: Read> Blocks<R> {
    /// The next block; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Block>> {
        while self.window.bytes().len() < self.size && self.window.grow()? {}
        let newline = self.dialect.newline;
        let end = loop {
            if let Some(at) = memrchr(newline, self.window.bytes()) {
                break at + 1;
            }
            if !self.window.grow()? {
                break self.window.bytes().len();
            }
        };
        if end == 0 {
            return Ok(None);
        }
        let last = end == self.window.bytes().len() && !self.window.grow()?;
        let (bytes, line) = (self.window.cut(end), self.line);
        self.line += u32::try_from(memchr_iter(newline, &bytes).count()).unwrap_or(u32::MAX);
        Ok(Some(Block { bytes, line, dialect: self.dialect, last }))
    }
}

/// Hands every row and damage of a block on. What its end cuts is given back, to be joined with the next block.
pub fn pieces(block: &Block, mut take: impl FnMut(Piece) -> Result<()>) -> Result<Option<Block>> {
    let Block { bytes, line, dialect, last } = block;
    if let Some(mut lines) = Lines::of(bytes, *line, *dialect) {
        while let Some(piece) = lines.next() {
            take(piece)?;
        }
        return Ok(None);
    }
    let mut splitter = Splitter::of(Window::whole(bytes.clone()), *dialect, *line, !last);
    while let Some(piece) = splitter.next().map_err(Error::fault)? {
        take(piece)?;
    }
    let Splitter { mut window, line, .. } = splitter;
    let bytes = window.cut(window.bytes().len());
    Ok((!bytes.is_empty()).then_some(Block { bytes, line, dialect: *dialect, last: false }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{Just, Strategy, any, prop_oneof};

    #[derive(Clone, Copy, Debug)]
    struct Way {
        width: usize,
        decoded: bool,
        comment: bool,
        quotes: bool,
    }

    fn splitter(bytes: &[u8], way: Way) -> Splitter<&[u8]> {
        let mut splitter = Splitter::new(bytes, way.decoded).unwrap();
        splitter.set_marks(way.comment.then_some(b'#'), way.quotes);
        splitter.set_delimiter(Some(b',')).unwrap();
        splitter.expect_width(way.width);
        splitter
    }

    fn told(piece: &Piece) -> String {
        match piece {
            Piece::Row(row) => format!("{} {:?} {:?}", row.line, (0..row.len()).map(|i| row.get(i)).collect::<Vec<_>>(), row.raw),
            Piece::Damaged(damage) => format!("{} {:?} {} {:?}", damage.line, damage.field, damage.reason, damage.raw),
        }
    }

    /// One row after the other.
    fn simply(bytes: &[u8], way: Way) -> Vec<String> {
        let mut splitter = splitter(bytes, way);
        let mut out = Vec::new();
        while let Some(piece) = splitter.next().unwrap() {
            out.push(told(&piece));
        }
        out
    }

    fn in_blocks(bytes: &[u8], way: Way, size: usize) -> Vec<String> {
        let mut blocks = splitter(bytes, way).into_blocks(size);
        let mut out = Vec::new();
        let mut cut: Option<Block> = None;
        while let Some(block) = blocks.next().unwrap() {
            let block = match cut.take() {
                Some(cut) => cut.join(&block),
                None => block,
            };
            cut = pieces(&block, |piece| {
                out.push(told(&piece));
                Ok(())
            })
            .unwrap();
        }
        assert!(cut.is_none(), "the last block cuts nothing");
        out
    }

    fn cells() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec![
            "a", "é", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"", "\"\"", "\"x\ny\"", "\"p,q\"", "#", "\u{FFFD}", "\0", " ",
        ])
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 2_000, ..Default::default() })]
        /// The simple way and the one in blocks give the same rows, damage and lines, wherever blocks end.
        #[test]
        fn blocks_give_the_rows_of_the_whole(
            parts in proptest::collection::vec(cells(), 0..60),
            broken in any::<bool>(),
            size in 1_usize..40,
            way in (1_usize..4, any::<bool>(), any::<bool>(), prop_oneof![4 => Just(true), 1 => Just(false)]),
        ) {
            let mut bytes = parts.concat().into_bytes();
            if broken && !bytes.is_empty() {
                let at = bytes.len() / 2;
                bytes[at] = 0xFF;
            }
            let way = Way { width: way.0, decoded: way.1, comment: way.2, quotes: way.3 };
            proptest::prop_assert_eq!(in_blocks(&bytes, way, size), simply(&bytes, way));
        }
    }

    #[test]
    fn a_row_with_quotes_over_many_blocks_is_one_row() {
        let way = Way { width: 2, decoded: false, comment: false, quotes: true };
        let text = format!("1,\"{}\"\n2,y\n", "line\n".repeat(1_000));
        let read = in_blocks(text.as_bytes(), way, 64);
        assert_eq!(read.len(), 2);
        assert!(read[1].starts_with("1002 "), "{}", read[1]);
    }
}
