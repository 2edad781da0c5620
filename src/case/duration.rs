//! Durations as people write them: `1h`, `15m`, `45d`, `1h30m`; and back.

/// Seconds of a written duration; `None` where it is not one.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..digits].parse().ok()?;
        let unit = match rest[digits..].chars().next()? {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = rest[digits + 1..].trim_start();
    }
    (total <= 1_000_000_000).then_some(total)
}

/// Seconds in words of at most two units: `2 d 4 h`, `45 min`, `-20 min`.
#[must_use]
pub fn words(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let s = seconds.unsigned_abs();
    let (d, h, m) = (s / 86_400, s / 3_600 % 24, s / 60 % 60);
    let parts: Vec<String> = if d > 0 {
        pair((d, "d"), (h, "h"))
    } else if h > 0 {
        pair((h, "h"), (m, "min"))
    } else if m > 0 {
        pair((m, "min"), (s % 60, "s"))
    } else {
        vec![format!("{s} s")]
    };
    format!("{sign}{}", parts.join(" "))
}

fn pair(first: (u64, &str), second: (u64, &str)) -> Vec<String> {
    [first, second].iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_whole_units_and_nothing_else() {
        assert_eq!(seconds("1h"), Some(3600));
        assert_eq!(seconds("1h30m"), Some(5400));
        assert_eq!(seconds("45d"), Some(45 * 86_400));
        for wrong in ["", "1", "h", "1y", "-1h", "1.5h", "99999999999999999999d"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seconds_are_told_in_two_units() {
        assert_eq!(words(0), "0 s");
        assert_eq!(words(2 * 86_400 + 4 * 3600 + 59), "2 d 4 h");
        assert_eq!(words(-1200), "-20 min");
        assert_eq!(words(3600), "1 h");
    }
}
