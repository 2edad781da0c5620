//! `lastday sample`: a draw that anyone can repeat, and a working paper that says no more than the audit does.

use std::fmt::Write;
use std::path::Path;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use sha2::{Digest, Sha256};

use crate::program::{Case, Ran, Row, SOURCES, lastday, ran, root};

/// The first leavers of the sample case in the order that `printf '%s' "2026-q3$id" | sha256sum` gives.
const ORDER: [(&str, &str); 6] = [
    ("E1038", "19db5e2fa077eb528c2d1e47fb781647a8505bb06f7d883b68b453c18ce16768"),
    ("E1070", "28edc91c5b6b47722b88737f3e231066680d2056e874c28ddd9199eda07fe82f"),
    ("E1030", "2d3ba1cbf7be3dda803de21c4bbfb85e66b932d471ec48d75b17d0a2d4391180"),
    ("E1066", "329795ad40b5b9c7193a66d70d65ef0695295f02cb9a57d001ee0154b4ffdde3"),
    ("L09", "34638900358a1a56959c2a1c6c37f45b4396dc907c58003bd533918fbe212397"),
    ("E1094", "36a376bd41231b1eabe91304f6ba0022f46c5ee87dc9e3097087960f9d3dd6f9"),
];

fn sample(folder: &Path, more: &[&str]) -> Ran {
    let mut args = vec!["sample"];
    args.extend(more);
    ran(&args, folder, folder.join("drawn"))
}

fn acme(more: &[&str]) -> Ran {
    let mut args = vec!["sample", "samples/acme", "--seed", "2026-q3"];
    args.extend(more);
    ran(&args, root(), std::path::PathBuf::new())
}

fn document(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}{}", ran.stdout, ran.stderr))
}

fn ids(list: &serde_json::Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|lot| lot["person_id"].as_str().unwrap()).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A case of so many leavers, E001 and on, with an account each that was cut in time, in two departments.
fn leavers(count: usize) -> Case {
    let mut people = "person_id,name,email,department,departs_at\n".to_owned();
    let mut accounts = "account_id,email,status,disabled_at\n".to_owned();
    for n in 1..=count {
        let department = if n % 10 == 0 { "Legal" } else { "Sales" };
        let _ = writeln!(people, "E{n:03},Leaver {n},l{n}@acme.example,{department},2026-08-14T18:00:00Z");
        let _ = writeln!(accounts, "a{n},l{n}@acme.example,disabled,2026-08-14T18:05:00Z");
    }
    let case = format!("{}{SOURCES}", crate::program::REVIEW);
    Case::new(&[
        ("lastday.toml", &case),
        ("people.csv", &people),
        ("accounts.csv", &accounts),
        ("events.csv", "at,action,target\n"),
    ])
}

