//! Systems into which people sign in through another only: the revocation there ends the access here too. The ending of
//! an account by its own evidence and those of the person's accounts at the other system come in; an ending that rests on
//! both goes out, or none where the cascade changes nothing or is disproved.

use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::revocation::Revoked;
use crate::model::span::{Ground, Span, State};
use crate::timeline::Ending;

/// The last revocation of all of a person's accounts at the system through which people sign in; none while one of them
/// works, or is not known to be revoked.
#[must_use]
pub fn cut(endings: &[&Ending]) -> Option<Ending> {
    let bounds: Vec<(Option<Instant>, Instant)> = endings.iter().map(|e| bounded(e.revoked)).collect::<Option<_>>()?;
    let (place, before) = bounds.iter().enumerate().map(|(place, (_, before))| (place, *before)).max_by_key(|(_, b)| *b)?;
    // The last of them cannot be earlier than any of them.
    let after = bounds.iter().filter_map(|(after, _)| *after).max();
    let last = endings[place];
    let mut evidence_at = last.evidence_at.clone();
    evidence_at.extend(endings.iter().flat_map(|e| &e.evidence_at).filter(|at| !last.evidence_at.contains(at)));
    Some(Ending { revoked: between(after, before), evidence: last.evidence, evidence_at })
}

/// The ending of an account whose own evidence says `own` and which can be reached only through accounts that were cut at
/// `cut`. `trace`: its newest sign-in or change of a credential. One after the cut shows that there is another way in.
#[must_use]
pub fn under(own: &Ending, cut: &Ending, trace: Option<Instant>) -> Option<Ending> {
    let (after, before) = bounded(cut.revoked)?;
    if trace.is_some_and(|trace| trace > before) {
        return None;
    }
    let after = after.max(trace);
    let (own_after, own_before) = match own.revoked {
        Revoked::Not { seen, .. } => (Some(seen), None),
        Revoked::Unknown { after } => (after, None),
        revoked => bounded(revoked).map_or((None, None), |(after, before)| (after, Some(before))),
    };
    if own_before.is_some_and(|own| Some(own) <= after) {
        return None;
    }
    // The earlier of the two ends it. Where it is not known which that was, the bounds hold both.
    let by_cut = own_before.is_none_or(|own| before < own);
    let revoked = if own_after >= Some(before) {
        between(after, before)
    } else {
        let after = after.and_then(|after| own_after.map(|own| own.min(after)));
        between(after, own_before.map_or(before, |own| own.min(before)))
    };
    if revoked == own.revoked {
        return None;
    }
    let (first, second) = if by_cut { (cut, own) } else { (own, cut) };
    let mut evidence_at = first.evidence_at.clone();
    evidence_at.extend(second.evidence_at.iter().filter(|at| !first.evidence_at.contains(at)));
    Some(Ending { revoked, evidence: first.evidence, evidence_at })
}

/// A stretch in which people could not sign in, and its rows.
pub struct Closed {
    /// From when on.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
    /// Until when after that nothing shows whether they could.
    pub known_again: Instant,
    /// The rows.
    pub evidence_at: Vec<Origin>,
    /// When it is shown that they could sign in again, and the row; where something lies between that and the end, it is not known when.
    pub opened: Option<(Instant, Origin)>,
}

