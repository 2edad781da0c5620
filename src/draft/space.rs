//! Dumps that name the same accounts by the same ids. Only such can be compared: an account that a later one of them
//! lacks was deleted. Dumps that share no id are parts of one dump, or of systems that must be kept apart.

use super::{ExportTime, Seen};

/// Two lists of one preset share at least this part of the smaller one where they are snapshots of one system.
const SNAPSHOTS: f64 = 0.1;
/// Lists in two shapes name accounts by the same ids where they share at least this part.
const SAME_IDS: f64 = 0.5;
/// Parts of one dump are exported within a day.
const PARTS_SECONDS: i64 = 86_400;

/// A system's dumps.
#[derive(Debug)]
pub(super) struct Space {
    /// The system's name.
    pub(super) system: String,
    /// Why it is not simply the system of its preset.
    pub(super) doubt: Option<String>,
    /// Its dumps.
    pub(super) dumps: Vec<Dump>,
}

/// One dump: the files that were exported together.
#[derive(Debug)]
pub(super) struct Dump {
    /// When.
    pub(super) at: ExportTime,
    /// Its files, by their place in the draft.
    pub(super) files: Vec<usize>,
    /// What the reader should look at.
    pub(super) doubts: Vec<String>,
}

/// How a file fits into a space.
pub(super) enum Fit {
    /// As a dump of its own, or as a part of the one of the same time.
    Snapshot,
    /// As a part of this dump, whose accounts are others.
    Part(usize),
    /// Not at all.
    Apart,
}

impl Space {
    /// A space of one file.
    pub(super) fn new(system: String, doubt: Option<String>, place: usize, at: ExportTime) -> Self {
        Self { system, doubt, dumps: vec![Dump { at, files: vec![place], doubts: Vec::new() }] }
    }

    /// How a file fits.
    pub(super) fn fit(&self, file: &Seen, seen: &[Seen]) -> Fit {
        let members = || self.dumps.iter().flat_map(|dump| &dump.files).map(|place| &seen[*place]);
        let id = |s: &Seen| s.what.preset.as_ref().map(|p| p.id.clone());
        let same_shape = members().any(|m| id(m) == id(file) && m.what.preset.is_some());
        let overlap = members()
            .filter_map(|m| Some(m.facts.as_ref()?.overlap(file.facts.as_ref()?)))
            .fold(None, |best, o| Some(f64::max(best.unwrap_or(0.0), o)));
        match overlap {
            Some(overlap) if overlap >= if same_shape { SNAPSHOTS } else { SAME_IDS } => Fit::Snapshot,
            None if same_shape => Fit::Snapshot,
            _ if same_shape => {
                let near = self.dumps.iter().position(|d| file.at.at.seconds_since(d.at.at).abs() <= PARTS_SECONDS);
                near.map_or(Fit::Apart, Fit::Part)
            }
            _ => Fit::Apart,
        }
    }

    /// Takes a file in as a dump of its own; of the same time as another, it is a part of that.
    pub(super) fn snapshot(&mut self, place: usize, at: ExportTime) {
        match self.dumps.iter_mut().find(|dump| dump.at.at == at.at) {
            Some(dump) => {
                dump.files.push(place);
                dump.doubts.push(
                    "another file of this system has the same time and lists the same accounts: date them apart, or leave one out"
                        .to_owned(),
                );
            }
            None => self.dumps.push(Dump { at, files: vec![place], doubts: Vec::new() }),
        }
    }

    /// Takes a file in as a part of a dump, which is as old as its newest part.
    pub(super) fn part(&mut self, dump: usize, place: usize, at: ExportTime) {
        let dump = &mut self.dumps[dump];
        dump.files.push(place);
        if at.at > dump.at.at {
            dump.at = at;
        }
        let told = "files of this system that share no account are taken as parts of one dump";
        if !dump.doubts.iter().any(|doubt| doubt == told) {
            dump.doubts.push(told.to_owned());
        }
    }
}
