//! The words of the domain as types: what every export is turned into, and what is said of it.
//! Nothing here reads a file or decides anything; every other room imports from here.

pub mod account;
pub mod bits;
pub mod checklist;
pub mod columns;
pub mod credential;
pub mod decision;
pub mod device;
pub mod event;
pub mod finding;
pub mod grant;
pub mod hours;
pub mod index;
pub mod instant;
pub mod joiner;
pub mod match_rule;
pub mod money;
pub mod mover;
pub mod names;
pub mod origin;
pub mod particulars;
pub mod person;
pub mod revocation;
pub mod secret;
pub mod span;
pub mod step;
pub mod system;
pub mod text;
pub mod ticket;
