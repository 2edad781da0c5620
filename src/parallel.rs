//! Work that all cores do side by side while what they did before is entered in order.

use std::convert::Infallible;

use rayon::prelude::*;

/// Does `work` on each of many, some at a time, and hands each with what becomes of it to `enter` in order, while the next ones are worked
/// on.
pub fn in_order<T: Sync, R: Send>(all: &[T], at_a_time: usize, work: impl Fn(&T) -> R + Sync, mut enter: impl FnMut(&T, R)) {
    let mut chunks = all.chunks(at_a_time);
    let some = || Ok(chunks.next().unwrap_or_default().iter().collect());
    let entered = in_step(
        some,
        |one| (one, work(one)),
        |(one, done)| {
            enter(one, done);
            Ok::<_, Infallible>(())
        },
    );
    let Ok(()) = entered;
}

/// Reads units by all cores, as many at a time as `some` gives until it gives none; meanwhile those before are settled, in their order,
/// and those behind come in. The first error ends it.
pub fn in_step<U: Send, R: Send, E>(
    mut some: impl FnMut() -> Result<Vec<U>, E>,
    read: impl Fn(U) -> R + Sync,
    mut settle: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
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
            in_order(&all, at_a_time, |n| n * 2, |one, done| entered.push((*one, done)));
            assert_eq!(entered, all.iter().map(|n| (*n, n * 2)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_settled_behind_an_error() {
        let mut units = (0..10).map(|n| vec![2 * n, 2 * n + 1]);
        let mut settled = Vec::new();
        let outcome = in_step(
            || Ok(units.next().unwrap_or_default()),
            |n| n,
            |n| {
                settled.push(n);
                if n == 5 { Err("the sixth") } else { Ok(()) }
            },
        );
        assert_eq!((outcome, settled), (Err("the sixth"), (0..=5).collect()));
    }
}
