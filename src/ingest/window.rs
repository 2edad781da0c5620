//! A window on a stream of bytes that grows until what is looked for lies in it: shared by the readers of lines and of JSON.

use std::io::{self, Read};

const STEP: usize = 1 << 18;

/// The part of a stream that is in memory.
pub struct Window<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: Read> Window<R> {
    /// A window on the beginning of `input`.
    pub fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), start: 0, ended: false }
    }

    /// Takes the first `n` bytes out as a piece of their own.
    pub fn cut(&mut self, n: usize) -> Vec<u8> {
        let at = (self.start + n).min(self.buffer.len());
        let rest = self.buffer[at..].to_vec();
        let mut piece = std::mem::replace(&mut self.buffer, rest);
        piece.truncate(at);
        piece.drain(..self.start);
        self.start = 0;
        piece
    }

    /// What lies in the window and was not taken.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Makes the window larger; `false` at the end of the stream.
    pub fn grow(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let filled = self.buffer.len();
        self.buffer.resize(filled + STEP.max(filled), 0);
        let mut at = filled;
        while at < self.buffer.len() {
            match self.input.read(&mut self.buffer[at..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => at += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        self.buffer.truncate(at);
        Ok(at > filled)
    }

    /// Takes `n` bytes off the front.
    pub fn take(&mut self, n: usize) {
        self.start = (self.start + n).min(self.buffer.len());
    }
}

impl Window<io::Empty> {
    /// A window on bytes that are all there.
    pub fn whole(bytes: Vec<u8>) -> Self {
        Self { input: io::empty(), buffer: bytes, start: 0, ended: true }
    }
}