/// The stretches in which none of a person's accounts at the system through which people sign in could be used, and after which one
/// was enabled again; of each account its spans.
#[must_use]
pub fn closed(timelines: &[&[Span]]) -> Vec<Closed> {
    let off = |spans: &&[Span]| -> Vec<Closed> {
        let off = spans.iter().enumerate().filter(|(_, span)| span.state == State::NotUsable && span.ground != Ground::Assumed);
        let closed = |(place, span): (usize, &Span)| {
            let next = spans[place + 1..].iter().find(|span| span.state != State::Unknown);
            let opened =
                next.filter(|next| next.state == State::Usable).and_then(|next| Some((next.from?, *next.evidence_at.first()?)));
            let (from, to) = (span.from?, span.to?);
            let known_again = next.and_then(|next| next.from).unwrap_or(to);
            Some(Closed { from, to, known_again, evidence_at: span.evidence_at.clone(), opened })
        };
        off.filter_map(closed).collect()
    };
    let Some((first, others)) = timelines.split_first() else { return Vec::new() };
    others.iter().map(off).fold(off(first), |all, other| {
        let both = |a: &Closed, b: &Closed| {
            let (from, to) = (a.from.max(b.from), a.to.min(b.to));
            let Closed { known_again, opened, .. } = *if a.to <= b.to { a } else { b };
            (from < to).then(|| Closed {
                from,
                to,
                known_again,
                opened,
                evidence_at: [&a.evidence_at[..], &b.evidence_at].concat(),
            })
        };
        all.iter().flat_map(|a| other.iter().filter_map(move |b| both(a, b))).collect()
    })
}

fn bounded(revoked: Revoked) -> Option<(Option<Instant>, Instant)> {
    match revoked {
        Revoked::At(at) => Some((Some(at), at)),
        Revoked::Between { after, before } => Some((after, before)),
        Revoked::Not { .. } | Revoked::Unknown { .. } => None,
    }
}

fn between(after: Option<Instant>, before: Instant) -> Revoked {
    if after == Some(before) { Revoked::At(before) } else { Revoked::Between { after, before } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_seconds(1_790_000_000 + seconds).unwrap()
    }

    fn ending(revoked: Revoked) -> Ending {
        Ending { revoked, evidence: None, evidence_at: Vec::new() }
    }

    fn effect(own: Revoked, cut: Revoked, trace: Option<i64>) -> Option<Revoked> {
        under(&ending(own), &ending(cut), trace.map(at)).map(|e| e.revoked)
    }

    fn span(after: i64, before: i64) -> Revoked {
        Revoked::Between { after: Some(at(after)), before: at(before) }
    }

    const fn open(seen: Instant) -> Revoked {
        Revoked::Not { seen, by_dump: true }
    }

    #[test]
    fn the_earlier_of_the_two_ends_the_access() {
        assert_eq!(effect(open(at(900)), Revoked::At(at(100)), None), Some(Revoked::At(at(100))));
        assert_eq!(effect(Revoked::At(at(50)), Revoked::At(at(100)), None), None);
        assert_eq!(effect(span(100, 900), Revoked::At(at(100)), None), Some(Revoked::At(at(100))));
        assert_eq!(effect(span(60, 900), Revoked::At(at(100)), None), Some(span(60, 100)), "it may have been cut before");
        assert_eq!(effect(span(60, 90), span(80, 100), None), None);
        assert_eq!(effect(open(at(50)), Revoked::At(at(100)), None), Some(span(50, 100)), "nobody knows what was after 50");
    }

    #[test]
    fn a_sign_in_or_a_credential_after_the_cut_disproves_the_cascade_and_one_before_narrows_it() {
        assert_eq!(effect(open(at(900)), Revoked::At(at(100)), Some(101)), None);
        assert_eq!(effect(open(at(900)), span(10, 100), Some(101)), None);
        assert_eq!(effect(open(at(900)), span(10, 100), Some(70)), Some(span(70, 100)));
    }

    #[test]
    fn the_cut_is_that_of_the_last_of_several_accounts_and_none_while_one_works() {
        let of = |list: &[Revoked]| {
            let list: Vec<Ending> = list.iter().map(|r| ending(*r)).collect();
            cut(&list.iter().collect::<Vec<_>>()).map(|e| e.revoked)
        };
        assert_eq!(of(&[Revoked::At(at(10)), Revoked::At(at(30))]), Some(Revoked::At(at(30))));
        assert_eq!(of(&[span(10, 50), Revoked::At(at(30))]), Some(span(30, 50)));
        assert_eq!(of(&[span(10, 20), Revoked::At(at(30))]), Some(Revoked::At(at(30))));
        assert_eq!(of(&[Revoked::At(at(10)), open(at(30))]), None);
        assert_eq!(of(&[]), None);
    }
}
