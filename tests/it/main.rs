//! Sentences about behaviour, mostly run against the built program. One binary, because each that links the tables is large.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod acme;
mod bad_cases;
mod bounds;
mod commands;
mod damage;
mod determinism;
mod diff;
mod documents;
mod evtx;
mod frameworks;
mod init;
mod joiners;
mod large;
mod leaver;
mod linking;
mod lookalikes;
mod manual;
mod mapping;
mod maturity;
mod money;
mod movers;
mod numbers;
mod oscal;
mod others;
mod pack;
mod packed_trend;
mod pdf;
mod presets;
mod program;
mod readers;
mod receipts;
mod redact;
mod result;
mod roles;
mod rules;
mod sample;
mod severity;
mod statistics;
mod steps;
mod timeline;
mod timestamp;
mod told_once;
mod workbook;
mod wrapped;
