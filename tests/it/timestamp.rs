//! Time-stamps, where no authority is needed: the query, what does not come off, and what proves nothing. `tests/timestamp.sh` has an authority.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::program::{Case, lastday, root};

fn run(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = lastday(args, folder);
    let told = [output.stdout, output.stderr].concat();
    let words = String::from_utf8(told).unwrap().split_whitespace().filter(|w| *w != "|").collect::<Vec<_>>().join(" ");
    (output.status.code().unwrap_or(-1), words)
}

/// A case with its result in `out`.
fn audited() -> Case {
    let case = Case::usual("a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n", "");
    assert_eq!(case.audit(&[]).code, 0);
    case
}

fn pack(case: &Case, more: &[&str]) -> (i32, String) {
    let mut args = vec!["pack", "out", "--case", ".", "--out", "pack.zip", "--at", "2026-10-02T09:00:00Z"];
    args.extend(more);
    run(case.path(), &args)
}

/// An authority that gives one answer.
fn answering(body: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = [0; 4096];
        let _ = stream.read(&mut asked);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    });
    url
}

#[test]
fn the_query_is_over_the_packs_bytes_and_the_same_each_time() {
    let case = audited();
    let (code, told) = pack(&case, &["--tsa-query", "pack.tsq"]);
    assert!(code == 0 && told.contains("--data-binary '@pack.tsq' -o 'pack.zip.tsr' URL"), "{told}");
    let query = std::fs::read(case.path().join("pack.tsq")).unwrap();
    let hash = Sha256::digest(std::fs::read(case.path().join("pack.zip")).unwrap());
    assert_eq!(&query[query.len() - 35..query.len() - 3], &hash[..]);
    std::fs::remove_file(case.path().join("pack.zip")).unwrap();
    pack(&case, &["--tsa-query", "pack.tsq"]);
    assert_eq!(query, std::fs::read(case.path().join("pack.tsq")).unwrap());
}

#[test]
fn without_an_answer_the_pack_is_there_and_the_end_says_incomplete() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let urls = [
        (format!("http://{nobody}/"), "does not answer"),
        (answering(b"sorry"), "this is no time-stamp"),
        (answering(include_bytes!("../fixtures/tsa/reply.tsr")), "over something else"),
        ("no address".to_owned(), "does not answer"),
    ];
    for (url, why) in urls {
        let case = audited();
        let (code, told) = pack(&case, &["--tsa", &url]);
        assert!(code == 4 && told.contains(why) && told.contains("not time-stamped"), "{url}: {code} {told}");
        assert!(case.path().join("pack.zip").exists() && !case.path().join("pack.zip.tsr").exists());
        let (code, told) = run(case.path(), &["verify", "pack.zip"]);
        assert!(code == 0 && told.contains("not time-stamped"), "{told}");
    }
}

#[test]
fn a_time_stamp_of_an_older_pack_is_not_taken_for_the_new_ones() {
    let case = audited();
    case.write("pack.zip.tsr", b"older");
    let (code, told) = pack(&case, &[]);
    assert!(code == 3 && told.contains("the time-stamp of another pack lies here"), "{told}");
    assert!(!case.path().join("pack.zip").exists());
}

#[test]
fn a_time_stamp_over_something_else_or_none_at_all_fails() {
    let case = audited();
    assert_eq!(pack(&case, &[]).0, 0);
    let fixtures = root().join("tests/fixtures/tsa");
    let authority = fixtures.join("ca.pem").display().to_string();
    let (code, told) = run(case.path(), &["verify", "pack.zip", "--tsa-ca", &authority]);
    assert!(code == 1 && told.contains("there is none, and an authority was given"), "{told}");
    std::fs::copy(fixtures.join("reply.tsr"), case.path().join("pack.zip.tsr")).unwrap();
    let (code, told) = run(case.path(), &["verify", "pack.zip"]);
    assert!(code == 1 && told.contains("ALTERED the time-stamp: pack.zip.tsr is not over these bytes"), "{told}");
    let (_, json) = run(case.path(), &["verify", "pack.zip", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["unaltered"], false);
    assert!(document["timestamp"]["broken"].as_str().unwrap().contains("not over these bytes"));
    case.write("pack.zip.tsr", b"<html>");
    assert!(run(case.path(), &["verify", "pack.zip"]).1.contains("cannot be read"));
    let (code, told) = run(case.path(), &["verify", "pack.zip", "--tsa-reply", "nowhere.tsr"]);
    assert!(code == 3 && told.contains("nowhere.tsr"), "{told}");
    let (code, told) = run(case.path(), &["verify", "pack.zip", "--tsa-ca", "pack.zip.tsr"]);
    assert!(code == 3 && told.contains("this is no certificate"), "{told}");
}
