//! Two results side by side: findings that are new, still there, resolved or no longer examined, the latency then and
//! now, the populations then and now and what explains the difference. Rests on the written results alone.

mod difference;
mod earlier;
mod result;
mod terminal;

pub use difference::{Comparison, Fate, Gone};
pub use earlier::{Earlier, earlier};
pub use result::{FindingRow, Outcome, read};
pub use terminal::screen;
