//! `controls.csv`: the result by the controls of the frameworks that the case names. `maturity.csv`: what the levels of giving and taking access
//! rest on.

use std::io::Write;

use super::sheet::Sheet;
use super::view::View;
use crate::error::Result;
use crate::process::maturity::Maturity;

/// So many findings are named beside a control.
const NAMED: usize = 100;

/// `controls.csv`: a row for each control of each framework, in their own order.
pub fn controls(view: &View, out: impl Write) -> Result<()> {
    let header = [
        "framework",
        "control",
        "title",
        "rules",
        "population",
        "passed",
        "exceptions",
        "waived",
        "not_evaluable",
        "result",
        "findings",
    ];
    let mut sheet = Sheet::new(out, &header)?;
    for framework in &view.frameworks {
        for control in &framework.controls {
            let counts = [control.population, control.passed, control.exceptions, control.waived, control.not_evaluable];
            let counts = counts.map(|count| count.to_string());
            let (rules, findings) = (control.rules.join("; "), named(&control.findings));
            let texts = [framework.name.as_str(), &control.control, &control.title, &rules];
            let ends = [control.result, findings.as_str()];
            sheet.row(texts.into_iter().chain(counts.iter().map(String::as_str)).chain(ends))?;
        }
    }
    sheet.end()
}

/// The first of the findings; how many more there are, which `findings.csv` has by their rules.
fn named(findings: &[String]) -> String {
    let text = findings[..findings.len().min(NAMED)].join("; ");
    if findings.len() > NAMED { format!("{text}; and {} more", findings.len() - NAMED) } else { text }
}

/// `maturity.csv`: a row for each share that a level rests on. `share` is empty where nothing of it can be told, and `lacks` says what it needs.
pub fn maturity(view: &View, out: impl Write) -> Result<()> {
    let mut sheet = Sheet::new(out, &["process", "level", "measure", "shown", "of", "share", "lacks", "next_step"])?;
    let each = |both: &crate::process::maturity::Both| {
        [("provisioning", both.provisioning.clone()), ("de-provisioning", both.deprovisioning.clone())]
    };
    for (process, Maturity { level, measures, next }) in view.maturity.iter().flat_map(each) {
        for measure in measures {
            let share = measure.share().map(|share| format!("{share:.4}")).unwrap_or_default();
            let (shown, of) = (measure.shown.to_string(), measure.of.to_string());
            let next = next.as_deref().unwrap_or_default();
            sheet.row([process, level.word(), measure.what, &shown, &of, &share, measure.lacks.unwrap_or_default(), next])?;
        }
    }
    sheet.end()
}
