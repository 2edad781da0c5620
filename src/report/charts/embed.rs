//! The fonts that the charts and the HTML carry with them: bytes in, registered faces or `@font-face` rules out.

use std::sync::LazyLock;

use plotters::style::{FontStyle, register_font};

use crate::error::{Error, Result};

/// The family's name, the same in every chart and in the HTML.
pub const FAMILY: &str = "Noto Sans";

/// The regular face.
pub const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf");
/// The bold face.
pub const BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf");
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Makes the fonts known to plotters, so that no font of the machine is used.
pub fn register() -> Result<()> {
    for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, BOLD)] {
        register_font(FAMILY, style, bytes).map_err(|_| Error::fault("the embedded font cannot be read"))?;
    }
    Ok(())
}

/// The fonts as CSS rules that hold their bytes.
#[must_use]
pub fn font_faces() -> &'static str {
    static RULES: LazyLock<String> = LazyLock::new(rules);
    &RULES
}

fn rules() -> String {
    let face = |weight: u16, bytes: &[u8]| {
        format!(
            "@font-face{{font-family:\"{FAMILY}\";font-weight:{weight};src:url(data:font/ttf;base64,{}) format(\"truetype\")}}\n",
            base64(bytes)
        )
    };
    face(400, REGULAR) + &face(700, BOLD)
}

/// RFC 4648, section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = (u32::from(chunk[0]) << 16)
            | (u32::from(chunk.get(1).copied().unwrap_or(0)) << 8)
            | u32::from(chunk.get(2).copied().unwrap_or(0));
        for place in 0..4 {
            let letter = ALPHABET[(group >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { letter as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_gives_the_vectors_of_rfc_4648() {
        let vectors = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn both_faces_are_embedded() {
        assert_eq!(font_faces().matches("@font-face").count(), 2);
    }
}
