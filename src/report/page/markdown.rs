//! The appendix of rules: each rule's prose in simple Markdown comes in, blocks that the page sets go out. Headings,
//! paragraphs, bullet lists, `code` and **strong** are known; anything else is shown as it is written.

use serde::Serialize;

use crate::report::charts::words::count;
use crate::report::view::{RuleLine, View};

/// A rule as the page shows it.
#[derive(Serialize)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// The compliant state.
    pub title: Vec<Span>,
    /// How bad a breach is at most.
    pub severity: &'static str,
    /// The controls, one each.
    pub controls: Vec<String>,
    /// Passed, found, waived, not evaluable.
    pub counts: [String; 4],
    /// Its prose.
    pub prose: Vec<Block>,
}

/// A piece of prose.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub enum Block {
    /// A heading.
    Heading(Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    Bullets(Vec<Vec<Span>>),
}

/// A stretch of text.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// `code`, `strong` or nothing.
    pub mark: &'static str,
}

/// The appendix.
pub fn rules(view: &View) -> Vec<Rule> {
    view.rules.iter().map(rule).collect()
}

fn rule(rule: &RuleLine) -> Rule {
    let mut prose = blocks(rule.prose);
    // The prose opens with the compliant state, which is the rule's title already.
    let title = spans(rule.title);
    if prose.first() == Some(&Block::Paragraph(spans(rule.title))) {
        prose.remove(0);
    }
    Rule {
        id: rule.id,
        title,
        severity: rule.severity.word(),
        controls: rule.controls.split("; ").filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        counts: [rule.passed, rule.found, rule.waived, rule.not_evaluable].map(count),
        prose,
    }
}

/// The blocks of a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || (is_bullet(line) && lines.first().is_some_and(|l| !is_bullet(l))) {
            blocks.extend(block(&std::mem::take(&mut lines)));
        }
        if line.starts_with('#') {
            blocks.push(Block::Heading(spans(line.trim_start_matches('#').trim())));
        } else if !line.is_empty() {
            lines.push(line);
        }
    }
    blocks
}

/// A paragraph or list from its lines; a line without a bullet goes on with the one before.
fn block(lines: &[&str]) -> Option<Block> {
    if !is_bullet(lines.first()?) {
        return Some(Block::Paragraph(spans(&lines.join(" "))));
    }
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")), items.last_mut()) {
            (None, Some(item)) => item.extend([" ", line]),
            (text, _) => items.push(text.unwrap_or(line).to_owned()),
        }
    }
    Some(Block::Bullets(items.iter().map(|item| spans(item)).collect()))
}

fn is_bullet(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

/// The stretches of a line; a mark that is never closed stays as it is written.
fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = line;
    let plain = |text: &str| Span { text: text.to_owned(), mark: "" };
    while !rest.is_empty() {
        let next =
            [("`", "code"), ("**", "strong")].into_iter().filter_map(|(sign, mark)| Some((rest.find(sign)?, sign, mark))).min();
        let closed = next.and_then(|(at, sign, mark)| {
            let inner = &rest[at + sign.len()..];
            inner.find(sign).map(|end| (at, mark, &inner[..end], &inner[end + sign.len()..]))
        });
        let Some((at, mark, inner, after)) = closed else { break };
        if at > 0 {
            spans.push(plain(&rest[..at]));
        }
        spans.push(Span { text: inner.to_owned(), mark });
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(plain(rest));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(spans: &[Span]) -> String {
        spans.iter().map(|s| format!("{}[{}]", s.mark, s.text)).collect::<Vec<_>>().concat()
    }

    #[test]
    fn headings_paragraphs_and_lists_are_told_apart() {
        let blocks = blocks("One\nparagraph.\n## Head\nText:\n- a\n  goes on\n- b\n\nEnd");
        let kinds: Vec<_> = blocks
            .iter()
            .map(|b| match b {
                Block::Heading(s) => format!("h {}", text(s)),
                Block::Paragraph(s) => format!("p {}", text(s)),
                Block::Bullets(items) => items.iter().map(|i| format!("l {} ", text(i))).collect::<Vec<_>>().concat(),
            })
            .collect();
        assert_eq!(kinds, ["p [One paragraph.]", "h [Head]", "p [Text:]", "l [a goes on] l [b] ", "p [End]"]);
    }

    #[test]
    fn code_and_strong_are_marked_and_open_marks_stay() {
        assert_eq!(text(&spans("a `b` **c** d")), "[a ]code[b][ ]strong[c][ d]");
        assert_eq!(text(&spans("a ` b")), "[a ` b]");
    }
}
