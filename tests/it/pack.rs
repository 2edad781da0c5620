//! Evidence packs: sealed, signed, tampered with in a few hundred ways, and made again.

use std::io::{Cursor, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::program::{Case, lastday, members};

const ACCOUNTS: &str = "a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n";

/// A member of an archive.
type Member = (String, Vec<u8>);

/// A case with its result in `out` and the pack in `pack.zip`.
fn packed(more: &[&str]) -> Case {
    let case = Case::usual(ACCOUNTS, "");
    let ran = case.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let (code, _, stderr) = pack(case.path(), more);
    assert_eq!(code, 0, "{stderr}");
    case
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = lastday(args, folder);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn pack(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let mut args = vec!["pack", "out", "--case", ".", "--out", "pack.zip", "--by", "Auditor", "--at", "2026-10-02T09:00:00Z"];
    args.extend(more);
    run(folder, &args)
}

fn verify(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let mut args = vec!["verify", "pack.zip"];
    args.extend(more);
    run(folder, &args)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// An archive made anew, with the comment of the old one, as somebody would who rewrites it.
fn rewritten(old: &[u8], members: &[Member]) -> Vec<u8> {
    let comment = zip::ZipArchive::new(Cursor::new(old)).unwrap().comment().to_vec();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.set_comment(String::from_utf8_lossy(&comment).into_owned()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_same_result_packed_twice_gives_the_same_bytes_and_is_unaltered() {
    let case = packed(&[]);
    let first = std::fs::read(case.path().join("pack.zip")).unwrap();
    std::fs::remove_file(case.path().join("pack.zip")).unwrap();
    assert_eq!(pack(case.path(), &[]).0, 0);
    assert_eq!(first, std::fs::read(case.path().join("pack.zip")).unwrap());
    let (code, told, _) = verify(case.path(), &["--rerun"]);
    assert_eq!(code, 0, "{told}");
    for part in [
        "packed at 2026-10-02T09:00:00Z by Auditor",
        "not signed",
        "run again from the packed exports, gives the same",
        "pack.zip: unaltered",
    ] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    let names: Vec<String> = members(&first).into_iter().map(|(name, _)| name).collect();
    for name in ["pack.json", "method.md", "case/lastday.toml", "case/people.csv", "result/manifest.json", "result/report.html"] {
        assert!(names.iter().any(|n| n == name), "{name} is not among {names:?}");
    }
}

#[test]
fn no_bit_of_a_pack_can_change_without_being_told() {
    let case = packed(&["--no-inputs"]);
    let path = case.path().join("pack.zip");
    let bytes = std::fs::read(&path).unwrap();
    // Every byte of the two ends, where headers and the comment are, and others spread over the whole.
    let places = (0..60).chain(bytes.len() - 180..bytes.len()).chain((0..60).map(|n| n * (bytes.len() / 61) + 7));
    for (round, place) in places.enumerate() {
        let mut changed = bytes.clone();
        changed[place] ^= 1 << (round % 8);
        std::fs::write(&path, &changed).unwrap();
        let (code, told, stderr) = verify(case.path(), &[]);
        assert!(code == 1 && told.contains("ALTERED"), "byte {place}: {code} {told}{stderr}");
    }
    for cut in [1, 100, bytes.len() / 2, bytes.len() - 3] {
        std::fs::write(&path, &bytes[..bytes.len() - cut]).unwrap();
        assert_eq!(verify(case.path(), &[]).0, 1, "cut by {cut}");
    }
    std::fs::write(&path, [&bytes[..], b"x"].concat()).unwrap();
    assert_eq!(verify(case.path(), &[]).0, 1);
}

#[test]
fn whoever_rewrites_a_pack_is_named_file_by_file() {
    let case = packed(&[]);
    let path = case.path().join("pack.zip");
    let bytes = std::fs::read(&path).unwrap();
    let all = members(&bytes);
    let place = |name: &str| all.iter().position(|(n, _)| n == name).unwrap();
    let told = |change: &dyn Fn(&mut Vec<Member>)| {
        let mut members = all.clone();
        change(&mut members);
        std::fs::write(&path, rewritten(&bytes, &members)).unwrap();
        let (code, told, _) = verify(case.path(), &[]);
        assert_eq!(code, 1, "{told}");
        told
    };
    let csv = place("result/revocations.csv");
    assert!(told(&|m| m[csv].1.push(b'\n')).contains("result/revocations.csv: changed"));
    assert!(told(&|m| drop(m.remove(csv))).contains("result/revocations.csv: missing"));
    assert!(told(&|m| m.push(("result/more.csv".into(), b"x".to_vec()))).contains("result/more.csv: added"));
    let renamed = told(&|m| m[csv].0 = "result/other.csv".into());
    assert!(renamed.contains("result/other.csv: added; its content is that of result/revocations.csv"), "{renamed}");
    let swapped = told(&|m| {
        let (a, b) = (m[csv].1.clone(), m[place("result/findings.csv")].1.clone());
        m[csv].1 = b;
        m[place("result/findings.csv")].1 = a;
    });
    assert!(swapped.contains("result/revocations.csv: changed") && swapped.contains("result/findings.csv: changed"));
    // With an index that says so, the result's own manifest still tells.
    let index = place("pack.json");
    let honest = told(&|m| {
        let before = sha256(&m[csv].1);
        m[csv].1.push(b'\n');
        let after = sha256(&m[csv].1);
        let text = String::from_utf8(m[index].1.clone()).unwrap();
        let length = |n: usize| format!("\"bytes\": {n}");
        m[index].1 = text.replace(&before, &after).replace(&length(m[csv].1.len() - 1), &length(m[csv].1.len())).into_bytes();
    });
    assert!(honest.contains("result/revocations.csv: it is not the one of the result's manifest"), "{honest}");
}

#[test]
fn a_signature_is_by_one_key_over_one_index() {
    let case = Case::usual(ACCOUNTS, "");
    assert_eq!(case.audit(&[]).code, 0);
    let keys = |name: &str| {
        let pair = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
        case.write(&format!("{name}.key"), pair.sk.to_box(None).unwrap().to_string().as_bytes());
        case.write(&format!("{name}.pub"), pair.pk.to_box().unwrap().to_string().as_bytes());
    };
    keys("ours");
    keys("theirs");
    let (code, told, stderr) = pack(case.path(), &["--key", "ours.key"]);
    assert!(code == 0 && told.contains("signed"), "{told}{stderr}");
    let (code, told, _) = verify(case.path(), &["--public-key", "ours.pub"]);
    assert!(code == 0 && told.contains("signed by this key: packed at 2026-10-02T09:00:00Z by Auditor"), "{told}");
    let (code, told, _) = verify(case.path(), &["--public-key", "theirs.pub"]);
    assert!(code == 1 && told.contains("the signature: it is not by this key"), "{told}");
    let (code, told, _) = verify(case.path(), &[]);
    assert!(code == 0 && told.contains("signed, and not checked"), "{told}");
    let (code, _, stderr) = verify(case.path(), &["--public-key", "nothing"]);
    assert!(code == 3 && stderr.contains("no public key"), "{stderr}");
    std::fs::remove_file(case.path().join("pack.zip")).unwrap();
    let (code, _, stderr) = pack(case.path(), &["--key", "ours.pub"]);
    assert!(code == 3 && stderr.contains("cannot be used"), "{stderr}");
    assert!(!case.path().join("pack.zip").exists());
    assert_eq!(pack(case.path(), &[]).0, 0);
    assert_eq!(verify(case.path(), &["--public-key", "ours.pub"]).0, 1, "there is no signature");
}

#[test]
fn only_what_was_audited_is_sealed() {
    let case = Case::usual(ACCOUNTS, "");
    let (code, _, stderr) = pack(case.path(), &[]);
    assert!(code == 3 && stderr.contains("no result of lastday"), "{stderr}");
    assert_eq!(case.audit(&[]).code, 0);
    assert_eq!(pack(case.path(), &[]).0, 0);
    let (code, _, _) = pack(case.path(), &[]);
    assert_ne!(code, 0, "the pack is there, and is not replaced");
    std::fs::remove_file(case.path().join("pack.zip")).unwrap();
    case.write("people.csv", b"person_id,departs_at\nE1,\n");
    let (code, _, stderr) = pack(case.path(), &[]);
    assert!(code == 3 && stderr.contains("people.csv") && stderr.contains("not the one that was audited"), "{stderr}");
    assert_eq!(case.audit(&[]).code, 0);
    case.write("out/findings.csv", b"finding_id\n");
    let (code, _, stderr) = pack(case.path(), &[]);
    assert!(code == 3 && stderr.contains("findings.csv"), "{stderr}");
    let (code, _, stderr) = pack(case.path(), &["--case", "elsewhere"]);
    assert!(code != 0 && !stderr.is_empty(), "--case twice, or elsewhere: {stderr}");
    assert!(!case.path().join("pack.zip").exists());
}

#[test]
fn without_its_exports_a_pack_proves_their_hashes_and_cannot_be_run_again() {
    let case = packed(&["--no-inputs"]);
    let names = members(&std::fs::read(case.path().join("pack.zip")).unwrap());
    assert!(names.iter().all(|(name, _)| name != "case/people.csv"));
    assert_eq!(verify(case.path(), &[]).0, 0);
    let (code, told, _) = verify(case.path(), &["--rerun"]);
    assert!(code == 1 && told.contains("cannot be run again") && told.contains("by its hash alone"), "{told}");
    let (_, json, _) = verify(case.path(), &["--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["unaltered"], true);
    assert_eq!(document["index"]["hash_only"][0]["path"], "people.csv");
}

#[test]
fn what_is_no_pack_is_told_and_not_opened() {
    let case = Case::usual(ACCOUNTS, "");
    case.write("pack.zip", b"no archive at all");
    assert_eq!(verify(case.path(), &[]).0, 1);
    let (code, _, stderr) = run(case.path(), &["verify", "nothing.zip"]);
    assert!(code == 3 && stderr.contains("nothing.zip"), "{stderr}");
}
