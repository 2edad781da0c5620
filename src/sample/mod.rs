//! A sample that anyone can draw again, in any language: ids, a seed and a size come in, the order of all and what was drawn of them go out.

mod allocation;
mod draw;
mod order;
mod size;

pub use allocation::allocate;
pub use draw::{Draw, Fate, Lot, Stratum, draw};
pub use order::digest;
pub use size::Size;
