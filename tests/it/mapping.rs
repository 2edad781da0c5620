//! A mapping of one's own in the case file, each key of the language on a small export.

use crate::program::{Case, REVIEW, SOURCES};

/// `accounts.csv` is this text, read by these keys of its source; the rows of the result as `account_id|status|email|kind`.
fn accounts(csv: &str, keys: &str) -> Vec<String> {
    let case = Case::usual("", "");
    case.write("accounts.csv", csv.as_bytes());
    let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.csv\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
    let ran = case.audit(&[]);
    assert!(ran.wrote(), "{}", ran.stderr);
    ran.rows("accounts.csv").iter().map(|r| ["account_id", "status", "email", "kind"].map(|c| r[c].as_str()).join("|")).collect()
}

#[test]
fn columns_and_words_are_renamed() {
    let got = accounts(
        "User,State\na,LIVE\nb,Locked\nc,Odd\n",
        "columns = { account_id = \"User\", status = \"State\" }\nvalues = { status = { Live = \"active\", locked = \"disabled\" } }",
    );
    assert_eq!(got, ["a|active||", "b|disabled||", "c|unknown||"]);
}

#[test]
fn the_first_column_that_is_not_empty_counts_and_constants_fill() {
    let got = accounts(
        "User,Mail,Other\na,,x@x.example\nb,y@x.example,z@x.example\n",
        "columns = { account_id = \"User\", email = [\"Mail\", \"Other\"], kind = { constant = \"guest\" } }",
    );
    assert_eq!(got, ["a|unknown|x@x.example|guest", "b|unknown|y@x.example|guest"]);
}

#[test]
fn a_status_is_computed_from_several_flags() {
    let keys = "columns = { account_id = \"User\", status = { case = [ { any = { Password = \"true\", Key = \"true\" }, is = \"active\" }, { when = { Password = { present = true } }, is = \"disabled\" } ] } }";
    assert_eq!(
        accounts("User,Password,Key\na,FALSE,true\nb,false,false\nc,,\n", keys),
        ["a|active||", "b|disabled||", "c|unknown||"]
    );
}

#[test]
fn a_bit_of_a_number_and_the_lack_of_a_word_are_conditions() {
    let keys = "columns = { account_id = \"User\", status = { case = [ { when = { UAC = { bit = 2 } }, is = \"disabled\" }, { when = { UAC = { not = \"0\" } }, is = \"active\" } ] } }";
    assert_eq!(
        accounts("User,UAC\na,512\nb,514\nc,0\nd,66082\n", keys),
        ["a|active||", "b|disabled||", "c|unknown||", "d|disabled||"]
    );
}

#[test]
fn a_part_of_a_text_is_taken_by_an_expression() {
    let keys = "columns = { account_id = { from = \"Text\", match = \"for user ([^ ]+)\" }, email = { from = \"Text\", match = \"[^ ]+@[^ ]+\" } }";
    assert_eq!(accounts("Text\nDeactivated for user ann by x@x.example\n", keys), ["ann|unknown|x@x.example|"]);
}

#[test]
fn a_format_of_ones_own_reads_times_that_no_other_way_reads() {
    let case = Case::usual("", "");
    case.write("accounts.csv", b"User,Made\na,26102013 0830\nb,2026-10-20\nc,never\n");
    let keys = "columns = { account_id = \"User\", created_at = { from = \"Made\", format = \"%y%m%Y %H%M\" } }";
    let wrong = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.csv\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{wrong}").as_bytes());
    assert!(case.audit(&[]).stderr.contains("does not hold a whole date"));
    case.write("lastday.toml", format!("{REVIEW}{}", wrong.replace("%y%m%Y", "%d%m%Y")).as_bytes());
    let ran = case.audit(&[]);
    let made: Vec<String> = ran.rows("accounts.csv").iter().map(|r| r["account_id"].clone() + " " + &r["created_at"]).collect();
    assert_eq!(made, ["a 2013-10-26T08:30:00Z", "c "]);
    assert_eq!(ran.rows("rejects.csv")[0]["reason"], "not written in the column's format");
}

#[test]
fn json_in_a_cell_is_read_along_a_path() {
    let keys = "columns = { account_id = \"Data|json.user.id\", status = { case = [ { when = { \"Data|json.user.on\" = \"true\" }, is = \"active\" } ], else = \"disabled\" } }";
    let csv = "N,Data\n1,\"{\"\"user\"\": {\"\"id\"\": \"\"a\"\", \"\"on\"\": true}}\"\n2,\"{\"\"user\"\": {\"\"id\"\": \"\"b\"\"}}\"\n";
    assert_eq!(accounts(csv, keys), ["a|active||", "b|disabled||"]);
}

