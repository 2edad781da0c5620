//! A sheet to draw on, in CSS pixels: rectangles, lines, polygons and text come in, plotters' SVG or bitmap elements go out.
//! Both media are drawn at twice the size, so that they agree to half a pixel.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend, IntoDrawingArea, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};

use super::embed::{BOLD, FAMILY, REGULAR};
use super::glyphs::Glyphs;
use super::style::{Align, EDGE, Fill, INK, LABEL, MUTED, PAPER, Pen, TITLE};
use super::words::printable;
use crate::error::{Error, Result};
use crate::report::letters;

/// How many pixels of a medium a CSS pixel takes.
pub const SCALE: f64 = 2.0;
/// Where the scripts begin whose signs are as wide as high.
const IDEOGRAPHS: u32 = 0x2E80;
/// Ascent and descent of Noto Sans together, in em: the unit in which the rasteriser takes a size.
const LINE_HEIGHT: f64 = 1.362;

/// What is drawn on. The two of plotters take a text's size and vertical middle differently.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
}

impl Medium {
    /// The size that plotters must be given for an em of one.
    fn em(self) -> f64 {
        match self {
            Self::Svg => 1.24,
            Self::Png => LINE_HEIGHT,
        }
    }

    /// How far down a text has to be moved, in em, for the middle of its capitals to lie where it is asked for.
    fn drop(self) -> f64 {
        match self {
            Self::Svg => 0.09,
            Self::Png => 0.225,
        }
    }
}

/// The sheet.
pub struct Canvas<DB: DrawingBackend> {
    area: DrawingArea<DB, Shift>,
    medium: Medium,
    regular: Glyphs,
    bold: Glyphs,
}

impl<DB: DrawingBackend> Canvas<DB> {
    /// An empty sheet with its title and second line.
    pub fn new(backend: DB, medium: Medium, title: &str, subtitle: &str) -> Result<Self> {
        let glyphs = |font| Glyphs::of(font).ok_or_else(|| Error::fault("the embedded font cannot be measured"));
        let canvas = Self { area: backend.into_drawing_area(), medium, regular: glyphs(REGULAR)?, bold: glyphs(BOLD)? };
        canvas.area.fill(&PAPER).map_err(Error::fault)?;
        canvas.text((20.0, 25.0), title, Pen::new(TITLE, INK).bold())?;
        canvas.text((20.0, 46.0), subtitle, Pen::new(LABEL, MUTED))?;
        Ok(canvas)
    }

    /// Ends the drawing.
    pub fn finish(self) -> Result<()> {
        self.area.present().map_err(Error::fault)
    }

    /// A filled rectangle between two corners.
    pub fn rect(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor) -> Result<()> {
        self.area.draw(&Rectangle::new([pixel(from), pixel(to)], filled(colour))).map_err(Error::fault)
    }

    /// A rectangle filled as an outcome is.
    pub fn area(&self, from: (f64, f64), to: (f64, f64), fill: Fill) -> Result<()> {
        self.rect(from, to, fill.colour)?;
        if fill.hatched {
            self.hatch((from.0 + 1.0, from.1 + 1.0), (to.0 - 1.0, to.1 - 1.0))?;
        }
        if fill.outlined {
            let (left, right, top, bottom) = (from.0, to.0, from.1, to.1);
            let edges = [
                ((left, top), (right, top + 1.0)),
                ((left, bottom - 1.0), (right, bottom)),
                ((left, top), (left + 1.0, bottom)),
                ((right - 1.0, top), (right, bottom)),
            ];
            for (a, b) in edges {
                self.rect(a, b, EDGE)?;
            }
        }
        Ok(())
    }

    /// Slanted lines within a rectangle.
    fn hatch(&self, from: (f64, f64), to: (f64, f64)) -> Result<()> {
        const STEP: f64 = 5.0;
        let height = to.1 - from.1;
        let mut foot = from.0 - height + STEP;
        while foot < to.0 {
            let (start, end) = (foot.max(from.0), (foot + height).min(to.0));
            if end - start > 0.5 {
                let at = |x: f64| (x, to.1 - (x - foot));
                let (low, high) = (at(start), at(end));
                self.polygon(&[low, high, (high.0, (high.1 + 1.5).min(to.1)), (low.0, (low.1 + 1.5).min(to.1))], EDGE)?;
            }
            foot += STEP;
        }
        Ok(())
    }

    /// An upright line, dashed on request.
    pub fn upright(&self, x: f64, top: f64, bottom: f64, colour: RGBColor, dashed: bool) -> Result<()> {
        const DASH: f64 = 4.0;
        if !dashed {
            return self.rect((x - 0.5, top), (x + 0.5, bottom), colour);
        }
        let mut y = top;
        while y < bottom {
            self.rect((x - 0.5, y), (x + 0.5, (y + DASH).min(bottom)), colour)?;
            y += 2.0 * DASH;
        }
        Ok(())
    }

    /// A level line.
    pub fn level(&self, y: f64, left: f64, right: f64, colour: RGBColor) -> Result<()> {
        self.rect((left, y - 0.5), (right, y + 0.5), colour)
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[(f64, f64)], colour: RGBColor) -> Result<()> {
        let points: Vec<_> = points.iter().copied().map(pixel).collect();
        self.area.draw(&Polygon::new(points, filled(colour))).map_err(Error::fault)
    }

