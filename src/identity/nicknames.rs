//! Given names of which one is used for the other, from `data/nicknames.txt`.

use hashbrown::HashMap;

use super::fold::fold;

/// Groups of names.
pub struct Nicknames {
    groups: HashMap<String, Vec<u16>>,
}

impl Nicknames {
    /// The groups that come with the tool.
    #[must_use]
    pub fn load() -> Self {
        let mut groups: HashMap<String, Vec<u16>> = HashMap::new();
        let lines = include_str!("data/nicknames.txt").lines().filter(|line| !line.starts_with('#'));
        for (group, line) in lines.enumerate() {
            for name in line.split_whitespace() {
                groups.entry(fold(name)).or_default().push(u16::try_from(group).unwrap_or(u16::MAX));
            }
        }
        Self { groups }
    }

    /// Whether one of the two folded names is used for the other.
    #[must_use]
    pub fn pair(&self, a: &str, b: &str) -> bool {
        match (self.groups.get(a), self.groups.get(b)) {
            (Some(a), Some(b)) => a.iter().any(|group| b.contains(group)),
            _ => false,
        }
    }

    /// The groups of a folded name: two names with one in common are a pair.
    pub fn groups(&self, name: &str) -> &[u16] {
        self.groups.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_pairs_with_the_full_name() {
        let nicknames = Nicknames::load();
        for (a, b, pair) in
            [("robert", "bob", true), ("bill", "william", true), ("robert", "william", false), ("xyz", "xyz", false)]
        {
            assert_eq!(nicknames.pair(a, b), pair, "{a} {b}");
        }
    }
}