#[test]
fn a_name_stands_for_all_columns_that_bear_it() {
    let csv = "User,Mail,Tag,Tag,Tag\na,,x,,x\nb,,,y,\nc,,x,y,\n";
    let of = |kind: &str| format!("columns = {{ account_id = \"User\", email = {kind} }}");
    assert_eq!(accounts(csv, &of("\"Tag\"")), ["a|unknown|x|", "b|unknown|y|"], "c has two values: rejected");
    assert_eq!(accounts(csv, &of("\"Tag#2\"")), ["a|unknown||", "b|unknown|y|", "c|unknown|y|"]);
    assert_eq!(accounts(csv, &of("{ join = [\"Tag\"], with = \";\" }")), ["a|unknown|x;x|", "b|unknown|y|", "c|unknown|x;y|"]);
    let keys = "columns = { account_id = \"User\", status = { case = [ { when = { Tag = \"y\" }, is = \"disabled\" }, { when = { Tag = { not = \"y\" } }, is = \"active\" } ] } }";
    assert_eq!(accounts(csv, keys), ["a|active||", "b|disabled||", "c|disabled||"]);
}

#[test]
fn a_star_stands_for_any_part_of_a_columns_name() {
    let csv = "User,Last seen in Jira - x [UTC],Last seen in Wiki - x [UTC]\na,3 Jan 2024,5 Feb 2024\nb,Never accessed,2 Mar 2023\nc,Never accessed,\n";
    let case = Case::usual("", "");
    case.write("accounts.csv", csv.as_bytes());
    let keys = "columns = { account_id = \"User\", last_used_at = { newest = [\"Last seen in *\"] } }";
    let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.csv\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
    let used: Vec<String> = case.audit(&[]).rows("accounts.csv").iter().map(|r| r["last_used_at"].clone()).collect();
    assert_eq!(used, ["2024-02-05T00:00:00Z", "2023-03-02T00:00:00Z", ""]);
}

#[test]
fn a_case_says_where_the_rows_of_its_own_json_lie_and_which_concern() {
    let case = Case::usual("", "");
    let json = r#"{"page": 1, "data": {"teams": [
        {"team": "one", "members": [{"id": "a", "mails": [{"v": "a@x.example"}, {"v": "b@x.example"}]}, {"id": "b", "mails": []}]},
        {"team": "two", "members": [{"id": "c"}]},
        {"team": "old", "members": [{"id": "d"}]}]}}"#;
    case.write("accounts.json", json.as_bytes());
    let keys = "rows = { at = [\"data.teams\"], each = \"members\", only = { team = { not = \"old\" } } }\ncolumns = { account_id = \"@.id\", email = \"@.mails[*].v\", name = \"team\" }";
    let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.json\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
    let ran = case.audit(&[]);
    assert!(ran.wrote(), "{}", ran.stderr);
    let got: Vec<String> = ran.rows("accounts.csv").iter().map(|r| r["account_id"].clone() + "|" + &r["email"]).collect();
    assert_eq!(got, ["a|a@x.example;b@x.example", "b|", "c|"]);
    let books = ran.rows("reconciliation.csv");
    let of = books.iter().find(|r| r["file"] == "accounts.json").unwrap();
    assert_eq!((of["rows_read"].as_str(), of["rows_out_of_scope"].as_str()), ("4", "1"));
}

#[test]
fn a_name_that_is_no_column_or_word_of_the_language_is_refused_with_the_nearest() {
    for (keys, says) in [
        ("columns = { acount_id = \"User\" }", "did you mean `account_id`?"),
        ("columns = { account_id = { from = \"User\", constant = \"x\" } }", "exactly one of"),
        ("columns = { account_id = { from = \"User\", match = \"(\" } }", "no regular expression"),
        ("columns = { account_id = { fron = \"User\" } }", "did you mean `from`?"),
        ("columns = { status = { case = [{ wen = { A = \"x\" }, is = \"active\" }] } }", "did you mean `when`?"),
        ("columns = { status = { case = [{ when = { A = { nott = \"x\" } }, is = \"active\" }] } }", "did you mean `not`?"),
        ("columns = { created_at = { from = \"User\", time = \"epoch-sec\" } }", "did you mean `epoch-s`?"),
        ("rows = { eech = \"x\" }", "did you mean `each`?"),
    ] {
        let case = Case::usual("", "");
        let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.csv\"\n{keys}"));
        case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
        let ran = case.audit(&[]);
        assert_eq!(ran.code, 3);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
}