    /// A text whose capitals have their middle at `at`.
    pub fn text(&self, at: (f64, f64), text: &str, pen: Pen) -> Result<()> {
        let text = self.shown(text, pen);
        let y = at.1 + self.medium.drop() * pen.size;
        if self.medium == Medium::Svg {
            return self.set((at.0, y), &text, pen);
        }
        let mut x = match pen.align {
            Align::Start => at.0,
            Align::Middle => at.0 - self.width(&text, pen) / 2.0,
            Align::End => at.0 - self.width(&text, pen),
        };
        for letter in text.chars() {
            let (advance, bearing) = self.glyphs(pen).measure(letter);
            let bearing = (bearing * pen.size * SCALE).floor() / SCALE;
            self.set((x + bearing, y), letter.encode_utf8(&mut [0; 4]), pen.aligned(Align::Start))?;
            x += advance * pen.size;
        }
        Ok(())
    }

    fn set(&self, at: (f64, f64), text: &str, pen: Pen) -> Result<()> {
        let h = match pen.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let face = if pen.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::Name(FAMILY), pen.size * SCALE * self.medium.em(), face);
        let style = TextStyle::from(font).color(&pen.colour).pos(Pos::new(h, VPos::Center));
        self.area.draw_text(text, &style, pixel(at)).map_err(Error::fault)
    }

    /// How wide a text is, at most: a viewer's own font sets what ours lacks, and the document for the binder transliterates it.
    #[must_use]
    pub fn width(&self, text: &str, pen: Pen) -> f64 {
        let glyphs = self.glyphs(pen);
        // Ideographs are as wide as high.
        let wide = |letter: char| u32::from(letter) >= IDEOGRAPHS && !glyphs.has(letter);
        let one = |letter: char| if wide(letter) { 1.0 } else { glyphs.measure(letter).0 };
        let all = |text: &str| text.chars().map(one).sum::<f64>();
        let text = printable(text);
        let plain = letters::shown(&text, &|letter| glyphs.has(letter), false);
        plain.map_or(0.0, |(plain, _)| all(&plain)).max(all(&text)) * pen.size
    }

    /// A text as the medium shows it: no picture of pixels has letters that the font lacks.
    fn shown(&self, text: &str, pen: Pen) -> String {
        let text = printable(text);
        match self.medium {
            Medium::Svg => text,
            Medium::Png => letters::shown(&text, &|letter| self.glyphs(pen).has(letter), false).map_or(text, |(shown, _)| shown),
        }
    }

    /// A text of which two parts may stand below each other, where it is wider than `room`: they are parted at its comma.
    pub fn in_lines(&self, at: (f64, f64), text: &str, room: f64, pen: Pen) -> Result<()> {
        const APART: f64 = 13.0;
        match text.split_once(", ") {
            Some((first, second)) if self.width(text, pen) > room => {
                self.text((at.0, at.1 - APART / 2.0), &format!("{first},"), pen)?;
                self.text((at.0, at.1 + APART / 2.0), second, pen)
            }
            _ => self.text(at, &self.clipped(text, room, pen), pen),
        }
    }

    /// The text, cut with `…` in its middle where it is wider than `room`: long names often differ at their end alone.
    #[must_use]
    pub fn clipped(&self, text: &str, room: f64, pen: Pen) -> String {
        const LONGEST: usize = 200;
        let letters: Vec<char> = self.shown(text, pen).chars().collect();
        if letters.len() <= LONGEST && self.width(text, pen) <= room {
            return letters.into_iter().collect();
        }
        let kept = |n: usize| {
            let (head, tail) = (n - n / 3, n / 3);
            let part = |letters: &[char]| letters.iter().collect::<String>();
            format!("{}…{}", part(&letters[..head]).trim_end(), part(&letters[letters.len() - tail..]).trim_start())
        };
        let fitting = (0..letters.len().min(LONGEST)).rev().find(|n| self.width(&kept(*n), pen) <= room);
        kept(fitting.unwrap_or(0))
    }

    fn glyphs(&self, pen: Pen) -> &Glyphs {
        if pen.bold { &self.bold } else { &self.regular }
    }
}

fn filled(colour: RGBColor) -> plotters::style::ShapeStyle {
    plotters::style::ShapeStyle { color: colour.into(), filled: true, stroke_width: 0 }
}

#[allow(clippy::cast_possible_truncation, reason = "a place on the sheet")]
fn pixel((x, y): (f64, f64)) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{BitMapBackend, SVGBackend};

    use super::*;

    #[test]
    fn a_long_name_keeps_its_end_and_no_letter_vanishes() {
        let (mut drawn, mut pixels, pen) = (String::new(), vec![0; 3 * 900 * 100], Pen::new(LABEL, INK));
        let svg = Canvas::new(SVGBackend::with_string(&mut drawn, (900, 100)), Medium::Svg, "", "").unwrap();
        let png = Canvas::new(BitMapBackend::with_buffer(&mut pixels, (900, 100)), Medium::Png, "", "").unwrap();
        let cut = svg.clipped("Resource planning of the northern region 21", 130.0, pen);
        assert!(cut.starts_with("Resource") && cut.contains('…') && cut.ends_with("n 21"), "{cut}");
        assert!(svg.width(&cut, pen) <= 130.0);
        assert_eq!(svg.clipped("田中 7", 130.0, pen), "田中 7", "whoever looks has a font for it");
        assert!(svg.width("田中 7", pen) >= svg.width("‹Tian Zhong› 7", pen), "the document has none");
        assert_eq!(png.clipped("田中 7", 130.0, pen), "‹Tian Zhong› 7");
        assert!(svg.width("田中", pen) > 1.9 * LABEL);
        assert_eq!(svg.clipped("田中", 5.0, pen), "…");
    }
}
