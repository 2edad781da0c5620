//! Zip archives: every member a file of its own, or a clear word why not.

use std::io::{Cursor, Write};

use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::packed;
use crate::program::{Case, REVIEW, lastday, root};

const PEOPLE: &str =
    "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\nE2,Bob Example,bob@acme.example,\n";
const USERS: &str = "account_id,email,status\na1,ann@acme.example,disabled\nb1,bob@acme.example,active\nc1,bob@acme.example\n";
const EVENTS: &str = "at,action,target,outcome\n2026-08-14T18:30:00Z,disabled,a1,success\n";

/// An archive of these members; a name that ends in `/` is a folder.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        if name.ends_with('/') {
            zip.add_directory(*name, SimpleFileOptions::default()).unwrap();
        } else {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

fn hash(bytes: &[u8]) -> String {
    lastday::container::hex(&Sha256::digest(bytes))
}

fn sources(people: &str, users: &str, events: &str) -> String {
    format!(
        "{REVIEW}[[source]]\nkind = \"people\"\npath = \"{people}\"\n\
         [[source]]\nkind = \"accounts\"\nsystem = \"App\"\npath = \"{users}\"\nexported_at = \"2026-10-01T08:00:00Z\"\n\
         [[source]]\nkind = \"events\"\nsystem = \"App\"\npath = \"{events}\"\n"
    )
}

fn usual() -> Vec<u8> {
    zip(&[
        ("hr/", b""),
        ("hr/people.csv", PEOPLE.as_bytes()),
        ("members/users.csv", USERS.as_bytes()),
        ("members/log.csv.gz", &packed(EVENTS.as_bytes())),
        ("__MACOSX/members/._users.csv", b"\x00\x05\x16\x07"),
        (".DS_Store", b"\x00\x00"),
        ("members/how to.pdf", b"%PDF"),
    ])
}

#[test]
fn every_member_is_read_cited_and_sealed_as_a_file_of_its_own_and_the_archive_too() {
    let case = Case::new(&[("lastday.toml", &sources("export.zip/hr/*", "export.zip/members/users.csv", "export.zip/**/log*"))]);
    let archive = usual();
    case.write("export.zip", &archive);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    let books = ran.rows("reconciliation.csv");
    let told: Vec<_> = books.iter().map(|row| (&*row["file"], &*row["rows_read"], &*row["sha256"])).collect();
    assert_eq!(
        told,
        [
            ("export.zip/hr/people.csv", "2", &*hash(PEOPLE.as_bytes())),
            ("export.zip/members/users.csv", "3", &*hash(USERS.as_bytes())),
            ("export.zip/members/log.csv.gz", "1", &*hash(&packed(EVENTS.as_bytes()))),
        ]
    );
    assert_eq!(books[1]["bytes"], USERS.len().to_string());
    let reject = ran.rows("rejects.csv").remove(0);
    assert_eq!((&*reject["file"], &*reject["line"]), ("export.zip/members/users.csv", "4"));
    let revocation = ran.rows("revocations.csv").remove(0);
    assert!(revocation["evidence_at"].contains("export.zip/members/log.csv.gz:2"), "{revocation:?}");
    let manifest: serde_json::Value = serde_json::from_str(&ran.text("manifest.json")).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 4);
    assert_eq!((inputs[0]["path"].as_str(), inputs[0]["sha256"].as_str()), (Some("export.zip"), Some(&*hash(&archive))));
    assert_eq!(inputs[2]["path"], "export.zip/members/users.csv");
}

#[test]
fn an_archive_without_more_stands_for_all_its_exports_and_what_is_left_out_is_said() {
    let logs =
        zip(&[("a.csv", EVENTS.as_bytes()), ("b/c.csv", EVENTS.as_bytes()), (".DS_Store", b"x"), ("__MACOSX/._a.csv", b"x")]);
    let case = Case::new(&[
        ("lastday.toml", &sources("people.csv", "users.csv", "logs/*.zip")),
        ("people.csv", PEOPLE),
        ("users.csv", USERS),
    ]);
    case.write("logs/1.zip", &logs);
    case.write("logs/2.zip", &zip(&[("a.csv", EVENTS.as_bytes())]));
    let ran = case.audit(&[]);
    let files: Vec<String> = ran.rows("reconciliation.csv").into_iter().map(|mut row| row.remove("file").unwrap()).collect();
    assert_eq!(files[2..], ["logs/1.zip/a.csv", "logs/1.zip/b/c.csv", "logs/2.zip/a.csv"]);
    let said =
        "Of the archive logs/1.zip these members are not read: .DS_Store (hidden, or of the operating system), __MACOSX/._a.csv";
    assert!(ran.text("summary.json").contains(said) || ran.text("report.html").contains(said), "{}", ran.text("summary.json"));
    let checked = lastday(&["check"], case.path());
    assert!(String::from_utf8_lossy(&checked.stdout).contains(said));
}

