//! The files below a folder that can be exports.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What people keep beside exports and no export is.
const OTHER: [&str; 12] = ["md", "toml", "pdf", "html", "htm", "png", "svg", "jpg", "docx", "pptx", "msg", "eml"];

/// All files below a folder, sorted: the path as the case would write it, and the real one. Left out are hidden files,
/// results of this tool, and what no export is.
pub(super) fn below(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::reading(&folder, e))? {
            let path = entry.map_err(|e| Error::reading(&folder, e))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            if name.starts_with(['.', '~']) || path.join("manifest.json").is_file() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file() && !OTHER.contains(&name.rsplit('.').next().unwrap_or("")) {
                let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((shown, path));
            }
        }
    }
    files.sort();
    Ok(files)
}
