//! The files below a folder that can be exports.

use std::path::{Path, PathBuf};

use crate::container::{archive, left_out};
use crate::error::{Error, Result};

/// All files below a folder and all members of archives in it, sorted: the path as the case would write it, and the real one.
/// Left out are hidden ones, results of this tool, and what no export is.
pub(super) fn below(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::reading(&folder, e))? {
            let path = entry.map_err(|e| Error::reading(&folder, e))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.join("manifest.json").is_file() || left_out(&name).is_some() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                // An archive that cannot be opened is looked at as a file, and told as one that cannot be read.
                match archive::is_archive(&path).then(|| archive::entries(&shown, &path)) {
                    Some(Ok(entries)) => {
                        let members = entries.into_iter().filter(|entry| left_out(&entry.name).is_none());
                        files.extend(members.map(|e| (format!("{shown}/{}", e.name), archive::path_of(&path, &e.name))));
                    }
                    _ => files.push((shown, path)),
                }
            }
        }
    }
    files.sort();
    Ok(files)
}