/// Ann's departure as it stands in the HR list, with another row beside it; what comes of it, and the assumption that is told.
fn departure(ann: &str, bob: &str) -> (String, String) {
    let case = Case::usual("a1,ann@acme.example,active,,,\n", "");
    let people = format!("person_id,name,email,departs_at\nE1,Ann,ann@acme.example,{ann}\nE2,Bob,bob@acme.example,{bob}\n");
    case.write("people.csv", people.as_bytes());
    let ran = case.audit(&[]);
    let rows = ran.rows("revocations.csv");
    let departed = rows.first().map_or("rejected".to_owned(), |r| r["departed_at"].clone());
    (departed, ran.summary()["assumptions"].to_string())
}

#[test]
fn the_order_of_day_and_month_is_decided_by_the_values_that_decide_it() {
    let (at, told) = departure("8/7/2026", "31/12/2027");
    assert_eq!(at, "2026-07-08T18:00:00Z");
    assert!(told.contains("departs_at is read day first"), "{told}");
    assert_eq!(departure("8/7/2026", "12/31/2027").0, "2026-08-07T18:00:00Z");
    assert_eq!(departure("8/7/2026", "").0, "rejected", "nothing decides it");
    assert_eq!(departure("8/7/2026 9:30 AM", "12/31/2027 1:00 PM").0, "2026-08-07T09:30:00Z");
}

#[test]
fn a_column_that_contradicts_itself_is_refused_with_the_lines_that_do() {
    let case = Case::usual("", "");
    case.write("people.csv", b"person_id,departs_at\nE1,8/7/2026\nE2,31/12/2027\nE3,12-31-2027\nE4,2026-08-01\n");
    let ran = case.audit(&[]);
    let rejects = ran.rows("rejects.csv");
    assert_eq!(rejects.iter().map(|r| r["line"].as_str()).collect::<Vec<_>>(), ["2", "3", "4"]);
    for reject in rejects {
        assert!(reject["reason"].contains("date_order") && reject["reason"].contains("lines 3 and 4"), "{}", reject["reason"]);
    }
    case.write("people.csv", b"person_id,departs_at\nE1,8/7/2026\nE2,12/31/2027\nE3,12-31-2027\n");
    assert_eq!(case.audit(&[]).rows("rejects.csv").len(), 0, "two writings in one order");
}

#[test]
fn the_order_of_day_and_month_is_decided_in_json_and_in_computed_columns_too() {
    let case = Case::usual("", "");
    let json = r#"[{"id": "a", "t": {"made": "8/7/2026", "seen": "9/7/2026", "used": "1/8/2026"}}, {"id": "b", "t": {"made": "31/7/2026", "seen": "", "used": "30/7/2026"}}]"#;
    case.write("accounts.json", json.as_bytes());
    let keys = "columns = { account_id = \"id\", created_at = \"t.made\", last_used_at = { newest = [\"t.seen\", \"t.used\"] } }";
    let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.json\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
    let ran = case.audit(&[]);
    let got: Vec<String> =
        ran.rows("accounts.csv").iter().map(|r| format!("{}/{}", r["created_at"], r["last_used_at"])).collect();
    assert_eq!(got, ["2026-07-08T00:00:00Z/2026-08-01T00:00:00Z", "2026-07-31T00:00:00Z/2026-07-30T00:00:00Z"]);
    assert!(ran.summary()["assumptions"].to_string().contains("last_used_at is read day first"));
}

#[test]
fn a_file_of_ones_own_may_have_no_header_no_quotes_and_comments() {
    let keys = "header = [\"user\", \"state\", \"note\"]\ndelimiter = \"~\"\ncomment = \";\"\nquote = false\ncolumns = { account_id = \"user\", status = \"state\", email = \"note\" }";
    assert_eq!(
        accounts(";users\na~active~\"x\"\n;b~active~\nc~disabled~5\" disk\nd~active\n", keys),
        ["a|active|\"x\"|", "c|disabled|5\" disk|"]
    );
    for (keys, says) in [
        ("header = [\"a\", \"a\"]", "names `a` twice"),
        ("header = [\"a\"]", "fewer than two"),
        ("comment = \"//\"", "one character"),
        ("delimiter = \"\"", "one character"),
    ] {
        let case = Case::usual("", "");
        let sources = SOURCES.replace("path = \"accounts.csv\"", &format!("path = \"accounts.csv\"\n{keys}"));
        case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
        let ran = case.audit(&[]);
        assert!(ran.code == 3 && ran.stderr.contains(says), "{}", ran.stderr);
    }
}

