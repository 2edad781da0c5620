//! Figures as people read them: seconds, counts, shares and times in, short texts out. Everything is cut, never rounded up.

use crate::latency::Figures;
use crate::latency::statistics::Span;
use crate::model::instant::Instant;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time in its two largest units: `3 h 12 min`, `2 d 4 h`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let s = seconds.saturating_abs();
    let sign = if seconds < 0 { "-" } else { "" };
    let (large, small, rest, unit) = match s {
        DAY.. => (s / DAY, "d", s % DAY / HOUR, "h"),
        HOUR.. => (s / HOUR, "h", s % HOUR / MINUTE, "min"),
        MINUTE.. => (s / MINUTE, "min", s % MINUTE, "s"),
        _ => (s, "s", 0, ""),
    };
    let large = count(u64::try_from(large).unwrap_or(0));
    if rest == 0 { format!("{sign}{large} {small}") } else { format!("{sign}{large} {small} {rest} {unit}") }
}

/// A latency: `3 h 12 min`, or how early it was.
#[must_use]
pub fn latency(seconds: i64) -> String {
    match seconds {
        0 => "at the departure".to_owned(),
        1.. => duration(seconds),
        _ => format!("{} early", duration(seconds.saturating_neg())),
    }
}

/// A latency by what is known of it: itself, or its bounds.
#[must_use]
pub fn known(span: Option<Span>) -> String {
    let Some(span) = span else { return "not known".to_owned() };
    let after = |seconds: i64| match seconds {
        1.. => format!("over {}", duration(seconds)),
        0 => "after the departure".to_owned(),
        _ => format!("later than {}", latency(seconds)),
    };
    let until = |seconds: i64| match seconds {
        1.. => format!("up to {}", duration(seconds)),
        0 => "by the departure".to_owned(),
        _ => format!("by {}", latency(seconds)),
    };
    match (span.value(), span.after, span.until) {
        (Some(seconds), _, _) => latency(seconds),
        (None, Some(from), Some(to)) => format!("{}, {}", after(from), until(to)),
        (None, Some(from), None) => after(from),
        (None, None, Some(to)) => until(to),
        (None, None, None) => "not known".to_owned(),
    }
}

/// The longest latency of a group, by what is known of it.
#[must_use]
pub fn longest(figures: &Figures) -> String {
    figures.longest_at_least().map_or_else(|| known(figures.longest), |seconds| format!("at least {}", latency(seconds)))
}

/// A count with commas between the thousands.
#[must_use]
pub fn count(n: impl TryInto<u64>) -> String {
    let digits = n.try_into().unwrap_or(u64::MAX).to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 account`, `3 accounts`.
#[must_use]
pub fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

/// A share in percent with one decimal: only all is 100 %.
#[must_use]
pub fn percent(share: f64) -> String {
    let tenths = (share * 1000.0 + 1e-9).floor();
    if tenths % 10.0 == 0.0 { format!("{:.0} %", tenths / 10.0) } else { format!("{:.1} %", tenths / 10.0) }
}

/// An instant as date and clock time in UTC, without the marks of ISO 8601.
#[must_use]
pub fn stamp(at: Instant) -> String {
    plain(&at.to_string())
}

/// The same from its text; a date stays as it is.
#[must_use]
pub fn plain(text: &str) -> String {
    let is_instant = text.len() == 20 && text.is_ascii() && text.ends_with('Z') && text.as_bytes()[10] == b'T';
    if is_instant { format!("{} {}", &text[..10], &text[11..19]) } else { text.to_owned() }
}

/// An instant's date in UTC.
#[must_use]
pub fn date(at: Instant) -> String {
    at.to_string().chars().take(10).collect()
}

/// A text of an export without what would not show or would show it otherwise than it is: control characters, which XML does
/// not allow either, and the marks that turn the direction of writing round.
#[must_use]
pub fn printable(text: &str) -> String {
    let shown = |c| match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// A name in a text alternative, short enough to be listened to.
#[must_use]
pub fn named(name: &str) -> String {
    shortened(name, 80)
}

/// A text without control characters, cut with `…` in its middle where it has more letters than `longest`: long names often differ at their end alone.
#[must_use]
pub fn shortened(text: &str, longest: usize) -> String {
    let text = printable(text);
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= longest {
        return text;
    }
    let (head, tail) = (longest - longest / 3 - 1, longest / 3);
    let part = |letters: &[char]| letters.iter().collect::<String>();
    format!("{}…{}", part(&letters[..head]).trim_end(), part(&letters[letters.len() - tail..]).trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_show_their_two_largest_units() {
        let cases =
            [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min 59 s"), (11_520, "3 h 12 min"), (187_200, "2 d 4 h")];
        for (seconds, text) in cases {
            assert_eq!(duration(seconds), text);
        }
        assert_eq!(latency(-7_200), "2 h early");
        assert_eq!(latency(i64::MIN), latency(i64::MIN + 1));
        assert_eq!(known(Some(Span::between(Some(60), 3_600))), "over 1 min, up to 1 h");
        assert_eq!(known(Some(Span::beyond(-60))), "later than 1 min early");
    }

    #[test]
    fn a_share_is_never_rounded_up_to_all() {
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.9999), "99.9 %");
        assert_eq!(percent(0.875), "87.5 %");
    }

    #[test]
    fn counts_have_commas_and_instants_lose_their_marks() {
        assert_eq!(count(1_234_567_usize), "1,234,567");
        assert_eq!(count(999_usize), "999");
        assert_eq!(plain("2026-10-01T08:30:00Z"), "2026-10-01 08:30:00");
        assert_eq!(plain("2026-10-01"), "2026-10-01");
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        assert_eq!(named("Okta"), "Okta");
        let long = named(&format!("{} 42", "a".repeat(100)));
        assert!(long.chars().count() == 80 && long.ends_with("a 42") && long.contains("a…a"), "{long}");
    }

    #[test]
    fn text_that_hides_or_turns_round_is_made_plain() {
        assert_eq!(printable("a\u{1}b\n\u{202e}c ż"), "a b \u{FFFD}c ż");
    }
}
