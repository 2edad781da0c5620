//! `lastday`: when someone left, when did each of their accounts stop working, and which accounts belong to nobody?

pub mod access;
pub mod case;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod container;
pub mod draft;
pub mod error;
pub mod evidence;
pub mod frameworks;
pub mod identity;
pub mod ingest;
pub mod latency;
pub mod model;
pub mod parallel;
pub mod presets;
pub mod process;
pub mod redact;
pub mod report;
pub mod rules;
pub mod sample;
pub mod time;
pub mod timeline;
