//! Exports of which some rows could not be read.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::finding::Severity;
use crate::model::origin::{FileId, Origin};

/// See `rows-rejected.md`.
pub struct RowsRejected;

impl Rule for RowsRejected {
    fn facts(&self) -> Facts {
        Facts {
            id: "rows-rejected",
            title: "Every row of every export can be read",
            severity: Severity::Low,
            controls: CONTROLS,
            prose: include_str!("rows-rejected.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for (place, file) in (0..).zip(examined.files) {
            if file.rejected == 0 {
                verdict(Verdict::Pass);
                continue;
            }
            let rows = if file.read() == 1 { "row" } else { "rows" };
            verdict(Verdict::Finding(Draft {
                // More than one row in a hundred.
                severity: (file.rejected * 100 > file.read()).then_some(Severity::Medium),
                because: if file.rejected * 100 > file.read() { "more than one row in a hundred" } else { "" },
                system: file.system,
                key: file.path.clone(),
                detail: format!(
                    "{} of {} {rows} of {} could not be read; rejects.csv has each with its line and reason",
                    file.rejected,
                    file.read(),
                    file.path
                ),
                evidence_at: vec![Origin::whole(FileId(place))],
                ..Draft::default()
            }));
        }
    }
}

const CONTROLS: &[Control] = &[Control("ISO/IEC 27001:2022", "5.33"), Control("SOC 2", "CC4.1")];
