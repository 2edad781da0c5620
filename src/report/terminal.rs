//! The verdict on the terminal: one screen.

use std::fmt::Write;

use super::charts::words::{known, longest};
use super::view::View;
use crate::latency::needed;
use crate::latency::statistics::Span;
use crate::model::finding::Severity;

/// How the screen is to look.
#[derive(Clone, Copy)]
pub struct Look {
    /// With colours.
    pub colour: bool,
}

/// How many lines the screen has.
const LINES: usize = 24;
/// How many findings the screen names at most.
const NAMED: usize = 5;
/// How wide a finding's sentence is, in characters.
const WIDTH: usize = 86;

/// The screen: at most 24 lines of at most 100 characters.
#[must_use]
pub fn screen(view: &View, look: Look) -> String {
    let mut out = String::new();
    let bold = |text: &str| if look.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let _ = writeln!(out, "{}  ({} to {}, as of {})\n", bold(&view.name), view.period.0, view.period.1, view.as_of);
    for line in wrap(&view.verdict, 98) {
        let _ = writeln!(out, "{}", bold(&line));
    }
    let c = &view.counts;
    let figures = &view.statistics.overall;
    let percentile =
        |p| if figures.informative() < needed(p) { "not given".to_owned() } else { known(figures.percentile(p).map(at_least)) };
    let _ = writeln!(out);
    let _ = writeln!(
        out,
        "  on time {:>6}   late {:>6}   open {:>6}   pending {:>4}   undetermined {:>4}",
        c.on_time, c.late, c.open, c.pending, c.undetermined
    );
    let _ = writeln!(
        out,
        "  latency  median {}, 95th percentile {}, longest {}  (elsewhere 116 h on average)",
        percentile(0.5),
        percentile(0.95),
        longest(figures)
    );
    let _ = writeln!(
        out,
        "  used after departure {}   orphaned accounts {}   of {} accounts and {} people",
        c.used_after_departure, c.orphaned, c.accounts, c.people
    );
    if let Some(costs) = view.licences.as_ref().filter(|costs| costs.accounts > 0) {
        let _ = writeln!(out, "  {}", costs.sentence());
    }
    let tail = tail(view);
    let room = LINES.saturating_sub(out.lines().count() + tail.lines().count());
    worst(&mut out, view, look, room);
    out + &tail
}

/// The worst open findings, as many as have room: the blank line, the heading and the line on how many there are besides included.
fn worst(out: &mut String, view: &View, look: Look, room: usize) {
    let open = || view.findings.iter().filter(|f| !f.waived);
    let count = open().count();
    if count == 0 {
        return;
    }
    let heading = if look.colour { "\u{1b}[1mWorst findings\u{1b}[0m" } else { "Worst findings" };
    let _ = writeln!(out, "\n{heading}");
    let (mut named, mut left) = (0, room.saturating_sub(3));
    for finding in open().take(NAMED) {
        let lines = wrap(&cut(finding.detail, 2 * WIDTH), WIDTH);
        if lines.len() > left && named > 0 {
            break;
        }
        let _ = writeln!(out, "  {:8} {}", paint(finding.severity, look), lines.join("\n           "));
        (named, left) = (named + 1, left.saturating_sub(lines.len()));
    }
    if count > named {
        let _ = writeln!(out, "  … and {} more", count - named);
    }
}

/// What was read and checked, and what was not understood.
fn tail(view: &View) -> String {
    let mut out = String::new();
    let not_evaluable: usize = view.rules.iter().map(|r| r.not_evaluable).sum();
    let read: u64 = view.files.iter().map(|f| f.read).sum();
    let _ = writeln!(
        out,
        "\n{} rows of {} files read, {} rejected; {} checks passed, {} not evaluable",
        read,
        view.files.len(),
        view.rejected,
        view.rules.iter().map(|r| r.passed).sum::<usize>(),
        not_evaluable
    );
    for file in view.files.iter().filter(|f| !f.unknown_words.is_empty()).take(3) {
        let _ = writeln!(out, "not known in {}: {}", file.file, cut(&file.unknown_words.join(", "), 80));
    }
    for missing in &view.missing {
        let _ = writeln!(out, "missing: {missing}");
    }
    out
}

/// Of two bounds the lower one, which is true by itself and fits the line.
fn at_least(span: Span) -> Span {
    let lower = Span { until: None, ..span };
    if span.value().is_none() && lower.informs() { lower } else { span }
}

fn paint(severity: Severity, look: Look) -> String {
    let word = format!("{:8}", severity.word());
    let code = match severity {
        Severity::Critical | Severity::High => "31",
        Severity::Medium => "33",
        Severity::Low | Severity::Info => "36",
    };
    if look.colour { format!("\u{1b}[{code}m{word}\u{1b}[0m") } else { word }
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).collect::<String>() + "…"
}

/// Lines of no more than so many letters, where no word is longer; a number and its unit stay together.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let unit = |word: &str| {
        matches!(word.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '%'), "s" | "min" | "h" | "d" | "%")
    };
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match words.last_mut() {
            Some(number) if unit(word) && number.ends_with(|c: char| c.is_ascii_digit()) => {
                number.push(' ');
                number.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
