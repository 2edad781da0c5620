//! Which people have a key, by small hashes of keys: six bytes for each key of a person.

use crate::parallel;

/// The first bits of a key, by which keys are dealt out, so that those that begin alike are put in order without leaving the processor's
/// cache.
const PARTITION_BITS: u32 = 8;
const PARTITIONS: usize = 1 << PARTITION_BITS;
/// People whose keys are dealt out together: a place among them fits where the first bits of a key stood.
const FEW: usize = 1 << PARTITION_BITS;
/// Partitions that are put in order, and times a few people's keys that are dealt out, before they are entered.
const AT_A_TIME: usize = 16;
/// Bits of a key that the directory tells; so many more are left as [`Ending`] holds.
const DIRECTORY_BITS: u32 = u32::BITS - Ending::BITS;
/// What is kept of a key.
type Ending = u16;

/// People by key.
pub struct Blocks {
    /// The last bits of the keys, in the order of the whole keys.
    endings: Vec<Ending>,
    /// The person of each, by row; of one key in the order of rows.
    people: Vec<u32>,
    /// Where the keys that begin with these bits start.
    directory: Vec<u32>,
}

/// The keys of all people, of a few after the other and of these by partition: each without its first bits, and behind it the person's
/// place among the few.
struct Dealt {
    keys: Vec<u32>,
    /// Where the keys of each few begin that lie in each partition, and where those of the last one end.
    starts: Vec<usize>,
}

impl Blocks {
    /// Of so many people; `keys_of` tells the keys of the one in a row, in any order and as often as it likes.
    pub fn of(people: u32, keys_of: impl Fn(u32, &mut Vec<u32>) + Sync) -> Self {
        let rows: Vec<u32> = (0..people).collect();
        let mut all = Dealt { keys: Vec::new(), starts: vec![0] };
        let some: Vec<&[u32]> = rows.chunks(FEW).collect();
        parallel::in_order(&some, AT_A_TIME, |few| dealt(few, &keys_of), |_, few| all.enter(&few));
        let mut blocks = Self {
            endings: Vec::with_capacity(all.keys.len()),
            people: Vec::with_capacity(all.keys.len()),
            directory: vec![0; (1 << DIRECTORY_BITS) + 1],
        };
        let partitions: Vec<usize> = (0..PARTITIONS).collect();
        parallel::in_order(&partitions, AT_A_TIME, |partition| all.gathered(*partition), |_, keys| blocks.enter(keys));
        for place in 1..blocks.directory.len() {
            blocks.directory[place] += blocks.directory[place - 1];
        }
        blocks
    }

    fn enter(&mut self, partition: Vec<(u32, u32)>) {
        for (key, row) in partition {
            self.directory[beginning(key) + 1] += 1;
            self.endings.push(ending(key));
            self.people.push(row);
        }
    }

    /// The rows of those who have a key, in order.
    pub fn of_key(&self, key: u32) -> &[u32] {
        let start = self.directory[beginning(key)] as usize;
        let endings = &self.endings[start..self.directory[beginning(key) + 1] as usize];
        let from = endings.partition_point(|other| *other < ending(key));
        let to = from + endings[from..].partition_point(|other| *other == ending(key));
        &self.people[start + from..start + to]
    }
}

/// The keys of a few people by partition, and how many each has.
fn dealt(few: &[u32], keys_of: &impl Fn(u32, &mut Vec<u32>)) -> (Vec<u32>, [u32; PARTITIONS]) {
    let (mut all, mut own, mut counts) = (Vec::new(), Vec::new(), [0; PARTITIONS]);
    for (row, place) in few.iter().zip(0_u32..) {
        keys_of(*row, &mut own);
        own.sort_unstable();
        own.dedup();
        for key in own.drain(..) {
            counts[partition(key)] += 1;
            all.push((key, place));
        }
    }
    let mut next = [0; PARTITIONS];
    for place in 1..PARTITIONS {
        next[place] = next[place - 1] + counts[place - 1];
    }
    let mut keys = vec![0; all.len()];
    for (key, place) in all {
        let next = &mut next[partition(key)];
        keys[*next as usize] = key << PARTITION_BITS | place;
        *next += 1;
    }
    (keys, counts)
}

impl Dealt {
    fn enter(&mut self, (keys, counts): &(Vec<u32>, [u32; PARTITIONS])) {
        let mut start = self.keys.len();
        self.starts.extend(counts.iter().map(|count| {
            start += *count as usize;
            start
        }));
        self.keys.extend(keys);
    }

    /// The keys of a partition, each with the row of who has it, in order.
    fn gathered(&self, partition: usize) -> Vec<(u32, u32)> {
        let first_bits = u32::try_from(partition).unwrap_or(0) << (u32::BITS - PARTITION_BITS);
        let mut all = Vec::new();
        for (few, first) in self.starts.windows(2).skip(partition).step_by(PARTITIONS).zip((0_u32..).step_by(FEW)) {
            let keys = self.keys[few[0]..few[1]].iter();
            all.extend(keys.map(|key| (first_bits | key >> PARTITION_BITS, first | key & ((1 << PARTITION_BITS) - 1))));
        }
        all.sort_unstable();
        all
    }
}

fn partition(key: u32) -> usize {
    (key >> (u32::BITS - PARTITION_BITS)) as usize
}

/// What the directory tells of a key.
fn beginning(key: u32) -> usize {
    (key >> Ending::BITS) as usize
}

/// The rest of it.
fn ending(key: u32) -> Ending {
    Ending::try_from(key & u32::from(Ending::MAX)).unwrap_or(Ending::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Each key leads to whom a list leads to, also where many have it and where keys differ in their first or last bits alone.
        #[test]
        fn a_key_leads_to_all_who_have_it(
            keys in proptest::collection::vec(proptest::collection::vec((0_u32..3, 0_u32..3, 0_u32..3), 0..4), 0..40),
            times in 1_usize..20,
        ) {
            let key = |(first, middle, last): (u32, u32, u32)| first << 31 | middle << 15 | last;
            let keys: Vec<Vec<u32>> = keys.into_iter().map(|own| own.into_iter().map(key).collect()).collect();
            let people: Vec<&Vec<u32>> = keys.iter().cycle().take(keys.len() * times).collect();
            let blocks = Blocks::of(u32::try_from(people.len()).unwrap(), |row, into| into.extend(people[row as usize]));
            for asked in keys.iter().flatten().copied().chain([7]) {
                let listed: Vec<u32> = (0..).zip(&people).filter(|(_, own)| own.contains(&asked)).map(|(row, _)| row).collect();
                proptest::prop_assert_eq!(blocks.of_key(asked), listed);
            }
        }
    }
}
