//! `pack --redact`: no name, address or login of anybody is left in any byte of the pack, and everything else is as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::program::{Case, REVIEW, Row, SOURCES, lastday, members, ran, root, rows};

type Members = BTreeMap<String, Vec<u8>>;

fn run(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = lastday(args, folder);
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), told.split_whitespace().filter(|w| *w != "|").collect::<Vec<_>>().join(" "))
}

/// Every member of a pack as one text in lower case, a workbook's own members too, with what XML, HTML and JSON escape written out and embedded fonts and pictures left out.
fn texts(pack: &Members) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in pack {
        if ends(name, "xlsx") {
            texts.extend(members(bytes).into_iter().map(|(part, bytes)| (format!("{name}/{part}"), plain(&bytes))));
        }
        texts.insert(name.clone(), plain(bytes));
    }
    texts
}

fn ends(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

fn plain(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).to_lowercase();
    while let Some(from) = text.find(";base64,") {
        let length =
            text[from + 8..].find(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c))).unwrap_or(text.len() - from - 8);
        text.replace_range(from..from + 8 + length, "");
    }
    for (escaped, c) in [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&#34;", "\""),
    ] {
        text = text.replace(escaped, c);
    }
    text
}

/// Whether a text holds a value, not as a part of a longer word.
fn holds(text: &str, value: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(value)
        .any(|(at, _)| !word(text[..at].chars().next_back()) && !word(text[at + value.len()..].chars().next()))
}

/// What `check` reads of everybody: names, addresses, logins.
fn everybody(case: &Path) -> BTreeSet<String> {
    let output = lastday(&["check", ".", "--show", "100000", "--format", "json"], case);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found = BTreeSet::new();
    for file in document["first_rows"].as_array().unwrap() {
        if !["people", "accounts"].contains(&file["kind"].as_str().unwrap()) {
            continue;
        }
        for row in file["rows"].as_array().unwrap() {
            for column in ["name", "email", "other_emails", "login"] {
                let cell = row["columns"][column].as_str().unwrap_or_default();
                found.extend(cell.split(';').map(|value| value.trim().to_lowercase()).filter(|value| !value.is_empty()));
            }
        }
    }
    found
}

fn unredacted(pack: &Members, values: &BTreeSet<String>) -> Vec<String> {
    let texts = texts(pack);
    let held = |value: &&String| texts.iter().find(|(_, text)| holds(text, value)).map(|(name, _)| format!("{value} in {name}"));
    values.iter().filter_map(|value| held(&value)).collect()
}

/// The sample under pseudonyms: its result, the pack, and the key.
fn acme(dir: &Path) -> (Members, serde_json::Value) {
    let case = root().join("samples/acme");
    let case = case.to_str().unwrap();
    assert_eq!(run(dir, &["audit", case, "--out", "out", "--quiet"]).0, 4);
    let (code, told) = run(
        dir,
        &[
            "pack",
            "out",
            "--case",
            case,
            "--out",
            "pack.zip",
            "--redact",
            "key.json",
            "--at",
            "2026-10-02T09:00:00Z",
            "--by",
            "x",
        ],
    );
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("under pseudonyms"), "{told}");
    let key = serde_json::from_slice(&std::fs::read(dir.join("key.json")).unwrap()).unwrap();
    (members(&std::fs::read(dir.join("pack.zip")).unwrap()).into_iter().collect(), key)
}