#[test]
fn the_first_of_the_digests_order_are_drawn_and_the_next_ones_replace_them() {
    let ran = acme(&["--size", "4", "--replacements", "2", "--format", "json"]);
    assert_eq!(ran.code, 4, "rows of this case are rejected: {}", ran.stderr);
    let document = document(&ran);
    let lots = |name: &str| document[name].as_array().unwrap().clone();
    let all: Vec<_> = lots("drawn").into_iter().chain(lots("replacements")).collect();
    assert_eq!(all.len(), ORDER.len());
    for (place, (lot, (id, digest))) in all.iter().zip(ORDER).enumerate() {
        assert_eq!((&lot["person_id"], &lot["digest"], &lot["position"]), (&id.into(), &digest.into(), &(place + 1).into()));
    }
    assert_eq!(
        (&document["population"], &document["seed"], &document["drawn_count"]),
        (&31.into(), &"2026-q3".into(), &4.into())
    );
    let told = acme(&["--size", "4"]).stdout;
    for part in
        ["4 of 31 leavers drawn", "1  E1038  Dell Eaton", "19db5e2fa077eb52", "Replacements", "'2026-q3E1038' | sha256sum"]
    {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
}

#[test]
fn the_verdicts_are_those_of_the_test_of_each_leaver() {
    let ran = acme(&["--size", "6", "--format", "json"]);
    for lot in document(&ran)["drawn"].as_array().unwrap() {
        let id = lot["person_id"].as_str().unwrap();
        let one = lastday(&["leaver", id, "samples/acme", "--format", "json"], root());
        let one: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
        assert_eq!(lot["verdict"], one["verdict"], "{id}");
    }
}

#[test]
fn the_working_paper_says_of_each_account_what_the_audit_says() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("drawn");
    let more = ["sample", "samples/acme", "--seed", "s", "--size", "99", "--out", out.to_str().unwrap(), "--quiet"];
    let drawn = ran(&more, root(), out.clone());
    let audit =
        |name: &str| crate::program::rows(&std::fs::read_to_string(root().join("reports/acme-2026-q3").join(name)).unwrap());
    let paper = drawn.rows("leaver-test.csv");
    let (revocations, steps) = (audit("revocations.csv"), audit("steps.csv"));
    let key = |row: &Row| [row["person_id"].clone(), row["system"].clone(), row["account_id"].clone()];
    let leavers: Vec<&String> = steps.iter().filter(|step| step["step"] == "departed").map(|step| &step["person_id"]).collect();
    let mut compared = 0;
    for row in revocations.iter().filter(|row| leavers.contains(&&row["person_id"])) {
        let own = paper.iter().find(|own| key(own) == key(row)).unwrap_or_else(|| panic!("not in the paper: {row:?}"));
        for column in row.keys().filter(|column| own.contains_key(*column)) {
            assert_eq!(own[column], row[column], "{column} of {:?}", key(row));
        }
        compared += 1;
    }
    assert_eq!(compared, paper.iter().filter(|row| !row["outcome"].is_empty()).count());
    assert!(compared > 80, "only {compared} rows");
    for row in &paper {
        for by_hand in ["exception_owner", "remediation_date", "retest", "prepared_by", "reviewed_by", "reviewed_on"] {
            assert_eq!(row[by_hand], "", "nothing says it: {by_hand}");
        }
        for step in steps.iter().filter(|step| step["person_id"] == row["person_id"]) {
            match step["step"].as_str() {
                "recorded" => assert_eq!(row["recorded_at"], step["at"]),
                "told" => assert_eq!([&row["told_at"], &row["told_not_before"]], [&step["at"], &step["not_before"]]),
                _ => {}
            }
        }
        let expected = match (row["outcome"].as_str(), row["uses_after_departure"].as_str()) {
            ("on_time", "0") => "PASS",
            ("pending" | "undetermined", "0") | ("", _) => "NOT EVALUABLE",
            _ => "FAIL",
        };
        assert_eq!(row["verdict"], expected, "{row:?}");
    }
    let first = drawn.text("selection.json");
    let again = ran(&more, root(), out.clone());
    assert_eq!(first, again.text("selection.json"), "a second run takes the place of the first, byte for byte");
}

