//! Parquet files of several writers. `tests/fixtures/make.py` made them.

use super::{Checked, check, packed};
use crate::program::{Case, REVIEW, lastday, root};

const PEOPLE: &str =
    "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,\nE2,Bob Example,bob@acme.example,2026-08-14T18:00:00Z\n";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/fixtures/parquet").join(name)).unwrap()
}

fn accounts(path: &str, more: &str) -> String {
    format!(
        "{REVIEW}[[source]]\nkind = \"people\"\npath = \"people.csv\"\n\
         [[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"{path}\"\nexported_at = \"2026-10-01T08:00:00Z\"\n{more}"
    )
}

fn case(name: &str, bytes: &[u8]) -> Case {
    let case = Case::new(&[("lastday.toml", &accounts(name, "")), ("people.csv", PEOPLE)]);
    case.write(name, bytes);
    case
}

#[test]
fn typed_columns_are_read_as_the_canonical_ones_and_a_row_is_cited_by_its_number() {
    let case = case("a.parquet", &fixture("accounts.parquet"));
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = ran.rows("accounts.csv");
    assert_eq!(rows.len(), 5);
    let [ann, bob] = [&rows[0], &rows[1]];
    assert_eq!((&*ann["account_id"], &*ann["created_at"], &*ann["privileged"]), ("1001", "2025-01-02T03:04:05Z", "true"));
    assert_eq!((&*ann["last_used_at"], &*bob["status"], &*rows[2]["login"]), ("2026-09-30T22:15:00Z", "disabled", ""));
    let revocation = ran.rows("revocations.csv").remove(0);
    assert_eq!(revocation["evidence_at"], "a.parquet:2");
}

#[test]
fn every_compression_and_every_packing_gives_the_same_rows() {
    let counts = |case: &Case| check(case).remove(1);
    let plain = counts(&case("a.parquet", &fixture("accounts.parquet")));
    assert_eq!((plain.accepted, plain.rejected), (5, 0));
    for codec in ["none", "gzip", "brotli", "lz4", "zstd", "duckdb"] {
        let name = format!("accounts-{codec}.parquet");
        assert_eq!(counts(&case(&name, &fixture(&name))), plain, "{codec}");
    }
    assert_eq!(counts(&case("a.parquet.gz", &packed(&fixture("accounts.parquet")))), plain);
    let zip = super::archives::zip(&[("a.parquet", &fixture("accounts.parquet"))]);
    assert_eq!(counts(&case("a.zip", &zip)), plain);
}

#[test]
fn nested_records_of_a_vendor_are_known_by_its_preset_for_json() {
    let case = Case::new(&[("people.csv", PEOPLE)]);
    case.write("okta-users.parquet", &fixture("okta-users.parquet"));
    let output = lastday(&["init"], case.path());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("okta-users.parquet") && told.contains("okta-users "), "{told}");
    let ran = case.audit(&[]);
    let bob = ran.rows("accounts.csv").into_iter().find(|row| row["login"] == "bob@acme.example").unwrap();
    assert_eq!((&*bob["status"], &*bob["account_id"]), ("disabled", "00u2"));
}

#[test]
fn every_type_is_read_without_rounding_or_inventing() {
    let columns = |from: &str| format!("columns = {{ account_id = {{ constant = \"x\" }}, name = \"{from}\" }}\n");
    for (from, says) in [
        ("person_id", "7"),
        ("nanos", "2026-08-14T18:30:00.123456789Z"),
        ("local", "2026-08-14T18:30:00.123456"),
        ("before", "1969-12-31T23:59:59.999999Z"),
        ("time", "07:30:00"),
        ("amount", "-12.34"),
        ("bytes", "0001ff"),
        ("uuid", "00000000-0000-0000-0000-000000000001"),
        ("tags", "a;b"),
        ("when", "2026-01-01T00:00:00Z"),
        ("map.k", "1"),
        ("inner.at", "2026-01-02"),
        ("big", "9223372036854775807"),
        ("single", "0.1"),
    ] {
        let presets = lastday::presets::Presets::load().unwrap();
        let case = Case::new(&[("lastday.toml", &accounts("t.parquet", &columns(from))), ("people.csv", PEOPLE)]);
        case.write("t.parquet", &fixture("types.parquet"));
        let loaded = lastday::case::Case::load(case.path(), &presets, &[]).unwrap();
        let source = &loaded.sources[1];
        let (shown, path) = &source.files[0];
        let mut books = lastday::ingest::ledger::Ledger::new(indicatif::ProgressBar::hidden());
        let rows = lastday::ingest::canonical(source, shown, path, &presets, chrono_tz::Tz::UTC, &mut books, usize::MAX).unwrap();
        let place = loaded.sources[1].kind.columns().iter().position(|c| *c == "name").unwrap();
        assert_eq!(rows[0].cells[place], says, "{from}");
    }
}