#[test]
fn a_whole_comes_before_its_parts() {
    let keys = "columns = { account_id = \"User\", email = { from = [\"Address\", \"Mail\"], join = [\"Local\", \"Domain\"], with = \"@\" } }";
    assert_eq!(
        accounts("User,Mail,Local,Domain\na,a@x.example,b,y.example\nb,,b,y.example\nc,,,\n", keys),
        ["a|unknown|a@x.example|", "b|unknown|b@y.example|", "c|unknown||"]
    );
}

#[test]
fn a_name_is_found_in_another_spelling_and_a_column_that_two_names_lead_to_is_taken_once() {
    let keys = "columns = { account_id = \"User ID\", email = { join = [\"E Mail\", \"e-mail\"] } }";
    assert_eq!(accounts("user_id,E-Mail [Required]\na,a@x.example\n", keys), ["a|unknown|a@x.example|"]);
}

#[test]
fn words_that_are_not_known_are_counted_and_never_taken_for_known_ones() {
    let case = Case::usual("", "at,action,target,outcome\n");
    case.write("accounts.csv", b"account_id,status,kind,privileged\na,Mislaid,robot,maybe\nb,Mislaid,human,yes\n");
    case.write("events.csv", b"at,action,target,outcome\n2026-08-14T18:05:00Z,disabled,a,perhaps\n");
    case.write("tickets.csv", b"ticket_id,kind,status\n1,leaver,open\n2,visitor,odd\n");
    case.write("devices.csv", b"device_id,status\n1,held\n2,lost\n");
    let case = case
        .with("[[source]]\nkind = \"tickets\"\npath = \"tickets.csv\"\n[[source]]\nkind = \"devices\"\npath = \"devices.csv\"\n");
    let told = String::from_utf8(crate::program::lastday(&["check", "."], case.path()).stdout).unwrap();
    for line in [
        "not known in accounts.csv: kind: robot (1), privileged: maybe (1), status: Mislaid (2)",
        "not known in events.csv: outcome: perhaps (1)",
        "not known in tickets.csv: kind: visitor (1)",
        "not known in devices.csv: status: lost (1)",
    ] {
        assert!(told.contains(line), "{told}");
    }
    let rows = case.audit(&[]).rows("accounts.csv");
    assert_eq!(rows.iter().map(|r| r["status"].as_str()).collect::<Vec<_>>(), ["unknown", "unknown"]);
}

/// The departures of a list of people, and of whom it says that they left and not when.
fn departures(header: &str, rows: &str, keys: &str) -> (Vec<String>, Vec<String>) {
    let case = Case::usual("", "");
    case.write("people.csv", format!("{header}\n{rows}").as_bytes());
    let sources = SOURCES.replace("path = \"people.csv\"", &format!("path = \"people.csv\"\n{keys}"));
    case.write("lastday.toml", format!("{REVIEW}{sources}").as_bytes());
    let ran = case.audit(&[]);
    assert!(ran.wrote(), "{}", ran.stderr);
    let of = |file: &str, wanted: &dyn Fn(&crate::program::Row) -> bool, column: &str| {
        ran.rows(file).iter().filter(|row| wanted(row)).map(|row| row[column].clone()).collect()
    };
    let left = of("steps.csv", &|row| row["step"] == "departed", "person_id");
    (left, of("findings.csv", &|row| row["rule"] == "departure-undated", "person_id"))
}

#[test]
fn a_way_to_write_no_date_hides_neither_a_date_beside_it_nor_a_status_that_says_gone() {
    let header = "Employee #,First Name,Last Name,Work Email,Status,Hire Date,Termination Date";
    let rows = "1,Ann,Example,ann@acme.example,Inactive,2020-01-01,0000-00-00\n2,Bob,Example,bob@acme.example,Inactive,2020-01-01,N/A\n\
                3,Cyd,Example,cyd@acme.example,Active,2020-01-01,0000-00-00\n4,Dan,Example,dan@acme.example,Inactive,2020-01-01,2026-08-14\n\
                5,Eve,Example,eve@acme.example,Inactive,2020-01-01,\n";
    let undated = ["1", "2", "5"].map(str::to_owned).to_vec();
    assert_eq!(departures(header, rows, "preset = \"bamboohr-employees\""), (vec!["4".to_owned()], undated));
    let keys = "columns = { person_id = \"No\", name = \"Name\", departs_at = [\"Last Day\", \"Contract End\"] }";
    let rows =
        "1,Ann Example,N/A,2026-08-14\n2,Bob Example,-,-\n3,Cyd Example,2026-08-20,N/A\n4,Dan Example,9999-12-31,2026-08-15\n";
    let left = ["1", "3", "4"].map(str::to_owned).to_vec();
    assert_eq!(departures("No,Name,Last Day,Contract End", rows, keys), (left, Vec::new()));
}
