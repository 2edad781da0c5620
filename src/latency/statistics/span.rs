//! A time known by bounds: the observation that every estimator takes, and the form in which it gives its quantiles.

/// A time in whole units, later than `after` and not later than `until`; either may be missing. The unit is the smallest that there
/// is (here the second, to which all times are cut), so that a time known exactly is the span of one unit that ends with it, and
/// one rule for open and closed ends serves exact, right-censored, left-censored and interval-censored times alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// It is later than this; `None`: it may have been at any time before `until`.
    pub after: Option<i64>,
    /// It is not later than this; `None`: it has not come yet.
    pub until: Option<i64>,
}

impl Span {
    /// A time known exactly.
    #[must_use]
    pub fn exact(at: i64) -> Self {
        Self { after: Some(at.saturating_sub(1)), until: Some(at) }
    }

    /// Right-censored: not come up to `at`.
    #[must_use]
    pub fn beyond(at: i64) -> Self {
        Self { after: Some(at), until: None }
    }

    /// Between two bounds. Bounds that the cut to whole units has made one leave that unit.
    #[must_use]
    pub fn between(after: Option<i64>, until: i64) -> Self {
        Self { after: after.map(|after| after.min(until.saturating_sub(1))), until: Some(until) }
    }

    /// The time, where it is known exactly.
    #[must_use]
    pub fn value(self) -> Option<i64> {
        self.until.filter(|until| self.after == Some(until.saturating_sub(1)))
    }

    /// Whether it says anything at all.
    #[must_use]
    pub fn informs(self) -> bool {
        self.after.is_some() || self.until.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_one_unit_is_a_value_and_a_wider_one_is_not() {
        assert_eq!(Span::exact(-7).value(), Some(-7));
        assert_eq!(Span::between(Some(3), 5).value(), None);
        assert_eq!(Span::between(Some(5), 5).value(), Some(5));
        assert_eq!((Span::between(None, 5).value(), Span::beyond(5).value()), (None, None));
        assert!(Span::beyond(5).informs() && !Span { after: None, until: None }.informs());
    }
}
