//! Frameworks and their controls: data, one TOML each, with identifiers and paraphrases of our own. Which rule answers which control is
//! told by the rules.

use serde::Deserialize;

use crate::error::{Error, Result};

/// The frameworks, in the order in which they are told: the word in the case, and the file.
const FILES: [(&str, &str); 10] = [
    ("iso-27001-2022", include_str!("iso-27001-2022.toml")),
    ("iso-27001-2013", include_str!("iso-27001-2013.toml")),
    ("cyber-essentials", include_str!("cyber-essentials.toml")),
    ("nist-csf-2.0", include_str!("nist-csf-2.0.toml")),
    ("nist-csf-1.1", include_str!("nist-csf-1.1.toml")),
    ("nist-800-53", include_str!("nist-800-53.toml")),
    ("soc-2", include_str!("soc-2.toml")),
    ("pci-dss", include_str!("pci-dss.toml")),
    ("cis-controls", include_str!("cis-controls.toml")),
    ("hipaa", include_str!("hipaa.toml")),
];

/// The words by which a case chooses frameworks.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    FILES.iter().map(|(id, _)| *id).collect()
}

/// One framework.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The word in the case.
    #[serde(skip)]
    pub id: &'static str,
    /// Its name, as the rules cite it.
    pub name: String,
    /// What to know when a result is read by it.
    pub note: String,
    /// Its controls that concern access.
    #[serde(rename = "control")]
    pub controls: Vec<Listed>,
}

/// A control.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its identifier.
    pub id: String,
    /// What it asks for, in words of our own.
    pub title: String,
    /// Controls of other frameworks whose tests are its own, as the rules cite them.
    #[serde(default)]
    pub same_as: Vec<String>,
}

/// The framework of this word.
pub fn get(id: &str) -> Result<Option<Framework>> {
    let Some((id, text)) = FILES.iter().find(|(known, _)| *known == id) else { return Ok(None) };
    let framework: Framework = toml::from_str(text).map_err(Error::fault)?;
    Ok(Some(Framework { id, ..framework }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_framework_can_be_read_and_names_each_control_once() {
        for id in ids() {
            let framework = get(id).unwrap().unwrap();
            let mut names: Vec<&str> = framework.controls.iter().map(|control| control.id.as_str()).collect();
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{id}");
            assert!(all > 0 && !framework.note.trim().is_empty());
        }
        assert!(get("iso-9001").unwrap().is_none());
    }
}
