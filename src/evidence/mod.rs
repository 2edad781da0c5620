//! What makes a result evidence: hashes of everything that went in and came out, one sealed pack of it, and the proof that
//! a pack is unaltered.

pub mod earlier;
pub mod index;
pub mod manifest;
pub mod pack;
mod seal;
pub mod signature;
pub mod timestamp;
pub mod verify;
