//! Turnbull's innermost intervals: observations come in, the only spans that an estimate can give mass to go out, with the run of them
//! that each observation covers.

use super::Span;

/// A kind of observation: it covers the innermost intervals `first..=last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cover {
    /// The first that it covers.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// How many observations are of this kind.
    pub weight: u64,
}

/// The innermost intervals and what covers them.
pub struct Innermost {
    /// The intervals, by time; none overlaps another.
    pub spans: Vec<Span>,
    /// The observations, each kind once.
    pub covers: Vec<Cover>,
}

/// The innermost intervals (q, p]: q is the beginning of an observation, p the end of one, and none begins or ends in between. Only to
/// these a maximum of the likelihood gives mass: B. W. Turnbull, "The Empirical Distribution Function with Arbitrarily Grouped,
/// Censored and Truncated Data", Journal of the Royal Statistical Society B 38 (1976) 290, lemma 1. Takes the time of a sort.
pub fn innermost(observed: &[Span]) -> Innermost {
    let ends = |span: &Span| (span.after.unwrap_or(i64::MIN), span.until.unwrap_or(i64::MAX));
    let mut pairs: Vec<(i64, i64)> = observed.iter().filter(|span| span.informs()).map(ends).collect();
    pairs.sort_unstable();
    // (a, b] and (b, c] do not meet: of equal times an end comes before a beginning.
    let mut marks: Vec<(i64, bool)> = pairs.iter().flat_map(|(after, until)| [(*after, true), (*until, false)]).collect();
    marks.sort_unstable();
    marks.dedup();
    let inner: Vec<(i64, i64)> = marks.windows(2).filter(|m| m[0].1 && !m[1].1).map(|m| (m[0].0, m[1].0)).collect();
    let mut covers: Vec<Cover> = Vec::new();
    for (after, until) in pairs {
        let first = inner.partition_point(|(q, _)| *q < after);
        let last = inner.partition_point(|(_, p)| *p <= until).saturating_sub(1);
        covers.push(Cover { first, last, weight: 1 });
    }
    covers.sort_unstable();
    covers.dedup_by(|next, kept| {
        let same = (next.first, next.last) == (kept.first, kept.last);
        kept.weight += if same { next.weight } else { 0 };
        same
    });
    let back = |(q, p): (i64, i64)| Span { after: (q != i64::MIN).then_some(q), until: (p != i64::MAX).then_some(p) };
    Innermost { spans: inner.into_iter().map(back).collect(), covers }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_intervals_of_the_breast_data_are_those_in_the_literature() {
        let found = innermost(&super::super::published::cosmesis_radiotherapy());
        let ends: Vec<_> = found.spans.iter().map(|s| (s.after.unwrap(), s.until)).collect();
        let known = [
            (4, 5),
            (6, 7),
            (7, 8),
            (11, 12),
            (15, 16),
            (17, 18),
            (24, 25),
            (25, 26),
            (33, 34),
            (34, 35),
            (36, 37),
            (38, 40),
            (40, 44),
        ];
        let mut expected: Vec<_> = known.into_iter().map(|(q, p)| (q, Some(p))).collect();
        expected.push((46, Some(48)));
        assert_eq!(ends, expected);
    }

    #[test]
    fn neighbours_that_share_an_end_do_not_meet() {
        let found = innermost(&[Span::between(Some(0), 5), Span::between(Some(5), 9)]);
        assert_eq!(found.spans, [Span::between(Some(0), 5), Span::between(Some(5), 9)]);
    }

    #[test]
    fn equal_observations_are_counted_once_with_their_number() {
        let found = innermost(&[Span::exact(3), Span::exact(3), Span::beyond(3), Span::between(None, 3)]);
        assert_eq!(found.spans, [Span::exact(3), Span::beyond(3)]);
        assert_eq!(found.covers.iter().map(|c| c.weight).collect::<Vec<_>>(), [3, 1], "up to 3 and at 3 cover the same");
    }
}
