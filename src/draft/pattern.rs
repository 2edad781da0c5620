//! One path for several files of a folder: a glob that names exactly these and no other.

/// The glob; `None` where they lie in several folders, or any glob would name another file of `all` too.
pub(super) fn of(files: &[&str], all: &[&str]) -> Option<String> {
    let (folder, _) = split(files.first()?);
    if files.len() < 2 || files.iter().any(|f| split(f).0 != folder || f.contains(['*', '?', '[', ']'])) {
        return None;
    }
    let names: Vec<&str> = files.iter().map(|f| split(f).1).collect();
    let prefix = common(names.iter().copied(), false);
    let suffix = common(names.iter().map(|name| &name[prefix.len()..]), true);
    if prefix.is_empty() && suffix.is_empty() {
        return None;
    }
    let named = |path: &&&str| {
        let (of, name) = split(path);
        of == folder && name.len() >= prefix.len() + suffix.len() && name.starts_with(prefix) && name.ends_with(suffix)
    };
    (all.iter().filter(named).count() == files.len()).then(|| format!("{folder}{prefix}*{suffix}"))
}

/// The folder with its slash, and the name.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |at| at + 1))
}

/// What all texts begin with, or end with.
fn common<'a>(mut texts: impl Iterator<Item = &'a str>, from_end: bool) -> &'a str {
    let Some(first) = texts.next() else { return "" };
    texts.fold(first, |shared, text| {
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let length: usize = if from_end {
            shared.chars().rev().zip(text.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum()
        } else {
            shared.chars().zip(text.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum()
        };
        if from_end { &shared[shared.len() - length..] } else { &shared[..length] }
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_glob_names_these_files_and_no_other() {
        let all = ["okta/log-1.json", "okta/log-2.json", "okta/log.csv", "okta/users.json", "log-3.json"];
        assert_eq!(of(&all[..2], &all).as_deref(), Some("okta/log-*.json"));
        assert_eq!(of(&["okta/log-1.json", "okta/users.json"], &all), None, "it would name log-2.json too");
        assert_eq!(of(&["okta/log-1.json", "log-3.json"], &all), None, "two folders");
        assert_eq!(of(&["a[1].csv", "a[2].csv"], &["a[1].csv", "a[2].csv"]), None, "brackets mean something in a glob");
        assert_eq!(of(&["é1.csv", "è1.csv"], &["é1.csv", "è1.csv"]).as_deref(), Some("*1.csv"));
    }
}
