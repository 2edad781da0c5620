//! The bytes of a file or member, read once: a thread reads and hashes them (SHA-256) while the caller parses what has come, so that
//! what is hashed is what was parsed.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use indicatif::ProgressBar;
use sha2::{Digest, Sha256};

use super::archive::Member;

const CHUNK: usize = 1 << 17;
const AHEAD: usize = 4;

/// The hash and size of all bytes of a file.
pub struct Seal {
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// The size in bytes.
    pub bytes: u64,
}

/// The bytes of one file, as a reader.
pub struct Bytes {
    chunks: Receiver<io::Result<Vec<u8>>>,
    spent: SyncSender<Vec<u8>>,
    current: Vec<u8>,
    at: usize,
    progress: ProgressBar,
    taken: u64,
}

/// What is read: a file, or a member of an archive.
pub enum Source {
    /// A file.
    File(File),
    /// A member.
    Member(Box<Member>),
}

/// The hash of a file in the making. Once it and the bytes are dropped, the rest of the file is not read.
pub struct Sealing {
    worker: JoinHandle<io::Result<Seal>>,
    _wanted: Arc<()>,
}

impl Sealing {
    /// Waits until the whole file was read, and tells its hash and size.
    pub fn finish(self) -> io::Result<Seal> {
        self.worker.join().unwrap_or_else(|_| Err(io::Error::other("the reading thread ended early")))
    }
}

impl Bytes {
    /// Begins to read; `progress` counts the bytes.
    pub fn of(source: Source, progress: ProgressBar) -> io::Result<(Self, Sealing)> {
        let (send, chunks) = sync_channel(AHEAD);
        let failed = send.clone();
        let (spent, reuse) = sync_channel::<Vec<u8>>(AHEAD + 2);
        let wanted = Arc::new(());
        let hash_wanted = Arc::downgrade(&wanted);
        let read = move |input: &mut dyn Read| {
            let mut hash = Sha256::new();
            let mut bytes = 0;
            let mut bytes_wanted = true;
            while bytes_wanted || hash_wanted.strong_count() > 0 {
                let mut chunk = reuse.try_recv().unwrap_or_default();
                chunk.resize(CHUNK, 0);
                let n = fill(input, &mut chunk)?;
                if n == 0 {
                    break;
                }
                chunk.truncate(n);
                hash.update(&chunk);
                bytes += n as u64;
                // Nobody may want the rest, but the hash is of the whole file.
                bytes_wanted = bytes_wanted && send.send(Ok(chunk)).is_ok();
            }
            Ok(Seal { sha256: hex(&hash.finalize()), bytes })
        };
        let worker = std::thread::Builder::new().name("read".into()).spawn(move || {
            let done = match source {
                Source::File(mut file) => read(&mut file),
                Source::Member(member) => member.with(read),
            };
            // Who parses is told of a failure as who asks for the hash is.
            done.inspect_err(|e| drop(failed.send(Err(io::Error::new(e.kind(), e.to_string())))))
        })?;
        let bytes = Self { chunks, spent, current: Vec::new(), at: 0, progress, taken: 0 };
        Ok((bytes, Sealing { worker, _wanted: wanted }))
    }

    /// How many bytes were taken so far.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// The first bytes, without taking them; empty for an empty file.
    pub fn peek(&mut self) -> io::Result<&[u8]> {
        self.refill()?;
        Ok(&self.current[self.at..])
    }

    fn refill(&mut self) -> io::Result<bool> {
        while self.at == self.current.len() {
            match self.chunks.recv() {
                Ok(chunk) => {
                    let spent = std::mem::replace(&mut self.current, chunk?);
                    self.progress.inc(self.current.len() as u64);
                    let _ = self.spent.try_send(spent);
                    self.at = 0;
                }
                Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.refill()? {
            return Ok(0);
        }
        let n = into.len().min(self.current.len() - self.at);
        into[..n].copy_from_slice(&self.current[self.at..self.at + n]);
        self.at += n;
        self.taken += n as u64;
        Ok(n)
    }
}

fn fill(input: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match input.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

/// Lower-case hex of a hash.
#[must_use]
pub fn hex(hash: &[u8]) -> String {
    use std::fmt::Write;
    hash.iter().fold(String::with_capacity(hash.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
