//! How the credentials of one account are written in the column `credentials`: `password=active; access_key_1=inactive`.

/// Words for one that works.
const WORKS: [&str; 4] = ["active", "enabled", "true", "yes"];
/// Words for one that does not.
const OFF: [&str; 9] = ["inactive", "disabled", "revoked", "expired", "deleted", "none", "absent", "false", "no"];

/// The credentials with whether each works, as far as its word is known.
pub fn states(listed: &str) -> impl Iterator<Item = (&str, Option<bool>)> {
    listed.split(';').map(str::trim).filter(|part| !part.is_empty()).map(|part| {
        let (name, word) = part.split_once('=').unwrap_or((part, ""));
        let is = |words: &[&str]| words.iter().any(|w| word.trim().eq_ignore_ascii_case(w));
        let works = match (is(&WORKS), is(&OFF)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        (name.trim(), works)
    })
}

/// The class of a credential that is one of several: `access_key` of `access_key_2`. None of one without a number, which may
/// be one or stand for many.
#[must_use]
pub fn class(name: &str) -> Option<&str> {
    let class = name.trim_end_matches(|c: char| c.is_ascii_digit());
    class.strip_suffix('_').filter(|short| !short.is_empty() && class.len() < name.len())
}

/// The first credential whose state is a word that is not known.
#[must_use]
pub fn strange(listed: &str) -> Option<&str> {
    listed.split(';').map(str::trim).find(|part| !part.is_empty() && states(part).any(|(_, works)| works.is_none()))
}

/// The names of those that work, joined by `, `.
#[must_use]
pub fn working(listed: &str) -> String {
    states(listed).filter(|(_, works)| *works == Some(true)).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}
