//! The scales of the histogram of latencies: a target and the longest latency come in, edges of bars, ticks and steps go out.

/// The average that Ponemon's survey reports, in seconds.
pub const REPORTED: i64 = 116 * 3_600;
const FIRST_EDGE: i64 = 60;
const LAST_EDGE: i64 = 30 * 86_400;
/// The durations at which the axis may have a tick.
pub const TICKS: [(i64, &str); 13] = [
    (1, "1 s"),
    (10, "10 s"),
    (60, "1 min"),
    (600, "10 min"),
    (3_600, "1 h"),
    (14_400, "4 h"),
    (86_400, "1 d"),
    (604_800, "1 w"),
    (2_592_000, "30 d"),
    (31_536_000, "1 y"),
    (315_360_000, "10 y"),
    (3_153_600_000, "100 y"),
    (31_536_000_000, "1,000 y"),
];

/// The target halved and doubled until a minute and a month, the average and the longest latency have a place.
pub fn edges(target: i64, longest: i64) -> Vec<i64> {
    let anchor = if target < 1 { 3_600 } else { target };
    let last = LAST_EDGE.max(longest).max(2 * REPORTED).max(anchor);
    let mut first = anchor;
    while first / 2 >= FIRST_EDGE {
        first /= 2;
    }
    let mut halvings = (anchor as f64 / first as f64).log2().round();
    let mut edges = Vec::new();
    loop {
        #[allow(clippy::cast_possible_truncation, reason = "seconds within the calendar")]
        let edge = (anchor as f64 * (-halvings).exp2()).round() as i64;
        edges.push(edge);
        if edge >= last {
            return edges;
        }
        halvings -= 1.0;
    }
}

/// A step of 1, 2 or 5 times a power of ten that gives at most five lines.
pub fn step(highest: usize) -> usize {
    let mut power = 1;
    loop {
        for factor in [1, 2, 5] {
            if highest / (factor * power) < 5 {
                return factor * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_an_edge_of_the_bars() {
        for target in [60, 900, 3_600, 5_000, 86_400, 10_000_000] {
            let edges = edges(target, 40_000_000);
            assert!(edges.contains(&target), "{target}: {edges:?}");
            assert!(edges.is_sorted() && *edges.last().unwrap() >= 40_000_000 && edges.len() < 60);
        }
        assert!(edges(0, i64::MAX / 4).len() < 70);
    }

    #[test]
    fn an_axis_has_at_most_five_lines_above_its_base() {
        for highest in [1, 4, 7, 23, 1_999, 1_000_000] {
            assert!(highest / step(highest) < 5);
        }
    }
}
