//! Rows as aligned columns, for a terminal or a pipe.

use std::fmt::Write;

/// Rows as aligned columns; those from `right` on are numbers and stand to the right.
#[must_use]
pub fn aligned<const N: usize>(rows: &[[String; N]], right: usize) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[column] - cell.chars().count());
            let _ = if column >= right { write!(line, "{pad}{cell}  ") } else { write!(line, "{cell}{pad}  ") };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
