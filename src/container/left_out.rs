//! What lies beside exports and is none, by its name alone.

/// Kinds of files that people keep beside exports.
const OTHER: [&str; 12] = ["md", "toml", "pdf", "html", "htm", "png", "svg", "jpg", "docx", "pptx", "msg", "eml"];

/// Why a file or member of this path is no export; `None` where it may be one.
#[must_use]
pub fn left_out(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    if path.split('/').any(|part| part.starts_with(['.', '~']) || part == "__MACOSX") || name == "thumbs.db" {
        return Some("hidden, or of the operating system");
    }
    let is_other = name.rsplit_once('.').is_some_and(|(_, kind)| OTHER.contains(&kind));
    is_other.then_some("no kind of file that exports are")
}