#[test]
fn a_time_of_96_bits_says_no_zone_and_takes_that_of_the_source() {
    let case = Case::new(&[("lastday.toml", &accounts("i.parquet", "timezone = \"Europe/Berlin\"\n")), ("people.csv", PEOPLE)]);
    case.write("i.parquet", &fixture("int96.parquet"));
    let rows = case.audit(&[]).rows("accounts.csv");
    assert_eq!(rows[0]["created_at"], "2026-01-02T02:04:05Z");
}

#[test]
fn a_preset_that_was_written_for_csv_reads_the_same_table_in_parquet_and_in_a_workbook() {
    let out = tempfile::tempdir().unwrap();
    let slack = root().join("samples/slack-members");
    let csv = std::fs::read_dir(&slack).unwrap().map(|e| e.unwrap().path());
    let csv = csv.filter(|p| p.file_name().is_some_and(|n| n != "expected.csv" && n != "README.md")).min().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, record) in
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&csv).unwrap().records().enumerate()
    {
        for (column, cell) in record.unwrap().iter().enumerate() {
            sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell).unwrap();
        }
    }
    let path = out.path().join("members.xlsx");
    book.save(&path).unwrap();
    let case = case("members.xlsx", &std::fs::read(path).unwrap());
    let Checked { preset, accepted, .. } = check(&case).remove(1);
    assert_eq!(preset, "slack-members");
    assert!(accepted > 2);
}

#[test]
fn damaged_and_encrypted_files_are_refused_with_a_clear_word() {
    let refused = |bytes: &[u8]| {
        let case = case("a.parquet", bytes);
        let ran = case.audit(&[]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran.stderr
    };
    let good = fixture("accounts.parquet");
    let told = refused(&good[..good.len() - 100]);
    assert!(told.contains("a.parquet: the Parquet file cannot be read") && told.contains("copy it again"), "{told}");
    let mut encrypted = good.clone();
    let end = encrypted.len() - 4;
    encrypted[..4].copy_from_slice(b"PARE");
    encrypted[end..].copy_from_slice(b"PARE");
    assert!(refused(&encrypted).contains("the Parquet file is encrypted"));
    let mut damaged = good;
    damaged[40..60].fill(0xFF);
    assert!(refused(&damaged).contains("a.parquet"));
}

#[test]
fn two_columns_of_one_name_are_refused_since_the_value_of_one_would_be_lost() {
    use parquet::file::{properties::WriterProperties, writer::SerializedFileWriter};
    for fields in [
        "required binary account_id (UTF8); required binary login (UTF8); required binary login (UTF8);",
        "required binary account_id (UTF8); required group user { required int32 n; required int32 n; }",
    ] {
        let schema = parquet::schema::parser::parse_message_type(&format!("message rows {{ {fields} }}")).unwrap();
        let mut bytes = Vec::new();
        let writer = SerializedFileWriter::new(&mut bytes, schema.into(), WriterProperties::builder().build().into()).unwrap();
        writer.close().unwrap();
        let ran = case("a.parquet", &bytes).audit(&[]);
        assert!(ran.code == 3 && ran.stderr.contains("two columns of the name"), "{}", ran.stderr);
    }
}
