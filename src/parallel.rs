//! Work that all cores do side by side while what they did before is entered in order.

use rayon::prelude::*;

use crate::error::Result;

/// Does `work` on each of many, some at a time, and hands what becomes of some to `enter` in order, while the next ones are worked on.
pub fn in_order<T: Sync, R: Send>(
    all: &[T],
    at_a_time: usize,
    work: impl Fn(&T) -> R + Sync,
    mut enter: impl FnMut(&[T], Vec<R>),
) {
    let mut before: (&[T], Vec<R>) = Default::default();
    for some in all.chunks(at_a_time) {
        let mut done = Vec::new();
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| done = some.par_iter().map(&work).collect());
            enter(before.0, std::mem::take(&mut before.1));
        });
        before = (some, done);
    }
    enter(before.0, before.1);
}

/// Reads units by all cores, as many at a time as `some` gives until it gives none; meanwhile those before are settled, in their order,
/// and those behind come in.
pub fn in_step<U: Send, R: Send>(
    mut some: impl FnMut() -> Result<Vec<U>>,
    read: impl Fn(U) -> R + Sync,
    mut settle: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let (mut group, mut before) = (some()?, Vec::new());
    while !group.is_empty() {
        let mut now = Vec::new();
        let meanwhile = rayon::in_place_scope(|scope| {
            scope.spawn(|_| now = group.into_par_iter().map(&read).collect());
            before.into_iter().try_for_each(&mut settle)?;
            some()
        });
        (group, before) = (meanwhile?, now);
    }
    before.into_iter().try_for_each(settle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_entered_once_and_in_order() {
        for (count, at_a_time) in [(0, 3), (1, 3), (3, 3), (10, 3), (10, 100)] {
            let all: Vec<usize> = (0..count).collect();
            let mut entered = Vec::new();
            in_order(&all, at_a_time, |n| n * 2, |some, done| entered.extend(some.iter().copied().zip(done)));
            assert_eq!(entered, all.iter().map(|n| (*n, n * 2)).collect::<Vec<_>>());
        }
    }
}
