//! The commands, one file each: reads its flags, calls the library, prints.

mod aligned;
pub mod audit;
pub mod check;
pub mod diff;
pub mod explain;
mod file;
mod follow;
pub mod init;
pub mod leaver;
mod output;
pub mod pack;
pub mod presets;
pub mod roles;
pub mod sample;
mod shown;
pub mod verify;

use clap::ValueEnum;

pub use aligned::aligned;
pub use output::Output;

/// How results are printed on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}
