//! Texts as a font can show them: any text comes in, one of signs that the font has goes out, with what it lacks transliterated between marks. What is drawn
//! or made to last must show every sign that it holds, and no font of ours has all of them.

use deunicode::deunicode_char;

/// Around what is transliterated.
const MARKS: (char, char) = ('‹', '›');

/// The text with signs that the font has, and whether letters were transliterated; `None` where it has them all already. In a picture, which is XML,
/// no sign becomes markup.
pub fn shown(text: &str, has: &dyn Fn(char) -> bool, picture: bool) -> Option<(String, bool)> {
    let covered = |c: char| c.is_ascii() || has(c);
    if text.chars().all(covered) {
        return None;
    }
    let (mut shown, mut any) = (String::with_capacity(text.len()), false);
    let mut rest = text;
    while let Some(start) = rest.find(|c| !covered(c)) {
        let end = rest[start..].find(covered).map_or(rest.len(), |length| start + length);
        let foreign = &rest[start..end];
        // A sign that says nothing by itself, such as a minus, is written as its neighbour in ASCII.
        let plain: String = foreign.chars().map(|c| deunicode_char(c).map_or_else(|| number(c), str::to_owned)).collect();
        let letters = foreign.chars().any(|c| c.is_alphanumeric() || deunicode_char(c).is_none());
        let plain = plain.trim().to_owned();
        let plain = if picture { plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;") } else { plain };
        shown.push_str(&rest[..start]);
        if letters {
            shown.push(MARKS.0);
            shown.push_str(&plain);
            shown.push(MARKS.1);
            any = true;
        } else {
            shown.push_str(&plain);
        }
        rest = &rest[end..];
    }
    shown.push_str(rest);
    Some((shown, any))
}

/// A sign by its number in Unicode, where nothing else is known of it.
fn number(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(c: char) -> bool {
        c < '\u{250}' || c == '‹' || c == '›'
    }

    #[test]
    fn letters_are_transliterated_between_marks_and_signs_become_their_neighbours() {
        assert_eq!(shown("Žofie Ünal", &latin, false), None);
        assert_eq!(shown("王伟 (E1)", &latin, false), Some(("‹Wang Wei› (E1)".to_owned(), true)));
        assert_eq!(shown("−3 h", &latin, false), Some(("-3 h".to_owned(), false)));
        assert_eq!(shown("a\u{e000}b", &latin, false), Some(("a‹U+E000›b".to_owned(), true)));
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_in_only_signs_that_the_font_has_go_out(text in "\\PC{0,20}") {
            let out = shown(&text, &latin, false).map_or(text, |(out, _)| out);
            proptest::prop_assert!(out.chars().all(latin), "{out}");
        }
    }
}
