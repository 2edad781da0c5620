//! Rows, damage and physical lines.

use super::*;

/// All pieces as text: rows as `line: a|b`, damage as `line! reason`.
fn all(bytes: &[u8]) -> Vec<String> {
    let mut splitter = Splitter::new(bytes, false).unwrap();
    splitter.set_delimiter(None).unwrap();
    let mut out = Vec::new();
    while let Some(piece) = splitter.next().unwrap() {
        let mut width = None;
        out.push(match piece {
            Piece::Row(row) => {
                width = Some(row.len());
                let cells: Vec<&str> = (0..row.len()).map(|i| row.get(i)).collect();
                format!("{}: {}", row.line, cells.join("|"))
            }
            Piece::Damaged(damage) => format!("{}! {}", damage.line, damage.reason),
        });
        if let (None, Some(width)) = (splitter.dialect.width, width) {
            splitter.expect_width(width);
        }
    }
    out
}

#[test]
fn rows_keep_their_physical_lines_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "", "1,\"x y\"", "2,\"p", "q\"", "3,z", ""].join(end);
        let quoted = format!("4: 2|p{end}q");
        assert_eq!(all(text.as_bytes()), ["1: a|b", "3: 1|x y", &quoted, "6: 3|z"], "{end:?}");
    }
}

#[test]
fn a_broken_quote_costs_one_row() {
    assert_eq!(all(b"a,b\n1,\"x\n2,y\n3,z\n"), ["1: a|b", "2! a quote is opened and never closed", "3: 2|y", "4: 3|z"]);
    assert_eq!(all(b"a,b\n1,\"x\n2,\"y\"\n3,z\n"), ["1: a|b", "2! text after the closing quote", "3: 2|y", "4: 3|z"]);
    assert_eq!(all(b"a,b\n\"1\"x,y\n2,z\n"), ["1: a|b", "2! text after the closing quote", "3: 2|z"]);
    assert_eq!(all(b"a,b\n1x\"y,2\n3,z\n"), ["1: a|b", "2! a quote inside a field that is not quoted", "3: 3|z"]);
}

#[test]
fn wrong_counts_bad_bytes_and_nul_are_damage_and_shift_nothing() {
    assert_eq!(
        all(b"a,b\n1\n1,2,3\n\xFF,2\n1,\0\n\"\xC3\",2\n4,\xC3\xA9\n"),
        [
            "1: a|b",
            "2! 1 fields where the header has 2",
            "3! 3 fields where the header has 2",
            "4! byte 0xFF is not UTF-8; if the file is in another encoding, set encoding in the source",
            "5! a NUL byte; if the file is UTF-16, set encoding = \"utf-16le\" in the source",
            "6! byte 0xC3 is not UTF-8; if the file is in another encoding, set encoding in the source",
            "7: 4|é",
        ]
    );
}

#[test]
fn the_delimiter_is_the_one_the_header_has_most_of() {
    assert_eq!(all(b"a;\"b,c,d,e\";f\n1;2;3\n"), ["1: a|b,c,d,e|f", "2: 1|2|3"]);
    assert_eq!(all(b"a\tb\n\"1\"\"\"\t2"), ["1: a|b", "2: 1\"|2"]);
}

proptest::proptest! {
    /// What a writer of RFC 4180 writes comes back, whatever the cells hold.
    #[test]
    fn what_was_written_comes_back(rows in proptest::collection::vec(proptest::collection::vec("[^\0\r]{0,6}", 3), 1..8)) {
        let mut writer = ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let mut splitter = Splitter::new(&bytes[..], false).unwrap();
        splitter.expect_width(3);
        let mut read = Vec::new();
        while let Some(Piece::Row(row)) = splitter.next().unwrap() {
            read.push((0..3).map(|i| row.get(i).to_owned()).collect::<Vec<_>>());
        }
        proptest::prop_assert_eq!(read, rows);
    }

    /// Whatever the bytes, every line that is not blank is in exactly one row or damage, and the lines only grow.
    #[test]
    fn nothing_vanishes_from_a_damaged_file(bytes in proptest::collection::vec(proptest::sample::select(b"ab,\"\n\r;\xFF".to_vec()), 0..60)) {
        let mut splitter = Splitter::new(&bytes[..], false).unwrap();
        splitter.expect_width(2);
        let mut last = 0;
        let mut seen = 0;
        while let Some(piece) = splitter.next().unwrap() {
            let (line, length) = match piece {
                Piece::Row(row) => (row.line, row.raw.len()),
                Piece::Damaged(damage) => (damage.line, damage.raw.len()),
            };
            proptest::prop_assert!(line > last);
            last = line;
            seen += length;
        }
        let all = bytes.iter().filter(|b| !matches!(b, b'\n' | b'\r')).count();
        proptest::prop_assert!(seen >= all, "{} of {} bytes are in a piece", seen, all);
    }
}
