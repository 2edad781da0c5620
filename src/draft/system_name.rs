//! The name of the system that a file is of: its preset's, else what its folder or its own name says beside general words.

use std::path::Path;

use crate::ingest::Inspection;

/// Words that say what an export holds, not of which system it is.
const GENERAL: [&str; 44] = [
    "users",
    "user",
    "accounts",
    "account",
    "members",
    "member",
    "people",
    "export",
    "exports",
    "exported",
    "dump",
    "dumps",
    "list",
    "lists",
    "log",
    "logs",
    "event",
    "events",
    "audit",
    "auditlog",
    "report",
    "reports",
    "all",
    "active",
    "inactive",
    "data",
    "download",
    "downloads",
    "input",
    "inputs",
    "case",
    "files",
    "file",
    "page",
    "part",
    "old",
    "new",
    "latest",
    "current",
    "final",
    "copy",
    "access",
    "identities",
    "csv",
];

pub(super) fn of(shown: &str, what: &Inspection) -> String {
    if let Some(name) = what.preset.as_ref().and_then(|p| p.system.clone()) {
        return name;
    }
    let path = Path::new(shown);
    let folders = path.ancestors().skip(1).filter_map(Path::file_name).map(|n| n.to_string_lossy().into_owned());
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default().to_owned();
    let mut candidates = folders.chain([stem.clone()]);
    candidates.find_map(|name| telling(&name)).unwrap_or(stem)
}

/// Whether the folder alone tells the system of a file, or nothing does: neither its shape nor a name of its own.
pub(super) fn is_the_folder_s(shown: &str, what: &Inspection) -> bool {
    let path = Path::new(shown);
    let name = |path: &Path| path.file_name().and_then(|n| telling(n.to_string_lossy().split('.').next().unwrap_or_default()));
    let own = name(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    what.preset.as_ref().is_none_or(|p| p.system.is_none()) && folder.is_some_and(|folder| own.is_none() || own == name(folder))
}

/// The words of a name that are not general, as a name.
fn telling(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        let lower = word.to_lowercase();
        word.chars().any(char::is_alphabetic) && !GENERAL.contains(&lower.as_str()) && !dated(&lower)
    });
    let words: Vec<String> = words.map(capital).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a word is a part of a date or the number of a version, such as `q3`, `20261001t0830z` or `v2`; `m365` is a name.
fn dated(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    // A letter and three digits are no date and more than a version.
    let name = word.len() == 4 && digits == 3 && word.starts_with(|c: char| c.is_alphabetic());
    digits * 2 >= word.chars().count() && !name
}

/// `vpn` → `VPN`, `jenkins` → `Jenkins`; what has capitals already stays.
fn capital(word: &str) -> String {
    if word.chars().any(char::is_uppercase) {
        return word.to_owned();
    }
    if word.chars().count() <= 3 {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::telling;

    #[test]
    fn a_name_says_the_system_beside_general_words() {
        for (name, says) in [
            ("vpn", Some("VPN")),
            ("jenkins-users-2026-10-01", Some("Jenkins")),
            ("SAP_prod_export_Q3", Some("SAP Prod")),
            ("users", None),
            ("m365", Some("M365")),
            ("users_v2_q3", None),
            ("export_20261001T0830Z", None),
        ] {
            assert_eq!(telling(name).as_deref(), says, "{name}");
        }
    }
}
