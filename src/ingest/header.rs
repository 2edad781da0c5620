//! Names in a header: which columns a name of the mapping stands for.

/// The columns that a name stands for, in their order: those of [`strict`], else those whose name differs in what tools that
/// carry tables change: blanks, underscores, hyphens, dots and the like, or a remark in brackets behind it, as in
/// `email_address`, `Email-Address` and `Email Address [Required]`.
pub fn all(names: &[String], name: &str) -> Vec<usize> {
    let found = strict(names, name);
    if !found.is_empty() || name.contains('*') || is_path(name) {
        return found;
    }
    let wanted = bare(name);
    let bears = |n: &String| bare(n) == wanted || n.split_once('[').is_some_and(|(before, _)| bare(before) == wanted);
    if wanted.is_empty() { Vec::new() } else { (0..names.len()).filter(|place| bears(&names[*place])).collect() }
}

/// Whether a name leads into a record, as `user.name` does, which is not the `User Name`.
fn is_path(name: &str) -> bool {
    let letters = |text: &str| text.ends_with(char::is_alphanumeric);
    name.match_indices('.').any(|(dot, _)| letters(&name[..dot]) && name[dot + 1..].starts_with(char::is_alphanumeric))
}

/// A name without what does not tell it from another. A sign such as `#` stays: `Employee #` is a number, `Employee` a name.
fn bare(name: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '#' | '%' | '+' | '&' | '@' | '<' | '>' | '=');
    name.chars().filter(kept).flat_map(char::to_lowercase).collect()
}

/// The columns that bear a name: as written, else without regard to case. `Labels#2` is the second of those that bear the name
/// `Labels`, and `*` stands for any text: `Last seen in *`.
pub fn strict(names: &[String], name: &str) -> Vec<usize> {
    let places = |holds: &dyn Fn(&str) -> bool| -> Vec<usize> {
        names.iter().enumerate().filter(|(_, n)| holds(n)).map(|(place, _)| place).collect()
    };
    let exact = places(&|n| n == name);
    if !exact.is_empty() {
        return exact;
    }
    let like = places(&|n| n.eq_ignore_ascii_case(name));
    if !like.is_empty() {
        return like;
    }
    if let Some((base, number)) = name.rsplit_once('#')
        && let Ok(number) = number.parse::<usize>()
    {
        return strict(names, base).into_iter().skip(number.saturating_sub(1)).take(usize::from(number > 0)).collect();
    }
    if name.contains('*') { places(&|n| fits(&name.to_lowercase(), &n.to_lowercase())) } else { Vec::new() }
}

/// Whether a text is what a pattern with `*` describes.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_all_columns_that_bear_it() {
        let names: Vec<String> =
            ["Labels", "Key", "labels", "Labels", "Last seen in Jira - a", "Last seen in Wiki - a", "C#2", "a*b"]
                .map(str::to_owned)
                .into();
        for (name, expected) in [
            ("Labels", &[0, 3][..]),
            ("LABELS", &[0, 2, 3]),
            ("Labels#2", &[3]),
            ("Labels#3", &[]),
            ("Labels#0", &[]),
            ("C#2", &[6]),
            ("Last seen in *", &[4, 5]),
            ("last seen in *wiki*", &[5]),
            ("*", &[0, 1, 2, 3, 4, 5, 6, 7]),
            ("a*b", &[7]),
            ("Nothing", &[]),
        ] {
            assert_eq!(all(&names, name), expected, "{name}");
        }
        let names: Vec<String> = [
            "user_principal_name",
            "Email Address [Required]",
            "Employee",
            "Employee #",
            "Date d\u{2019}entr\u{e9}e",
            "Last\u{a0}Login(UTC)",
            "-",
        ]
        .map(str::to_owned)
        .into();
        for (name, expected) in [
            ("User principal name", &[0][..]),
            ("Email Address", &[1]),
            ("email-address [required]", &[1]),
            ("Employee", &[2]),
            ("Employee#", &[3]),
            ("Employee Name", &[]),
            ("Date d'entr\u{e9}e", &[4]),
            ("Last Login (UTC)", &[5]),
            ("user.principal.name", &[]),
            (" ", &[]),
        ] {
            assert_eq!(all(&names, name), expected, "{name}");
        }
        assert!(strict(&names, "User principal name").is_empty());
        assert!(fits("ab*", "ab") && !fits("ab*ba", "aba") && fits("a*b*c", "a-b-b-c"));
    }
}
