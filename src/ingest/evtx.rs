//! Windows event logs (EVTX): records in the shape of [`event_xml`](super::event_xml), chunk by chunk. What stands for a line is the record's
//! number. A chunk that is damaged costs its records: each number that it says it holds is told.

use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Read};
use std::sync::Arc;

use evtx::{EvtxChunkData, EvtxChunkHeader, ParserSettings};

use super::element::{Element, Records};
use super::event_xml;

/// What every such file begins with.
pub const MAGIC: &[u8] = b"ElfFile\0";
const HEADER: usize = 4_096;
const CHUNK: usize = 65_536;
/// A record takes this many bytes at least, so that a chunk cannot hold more than some.
const SMALLEST_RECORD: u64 = 28;
/// The place in the file's header that says whether it was closed, and the bit there that says not.
const FLAGS: (usize, u8) = (120, 1);

/// Records of a log.
pub struct Log<R> {
    input: R,
    /// Whether the log was in use when it was copied, so that its checksums are behind; open until the header is read.
    in_use: Option<bool>,
    chunk: u64,
    ready: VecDeque<Element>,
    settings: Arc<ParserSettings>,
}

impl<R: Read> Log<R> {
    /// Records of `input`, from the file's first byte.
    pub fn new(input: R) -> Self {
        let settings = Arc::new(ParserSettings::new().num_threads(1).indent(false));
        Self { input, in_use: None, chunk: 0, ready: VecDeque::new(), settings }
    }

    /// Reads the file's header.
    fn begin(&mut self) -> io::Result<()> {
        let header = fill(&mut self.input, HEADER)?;
        if header.len() < HEADER {
            self.ready.push_back(damage(0, "the file ends inside its header"));
        }
        self.in_use = Some(header.get(FLAGS.0).is_some_and(|flags| flags & FLAGS.1 != 0));
        Ok(())
    }

    fn read_chunk(&mut self, mut bytes: Vec<u8>) {
        let (number, cut) = (self.chunk, bytes.len() < CHUNK);
        self.chunk += 1;
        if bytes.iter().all(|b| *b == 0) {
            return;
        }
        bytes.resize(CHUNK, 0);
        let offset = HEADER as u64 + number * CHUNK as u64;
        let mut data = match EvtxChunkData::new(bytes, false) {
            Ok(data) => data,
            Err(why) => return self.ready.push_back(damage(0, &format!("the chunk at byte {offset} cannot be read: {why}"))),
        };
        let newest = data.header.last_event_record_id;
        let mut held = numbers(&data.header);
        if (cut || self.in_use != Some(true)) && !data.validate_checksum() {
            let why = if cut { "the file ends inside it" } else { "its checksum does not fit its bytes" };
            let why = format!("the chunk at byte {offset} is damaged: {why}");
            if held.is_empty() {
                held.insert(0);
            }
            self.ready.extend(held.into_iter().map(|id| damage(id, &why)));
            return;
        }
        match data.parse(self.settings.clone()) {
            Err(why) => self.ready.push_back(damage(0, &format!("the chunk at byte {offset} cannot be read: {why}"))),
            Ok(mut chunk) => {
                let mut broken = false;
                for record in chunk.iter() {
                    let element = match record.map(|r| (r.event_record_id, r.into_xml())) {
                        Ok((id, Ok(record))) => {
                            held.remove(&id);
                            let raw = record.data.into_bytes();
                            let raw = raw.trim_ascii().to_vec();
                            let value = event_xml::parse(without_declaration(&raw));
                            Element::made(line(id), raw, value)
                        }
                        Ok((id, Err(why))) => {
                            held.remove(&id);
                            damage(id, &format!("the record cannot be read: {why}"))
                        }
                        Err(_) => {
                            broken = true;
                            continue;
                        }
                    };
                    self.ready.push_back(element);
                }
                // A log that was saved through a filter has gaps, which are no damage.
                if !broken && held.last().is_none_or(|last| *last != newest) {
                    return;
                }
                let why = format!("the record is missing from the chunk at byte {offset} that should hold it, or is damaged");
                self.ready.extend(held.into_iter().map(|id| damage(id, &why)));
            }
        }
    }
}

impl<R: Read> Records for Log<R> {
    fn next(&mut self) -> io::Result<Option<Element>> {
        if self.in_use.is_none() {
            self.begin()?;
        }
        loop {
            if let Some(element) = self.ready.pop_front() {
                return Ok(Some(element));
            }
            let bytes = fill(&mut self.input, CHUNK)?;
            if bytes.is_empty() {
                return Ok(None);
            }
            self.read_chunk(bytes);
        }
    }
}

/// Up to this many bytes; fewer at the end of the file.
fn fill(input: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    input.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The numbers of the records that a chunk says it holds; none where what it says cannot be.
fn numbers(header: &EvtxChunkHeader) -> BTreeSet<u64> {
    let (first, last) = (header.first_event_record_id, header.last_event_record_id);
    let most = CHUNK as u64 / SMALLEST_RECORD;
    if first > last || last - first > most { BTreeSet::new() } else { (first..=last).collect() }
}

fn line(id: u64) -> u32 {
    u32::try_from(id).unwrap_or(u32::MAX)
}

fn damage(id: u64, why: &str) -> Element {
    Element::made(line(id), Vec::new(), Err(why.to_owned()))
}

fn without_declaration(xml: &[u8]) -> &[u8] {
    if !xml.starts_with(b"<?") {
        return xml;
    }
    memchr::memmem::find(xml, b"?>").map_or(xml, |at| xml[at + 2..].trim_ascii_start())
}
