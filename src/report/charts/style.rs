//! How every chart looks: palette, sizes and the strokes of text. No data comes in; constants go out.

use plotters::style::RGBColor;

use crate::model::revocation::Outcome;

/// The width of a chart in CSS pixels; the PNG has twice as many.
pub const WIDTH: f64 = 900.0;

/// Text and marked lines.
pub const INK: RGBColor = RGBColor(0x1D, 0x26, 0x2B);
/// Secondary text.
pub const MUTED: RGBColor = RGBColor(0x5A, 0x66, 0x6D);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(0xDD, 0xE2, 0xE4);
/// Every other lane.
pub const BAND: RGBColor = RGBColor(0xF5, 0xF7, 0xF7);
/// The sheet.
pub const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);

const ON_TIME: RGBColor = RGBColor(0x4B, 0xA3, 0x9B);
const LATE: RGBColor = RGBColor(0xEF, 0xBE, 0x4A);
const OPEN: RGBColor = RGBColor(0xA3, 0x21, 0x1B);
const PENDING: RGBColor = RGBColor(0xDF, 0xE5, 0xE8);
const UNDETERMINED: RGBColor = RGBColor(0xAE, 0xB8, 0xBE);
/// The outline of what is pale, and the hatching.
pub const EDGE: RGBColor = RGBColor(0x6F, 0x7C, 0x84);

/// Size of a chart's title.
pub const TITLE: f64 = 16.0;
/// Size of its second line and of labels.
pub const LABEL: f64 = 12.0;
/// Size of ticks and counts.
pub const SMALL: f64 = 11.0;

/// How an area is filled. The lightness differs as well as the hue, and two outcomes have a pattern, so that a print in
/// grey and a reader who confuses red and green tell them apart.
#[derive(Clone, Copy)]
pub struct Fill {
    /// The area.
    pub colour: RGBColor,
    /// Whether an outline is drawn.
    pub outlined: bool,
    /// Whether it is hatched.
    pub hatched: bool,
}

/// The fill of an outcome.
#[must_use]
pub fn fill(outcome: Outcome) -> Fill {
    let plain = |colour| Fill { colour, outlined: false, hatched: false };
    match outcome {
        Outcome::OnTime => plain(ON_TIME),
        Outcome::Late => plain(LATE),
        Outcome::Open => plain(OPEN),
        Outcome::Pending => Fill { outlined: true, ..plain(PENDING) },
        Outcome::Undetermined => Fill { outlined: true, hatched: true, colour: UNDETERMINED },
    }
}

/// Where a text stands in relation to its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// How a text is written.
#[derive(Clone, Copy)]
pub struct Pen {
    /// The em in CSS pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// The colour.
    pub colour: RGBColor,
    /// The alignment.
    pub align: Align,
}

impl Pen {
    /// Plain text of a size.
    #[must_use]
    pub const fn new(size: f64, colour: RGBColor) -> Self {
        Self { size, bold: false, colour, align: Align::Start }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, aligned otherwise.
    #[must_use]
    pub const fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}
