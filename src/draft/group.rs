//! From recognised files to sources: the parts of one dump together, the parts of one log under one glob, lists that
//! cannot be compared under systems of their own.

use std::collections::BTreeMap;
use std::path::Path;

use super::space::{Fit, Space};
use super::{Drafted, ExportTime, Seen, pattern, system_name};
use crate::ingest::Inspection;
use crate::model::columns::SourceKind;
use crate::presets::DateOrder;

/// The sources of a case: people first, then the others by kind and system. `all` are all files of the folder.
pub(super) fn sources(seen: &[Seen], all: &[&str]) -> Vec<Drafted> {
    let mut sources = Vec::new();
    for kind in SourceKind::ALL {
        let of_kind: Vec<usize> = (0..seen.len()).filter(|place| seen[*place].what.kind == kind).collect();
        match kind {
            SourceKind::Accounts => sources.extend(dumps(seen, &of_kind, all)),
            SourceKind::Events | SourceKind::Grants => sources.extend(logs(seen, &of_kind, all)),
            _ => sources.extend(of_kind.into_iter().map(|place| Drafted {
                files: vec![place],
                path: seen[place].shown.clone(),
                system: None,
                at: seen[place].at,
                doubts: Vec::new(),
            })),
        }
    }
    sources
}

/// What two files must share to be read as one source.
fn settings(what: &Inspection) -> impl Ord + use<> {
    let preset = what.preset.as_ref().map(|p| p.id.clone());
    (preset, what.skip_rows, what.encoding, what.sheet.clone(), what.date_order.map(DateOrder::word))
}

/// The files that share their settings, under one path each where there is one; else one by one.
fn paths(seen: &[Seen], files: &[usize], all: &[&str]) -> Vec<(Vec<usize>, String)> {
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for place in files {
        let folder = Path::new(&seen[*place].shown).parent().map(Path::to_owned);
        alike.entry((settings(&seen[*place].what), folder)).or_default().push(*place);
    }
    let mut paths = Vec::new();
    for group in alike.into_values() {
        let names: Vec<&str> = group.iter().map(|place| seen[*place].shown.as_str()).collect();
        match pattern::of(&names, all) {
            Some(glob) => paths.push((group, glob)),
            None => paths.extend(group.into_iter().map(|place| (vec![place], seen[place].shown.clone()))),
        }
    }
    paths.sort();
    paths
}

fn logs(seen: &[Seen], files: &[usize], all: &[&str]) -> Vec<Drafted> {
    let mut by_system: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for place in files {
        let Seen { shown, what, .. } = &seen[*place];
        let key = match beside(seen, shown).filter(|_| system_name::is_the_folder_s(shown, what)) {
            Some(system) => {
                let doubt = format!("nothing says of which system this is; in its folder lie the accounts of {system}");
                (system, Some(doubt))
            }
            None => (system_name::of(shown, what), None),
        };
        by_system.entry(key).or_default().push(*place);
    }
    let mut sources = Vec::new();
    for ((system, doubt), files) in by_system {
        for (files, path) in paths(seen, &files, all) {
            let newest = files.iter().map(|place| seen[*place].at).max_by_key(|at| at.at);
            let doubts = doubt.iter().cloned().collect();
            sources.extend(newest.map(|at| Drafted { files, path, system: Some(system.clone()), at, doubts }));
        }
    }
    sources
}

/// The only system whose accounts, known by their vendor's shape, lie in the folder of a file.
fn beside(seen: &[Seen], shown: &str) -> Option<String> {
    let folder = Path::new(shown).parent()?;
    let dumps = seen.iter().filter(|s| s.what.kind == SourceKind::Accounts && Path::new(&s.shown).parent() == Some(folder));
    let mut systems = dumps.filter_map(|s| s.what.preset.as_ref()?.system.clone());
    let first = systems.next()?;
    systems.all(|other| other == first).then_some(first)
}

fn dumps(seen: &[Seen], files: &[usize], all: &[&str]) -> Vec<Drafted> {
    let mut files = files.to_vec();
    files.sort_by_key(|place| (seen[*place].at.at, *place));
    let mut spaces: Vec<Space> = Vec::new();
    for place in files {
        let name = system_name::of(&seen[place].shown, &seen[place].what);
        place_dump(&mut spaces, seen, place, name);
    }
    spaces.sort_by(|a, b| a.system.cmp(&b.system));
    let mut sources = Vec::new();
    for space in spaces {
        for dump in space.dumps {
            for (files, path) in paths(seen, &dump.files, all) {
                let doubts = space.doubt.iter().chain(&dump.doubts).cloned().collect();
                sources.push(Drafted { files, path, system: Some(space.system.clone()), at: dump.at, doubts });
            }
        }
    }
    sources
}

fn place_dump(spaces: &mut Vec<Space>, seen: &[Seen], place: usize, name: String) {
    let file = &seen[place];
    let at: ExportTime = file.at;
    let of_system = |space: &Space| space.system == name || space.system.starts_with(&format!("{name} ("));
    for space in spaces.iter_mut().filter(|space| of_system(space)) {
        match space.fit(file, seen) {
            Fit::Snapshot => return space.snapshot(place, at),
            Fit::Part(dump) => return space.part(dump, place, at),
            Fit::Apart => {}
        }
    }
    if !spaces.iter().any(|space| space.system == name) {
        return spaces.push(Space::new(name, None, place, at));
    }
    let doubt = format!(
        "another file lists the accounts of {name} by other ids: the two cannot be compared, and accounts in both count twice"
    );
    let stem = Path::new(&file.shown).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.split('.').next().unwrap_or_default();
    let mut own = format!("{name} ({stem})");
    if spaces.iter().any(|space| space.system == own) {
        own = format!("{name} ({})", file.shown);
    }
    spaces.push(Space::new(own, Some(doubt), place, at));
}