#[test]
fn a_workbook_and_an_envelope_of_json_in_an_archive_are_read_as_outside() {
    let cards = std::fs::read(root().join("samples/acme/badge/cards.xlsx")).unwrap();
    let okta = std::fs::read(root().join("samples/okta-users/users.json")).unwrap();
    let toml = |cards: &str, okta: &str| {
        format!(
            "{REVIEW}[[source]]\nkind = \"people\"\npath = \"people.csv\"\n\
             [[source]]\nkind = \"accounts\"\nsystem = \"Badge\"\npath = \"{cards}\"\nsheet = \"Cards\"\nskip_rows = 1\n\
             columns = {{ account_id = \"Card No\", name = \"Holder\" }}\n\
             [[source]]\nkind = \"accounts\"\nsystem = \"Okta\"\npath = \"{okta}\"\n"
        )
    };
    let outside = Case::new(&[("lastday.toml", &toml("cards.xlsx", "users.json")), ("people.csv", PEOPLE)]);
    outside.write("cards.xlsx", &cards);
    outside.write("users.json", &okta);
    let inside = Case::new(&[("lastday.toml", &toml("all.zip/c*.xlsx", "all.zip/users.json")), ("people.csv", PEOPLE)]);
    inside.write("all.zip", &zip(&[("cards.xlsx", &cards), ("users.json", &okta)]));
    let counts = |case: &Case| {
        let rows = case.audit(&[]).rows("reconciliation.csv");
        rows.iter().map(|r| (r["rows_accepted"].clone(), r["sha256"].clone(), r["preset"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(counts(&inside), counts(&outside));
}

fn refusal(archive: &[u8], path: &str) -> String {
    let case = Case::new(&[("lastday.toml", &sources("people.csv", path, "none.csv")), ("people.csv", PEOPLE)]);
    case.write("export.zip", archive);
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(!ran.wrote());
    ran.stderr
}

#[test]
fn what_cannot_be_read_of_an_archive_is_told_with_the_member_and_what_to_do() {
    let good = zip(&[("users.csv", USERS.repeat(50).as_bytes())]);
    let told = refusal(&zip(&[("inner.zip", &good)]), "export.zip");
    assert!(told.contains("export.zip/inner.zip: this is an archive within an archive"), "{told}");

    let told = refusal(&good[..good.len() - 30], "export.zip");
    assert!(told.contains("export.zip: the archive cannot be read") && told.contains("copy it again"), "{told}");

    let mut flipped = good.clone();
    flipped[60] ^= 0xFF;
    let told = refusal(&flipped, "export.zip/users.csv");
    assert!(told.contains("export.zip/users.csv") && told.contains("copy it again"), "{told}");

    let mut encrypted = good.clone();
    for begin in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = encrypted.windows(4).position(|w| w == begin).unwrap();
        encrypted[at + if begin[2] == 3 { 6 } else { 8 }] |= 1;
    }
    let told = refusal(&encrypted, "export.zip");
    assert!(told.contains("export.zip/users.csv: this member of the archive is encrypted"), "{told}");

    let mut twice = zip(&[("users.csv", USERS.as_bytes()), ("usurs.csv", b"x")]);
    while let Some(at) = twice.windows(9).position(|w| w == b"usurs.csv") {
        twice[at + 2] = b'e';
    }
    let told = refusal(&twice, "export.zip");
    assert!(told.contains("two members of the archive have the same name"), "{told}");
}

#[test]
fn a_bomb_is_not_unpacked_to_its_end() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("users.csv", SimpleFileOptions::default().compression_level(Some(9))).unwrap();
    zip.write_all(b"account_id,email,status\n").unwrap();
    let line = [vec![b' '; 65_535], vec![b'\n']].concat();
    for _ in 0..1_100 {
        zip.write_all(&line).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 150_000, "{}", bomb.len());
    let told = refusal(&bomb, "export.zip");
    assert!(told.contains("export.zip/users.csv: it unpacks to more than 500 times its size"), "{told}");
}

#[test]
fn init_looks_into_archives_and_the_case_that_it_writes_reads_their_members() {
    let case = Case::new(&[]);
    case.write("dump.zip", &usual());
    case.write("broken.zip", &usual()[..200]);
    let output = lastday(&["init"], case.path());
    let told = String::from_utf8(output.stdout).unwrap();
    let written = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
    for path in ["dump.zip/hr/people.csv", "dump.zip/members/users.csv", "dump.zip/members/log.csv.gz"] {
        assert!(written.contains(&format!("path = \"{path}\"")), "{path}\n{written}");
    }
    assert!(!told.contains("DS_Store") && told.contains("not recognised: broken.zip"), "{told}");
    let checked = lastday(&["check"], case.path());
    assert_eq!(checked.status.code(), Some(4), "one row of the users is damaged: {}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn a_member_that_is_not_there_leaves_the_source_missing() {
    let case = Case::new(&[("lastday.toml", &sources("export.zip/hr/*", "export.zip/members/users.csv", "export.zip/gone.csv"))]);
    case.write("export.zip", &usual());
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 4);
    assert!(ran.stderr.contains("no file was found for the source export.zip/gone.csv"), "{}", ran.stderr);
}
