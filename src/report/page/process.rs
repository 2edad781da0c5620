//! Joiners and movers: the view's figures and lines come in, a sentence and a table of texts for each go out.

use serde::Serialize;

use super::cut::{Cut, clip, cut, references, weight};
use crate::model::step::Within;
use crate::report::charts::words::{count, counted, duration, stamp};
use crate::report::process::ProcessLine;
use crate::report::view::View;

const MOST: usize = 400;
const BYTES: usize = 250_000;
const MARKUP: usize = 420;

/// An account of a joiner, or a grant of a mover's former role.
#[derive(Serialize)]
pub struct Row {
    /// The name.
    pub person: String,
    /// HR's number.
    pub person_id: String,
    /// The system.
    pub system: String,
    /// The login.
    pub account: String,
    /// The grant.
    pub grant: String,
    /// The former role and the one held now.
    pub roles: [String; 2],
    /// The start, or the change; of a day its ends.
    pub from: Vec<String>,
    /// When the account was first usable, or the grant taken away.
    pub done: Vec<String>,
    /// The same after the start or the change.
    pub latency: Vec<String>,
    /// The outcome's word.
    pub outcome: String,
    /// As the style names it.
    pub class: &'static str,
    /// The rows that show it.
    pub evidence: Vec<String>,
}

/// The joiners' accounts that the page shows.
pub fn joiners(view: &View) -> Cut<Row> {
    cut(&view.joiners, MOST, BYTES, |_, line| row(line, "not before"), weigh)
}

/// The movers' grants that it shows.
pub fn movers(view: &View) -> Cut<Row> {
    cut(&view.movers, MOST, BYTES, |_, line| row(line, "still held on"), weigh)
}

/// The joiners in figures.
pub fn joined(view: &View) -> String {
    let figures = &view.process.joiners;
    if figures.accounts == 0 {
        return "Of nobody who started within the period an account was found.".to_owned();
    }
    let people = counted(figures.people, "joiner");
    let accounts = counted(figures.accounts, "account");
    let mut text = format!(
        "{people} had {accounts}: {} usable within {} of the start, {} later, {} undecided by the evidence.",
        count(figures.on_time),
        duration(figures.target_seconds),
        count(figures.late),
        count(figures.undetermined),
    );
    if let Some(median) = figures.median_seconds {
        text.push_str(" Median of those that are exact: ");
        #[allow(clippy::cast_possible_truncation, reason = "a time of seconds")]
        text.push_str(&after(median.round() as i64));
        text.push('.');
    }
    text
}

/// The movers in figures.
pub fn moved(view: &View) -> String {
    let figures = &view.process.movers;
    if figures.people == 0 {
        return "HR records nobody who changed roles within the period.".to_owned();
    }
    let people = if figures.people == 1 { "1 person".to_owned() } else { format!("{} people", count(figures.people)) };
    let mut text = format!(
        "{people} changed roles. Of {} that only the former role gives, {} taken away, {} still held, {} undecided.",
        counted(figures.grants, "grant"),
        count(figures.removed),
        count(figures.kept),
        count(figures.undetermined),
    );
    if figures.not_evaluable > 0 {
        let of = if figures.not_evaluable == figures.people { "them".to_owned() } else { count(figures.not_evaluable) };
        text.push_str(" Of ");
        text.push_str(&of);
        text.push_str(" nothing tells which grants were the former role's: a source of roles, and grants in the dumps, would.");
    }
    text
}

/// `not_done` says of an instant that it had not happened by then.
fn row(line: &ProcessLine, not_done: &str) -> Row {
    Row {
        person: clip(&line.person),
        person_id: clip(&line.person_id),
        system: clip(&line.system),
        account: clip(&line.account),
        grant: clip(&line.grant),
        roles: line.roles.each_ref().map(|role| clip(role)),
        from: if line.from.0 == line.from.1 {
            vec![stamp(line.from.0)]
        } else {
            vec![stamp(line.from.0), format!("to {}", stamp(line.from.1))]
        },
        done: done(line.done, not_done),
        latency: latency(line.seconds),
        outcome: line.outcome.replace('_', " "),
        class: match line.as_due {
            Some(true) => "on_time",
            Some(false) => "late",
            None => "undetermined",
        },
        evidence: references(&line.evidence_at),
    }
}

fn done(within: Within, not_done: &str) -> Vec<String> {
    match (within.exact(), within.earliest, within.latest) {
        (Some(at), _, _) => vec![stamp(at)],
        (None, Some(from), Some(to)) => vec![format!("from {}", stamp(from)), format!("to {}", stamp(to))],
        (None, None, Some(to)) => vec![format!("by {}", stamp(to))],
        (None, Some(from), None) => vec![format!("{not_done} {}", stamp(from))],
        (None, None, None) => vec!["not known".to_owned()],
    }
}

/// A time after the start or the change.
fn after(seconds: i64) -> String {
    match seconds {
        0 => "at once".to_owned(),
        1.. => duration(seconds),
        _ => format!("{} before it", duration(seconds.saturating_neg())),
    }
}

/// The bounds in words, a line each; both ends are included.
fn latency([least, most]: [Option<i64>; 2]) -> Vec<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => vec![after(least)],
        (Some(least), Some(most)) => vec![format!("from {}", after(least)), format!("to {}", after(most))],
        (Some(least), None) => vec![format!("{} or later", after(least))],
        (None, Some(most)) => vec![format!("{} or earlier", after(most))],
        (None, None) => Vec::new(),
    }
}

fn weigh(row: &Row) -> usize {
    let evidence: usize = row.evidence.iter().map(|e| 20 + weight(e)).sum();
    let texts = [&row.person, &row.person_id, &row.system, &row.account, &row.grant, &row.roles[0], &row.roles[1]];
    MARKUP + texts.into_iter().map(|text| weight(text)).sum::<usize>() + evidence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_told_with_both_ends() {
        assert_eq!(latency([Some(3_600), Some(3_600)]), ["1 h"]);
        assert_eq!(latency([Some(-3_600), Some(60)]), ["from 1 h before it", "to 1 min"]);
        assert_eq!(latency([None, Some(86_400)]), ["1 d or earlier"]);
        assert_eq!(latency([Some(0), None]), ["at once or later"]);
        assert_eq!(latency([Some(-3_600), None]), ["1 h before it or later"]);
        assert!(latency([None, None]).is_empty());
    }
}
