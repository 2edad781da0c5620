//! Since when an account no longer holds a grant: what dumps, lists and the log show of it comes in, bounds go out.

use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::step::Within;

/// One thing that shows whether an account holds a grant. Ordered by time; of two at one instant the one that shows it held
/// has the last word, as the harsher reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When.
    pub at: Instant,
    /// Whether it holds the grant then.
    pub holds: bool,
    /// Whether this is the change itself, as a log tells it, not a state that a dump or a list shows.
    pub change: bool,
    /// The row.
    pub origin: Origin,
}

/// What became of a grant.
pub struct Possession {
    /// Since when it is gone; where it is not, not before the newest evidence.
    pub removed: Within,
    /// The rows.
    pub evidence_at: Vec<Origin>,
}

/// What became of a grant by these marks; `None` where nothing shows that it ever was held. Where the log tells of a removal
/// although the grant was gone before, it may have been given again in between: the last removal is the upper bound.
#[must_use]
pub fn possession(mut marks: Vec<Mark>) -> Option<Possession> {
    marks.sort_unstable();
    let last_held = marks.iter().rposition(|mark| mark.holds);
    let held = last_held.map(|place| marks[place]);
    let after = &marks[last_held.map_or(0, |place| place + 1)..];
    let lower = after.first().copied().filter(|first| first.change).or(held);
    let upper = after.iter().rfind(|mark| mark.change).or(after.first().filter(|_| held.is_some())).copied();
    let removed = Within { earliest: lower.map(|mark| mark.at), latest: upper.map(|mark| mark.at) };
    let mut evidence_at: Vec<Origin> = [held, lower, upper].into_iter().flatten().map(|mark| mark.origin).collect();
    evidence_at.dedup();
    (!evidence_at.is_empty()).then_some(Possession { removed, evidence_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::FileId;

    fn of(marks: &[(i64, bool, bool)]) -> Option<(Option<i64>, Option<i64>)> {
        let mark = |(line, (at, holds, change)): (u32, &(i64, bool, bool))| {
            let (at, origin) = (Instant::from_seconds(*at).unwrap(), Origin { file: FileId(0), line });
            Mark { at, holds: *holds, change: *change, origin }
        };
        let got = possession((1..).zip(marks).map(mark).collect())?;
        Some((got.removed.earliest.map(Instant::seconds), got.removed.latest.map(Instant::seconds)))
    }

    #[test]
    fn a_removal_is_the_instant_that_the_log_tells_or_lies_between_two_dumps() {
        assert_eq!(of(&[(10, true, false), (15, false, true), (20, false, false)]), Some((Some(15), Some(15))));
        assert_eq!(of(&[(10, true, false), (20, false, false), (30, false, false)]), Some((Some(10), Some(20))));
        assert_eq!(of(&[(10, true, false), (20, false, false), (30, false, true)]), Some((Some(10), Some(30))));
        assert_eq!(of(&[(15, false, true), (30, false, true)]), Some((Some(15), Some(30))));
        assert_eq!(of(&[(10, true, false)]), Some((Some(10), None)));
        assert_eq!(of(&[(10, false, true)]), Some((Some(10), Some(10))));
    }

    #[test]
    fn what_is_given_again_is_not_gone() {
        assert_eq!(of(&[(10, true, false), (15, false, true), (18, true, true)]), Some((Some(18), None)));
        assert_eq!(of(&[(15, false, true), (15, true, false)]), Some((Some(15), None)));
    }

    #[test]
    fn what_nothing_shows_held_has_no_row() {
        assert_eq!(of(&[(10, false, false), (20, false, false)]), None);
        assert_eq!(of(&[(10, false, false), (20, false, true)]), Some((None, Some(20))));
    }
}
