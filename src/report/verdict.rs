//! The verdict in one sentence: what a manager must know, and no more than the evidence shows.

use super::view::View;
use crate::case::duration_words;

/// The sentence.
#[must_use]
pub fn sentence(view: &View) -> String {
    let c = &view.counts;
    if c.leavers == 0 && c.open == 0 {
        return format!(
            "Nobody left between {} and {}, and no account of an earlier leaver is open.",
            view.period.0, view.period.1
        );
    }
    let decided = c.on_time + c.late + c.open;
    let share = match view.within_target_share {
        Some(share) => format!(
            "{} of {decided} accounts of leavers ({:.0} %) lost access within their target",
            c.on_time,
            (share * 100.0).floor()
        ),
        None => "No account of a leaver has a decided outcome".to_owned(),
    };
    let open = match c.open {
        0 => "none still works".to_owned(),
        1 => "1 still works".to_owned(),
        n => format!("{n} still work"),
    };
    let unsure = match c.undetermined + c.pending {
        0 => String::new(),
        n => format!("; of {n} more the evidence does not decide it yet"),
    };
    let target = duration_words(view.target_seconds);
    let left = if c.leavers == 1 { "1 person left".to_owned() } else { format!("{} people left", c.leavers) };
    format!("{left}: {share} (policy: {target}), {open}{unsure}.")
}
