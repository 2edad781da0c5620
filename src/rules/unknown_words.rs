//! Exports with words for a status, kind or outcome that are not understood.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::origin::{FileId, Origin};

/// See `unknown-words.md`.
pub struct UnknownWords;

impl Rule for UnknownWords {
    fn facts(&self) -> Facts {
        Facts {
            id: "unknown-words",
            title: "Every word for a status, kind or outcome is understood",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("unknown-words.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (place, file) in (0..).zip(examined.files) {
            // People who are said to have left without a date have a rule of their own.
            let words = file.unknown_words.iter().filter(|(word, _)| !word.starts_with("departs_at:"));
            let told: Vec<String> =
                words.map(|(word, count)| format!("{word} ({count} {})", if *count == 1 { "row" } else { "rows" })).collect();
            if told.is_empty() {
                verdict(Verdict::Pass);
                continue;
            }
            verdict(Verdict::Finding(Draft {
                system: file.system,
                key: file.path.clone(),
                detail: format!("Not known in {}: {}. Such a row proves nothing", file.path, told.join(", ")),
                evidence_at: vec![Origin::whole(FileId(place))],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[Control("ISO/IEC 27001:2022", "5.33"), Control("SOC 2", "CC4.1")];
