//! The verdict in one sentence: what a manager must know, and no more than the evidence shows.

use super::charts::words::{count, counted};
use super::view::View;
use crate::case::duration_words;
use crate::model::revocation::Outcome;

/// The sentence, and after it what could not be read and so counts nowhere.
#[must_use]
pub fn sentence(view: &View) -> String {
    // A source without a file may be a part of the HR list.
    of_what_was_read(view, view.rejected_people == 0 && view.missing.is_empty()) + &unread(view)
}

/// What could not be read, as a sentence; nothing where all could.
fn unread(view: &View) -> String {
    let rows = |n: u64| counted(usize::try_from(n).unwrap_or(usize::MAX), "row");
    let rejected = match (view.rejected_people, view.rejected - view.rejected_people) {
        (0, 0) => None,
        (0, others) => Some(rows(others)),
        (people, 0) => Some(format!("{} of the HR list", rows(people))),
        (people, others) => Some(format!("{} of the HR list and {} of other files", rows(people), rows(others))),
    };
    let missing =
        (!view.missing.is_empty()).then(|| format!("{} of which no file was found", counted(view.missing.len(), "source")));
    let parts: Vec<_> = rejected.map(|rows| rows + " that could not be read").into_iter().chain(missing).collect();
    if parts.is_empty() { String::new() } else { format!(" Not counted: {}.", parts.join("; ")) }
}

fn of_what_was_read(view: &View, list_is_whole: bool) -> String {
    let c = &view.counts;
    let left = if list_is_whole { "left" } else { "is known to have left" };
    let nobody = || format!("Nobody {left} between {} and {}", view.period.0, view.period.1);
    if c.leavers == 0 && c.open == 0 {
        return nobody() + ", and no account of an earlier leaver is open.";
    }
    if c.leavers == 0 {
        let work = if c.open == 1 { "works" } else { "work" };
        return format!("{}; {} of people who left before still {work}.", nobody(), counted(c.open, "account"));
    }
    let share = match view.within_target_share {
        Some(share) => format!(
            "{} of {} accounts of leavers ({:.0} %) lost access within their target",
            count(c.on_time),
            count(c.on_time + c.late + c.open),
            (share * 100.0).floor()
        ),
        None => "No account of a leaver has a decided outcome".to_owned(),
    };
    let open = match c.open {
        0 => "none still works".to_owned(),
        1 => "1 still works".to_owned(),
        n => format!("{} still work", count(n)),
    };
    let before = match (c.open, earlier(view)) {
        (_, 0) => String::new(),
        (open, earlier) if open == earlier => ", of people who left before the period".to_owned(),
        (_, earlier) => format!(", {} of them of people who left before the period", count(earlier)),
    };
    let unsure = match c.undetermined + c.pending {
        0 => String::new(),
        n => format!("; of {} more the evidence does not decide it yet", count(n)),
    };
    let target = duration_words(view.target_seconds);
    let left = if c.leavers == 1 { "1 person left".to_owned() } else { format!("{} people left", count(c.leavers)) };
    format!("{left}: {share} (policy: {target}), {open}{before}{unsure}.")
}

/// How many accounts of people who left before the period are open: they are counted among the open ones, and nobody of the period left them open.
#[must_use]
pub fn earlier(view: &View) -> usize {
    view.revocations.iter().filter(|row| row.before_period && row.outcome == Outcome::Open).count()
}