#[test]
fn confidence_and_tolerable_rate_give_the_size_of_the_tables() {
    let case = leavers(60);
    for (confidence, tolerable, size) in [("95", "5", 59), ("95", "10", 29), ("90", "5%", 45), ("90", "10", 22)] {
        let ran = sample(case.path(), &["--confidence", confidence, "--tolerable", tolerable, "--seed", "x", "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let document = document(&ran);
        assert_eq!(document["drawn"].as_array().unwrap().len(), size);
        assert_eq!(document["size"]["asked"], size);
        assert!(document["remarks"][0].as_str().unwrap().starts_with(&format!("{size} leavers, if none of them deviates")));
    }
}

#[test]
fn a_population_that_is_not_larger_is_tested_whole_and_that_is_told() {
    let case = leavers(59);
    let ran = sample(case.path(), &["--confidence", "95", "--tolerable", "5", "--seed", "x"]);
    assert!(ran.stdout.contains("59 of 59 leavers drawn") && ran.stdout.contains("the population has 59: it is tested whole"));
    let nobody = Case::usual("a1,bob@acme.example,active,,,\n", "");
    nobody.write("people.csv", b"person_id,email,departs_at\nE2,bob@acme.example,\n");
    let ran = sample(nobody.path(), &["--size", "5", "--seed", "x", "--out", "drawn"]);
    assert!(ran.code == 0 && ran.stdout.contains("0 of 0 leavers drawn"), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.rows("leaver-test.csv").is_empty());
}

#[test]
fn strata_have_their_share_and_one_at_least() {
    let case = leavers(40);
    let ran = sample(case.path(), &["--size", "5", "--seed", "x", "--by", "department", "--format", "json", "--out", "drawn"]);
    let document = document(&ran);
    let strata: Vec<_> =
        document["strata"].as_array().unwrap().iter().map(|s| (s["name"].as_str().unwrap(), &s["drawn"])).collect();
    // Quotas 0.5 and 4.5: equal remainders, and the stratum that comes first by name gets the seat.
    assert_eq!(strata, [("Legal", &1.into()), ("Sales", &4.into())]);
    // The order again, from the file alone.
    let mut rows = ran.rows("selection.csv");
    assert_eq!(rows.len(), 40);
    for row in &rows {
        assert_eq!(row["digest"], sha256(format!("x{}", row["person_id"]).as_bytes()));
    }
    rows.sort_by(|a, b| a["digest"].cmp(&b["digest"]));
    for (stratum, drawn) in [("Legal", 1), ("Sales", 4)] {
        let own: Vec<&Row> = rows.iter().filter(|row| row["stratum"] == stratum).collect();
        assert!(own.iter().take(drawn).all(|row| row["drawn"] == "drawn"));
        assert!(own.iter().skip(drawn).all(|row| row["drawn"] != "drawn"));
        let replacements = own.iter().filter(|row| row["drawn"] == "replacement").count();
        assert_eq!(replacements, 5.min(own.len() - drawn));
    }
    let few = sample(case.path(), &["--size", "1", "--seed", "x", "--by", "department"]);
    assert!(few.stdout.contains("1 cannot cover all 2 strata"), "{}", few.stdout);
    for by in ["worker-type", "location", "month", "outcome"] {
        let ran = sample(case.path(), &["--size", "3", "--seed", "x", "--by", by]);
        let name = match by {
            "month" => "2026-08",
            "outcome" => "on_time",
            _ => "not given",
        };
        assert!(ran.stdout.contains(&format!("3 of 40     {name}")), "{by}: {}", ran.stdout);
    }
}

#[test]
fn the_record_seals_what_was_read_and_what_was_written() {
    let case = leavers(9);
    let ran = sample(case.path(), &["--size", "3", "--seed", "x", "--out", "drawn"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let record: serde_json::Value = serde_json::from_str(&ran.text("selection.json")).unwrap();
    let checked = |list: &str, folder: &str| {
        let files = record[list].as_array().unwrap();
        for file in files {
            let bytes = std::fs::read(case.path().join(folder).join(file["path"].as_str().unwrap())).unwrap();
            assert_eq!(file["sha256"], sha256(&bytes), "{file}");
        }
        files.len()
    };
    assert_eq!((checked("inputs", "."), checked("outputs", "drawn")), (3, 3));
    assert_eq!(record["case_file"]["sha256"], sha256(&std::fs::read(case.path().join("lastday.toml")).unwrap()));
    assert_eq!(ids(&record["drawn"]).len(), 3);
}

#[test]
fn who_has_no_account_or_a_disputed_one_is_not_passed_over() {
    let case = Case::usual("a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,2026-01-01T00:00:00Z\n", "");
    case.write(
        "people.csv",
        b"person_id,email,departs_at\nE1,ann@acme.example,2026-08-14T18:00:00Z\nE2,ann@acme.example,\nE3,,2026-08-14T18:00:00Z\n",
    );
    let ran = sample(case.path(), &["--size", "2", "--seed", "x", "--out", "drawn"]);
    let paper = ran.rows("leaver-test.csv");
    let of = |id: &str| paper.iter().find(|row| row["person_id"] == id).unwrap();
    let (disputed, none) = (of("E1"), of("E3"));
    assert_eq!((disputed["account_id"].as_str(), disputed["verdict"].as_str()), ("a1", "NOT EVALUABLE"));
    assert!(disputed["why"].contains("may be this person's") && disputed["evidence_at"] == "accounts.csv:2", "{disputed:?}");
    assert_eq!(
        (none["account_id"].as_str(), none["verdict"].as_str(), none["no_account_in"].as_str()),
        ("", "NOT EVALUABLE", "App")
    );
    assert!(none["why"].contains("no account of this person"));
}

#[test]
fn what_happened_after_the_departure_leads_to_its_lines() {
    let events = "2026-08-14T18:20:00Z,disabled,a1,success\n2026-08-15T08:00:00Z,enabled,a1,success\n2026-08-15T09:00:00Z,signed_in,a1,success\n\
                  2026-08-15T10:00:00Z,password_reset,a1,success\n";
    let case = Case::usual("a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n", events);
    let ran = sample(case.path(), &["--size", "1", "--seed", "x", "--out", "drawn"]);
    let row = &ran.rows("leaver-test.csv")[0];
    assert_eq!([&row["uses_after_departure"], &row["reactivations"], &row["changes_after_departure"]], ["1", "1", "1"]);
    assert_eq!(row["after_departure_evidence_at"], "events.csv:3; events.csv:4; events.csv:5");
    assert_eq!([&row["latency_seconds"], &row["latency_at_most_seconds"]], ["", ""]);
    assert_eq!(row["latency_more_than_seconds"], (47 * 86_400 + 14 * 3_600).to_string(), "usable at the dump's time");
}

#[test]
fn the_workbook_holds_both_tables_and_runs_nothing() {
    let case = Case::usual("a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,\n", "");
    case.write("people.csv", b"person_id,name,email,departs_at\n=1+1,@SUM(A1),ann@acme.example,2026-08-14T18:00:00Z\n");
    let ran = sample(case.path(), &["--size", "1", "--seed", "=2", "--out", "drawn"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let bytes = std::fs::read(case.path().join("drawn/leaver-test.xlsx")).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["cover", "leaver-test", "selection"]);
    for sheet in ["cover", "leaver-test", "selection"] {
        assert!(book.worksheet_formula(sheet).unwrap().is_empty(), "{sheet}");
    }
    let row = &ran.rows("selection.csv")[0];
    assert_eq!((row["person_id"].as_str(), row["digest"].as_str()), ("'=1+1", sha256(b"=2=1+1").as_str()));
    let record: serde_json::Value = serde_json::from_str(&ran.text("selection.json")).unwrap();
    assert_eq!(ids(&record["drawn"]), ["=1+1"], "in JSON the id is as it was hashed");
}

#[test]
fn who_left_and_nobody_knows_when_is_told() {
    let case = Case::usual("a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,\n", "");
    case.write(
        "people.csv",
        b"person_id,email,departs_at\nE1,ann@acme.example,2026-08-14T18:00:00Z\nE4,eve@acme.example,undated\n",
    );
    let ran = sample(case.path(), &["--size", "1", "--seed", "x"]);
    let told = "HR says of 1 person that they left and not when: they are not in the population";
    assert!(ran.stdout.contains("1 of 1 leavers drawn") && ran.stdout.contains(told), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn wrong_usage_and_taken_folders_end_before_anything_is_written() {
    let case = leavers(5);
    for wrong in [
        &["--size", "3"][..],
        &["--seed", "x"],
        &["--seed", "", "--size", "3"],
        &["--seed", "a\nb", "--size", "3"],
        &["--seed", "x", "--size", "0"],
        &["--seed", "x", "--size", "3", "--confidence", "95", "--tolerable", "5"],
        &["--seed", "x", "--confidence", "95"],
        &["--seed", "x", "--tolerable", "5"],
        &["--seed", "x", "--confidence", "0.95", "--tolerable", "5"],
        &["--seed", "x", "--confidence", "95", "--tolerable", "0.05"],
        &["--seed", "x", "--size", "3", "--by", "system"],
    ] {
        assert_eq!(sample(case.path(), wrong).code, 2, "{wrong:?}");
    }
    assert_eq!(case.audit(&[]).code, 0);
    let taken = sample(case.path(), &["--seed", "x", "--size", "3", "--out", "out"]);
    assert!(taken.code == 3 && taken.stderr.contains("holds no earlier sample"), "{}", taken.stderr);
    assert!(!case.path().join("out/selection.json").exists() && case.path().join("out/report.html").exists());
    let nowhere = sample(case.path(), &["elsewhere", "--seed", "x", "--size", "3"]);
    assert_eq!(nowhere.code, 3);
    sample(case.path(), &["--seed", "x", "--size", "3", "--out", "drawn"]);
    let over = lastday(&["audit", ".", "--out", "drawn"], case.path());
    assert_eq!(over.status.code(), Some(3), "an audit does not take the place of a sample");
}

#[test]
fn the_cause_of_a_departure_is_hrs_word() {
    let case = Case::usual("a1,ann@acme.example,disabled,2026-08-14T18:05:00Z,,\n", "");
    case.write(
        "people.csv",
        b"person_id,email,departs_at,departure_cause\nE1,ann@acme.example,2026-08-14T18:00:00Z,involuntary\n",
    );
    let ran = sample(case.path(), &["--size", "1", "--seed", "x", "--out", "drawn"]);
    assert_eq!(ran.rows("leaver-test.csv")[0]["departure_cause"], "involuntary");
}
