//! A result whose trend rests on earlier ones is packed with their figures, under pseudonyms too, and run again from them.

use std::collections::BTreeMap;

use crate::program::{Case, Ran, lastday, members};

/// Runs the program in a case's folder: the exit code and all that it told, in one line.
fn run(case: &Case, args: &[&str]) -> (i32, String) {
    let output = lastday(args, case.path());
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), told.split_whitespace().filter(|w| *w != "|").collect::<Vec<_>>().join(" "))
}

/// A case with the result `out`, whose trend rests on `q1/out` and `q2/out`.
fn with_trend() -> (Case, Ran) {
    let case = Case::usual("a1,ann@acme.example,active,,,2026-01-01T00:00:00Z\n", "");
    for (folder, period, left) in
        [("q1", "2026-01-01/2026-03-31", "2026-02-14T18:00:00Z"), ("q2", "2026-04-01/2026-06-30", "2026-05-14T18:00:00Z")]
    {
        let toml = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
        case.write(&format!("{folder}/lastday.toml"), toml.replace("2026-07-01/2026-09-30", period).as_bytes());
        let people = format!("person_id,name,email,departs_at\nE7,Old Timer,old@acme.example,{left}\n");
        case.write(&format!("{folder}/people.csv"), people.as_bytes());
        case.write(&format!("{folder}/accounts.csv"), b"account_id,email,status\no1,old@acme.example,active\n");
        case.write(&format!("{folder}/events.csv"), b"at,action,target\n");
        let (code, told) = run(&case, &["audit", folder, "--out", &format!("{folder}/out"), "--quiet"]);
        assert_eq!(code, 0, "{told}");
    }
    let ran = case.audit(&["--earlier", "q2/out", "--earlier", "q1/out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.summary()["trend"].as_array().unwrap().len(), 3);
    (case, ran)
}

fn pack<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["pack", "out", "--out", "pack.zip", "--by", "x", "--at", "2026-10-02T09:00:00Z"];
    args.extend(more);
    args
}

#[test]
fn with_the_earlier_results_a_pack_can_be_run_again() {
    let (case, _) = with_trend();
    let (code, told) = run(&case, &pack(&["--earlier", "q2/out", "--earlier", "q1/out"]));
    assert!(code == 0 && !told.contains("by their hashes alone"), "{told}");
    let bytes = std::fs::read(case.path().join("pack.zip")).unwrap();
    let packed: BTreeMap<String, Vec<u8>> = members(&bytes).into_iter().collect();
    // In the order of time, as in the manifest.
    assert_eq!(packed["earlier/1/summary.json"], std::fs::read(case.path().join("q1/out/summary.json")).unwrap());
    assert_eq!(packed["earlier/2/manifest.json"], std::fs::read(case.path().join("q2/out/manifest.json")).unwrap());
    let (code, told) = run(&case, &["verify", "pack.zip", "--rerun"]);
    assert!(code == 0 && told.contains("gives the same"), "{told}");
}

#[test]
fn without_them_the_pack_says_what_it_lacks() {
    let (case, _) = with_trend();
    let (code, told) = run(&case, &pack(&[]));
    assert!(code == 0 && told.contains("by their hashes alone: the earlier results of its trend (--earlier"), "{told}");
    let (code, told) = run(&case, &["verify", "pack.zip"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = run(&case, &["verify", "pack.zip", "--rerun"]);
    assert!(code == 1 && told.contains("rests on earlier results, which are not in the pack"), "{told}");
}

#[test]
fn under_pseudonyms_the_trend_is_as_it_was_and_names_nobody() {
    let (case, ran) = with_trend();
    let (code, told) = run(&case, &pack(&["--redact", "key.json", "--earlier", "q1/out", "--earlier", "q2/out"]));
    assert_eq!(code, 0, "{told}");
    let packed: BTreeMap<String, Vec<u8>> = members(&std::fs::read(case.path().join("pack.zip")).unwrap()).into_iter().collect();
    let summary: serde_json::Value = serde_json::from_slice(&packed["result/summary.json"]).unwrap();
    assert_eq!(summary["trend"], ran.summary()["trend"]);
    assert!(packed.keys().all(|name| !name.starts_with("earlier/") && !name.starts_with("case/")), "{:?}", packed.keys());
    assert!(packed.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Ann Example")));
    let (code, told) = run(&case, &["verify", "pack.zip"]);
    assert!(code == 0 && told.contains("under pseudonyms"), "{told}");
}

#[test]
fn only_the_results_that_the_trend_rests_on_are_taken() {
    let (case, _) = with_trend();
    let refused = |more: &[&str], words: &str| {
        let (code, told) = run(&case, &pack(more));
        assert!(code == 3 && told.contains(words), "{more:?}: {code} {told}");
        assert!(!case.path().join("pack.zip").exists() && !case.path().join("key.json").exists());
    };
    refused(&["--redact", "key.json"], "out/summary.json, out/summary.json");
    refused(&["--redact", "key.json"], "name the folder of each with --earlier");
    refused(&["--redact", "key.json", "--earlier", "q1/out"], "was not named");
    refused(&["--earlier", "q1/out"], "was not named");
    refused(
        &["--earlier", "q1/out", "--earlier", "q2/out", "--earlier", "out"],
        "the trend of the result does not rest on this one",
    );
    refused(&["--earlier", "nowhere"], "nowhere");
    case.write("q1/out/summary.json", b"{}");
    refused(&["--earlier", "q1/out", "--earlier", "q2/out"], "does not rest on this one");
}
