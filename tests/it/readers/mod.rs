//! How exports are read, whatever they are packed, written or encoded in.

mod archives;
mod damage;
mod encodings;
mod manual;
mod parquet;
mod standard_input;
mod workbooks;

use crate::program::{Case, lastday};

/// Bytes packed by gzip.
fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// A file as `lastday check` tells it.
#[derive(Debug, PartialEq, Eq)]
struct Checked {
    preset: String,
    accepted: u64,
    rejected: u64,
}

/// The files of a case, in the order of reading.
fn check(case: &Case) -> Vec<Checked> {
    let output = lastday(&["check", "--format", "json"], case.path());
    let text = String::from_utf8(output.stdout).unwrap();
    let document: serde_json::Value =
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{}", String::from_utf8_lossy(&output.stderr)));
    let file = |f: &serde_json::Value| Checked {
        preset: f["preset"].as_str().unwrap().to_owned(),
        accepted: f["rows_accepted"].as_u64().unwrap(),
        rejected: f["rows_rejected"].as_u64().unwrap(),
    };
    document["files"].as_array().unwrap().iter().map(file).collect()
}
