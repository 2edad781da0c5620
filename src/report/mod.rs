//! Reports: one [`view`] of the result, and one file for each format that prints it.

mod build;
pub mod charts;
pub mod coverage;
mod csv;
mod figures;
pub mod frameworks;
pub mod html;
mod joiners;
mod json;
mod judged;
pub mod leaver;
mod leavers;
mod letters;
pub mod licences;
mod linking;
mod matches;
mod movers;
mod oscal;
pub mod page;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(not(feature = "pdf"))]
#[path = "no_pdf.rs"]
pub mod pdf;
pub mod process;
mod publish;
mod redacted;
mod roles;
pub mod sample;
mod sheet;
mod staging;
mod steps;
mod tables;
mod terminal;
mod timelines;
mod trend;
mod verdict;
pub mod view;
mod workbook;

pub use json::summary;
pub use publish::{Parts, publish, ready};
pub use roles::RolesReport;
pub use terminal::{Look, screen};
