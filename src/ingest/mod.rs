//! Exports in, canonical rows out: every row accepted, rejected, a duplicate or out of scope, and the four add up.
//! Known by format, never by vendor: what is a vendor's own stands in `presets/`.

mod accounts;
mod canonical;
mod cells;
mod content;
mod credentials;
mod csv;
mod directory;
mod duplicates;
mod element;
mod encoding;
mod event_xml;
mod events;
mod evtx;
mod flat;
mod format;
mod header;
mod headerless;
mod inside;
mod inspect;
mod json;
mod ldif;
pub mod ledger;
mod open;
mod opener;
mod order;
mod others;
mod overrides;
mod parquet;
mod path;
mod people;
mod recognise;
mod row;
mod sheet;
mod table;
mod unknown;
mod window;

pub use accounts::{Listed, read as accounts};
pub use canonical::{CanonicalRow, canonical};
pub use directory::Directory;
pub use events::read as events;
pub use inspect::{Inspection, inspect};
pub use others::{Others, read as others};
pub use overrides::read as overrides;
pub use people::read as people;
pub use unknown::Unknown;
