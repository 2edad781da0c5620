//! What makes a result evidence: hashes of everything that went in and came out.

pub mod manifest;
