//! How a sample is shared out among the strata of a population.

/// How many of each stratum, given how many each one holds: in proportion, by largest remainders (Hamilton's method), the earlier stratum
/// first where two remainders are the same. Where the sample is large enough, every stratum gets one at least: it is taken from the stratum that was
/// given most, the later one first. A population that is not larger than the sample is taken whole.
#[must_use]
pub fn allocate(size: usize, strata: &[usize]) -> Vec<usize> {
    let population: usize = strata.iter().sum();
    if size >= population {
        return strata.to_vec();
    }
    // In 128 bits, so that no product overflows and no share is rounded.
    let (n, whole) = (size as u128, population as u128);
    let share = |held: &usize| *held as u128 * n;
    let mut given: Vec<usize> = strata.iter().map(|held| usize::try_from(share(held) / whole).unwrap_or(*held)).collect();
    let mut places: Vec<usize> = (0..strata.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(share(&strata[*place]) % whole));
    let left = size - given.iter().sum::<usize>();
    places.into_iter().take(left).for_each(|place| given[place] += 1);
    let held = strata.iter().filter(|held| **held > 0).count();
    if size >= held {
        while let Some(none) = (0..strata.len()).find(|place| given[*place] == 0 && strata[*place] > 0) {
            let Some(most) = (0..strata.len()).max_by_key(|place| given[*place]).filter(|place| given[*place] > 1) else { break };
            given[most] -= 1;
            given[none] += 1;
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::allocate;

    #[test]
    fn shares_follow_the_largest_remainders() {
        // Quotas 4.7, 1.6, 1.58, 1.2, 0.92 of 10: the three largest remainders (.92, .7, .6) get the seats that are left.
        assert_eq!(allocate(10, &[47_000, 16_000, 15_800, 12_000, 9_200]), [5, 2, 1, 1, 1]);
        assert_eq!(allocate(5, &[10, 10, 10]), [2, 2, 1], "equal remainders: the earlier ones");
    }

    #[test]
    fn every_stratum_gets_one_where_there_are_enough() {
        assert_eq!(allocate(5, &[96, 2, 1, 1]), [2, 1, 1, 1]);
        assert_eq!(allocate(3, &[96, 2, 1, 1]), [3, 0, 0, 0], "three cannot cover four");
        assert_eq!(allocate(4, &[50, 50, 1, 1]), [1, 1, 1, 1]);
        assert_eq!(allocate(3, &[8, 0, 1]), [2, 0, 1], "none of nobody");
    }

    #[test]
    fn a_population_that_is_not_larger_is_taken_whole() {
        assert_eq!(allocate(7, &[3, 4]), [3, 4]);
        assert_eq!(allocate(usize::MAX, &[3, 4]), [3, 4]);
        assert!(allocate(7, &[]).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_stratum_gives_more_than_it_holds_and_the_sum_is_the_size(
            size in 0_usize..200, strata in proptest::collection::vec(0_usize..60, 1..9)
        ) {
            let given = allocate(size, &strata);
            proptest::prop_assert_eq!(given.iter().sum::<usize>(), size.min(strata.iter().sum()));
            proptest::prop_assert!(given.iter().zip(&strata).all(|(given, held)| given <= held));
            if size >= strata.iter().filter(|held| **held > 0).count() {
                proptest::prop_assert!(given.iter().zip(&strata).all(|(given, held)| *given > 0 || *held == 0));
            }
        }
    }
}