#[test]
fn no_byte_of_the_samples_pack_holds_a_name_an_address_or_a_login() {
    let dir = tempfile::tempdir().unwrap();
    let (pack, key) = acme(dir.path());
    let mut values = everybody(&root().join("samples/acme"));
    assert!(values.len() > 450, "{}", values.len());
    // Declared accounts are nobody's, and a number says nothing of anybody.
    let declared = ["<root_account>", "svc-anvil-drop", "acme-ci", "anvilbot"];
    values.retain(|value| value.chars().any(char::is_alphabetic) && !declared.contains(&value.as_str()));
    let text = std::fs::read_to_string(root().join("samples/acme/lastday.toml")).unwrap();
    values.retain(|value| value.contains('@') || !text.contains(&format!("login = \"{value}\"")));
    // A login that is a word of our own prose cannot be searched for in it: it must be the cell of no table, and be quoted nowhere.
    let prose = texts(&pack)["method.md"].clone();
    let words: BTreeSet<String> = values.iter().filter(|value| holds(&prose, value)).cloned().collect();
    assert!(words.len() < 5, "{words:?}");
    values.retain(|value| !words.contains(value));
    for (name, text) in texts(&pack).iter().filter(|(name, _)| ends(name, "csv") || ends(name, "json")) {
        for word in &words {
            for cell in [format!(",{word},"), format!("\n{word},"), format!("\"{word}\"")] {
                assert!(!text.contains(&cell), "{cell} in {name}");
            }
        }
    }
    assert_eq!(unredacted(&pack, &values), Vec::<String>::new());
    // The search finds what is there: the same values in the result that was packed.
    let open: Members = std::fs::read_dir(dir.path().join("out"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    let found = unredacted(&open, &values).len();
    assert!(found > 300, "{found}");
    for secret in [key["secret"].as_str().unwrap(), "lastday-pseudonyms"] {
        assert!(texts(&pack).values().all(|text| !text.contains(secret)), "the key is in the pack");
    }
    assert!(pack.keys().all(|name| !name.starts_with("case/")), "{:?}", pack.keys());
    assert!(pack.keys().any(|name| ends(name, "png")) && pack.keys().any(|name| ends(name, "svg")));
}

#[test]
fn everything_else_is_as_it_was_and_the_key_leads_back() {
    let dir = tempfile::tempdir().unwrap();
    let (pack, key) = acme(dir.path());
    let packed = |name: &str| rows(std::str::from_utf8(&pack[&format!("result/{name}")]).unwrap());
    let open = |name: &str| rows(&std::fs::read_to_string(dir.path().join("out").join(name)).unwrap());
    let original = |pseudonym: &str| key["pseudonyms"][pseudonym].as_str().unwrap_or(pseudonym).to_lowercase();
    let mut replaced = 0;
    for name in [
        "revocations.csv",
        "findings.csv",
        "accounts.csv",
        "timelines.csv",
        "steps.csv",
        "matches.csv",
        "joiners.csv",
        "rejects.csv",
    ] {
        let (ours, theirs): (Vec<Row>, Vec<Row>) = (packed(name), open(name));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (own, row) in ours.iter().zip(&theirs) {
            for (column, cell) in row {
                match column.as_str() {
                    "person" | "login" | "email" | "name" | "account_id" | "finding_id" => {
                        assert_eq!(original(&own[column]), cell.to_lowercase(), "{name} {column}");
                        replaced += usize::from(own[column] != *cell);
                    }
                    "value" | "raw" if !cell.is_empty() => assert_eq!(own[column], "[left out]"),
                    "detail" => {}
                    _ => assert_eq!(own[column], *cell, "{name} {column}"),
                }
            }
        }
    }
    assert!(replaced > 1_000, "only {replaced} cells");
    let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
    let summary = json(&pack["result/summary.json"]);
    assert_eq!(summary["counts"], json(&std::fs::read(dir.path().join("out/summary.json")).unwrap())["counts"]);
    assert!(summary["assumptions"].to_string().contains("pseudonyms"));
    // The id of a finding is a hash of whom it concerns: a guess of that must not be found anywhere.
    let mut guesses: BTreeSet<String> = open("findings.csv").iter().map(|row| row["finding_id"].to_lowercase()).collect();
    assert_eq!(unredacted(&pack, &guesses), Vec::<String>::new());
    guesses = packed("findings.csv").iter().map(|row| row["finding_id"].to_lowercase()).collect();
    assert_eq!(guesses.len(), open("findings.csv").len());
    let report = Members::from([("report".to_owned(), pack["result/report.html"].clone())]);
    assert!(!unredacted(&report, &guesses).is_empty(), "the report shows the ids of the pack");
    let (code, told) = run(dir.path(), &["verify", "pack.zip"]);
    assert!(code == 0 && told.contains("under pseudonyms") && told.contains("unaltered"), "{told}");
    let (code, told) = run(dir.path(), &["verify", "pack.zip", "--rerun"]);
    assert!(code == 1 && told.contains("cannot be run again"), "{told}");
}

/// A case of people whose names and rows are made to slip through.
fn hostile() -> Case {
    let people = "person_id,name,email,login,department,departs_at\n\
        E1,Aoife O'Hara & Sons,a.ohara@acme.example,ohara,Sales,2026-08-14T18:00:00Z\n\
        E2,Žofie \"Zo\" Nová,zofie@acme.example,zn,Sales,2026-08-14T18:00:00Z\n\
        kim@acme.example,Kim,kim@acme.example,kim,Sales,2026-08-14T18:00:00Z\n\
        E4,=Bob Formula,bob@acme.example,open,Sales,\n\
        E5,Rej Ected,rejected@acme.example,rejected,Sales,not a date at all\n";
    let people = people.replace("Žofie \"Zo\" Nová", "\"Žofie \"\"Zo\"\" Nová\"");
    let accounts = "account_id,login,email,name,status\n\
        id/ohara/1,ohara,a.ohara@acme.example,O'Hara; Aoife,active\n\
        z1,zn,zofie@acme.example,Žofie Nová,active\n\
        k1,kim,kim@acme.example,Kim,active\n\
        u1,ghost.writer,,Ghost Writer,active\n\
        b1,open,bob@acme.example,=Bob Formula,active\n\
        svc,backup,,Backup,active\n";
    let waiver = "[[waiver]]\nrule = \"orphaned-account\"\nsystem = \"App\"\nlogin = \"ghost.writer\"\nreason = \"Kimberly asked for it\"\n\
        approved_by = \"Boss Lady\"\nexpires = \"2026-12-31\"\n\
        [[account]]\nsystem = \"App\"\nlogin = \"backup\"\nkind = \"service\"\nowner = \"E4\"\nreason = \"backups\"\n";
    Case::new(&[
        ("lastday.toml", &format!("{REVIEW}{SOURCES}{waiver}")),
        ("people.csv", &people),
        ("accounts.csv", accounts),
        (
            "events.csv",
            "at,action,target\n2026-09-01T00:00:00Z,signed_in,kim\n2026-09-02T00:00:00Z,signed_in,Walk.In@elsewhere.example\n",
        ),
    ])
}

#[test]
fn names_that_are_escaped_quoted_rejected_or_waived_do_not_slip_through() {
    let case = hostile();
    let audited = case.audit(&[]);
    assert_eq!(audited.code, 4, "{}", audited.stderr);
    let (code, told) = run(case.path(), &["pack", "out", "--out", "pack.zip", "--redact", "key.json"]);
    assert_eq!(code, 0, "{told}");
    let pack: Members = members(&std::fs::read(case.path().join("pack.zip")).unwrap()).into_iter().collect();
    let values = [
        "aoife o'hara & sons",
        "o'hara",
        "ohara",
        "žofie",
        "zofie",
        "nová",
        "=bob formula",
        "bob formula",
        "bob@acme.example",
        "kim@acme.example",
        "kim",
        "ghost.writer",
        "ghost writer",
        "rej ected",
        "rejected@acme.example",
        "kimberly",
        "boss lady",
        "walk.in@elsewhere.example",
        "id/ohara/1",
    ];
    let values: BTreeSet<String> = values.iter().map(|value| (*value).to_owned()).collect();
    assert_eq!(unredacted(&pack, &values), Vec::<String>::new());
    let open = Members::from([(
        "open".to_owned(),
        ["findings.csv", "revocations.csv", "rejects.csv", "accounts.csv", "matches.csv"]
            .map(|name| audited.text(name))
            .concat()
            .into_bytes(),
    )]);
    assert!(unredacted(&open, &values).len() >= 15, "{:?}", unredacted(&open, &values));
    let text = |name: &str| String::from_utf8(pack[&format!("result/{name}")].clone()).unwrap();
    assert!(text("accounts.csv").contains(",backup,"), "a declared account is nobody's");
    let details: Vec<String> = rows(&text("findings.csv")).into_iter().map(|row| row["detail"].clone()).collect();
    assert!(details.iter().any(|detail| detail.contains("waived by [left out] until 2026-12-31: [left out]")), "{details:?}");
    assert!(details.iter().any(|detail| detail.contains("still works")), "sentences stay: {details:?}");
    assert_eq!(rows(&text("rejects.csv"))[0]["raw"], "[left out]");
}

#[cfg(unix)]
#[test]
fn the_key_is_for_its_owner_alone_and_the_same_key_gives_the_same_pack() {
    use std::os::unix::fs::PermissionsExt;
    let case = hostile();
    case.audit(&[]);
    let pack = |out: &str, key: &str| {
        let args = ["pack", "out", "--out", out, "--redact", key, "--at", "2026-10-02T09:00:00Z", "--by", "x"];
        let (code, told) = run(case.path(), &args);
        assert_eq!(code, 0, "{told}");
        let all = members(&std::fs::read(case.path().join(out)).unwrap());
        all.into_iter().filter(|(name, _)| name.starts_with("result/")).collect::<Members>()
    };
    let first = pack("one.zip", "key.json");
    let mode = std::fs::metadata(case.path().join("key.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let key = std::fs::read(case.path().join("key.json")).unwrap();
    assert!(first == pack("two.zip", "key.json"), "the same key");
    assert_eq!(key, std::fs::read(case.path().join("key.json")).unwrap());
    let other = pack("three.zip", "other.json");
    assert!(first["result/revocations.csv"] != other["result/revocations.csv"], "another key");
}

#[test]
fn what_cannot_be_redacted_is_refused_and_nothing_is_written() {
    let case = hostile();
    case.audit(&[]);
    let refused = |args: &[&str], words: &str| {
        let mut all = vec!["pack", "out", "--out", "pack.zip", "--redact"];
        all.extend(args);
        let (code, told) = run(case.path(), &all);
        assert!(code == 3 && told.contains(words), "{args:?}: {code} {told}");
        assert!(!case.path().join("pack.zip").exists());
    };
    refused(&["people.csv"], "is no key of pseudonyms");
    refused(&["nowhere/key.json"], "nowhere");
    case.write("accounts.csv", b"account_id,status\na1,active\n");
    refused(&["key.json"], "not the one that was audited");
    assert!(!case.path().join("key.json").exists());
    let earlier = ran(&["audit", ".", "--out", "out2", "--earlier", "out"], case.path(), case.path().join("out2"));
    assert_eq!(earlier.code, 3, "the earlier result is of the same period: {}", earlier.stderr);
}
