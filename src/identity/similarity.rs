//! How alike two words are: pure functions on ASCII text.

use super::sketch::Sketch;

/// Letters by which words are compared.
pub const LONGEST: usize = 64;

/// Jaro's similarity with Winkler's weight for a common beginning of up to four letters, from 0 to 1.
/// Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1990);
/// scaling 0.1, at any similarity. Words are compared by their first 64 letters.
#[must_use]
pub fn jaro_winkler(a: &str, b: &str) -> f64 {
    let (a, b) = (first(a), first(b));
    let jaro = jaro(a, b);
    let common = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    jaro + common as f64 * 0.1 * (1.0 - jaro)
}

/// Whether two words are at least this alike by Jaro and Winkler's measure. Two words that cannot be are not compared.
#[must_use]
pub fn alike(a: &str, b: &str, least: f64) -> bool {
    Sketch::of(a).may_be_alike(Sketch::of(b), least) && jaro_winkler(a, b) >= least
}

fn first(word: &str) -> &[u8] {
    &word.as_bytes()[..word.len().min(LONGEST)]
}

/// Jaro's similarity: with `m` letters in common within half the longer word, `t` of them out of order,
/// `(m/|a| + m/|b| + (m - t/2)/m) / 3`.
fn jaro(a: &[u8], b: &[u8]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return if a.len() == b.len() { 1.0 } else { 0.0 };
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut taken, mut common, mut matched) = ([false; LONGEST], [0_u8; LONGEST], 0);
    for (i, letter) in a.iter().enumerate() {
        let (from, to) = (i.saturating_sub(reach), (i + reach + 1).min(b.len()));
        if let Some(j) = (from..to).find(|j| !taken[*j] && b[*j] == *letter) {
            taken[j] = true;
            common[matched] = *letter;
            matched += 1;
        }
    }
    if matched == 0 {
        return 0.0;
    }
    let others = b.iter().enumerate().filter(|(j, _)| taken[*j]).map(|(_, letter)| letter);
    let moved = common[..matched].iter().zip(others).filter(|(x, y)| x != y).count();
    let m = matched as f64;
    (m / a.len() as f64 + m / b.len() as f64 + (m - moved as f64 / 2.0) / m) / 3.0
}

/// Whether one letter added, lost, replaced, or two neighbours exchanged, make one word of the other: at most 1 in the
/// distance of Damerau, "A technique for computer detection and correction of spelling errors" (1964).
#[must_use]
pub fn one_edit(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() > b.len() {
        (a, b) = (b, a);
    }
    if b.len() - a.len() > 1 {
        return false;
    }
    let Some(at) = a.iter().zip(b).position(|(x, y)| x != y) else { return true };
    if a.len() < b.len() {
        return a[at..] == b[at + 1..];
    }
    let exchanged = a.len() > at + 1 && a[at] == b[at + 1] && a[at + 1] == b[at] && a[at + 2..] == b[at + 2..];
    exchanged || a[at + 1..] == b[at + 1..]
}

/// A word by its sound, after Russell's Soundex (US patents 1261167 and 1435663) as the National Archives of the United States apply it: the
/// first letter and three digits.
#[must_use]
pub fn soundex(word: &str) -> [u8; 4] {
    let mut code = [b'0'; 4];
    let mut length = 0;
    let mut last = 0;
    for letter in word.bytes().map(|b| b.to_ascii_lowercase()).filter(u8::is_ascii_lowercase) {
        let digit = match letter {
            b'b' | b'f' | b'p' | b'v' => b'1',
            b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => b'2',
            b'd' | b't' => b'3',
            b'l' => b'4',
            b'm' | b'n' => b'5',
            b'r' => b'6',
            // Silent behind another letter.
            b'h' | b'w' if length > 0 => continue,
            _ => 0,
        };
        if length == 0 {
            code[0] = letter;
            length = 1;
        } else if digit != 0 && digit != last {
            code[length] = digit;
            length += 1;
        }
        last = digit;
        if length == code.len() {
            break;
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Winkler (1990) and Porter and Winkler, "Approximate String Comparison and its Effect on an Advanced Record Linkage System"
    /// (1997), table 2, whose figures are rounded to three places.
    #[test]
    fn jaro_winkler_gives_the_published_figures() {
        for (a, b, published) in [
            ("martha", "marhta", 0.961),
            ("dwayne", "duane", 0.840),
            ("dixon", "dicksonx", 0.813),
            ("shackleford", "shackelford", 0.982),
            ("jeraldine", "geraldine", 0.926),
            ("tanya", "tonya", 0.880),
            ("sean", "susan", 0.805),
            ("jon", "john", 0.933),
            ("nichleson", "nichulson", 0.956),
            ("jones", "johnson", 0.832),
            ("massey", "massie", 0.933),
            ("abroms", "abrams", 0.922),
            ("michelle", "michael", 0.921),
            ("julies", "julius", 0.933),
            ("abc", "xyz", 0.0),
        ] {
            let (there, back) = (jaro_winkler(a, b), jaro_winkler(b, a));
            assert!((there - published).abs() < 0.0006, "{a} {b}: {there}");
            assert!((there - back).abs() < 1e-12);
        }
    }

    proptest::proptest! {
        /// What is left out by its bound would not have been alike.
        #[test]
        fn words_that_are_not_compared_are_not_alike(a in "[a-f0-9]{0,80}", b in "[a-f0-9]{0,80}", least in 0.5_f64..1.0) {
            proptest::prop_assert_eq!(alike(&a, &b, least), jaro_winkler(&a, &b) >= least);
        }
    }

    #[test]
    fn one_edit_is_one_of_the_four() {
        for (a, b, one) in [
            ("smith", "smith", true),
            ("smith", "smyth", true),
            ("smith", "smit", true),
            ("smith", "msith", true),
            ("smith", "smithe", true),
            ("smith", "smythe", false),
            ("ab", "ba", true),
            ("abc", "cba", false),
            ("", "a", true),
        ] {
            assert_eq!((one_edit(a, b), one_edit(b, a)), (one, one), "{a} {b}");
        }
    }

    /// The examples of the National Archives.
    #[test]
    fn soundex_gives_the_published_codes() {
        for (word, code) in [
            ("Washington", "w252"),
            ("Lee", "l000"),
            ("Gutierrez", "g362"),
            ("Pfister", "p236"),
            ("Jackson", "j250"),
            ("Tymczak", "t522"),
            ("Ashcraft", "a261"),
        ] {
            assert_eq!(std::str::from_utf8(&soundex(word)).unwrap(), code, "{word}");
        }
    }
}
