//! How exports are read, whatever they are packed, written or encoded in.

mod archives;
mod encodings;
mod manual;
mod standard_input;

/// Bytes packed by gzip.
fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}
