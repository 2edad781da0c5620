//! How exports are read, whatever they are packed, written or encoded in.

mod encodings;
