//! What a chart has to say for itself, and how it becomes files: a drawing comes in, a [`Chart`] with SVG and PNG goes out.

use std::fmt::Write as _;

use plotters::prelude::{BitMapBackend, DrawingBackend, SVGBackend};

use super::canvas::{Canvas, Medium, SCALE};
use super::embed;
use super::style::WIDTH;
use super::words::printable;
use crate::error::{Error, Result};

/// The effort of packing pixels: of 1 to 9 the least.
const EFFORT: png::DeflateCompression = png::DeflateCompression::Level(1);
const STYLE_START: &str = "<style>";
const STYLE_END: &str = "</style>\n";

/// A finished chart.
pub struct Chart<'v> {
    /// Its name: that of its files, without the ending.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// Its text alternative, with the figures.
    pub description: String,
    /// A standalone SVG, which holds its fonts.
    pub svg: String,
    picture: Box<dyn Fn() -> Result<Vec<u8>> + Send + Sync + 'v>,
}

impl Chart<'_> {
    /// A PNG of twice the size, drawn anew each time: nothing waits for it.
    pub fn png(&self) -> Result<Vec<u8>> {
        (self.picture)()
    }

    /// The SVG without its fonts, for a page that already has them.
    #[must_use]
    pub fn inline(&self) -> String {
        match (self.svg.find(STYLE_START), self.svg.find(STYLE_END)) {
            (Some(start), Some(end)) if start < end => self.svg[..start].to_owned() + &self.svg[end + STYLE_END.len()..],
            _ => self.svg.clone(),
        }
    }
}

/// A chart that can be drawn on any medium.
pub trait Drawing {
    /// The name of its files.
    const NAME: &'static str;
    /// Its title.
    fn title(&self) -> String;
    /// Its second line.
    fn subtitle(&self) -> String;
    /// Its text alternative, with the figures.
    fn description(&self) -> String;
    /// Its height in CSS pixels.
    fn height(&self) -> f64;
    /// Draws everything below the second line.
    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()>;
}

/// Draws a chart.
pub fn render<'v, D: Drawing + Send + Sync + 'v>(drawing: D) -> Result<Chart<'v>> {
    let (title, description) = (drawing.title(), printable(&drawing.description()));
    let mut drawn = String::new();
    paint(&drawing, SVGBackend::with_string(&mut drawn, size(&drawing)), Medium::Svg)?;
    let svg = dressed(&drawing, &drawn, &title, &description)?;
    Ok(Chart { name: D::NAME, title, description, svg, picture: Box::new(move || png(&drawing)) })
}

fn paint<D: Drawing, DB: DrawingBackend>(drawing: &D, backend: DB, medium: Medium) -> Result<()> {
    let canvas = Canvas::new(backend, medium, &drawing.title(), &drawing.subtitle())?;
    drawing.draw(&canvas)?;
    canvas.finish()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand pixels")]
fn size<D: Drawing>(drawing: &D) -> (u32, u32) {
    ((WIDTH * SCALE) as u32, (drawing.height() * SCALE).ceil() as u32)
}

/// The SVG with its size in CSS pixels, its title, its text alternative and its fonts.
fn dressed<D: Drawing>(drawing: &D, drawn: &str, title: &str, description: &str) -> Result<String> {
    let (_, body) = drawn.split_once('>').ok_or_else(|| Error::fault("a chart came out empty"))?;
    let (name, (w, h), height) = (D::NAME, size(drawing), drawing.height());
    let mut svg = String::new();
    write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         aria-labelledby=\"{name}-title {name}-desc\">\n<title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n\
         {STYLE_START}{}{STYLE_END}",
        escaped(title),
        escaped(description),
        embed::font_faces()
    )
    .map_err(Error::fault)?;
    svg.push_str(body.trim_start());
    Ok(svg)
}

fn png<D: Drawing>(drawing: &D) -> Result<Vec<u8>> {
    let (width, height) = size(drawing);
    let mut pixels = vec![0; 3 * width as usize * height as usize];
    paint(drawing, BitMapBackend::with_buffer(&mut pixels, (width, height)), Medium::Png)?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    // Flat grounds with text: without a filter they are packed smaller than with one, and far faster.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(EFFORT);
    let mut encoder = encoder.write_header().map_err(Error::fault)?;
    encoder.write_image_data(&pixels).and_then(|()| encoder.finish()).map_err(Error::fault)?;
    Ok(bytes)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
