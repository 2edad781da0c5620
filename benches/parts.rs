//! The parts in which a large case spends its time, each beside the way in which one would do it with a library alone: `cargo bench --bench parts`.

#![allow(missing_docs, clippy::unwrap_used, reason = "measurements")]

use std::collections::HashMap;
use std::io::Write;

use chrono_tz::Tz;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use lastday::latency::statistics::{Span, kaplan_meier, turnbull};
use lastday::model::index::KeyIndex;
use lastday::time::{Reading, read};

fn main() {
    divan::main();
}

/// The same numbers at every run.
fn numbers(count: u64) -> impl Iterator<Item = u64> {
    (0..count).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31).wrapping_mul(0xBF58_476D_1CE4_E5B9))
}

fn stamps() -> Vec<String> {
    let second = |n: u64| i64::try_from(1_700_000_000 + n % 90_000_000).unwrap();
    let written = |n| chrono::DateTime::from_timestamp(second(n), 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    numbers(10_000).map(written).collect()
}

#[divan::bench]
fn times_read(bencher: Bencher) {
    let (stamps, how) = (stamps(), Reading::in_zone(Tz::UTC));
    bencher
        .counter(ItemsCount::new(stamps.len()))
        .bench(|| stamps.iter().filter(|text| read(black_box(text), how).is_ok()).count());
}

#[divan::bench]
fn times_read_by_chrono(bencher: Bencher) {
    let stamps = stamps();
    let parse = |text: &&String| chrono::DateTime::parse_from_rfc3339(black_box(text)).is_ok();
    bencher.counter(ItemsCount::new(stamps.len())).bench(|| stamps.iter().filter(parse).count());
}

const ACCOUNTS: u64 = 1_000_000;
const TOGETHER: usize = 10_000;

fn logins() -> Vec<String> {
    numbers(ACCOUNTS).map(|n| format!("user.{:x}@acme.example", n % (4 * ACCOUNTS))).collect()
}

#[divan::bench(sample_count = 20)]
fn targets_found(bencher: Bencher) {
    let (logins, mut index) = (logins(), KeyIndex::default());
    index.insert_all((0..).zip(&logins).map(|(row, login)| (row, login.as_str())));
    let asked: Vec<&str> = logins.iter().step_by(logins.len() / TOGETHER).map(String::as_str).collect();
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        let mut found = Vec::new();
        let keys: Vec<_> = black_box(&asked).iter().map(|key| index.key(key)).collect();
        index.find_all(&keys, &mut found);
        found.len()
    });
}

#[divan::bench(sample_count = 20)]
fn targets_found_in_a_hash_map(bencher: Bencher) {
    let logins = logins();
    let mut map: HashMap<&str, Vec<usize>> = HashMap::new();
    for (row, login) in logins.iter().enumerate() {
        map.entry(login).or_default().push(row);
    }
    let asked: Vec<&str> = logins.iter().step_by(logins.len() / TOGETHER).map(String::as_str).collect();
    bencher
        .counter(ItemsCount::new(asked.len()))
        .bench(|| asked.iter().filter_map(|login| map.get(black_box(login))).map(Vec::len).sum::<usize>());
}

fn log() -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    file.write_all(b"at,action,target,actor,detail,outcome,event_id\n").unwrap();
    for (n, (stamp, login)) in stamps().iter().zip(logins()).cycle().take(200_000).enumerate() {
        writeln!(file, "{stamp},signed_in,{login},,\"from 192.0.2.1, by browser\",success,e{n}").unwrap();
    }
    file
}

/// Rows of a log checked for damage, hashed and made canonical.
#[divan::bench(sample_count = 10)]
fn a_log_checked_and_hashed(bencher: Bencher) {
    let file = log();
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(file.path(), dir.path().join("log.csv")).unwrap();
    let case = "[review]\nname = \"Bench\"\nperiod = \"2026-07-01/2026-09-30\"\nas_of = \"2026-10-01T09:00:00Z\"\ntimezone = \"UTC\"\n\
                [[source]]\nkind = \"events\"\nsystem = \"App\"\npath = \"log.csv\"\n";
    std::fs::write(dir.path().join("lastday.toml"), case).unwrap();
    let presets = lastday::presets::Presets::load().unwrap();
    let case = lastday::case::Case::load(dir.path(), &presets, &[]).unwrap();
    let bytes = std::fs::metadata(file.path()).unwrap().len();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut ledger = lastday::ingest::ledger::Ledger::new(indicatif::ProgressBar::hidden());
        let source = &case.sources[0];
        let (shown, path) = &source.files[0];
        lastday::ingest::canonical(source, shown, path, &presets, Tz::UTC, &mut ledger, 0).unwrap().len()
    });
}

/// The same rows split by the csv crate, which checks, hashes and maps nothing.
#[divan::bench(sample_count = 10)]
fn a_log_split_by_the_csv_crate(bencher: Bencher) {
    let file = log();
    let bytes = std::fs::metadata(file.path()).unwrap().len();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut reader = csv::Reader::from_path(file.path()).unwrap();
        let mut record = csv::ByteRecord::new();
        let mut fields = 0;
        while reader.read_byte_record(&mut record).unwrap() {
            fields += record.len();
        }
        fields
    });
}

fn latencies(count: u64, by_bounds: u64) -> Vec<Span> {
    let span = |(place, n): (u64, u64)| {
        let at = i64::try_from(n % 400_000).unwrap();
        match place % 20 {
            0 => Span::beyond(at),
            kind if kind <= by_bounds => Span::between(Some(at), at + 604_800),
            _ => Span::exact(at),
        }
    };
    (0..count).zip(numbers(count)).map(span).collect()
}

#[divan::bench(args = [1_000, 30_000, 300_000], sample_count = 10)]
fn curve_of_exact_and_open(bencher: Bencher, count: u64) {
    let spans = latencies(count, 0);
    bencher.counter(ItemsCount::new(count)).bench(|| kaplan_meier(black_box(&spans)).is_some());
}

#[divan::bench(args = [1_000, 30_000, 300_000], sample_count = 3)]
fn curve_with_bounds(bencher: Bencher, count: u64) {
    let spans = latencies(count, 2);
    bencher.counter(ItemsCount::new(count)).bench(|| turnbull(black_box(&spans)).curve());
}
