//! A Windows event log that a test writes down byte by byte: one chunk, each record its own XML without shared templates. It
//! shows that the reader reads the format as its parser does and tells every record; it is no log that Windows wrote.

use std::fmt::Write;

use crate::program::{Case, REVIEW, root};

const HEADER: usize = 4_096;
const CHUNK: usize = 65_536;
const CHUNK_HEADER: usize = 512;

/// The records of an event XML as a log.
pub fn log(xml: &str) -> Vec<u8> {
    let events: Vec<&str> = xml.split("<Event ").skip(1).map(|e| e.split("</Event>").next().unwrap()).collect();
    let number = |e: &str| e.split("<EventRecordID>").nth(1).unwrap().split('<').next().unwrap().parse::<u64>().unwrap();
    let mut chunk = vec![0_u8; CHUNK_HEADER];
    for event in &events {
        record(&mut chunk, number(event), &format!("<Event {event}</Event>"));
    }
    let (first, last) = (number(events[0]), number(events[events.len() - 1]));
    let free = u32::try_from(chunk.len()).unwrap();
    let data_sum = crc(&chunk[CHUNK_HEADER..]);
    chunk[..8].copy_from_slice(b"ElfChnk\0");
    for (at, value) in [(8, first), (16, last), (24, first), (32, last)] {
        chunk[at..at + 8].copy_from_slice(&value.to_le_bytes());
    }
    for (at, value) in [(40, 128), (48, free), (52, data_sum)] {
        chunk[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    let sum = crc(&[&chunk[..120], &chunk[128..CHUNK_HEADER]].concat());
    chunk[124..128].copy_from_slice(&sum.to_le_bytes());
    chunk.resize(CHUNK, 0);

    let mut file = vec![0_u8; HEADER];
    file[..8].copy_from_slice(b"ElfFile\0");
    file[24..32].copy_from_slice(&(last + 1).to_le_bytes());
    file[32..36].copy_from_slice(&128_u32.to_le_bytes());
    for (at, value) in [(36, 1_u16), (38, 3), (40, 4_096), (42, 1)] {
        file[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    let sum = crc(&file[..120]);
    file[124..128].copy_from_slice(&sum.to_le_bytes());
    file.extend(chunk);
    file
}

fn record(chunk: &mut Vec<u8>, id: u64, xml: &str) {
    let start = chunk.len();
    chunk.extend(b"**\0\0");
    chunk.extend([0; 4]);
    chunk.extend(id.to_le_bytes());
    chunk.extend(133_000_000_000_000_000_u64.to_le_bytes());
    chunk.extend([0x0F, 1, 1, 0]);
    binary(chunk, xml);
    chunk.push(0);
    let size = u32::try_from(chunk.len() - start + 4).unwrap();
    chunk.extend(size.to_le_bytes());
    chunk[start + 4..start + 8].copy_from_slice(&size.to_le_bytes());
}

/// The tokens of a plain XML.
fn binary(out: &mut Vec<u8>, xml: &str) {
    let mut rest = xml;
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            text(out, &rest[..end].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
            rest = &rest[end..];
            continue;
        };
        let end = tag.find('>').unwrap();
        let (inside, behind) = (&tag[..end], &tag[end + 1..]);
        rest = behind;
        if inside.starts_with('/') {
            out.push(0x04);
            continue;
        }
        let empty = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let (tag_name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        out.push(if attributes.is_empty() { 0x01 } else { 0x41 });
        out.extend([0; 4]);
        name(out, tag_name);
        if !attributes.is_empty() {
            out.extend([0; 4]);
        }
        let list: Vec<&str> = attributes.split('"').collect();
        for (at, pair) in list.chunks_exact(2).enumerate() {
            out.push(if (at + 1) * 2 + 1 < list.len() { 0x46 } else { 0x06 });
            name(out, pair[0].trim().trim_end_matches('='));
            text(out, pair[1]);
        }
        out.push(if empty { 0x03 } else { 0x02 });
    }
}

/// A name where it is first used: its own place, no next name, no hash.
fn name(out: &mut Vec<u8>, name: &str) {
    let place = u32::try_from(out.len() + 4).unwrap();
    out.extend(place.to_le_bytes());
    out.extend([0; 6]);
    wide(out, name);
    out.extend([0; 2]);
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend([0x05, 0x01]);
    wide(out, text);
}

fn wide(out: &mut Vec<u8>, text: &str) {
    out.extend(u16::try_from(text.encode_utf16().count()).unwrap().to_le_bytes());
    out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
}

/// CRC-32 as in IEEE 802.3, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

fn saved() -> String {
    let xml = std::fs::read_to_string(root().join("samples/windows-security/saved.xml")).unwrap();
    let whole = xml.lines().enumerate().filter(|(at, _)| ![9, 11].contains(at));
    whole.fold(String::new(), |mut out, (_, line)| {
        let _ = writeln!(out, "{line}");
        out
    })
}

#[test]
fn the_fixture_is_the_log_of_the_saved_events() {
    let path = root().join("samples/windows-security/Security.evtx");
    let bytes = log(&saved());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &bytes).unwrap();
    }
    assert!(std::fs::read(path).unwrap() == bytes, "UPDATE=1 cargo test evtx writes it anew");
}

/// What becomes of a log: accepted, rejected, and the line and reason of each reject.
fn read(bytes: &[u8]) -> (String, String, Vec<(String, String)>) {
    let case = Case::usual("", "");
    case.write("Security.evtx", bytes);
    let log = "[[source]]\nkind = \"events\"\nsystem = \"AD\"\npath = \"Security.evtx\"\n";
    let people = "[[source]]\nkind = \"people\"\npath = \"people.csv\"\n";
    case.write("lastday.toml", format!("{REVIEW}{people}{log}").as_bytes());
    let ran = case.audit(&[]);
    assert!(ran.wrote(), "{}", ran.stderr);
    let books = ran.rows("reconciliation.csv").into_iter().find(|r| r["file"] == "Security.evtx").unwrap();
    let rejects = ran.rows("rejects.csv").into_iter().map(|r| (r["line"].clone(), r["reason"].clone())).collect();
    (books["rows_accepted"].clone(), books["rows_rejected"].clone(), rejects)
}

#[test]
fn a_damaged_chunk_costs_its_records_and_each_is_told_by_its_number() {
    let whole = log(&saved());
    let (accepted, rejected, _) = read(&whole);
    assert_eq!((accepted.as_str(), rejected.as_str()), ("7", "1"));

    let mut damaged = whole.clone();
    damaged[HEADER + 3_000] ^= 0xFF;
    let (accepted, rejected, rejects) = read(&[whole.clone(), damaged[HEADER..].to_vec()].concat());
    assert_eq!((accepted.as_str(), rejected.as_str()), ("7", "11"), "the whole chunk is read, the other is told");
    assert!(rejects.iter().any(|(line, why)| line == "88123" && why.contains("its checksum does not fit")), "{rejects:?}");

    let (accepted, rejected, rejects) = read(&whole[..HEADER + 9_000]);
    assert_eq!((accepted.as_str(), rejected.as_str()), ("0", "10"));
    assert!(rejects.iter().all(|(_, why)| why.contains("the file ends inside it")), "{rejects:?}");

    let mut no_chunk = whole.clone();
    no_chunk[HEADER..HEADER + 4].copy_from_slice(b"XXXX");
    let (_, rejected, rejects) = read(&[no_chunk, whole[HEADER..].to_vec()].concat());
    assert_eq!(rejected, "2");
    assert!(rejects.iter().any(|(_, why)| why.contains("the chunk at byte 4096 cannot be read")), "{rejects:?}");
}

#[test]
fn a_log_that_was_in_use_when_it_was_copied_is_read_in_spite_of_its_checksums() {
    let mut bytes = log(&saved());
    bytes[120] |= 1;
    bytes[HEADER + 52] ^= 0xFF;
    let (accepted, rejected, _) = read(&bytes);
    assert_eq!((accepted.as_str(), rejected.as_str()), ("7", "1"));
}
