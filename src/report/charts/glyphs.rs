//! The widths of letters, read from the font's own tables: a letter comes in, its advance and left bearing go out, in em.
//! plotters' rasteriser drops the bearings, which sets text unevenly; with these, letters are placed one by one.

/// The tables of a TrueType font that say where letters stand.
pub struct Glyphs {
    cmap: &'static [u8],
    hmtx: &'static [u8],
    units_per_em: f64,
    measured: usize,
}

impl Glyphs {
    /// Finds the tables of a font with a Unicode `cmap` of format 4.
    pub fn of(font: &'static [u8]) -> Option<Self> {
        let table = |tag: &[u8; 4]| {
            let entry = (0..usize::from(u16_at(font, 4)?)).map(|i| 12 + 16 * i).find(|at| font.get(*at..at + 4) == Some(tag))?;
            font.get(u32_at(font, entry + 8)?..)
        };
        let all = table(b"cmap")?;
        let subtables = (0..usize::from(u16_at(all, 2)?)).filter_map(|i| all.get(u32_at(all, 4 + 8 * i + 4)?..));
        Some(Self {
            cmap: subtables.into_iter().find(|subtable| u16_at(subtable, 0) == Some(4))?,
            hmtx: table(b"hmtx")?,
            units_per_em: f64::from(u16_at(table(b"head")?, 18)?),
            measured: usize::from(u16_at(table(b"hhea")?, 34)?),
        })
    }

    /// Advance and left side bearing of a letter.
    #[must_use]
    pub fn measure(&self, letter: char) -> (f64, f64) {
        let glyph = u16::try_from(u32::from(letter)).ok().and_then(|code| self.glyph(code)).unwrap_or(0);
        let glyph = usize::from(glyph);
        let last = self.measured.saturating_sub(1);
        let advance = u16_at(self.hmtx, 4 * glyph.min(last)).unwrap_or(0);
        let place = if glyph < self.measured { 4 * glyph + 2 } else { 4 * self.measured + 2 * (glyph - self.measured) };
        let bearing = u16_at(self.hmtx, place).unwrap_or(0).cast_signed();
        (f64::from(advance) / self.units_per_em, f64::from(bearing) / self.units_per_em)
    }

    /// Whether the font has a letter.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        u16::try_from(u32::from(letter)).ok().and_then(|code| self.glyph(code)).is_some_and(|glyph| glyph != 0)
    }

    /// The letter's glyph by the segments of `cmap` format 4.
    fn glyph(&self, code: u16) -> Option<u16> {
        let twice = usize::from(u16_at(self.cmap, 6)?);
        let segment = (0..twice).step_by(2).find(|s| u16_at(self.cmap, 14 + s).is_some_and(|end| end >= code))?;
        let (start, delta) = (u16_at(self.cmap, 16 + twice + segment)?, u16_at(self.cmap, 16 + 2 * twice + segment)?);
        if start > code {
            return None;
        }
        let place = 16 + 3 * twice + segment;
        match usize::from(u16_at(self.cmap, place)?) {
            0 => Some(code.wrapping_add(delta)),
            offset => match u16_at(self.cmap, place + offset + 2 * usize::from(code - start))? {
                0 => None,
                glyph => Some(glyph.wrapping_add(delta)),
            },
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_embedded_fonts_have_the_widths_that_the_foundry_gives() {
        let glyphs = Glyphs::of(super::super::embed::REGULAR).unwrap();
        assert_eq!(glyphs.measure('M'), (0.907, 0.097));
        assert_eq!(glyphs.measure(' '), (0.26, 0.0));
        assert!(glyphs.measure('ż').0 > 0.4 && glyphs.measure('Ω').0 > 0.7 && glyphs.measure('Ж').0 > 0.6);
        assert!(Glyphs::of(&[0; 40]).is_none());
        assert!("aŁΩЖ…‹".chars().all(|letter| glyphs.has(letter)) && "田נم😀".chars().all(|letter| !glyphs.has(letter)));
    }
}
