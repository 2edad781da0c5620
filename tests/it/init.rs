//! `lastday init`: what it makes of a folder of exports.

use std::path::Path;

use crate::program::{Case, lastday, root};

/// The fixtures of some presets in one folder, as somebody would have them lying there.
fn folder_of_exports() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for id in ["bamboohr-employees", "okta-users", "okta-system-log", "google-users", "aws-credential-report", "badge-access"] {
        let from = root().join("samples").join(id);
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !["README.md", "expected.csv"].contains(&name.as_str()) && !name.starts_with("employees.json") {
                std::fs::create_dir_all(dir.path().join(id)).unwrap();
                std::fs::copy(&path, dir.path().join(id).join(name)).unwrap();
            }
        }
    }
    std::fs::write(dir.path().join("strange.csv"), "foo,bar\n1,2\n").unwrap();
    std::fs::write(dir.path().join("nearly.csv"), "userid,status,billing-active,displayname\na,b,c,d\n").unwrap();
    std::fs::write(dir.path().join("empty.csv"), "").unwrap();
    std::fs::write(
        dir.path().join("old-2026-10-02.csv"),
        "Report of today\n\naccount_id;email;status;created_at\nx;\u{e9}@x.example;active;31/12/2025\n".replace('\u{e9}', "e"),
    )
    .unwrap();
    dir
}

