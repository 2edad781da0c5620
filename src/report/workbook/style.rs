//! The one look of the workbook.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::column::Column;

/// Dark ink of headings.
const INK: u32 = 0x1F_2A_37;
/// The ground of a header row.
const GROUND: u32 = 0xE5_E9_F0;

/// Words that get a colour wherever they stand in an outcome, severity or status, with ground and ink. The ink alone keeps
/// them apart in grey.
pub(super) const WORDS: [(&str, u32, u32); 10] = [
    ("on_time", 0xDD_EF_DD, 0x14_53_2D),
    ("late", 0xFD_E6_C8, 0x7C_2D_12),
    ("open", 0xF8_D0_D0, 0x7F_1D_1D),
    ("pending", 0xE0_E7_FF, 0x31_2E_81),
    ("undetermined", 0xE7_E5_E4, 0x44_40_3C),
    ("critical", 0xF8_D0_D0, 0x7F_1D_1D),
    ("high", 0xFD_E6_C8, 0x7C_2D_12),
    ("medium", 0xFE_F3_C7, 0x71_3F_12),
    ("low", 0xE0_F2_FE, 0x0C_4A_6E),
    ("waived", 0xE7_E5_E4, 0x44_40_3C),
];

/// The same of a test's verdict.
pub(super) const VERDICTS: [(&str, u32, u32); 3] =
    [("PASS", 0xDD_EF_DD, 0x14_53_2D), ("FAIL", 0xF8_D0_D0, 0x7F_1D_1D), ("NOT EVALUABLE", 0xE7_E5_E4, 0x44_40_3C)];

/// The header of a table.
pub(super) fn header() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::RGB(INK))
        .set_background_color(Color::RGB(GROUND))
        .set_border_bottom(FormatBorder::Medium)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// The cells of a column.
pub(super) fn cell(column: Column) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match column {
        Column::Time => format.set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Left),
        Column::Duration => format.set_num_format("[h]:mm:ss"),
        Column::Hours => format.set_num_format("#,##0.00"),
        Column::Count => format.set_num_format("#,##0"),
        Column::Hash | Column::Text => format,
    }
}

/// A date without a clock time.
pub(super) fn day() -> Format {
    Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Left).set_num_format("yyyy-mm-dd")
}

/// The name of the review on the cover.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(20).set_font_color(Color::RGB(INK))
}

/// A heading on the cover.
pub(super) fn heading() -> Format {
    Format::new().set_bold().set_font_size(13).set_font_color(Color::RGB(INK)).set_border_bottom(FormatBorder::Thin)
}

/// What a figure on the cover is.
pub(super) fn label() -> Format {
    Format::new().set_font_color(Color::RGB(0x4B_55_63)).set_align(FormatAlign::Top)
}

/// Running text on the cover.
pub(super) fn prose() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A box to sign in.
pub(super) fn sign_off() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top)
}

/// A figure on the cover, beside its label.
pub(super) fn figure() -> Format {
    Format::new().set_num_format("#,##0").set_align(FormatAlign::Left)
}

/// A hash, apart from the number before it.
pub(super) fn hash() -> Format {
    Format::new().set_indent(1)
}
