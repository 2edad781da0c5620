//! Texts as the document's font can show them: any text comes in, one of signs that the font has goes out. A document that is made to last
//! must show every sign that it holds, and no font of ours has all of them.

use serde_json::Value;

use crate::report::letters::shown;

/// The keys under which pictures stand: XML, in which a sign may not become markup.
const PICTURES: [&str; 2] = ["svg", "lanes"];

/// Replaces every text of `data` by one that can be shown. Whether any letter had to be transliterated.
pub fn cover(data: &mut Value, has: &dyn Fn(char) -> bool) -> bool {
    let mut any = false;
    walk(data, has, false, &mut any);
    any
}

fn walk(value: &mut Value, has: &dyn Fn(char) -> bool, picture: bool, any: &mut bool) {
    match value {
        Value::String(text) => {
            if let Some((shown, transliterated)) = shown(text, has, picture) {
                *text = shown;
                *any |= transliterated;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, has, picture, any)),
        Value::Object(fields) => {
            for (key, value) in fields {
                walk(value, has, picture || PICTURES.contains(&key.as_str()), any);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(c: char) -> bool {
        c < '\u{250}' || c == '‹' || c == '›'
    }

    #[test]
    fn no_sign_becomes_markup_in_a_picture() {
        let mut data = serde_json::json!({ "svg": "<text>≤ 王</text>", "other": ["≤"] });
        assert!(cover(&mut data, &latin));
        assert_eq!(data, serde_json::json!({ "svg": "<text>&lt;= ‹Wang›</text>", "other": ["<="] }));
    }
}
