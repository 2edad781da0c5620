//! In which hours a log has any line, and where it is silent for longer than is usual there: a bit for each hour, so that
//! it grows with the time that a log spans and not with its lines.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::instant::Instant;

const HOUR: i64 = 3_600;
/// A silence is told from this many stretches between lines on: with fewer nobody knows what is usual.
const ENOUGH: usize = 20;
/// No shorter silence is told, in hours.
const SHORTEST: i64 = 24;
/// How much longer than usual a silence is.
const TIMES: i64 = 3;

/// The hours in which a log has a line.
#[derive(Clone, Default)]
pub struct Hours {
    /// A bit for each of 64 hours.
    blocks: BTreeMap<i64, u64>,
    /// The hour that was noted last: most lines are of the same one.
    last: Option<i64>,
}

/// The hours alone: which was noted last says nothing of the log.
impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_set().entries(self.hours()).finish()
    }
}

impl Hours {
    /// Notes a line.
    pub fn note(&mut self, at: Instant) {
        let hour = at.seconds().div_euclid(HOUR);
        if self.last != Some(hour) {
            *self.blocks.entry(hour.div_euclid(64)).or_default() |= 1 << hour.rem_euclid(64);
            self.last = Some(hour);
        }
    }

    /// Takes over those of another file of the same log.
    pub fn absorb(&mut self, other: &Self) {
        for (block, bits) in &other.blocks {
            *self.blocks.entry(*block).or_default() |= bits;
        }
    }

    fn hours(&self) -> impl Iterator<Item = i64> {
        self.blocks
            .iter()
            .flat_map(|(block, bits)| (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| block * 64 + bit))
    }

    /// Whether there are lines enough to know how long a silence is usual.
    #[must_use]
    pub fn tells_what_is_usual(&self) -> bool {
        self.hours().nth(ENOUGH).is_some()
    }

    /// The silences: stretches without any line that last more than a day and more than three times as long as 99 of 100 of
    /// the other stretches between lines (the 99th percentile by nearest rank, so that nights and weekends count as usual).
    #[must_use]
    pub fn silences(&self) -> Vec<(Instant, Instant)> {
        let hours: Vec<i64> = self.hours().collect();
        let mut lengths: Vec<i64> = hours.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if lengths.len() < ENOUGH {
            return Vec::new();
        }
        lengths.sort_unstable();
        // The place of the 99th percentile among the others, which are one less.
        let rank = ((lengths.len() - 1) * 99).div_ceil(100);
        let mut silences = Vec::new();
        for pair in hours.windows(2) {
            let length = pair[1] - pair[0];
            // Without this one, those at and after its place move one place down.
            let place = lengths.partition_point(|l| *l < length);
            let usual = lengths[if place < rank { rank } else { rank - 1 }];
            let silent = length - 1;
            if silent >= SHORTEST
                && length > TIMES * usual
                && let (Some(from), Some(to)) =
                    (Instant::from_seconds((pair[0] + 1) * HOUR), Instant::from_seconds(pair[1] * HOUR))
            {
                silences.push((from, to));
            }
        }
        silences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(hours: impl IntoIterator<Item = i64>) -> Hours {
        let mut log = Hours::default();
        hours.into_iter().for_each(|hour| log.note(Instant::from_seconds(hour * HOUR + 1_800).unwrap()));
        log
    }

    fn silences(log: &Hours) -> Vec<(i64, i64)> {
        log.silences().into_iter().map(|(from, to)| (from.seconds() / HOUR, to.seconds() / HOUR)).collect()
    }

    #[test]
    fn a_silence_is_told_where_a_log_is_never_that_quiet() {
        let busy = log((0..500).chain(560..1_000));
        assert_eq!(silences(&busy), [(500, 560)]);
        assert!(silences(&log((0..500).chain(515..1_000))).is_empty(), "less than a day");
    }

    #[test]
    fn nights_and_weekends_are_usual() {
        let office = |week: i64| (0..5).flat_map(move |day| (8..18).map(move |hour| week * 168 + day * 24 + hour));
        assert!(silences(&log((0..13).flat_map(office))).is_empty());
        let long_weekend = (0..13).flat_map(office).filter(|hour| !(6 * 168..6 * 168 + 24).contains(hour));
        assert!(silences(&log(long_weekend)).is_empty());
        let away = log((0..6).chain(7..13).flat_map(office));
        assert_eq!(silences(&away), [(5 * 168 + 4 * 24 + 18, 7 * 168 + 8)], "a whole week is not");
    }

    #[test]
    fn of_a_few_lines_nobody_knows_what_is_usual() {
        assert!(silences(&log([0, 1, 2, 500])).is_empty());
    }
}