#[test]
fn init_names_what_it_recognises_and_the_case_that_it_writes_can_be_audited_as_it_is() {
    let dir = folder_of_exports();
    let output = lastday(&["init"], dir.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    for part in [
        "okta-users/users.json",
        "Google Workspace  google-users",
        "rejected, for example bamboohr-employees/employees.csv:",
        "not recognised: empty.csv; the file is empty",
        "not recognised: strange.csv; it has: foo, bar",
        "not recognised: nearly.csv; nearly slack-members, but without:",
    ] {
        assert!(told.contains(part), "no \"{part}\" in:\n{told}");
    }
    let case = std::fs::read_to_string(dir.path().join("lastday.toml")).unwrap();
    for part in [
        "# not recognised: strange.csv",
        "skip_rows = 2",
        "date_order = \"dmy\"",
        "exported_at = \"2026-10-02T00:00:00Z\"\nexported_at_from = \"file-name\"    # CHECK",
    ] {
        assert!(case.contains(part), "no \"{part}\" in:\n{case}");
    }
    let checked = lastday(&["check"], dir.path());
    assert!(matches!(checked.status.code(), Some(0 | 4)), "{}", String::from_utf8_lossy(&checked.stderr));
    let audited = lastday(&["audit"], dir.path());
    assert!(matches!(audited.status.code(), Some(0 | 4)), "{}", String::from_utf8_lossy(&audited.stderr));
}

#[test]
fn init_never_writes_over_a_case_and_writes_none_where_nothing_is_known() {
    let case = Case::usual("", "");
    let before = std::fs::read(case.path().join("lastday.toml")).unwrap();
    assert_eq!(lastday(&["init"], case.path()).status.code(), Some(3));
    assert_eq!(std::fs::read(case.path().join("lastday.toml")).unwrap(), before);
    let empty = tempfile::tempdir().unwrap();
    std::fs::write(empty.path().join("x.csv"), "foo,bar\n1,2\n").unwrap();
    let output = lastday(&["init"], empty.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(!empty.path().join("lastday.toml").exists());
}

/// A folder of these files, all of the same time, after `init`: the case file.
fn drafted(files: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        let at = std::time::UNIX_EPOCH + std::time::Duration::from_hours(497_456); // 2026-10-01T08:00:00Z
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
    }
    let output = lastday(&["init"], dir.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let case = std::fs::read_to_string(dir.path().join("lastday.toml")).unwrap();
    (dir, case)
}

fn accepted_by_check(folder: &Path) {
    let output = lastday(&["check"], folder);
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{told}");
}

const PEOPLE: &str =
    "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14\nE2,Bob Example,bob@acme.example,\n";
const HEAD: &str = "account_id,login,email,status,created_at\n";

fn dump(ids: &[&str], status: &str) -> String {
    ids.iter().fold(HEAD.to_owned(), |text, id| text + &format!("{id},{id},{id}@acme.example,{status},2026-01-02T09:00:00Z\n"))
}

#[test]
fn dumps_that_list_the_same_accounts_are_snapshots_with_the_times_of_their_names() {
    let (dir, case) = drafted(&[
        ("people.csv", PEOPLE),
        ("vpn/users-2026-07-01.csv", &dump(&["ann", "bob"], "active")),
        ("vpn/users-2026-09-30.csv", &dump(&["ann", "bob"], "disabled")),
    ]);
    assert!(
        case.contains("exported_at = \"2026-07-01T00:00:00Z\"") && case.contains("exported_at = \"2026-09-30T00:00:00Z\""),
        "{case}"
    );
    assert_eq!(case.matches("system = \"VPN\"").count(), 2, "{case}");
    accepted_by_check(dir.path());
}

#[test]
fn dumps_that_share_no_account_are_parts_of_one_dump_under_one_glob() {
    let (dir, case) = drafted(&[
        ("people.csv", PEOPLE),
        ("crm/page-1.csv", &dump(&["ann", "bob"], "active")),
        ("crm/page-2.csv", &dump(&["cat", "dan"], "active")),
    ]);
    // Without a preset nothing says that two lists are of one shape: the second is kept apart, and that is told.
    assert!(
        case.contains("system = \"CRM (page-2)\"")
            && case.contains("# CHECK: another file lists the accounts of CRM by other ids"),
        "{case}"
    );
    accepted_by_check(dir.path());
    let user = |id: &str| format!("{{\"id\":\"{id}\",\"status\":\"ACTIVE\",\"profile\":{{\"login\":\"{id}@acme.example\"}}}}");
    let (dir, case) = drafted(&[
        ("people.csv", PEOPLE),
        ("okta/users-p1.json", &format!("[{}]", user("a"))),
        ("okta/users-p2.json", &format!("[{}]", user("b"))),
    ]);
    assert!(case.contains("path = \"okta/users-p*.json\"    # 2 files, 2 rows"), "{case}");
    accepted_by_check(dir.path());
}

#[test]
fn two_lists_of_the_same_accounts_at_the_same_time_are_told_and_can_be_read() {
    let (dir, case) = drafted(&[
        ("people.csv", PEOPLE),
        ("crm/all.csv", &dump(&["ann", "bob"], "active")),
        ("crm/copy.csv", &dump(&["ann", "bob"], "active")),
    ]);
    assert!(case.contains("# CHECK: another file of this system has the same time and lists the same accounts"), "{case}");
    accepted_by_check(dir.path());
}

#[test]
fn the_review_is_of_the_last_quarter_in_which_somebody_left() {
    let old = PEOPLE.replace("2026-08-14", "2025-02-03");
    let (_dir, case) = drafted(&[("people.csv", &old), ("crm/users.csv", &dump(&["ann"], "active"))]);
    assert!(case.contains("period = \"2025-01-01/2025-03-31\"    # CHECK: the last quarter in which somebody left"), "{case}");
}

#[test]
fn a_date_that_nothing_decides_is_told_with_what_to_set() {
    let people = PEOPLE.replace("2026-08-14", "8/7/2026");
    let (dir, case) = drafted(&[("people.csv", &people), ("crm/users.csv", &dump(&["ann"], "active"))]);
    assert!(case.contains("# date_order = \"dmy\"    # CHECK"), "{case}");
    accepted_by_check(dir.path());
}

#[test]
fn what_nobody_has_confirmed_is_told_in_the_result() {
    let (dir, _) = drafted(&[("people.csv", PEOPLE), ("crm/users.csv", &dump(&["ann"], "active"))]);
    let output = lastday(&["audit", ".", "--out", "out"], dir.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let summary = std::fs::read_to_string(dir.path().join("out/summary.json")).unwrap();
    assert!(summary.contains("nobody has confirmed it: crm/users.csv"), "{summary}");
}

#[test]
fn a_file_that_no_case_can_read_is_told_and_left_out_of_the_case() {
    use std::io::Write;
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("people.csv"), PEOPLE).unwrap();
    let row = |n: u32| format!("u{n},u{n}@acme.example,Member,{},U{n:05},User {n}\n", n * 7_919 % 10_007);
    let rows = (0..5_000).fold(String::new(), |text, n| text + &row(n));
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(format!("username,email,status,billing-active,userid,fullname\n{rows}").as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    std::fs::write(dir.path().join("slack.csv.gz"), &packed[..packed.len() / 2]).unwrap();
    assert_eq!(lastday(&["init"], dir.path()).status.code(), Some(0));
    let case = std::fs::read_to_string(dir.path().join("lastday.toml")).unwrap();
    assert!(case.contains("# not recognised: slack.csv.gz\n#   ") && case.contains("deflate"), "{case}");
    accepted_by_check(dir.path());
}

#[test]
fn a_shape_of_no_vendor_is_marked_to_be_looked_at() {
    let list = "User Name,Email,Status,Last Login\nann,ann@acme.example,Active,2026-09-30 08:00\n";
    let (dir, case) = drafted(&[("people.csv", PEOPLE), ("crm/users.csv", list)]);
    assert!(case.contains("preset = \"accounts-spreadsheet\"    # CHECK: no vendor's shape"), "{case}");
    accepted_by_check(dir.path());
}

#[test]
fn a_log_that_nothing_names_is_of_the_system_whose_accounts_lie_beside_it() {
    let okta = std::fs::read_to_string(root().join("samples/okta-users/users.json")).unwrap();
    let log = "at,action,target\n2026-08-14T17:00:00Z,disabled,ann@acme.example\n";
    let other = "at,action,target\n2026-08-15T17:00:00Z,disabled,bob@acme.example\n";
    let files = [("people.csv", PEOPLE), ("idp/users.json", okta.as_str()), ("idp/events.csv", log), ("idp/vpn-log.csv", other)];
    let (dir, toml) = drafted(&files);
    let of = |path: &str| {
        let source = toml.split("[[source]]").find(|source| source.contains(path)).unwrap_or_else(|| panic!("{path}: {toml}"));
        (source.contains("system = \"Okta\""), source.contains("# CHECK: nothing says of which system this is"))
    };
    assert_eq!(of("idp/users.json"), (true, false));
    assert_eq!(of("idp/events.csv"), (true, true), "its own name says nothing");
    assert_eq!(of("idp/vpn-log.csv"), (false, false), "its own name says another");
    accepted_by_check(dir.path());
}
