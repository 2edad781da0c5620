//! A column with its names found in an export's header or paths.

use super::{Branch, Column, Condition, From, Test, Then};

impl<P> Column<P> {
    /// The same column with its places found: `find` gives none for a name that the export does not have, which is then
    /// empty throughout, and all of them for a name that several of its columns bear. A place that several names lead to is
    /// taken once.
    pub fn resolve<Q: PartialEq>(&self, find: &impl Fn(&P) -> Vec<Q>) -> Column<Q> {
        let all = |places: &[P]| {
            let mut found: Vec<Q> = Vec::new();
            for place in places.iter().flat_map(find) {
                if !found.contains(&place) {
                    found.push(place);
                }
            }
            found
        };
        // A condition on a place that is not there is decided here once: it holds only where absence is asked for.
        let settle = |list: &[Condition<P>]| -> (Vec<Condition<Q>>, bool, bool) {
            let (mut held, mut failed, mut rest) = (false, false, Vec::new());
            for c in list {
                let places = all(&c.places);
                match &c.test {
                    test if !places.is_empty() => rest.push(Condition { places, test: test.clone() }),
                    Test::Present(false) | Test::Not(_) => held = true,
                    _ => failed = true,
                }
            }
            (rest, held, failed)
        };
        // The branches that can hold for a row of this export.
        let kept = |branches: &[Branch<P>]| {
            let mut kept = Vec::new();
            for branch in branches {
                let then = match &branch.then {
                    Then::Is(word) => Then::Is(word.clone()),
                    Then::From(places) => Then::From(all(places)),
                    Then::Join(places, with) => Then::Join(all(places), with.clone()),
                };
                let (rest, held, failed) = settle(&branch.conditions);
                match (branch.any, held, failed) {
                    (true, true, _) => kept.push(Branch { conditions: Vec::new(), any: false, then }),
                    (false, _, true) => {}
                    (true, false, _) if rest.is_empty() && !branch.conditions.is_empty() => {}
                    _ => kept.push(Branch { conditions: rest, any: branch.any, then }),
                }
            }
            kept
        };
        let from = match &self.from {
            From::First(places) => From::First(all(places)),
            From::Newest(places) => From::Newest(all(places)),
            From::Constant(word) => From::Constant(word.clone()),
            From::Join(places, with) => From::Join(all(places), with.clone()),
            From::Case(branches, otherwise) => From::Case(kept(branches), otherwise.clone()),
            From::Each(branches, with) => From::Each(kept(branches), with.clone()),
        };
        let (when, _, never) = settle(&self.when);
        let from = if never { From::First(Vec::new()) } else { from };
        Column {
            from,
            time: self.time,
            format: self.format.clone(),
            pattern: self.pattern.clone(),
            split: self.split.clone(),
            when,
            values: self.values.clone(),
        }
    }
}
