//! Rows in arrays, lines and envelopes, and what damage costs.

use super::*;

fn all(text: &str) -> Vec<String> {
    let mut elements = Elements::new(text.as_bytes(), vec!["Records".into(), "value".into(), "data.users".into()]);
    let mut out = Vec::new();
    while let Some(element) = elements.next().unwrap() {
        out.push(match element.value() {
            Ok(value) => format!("{}: {value}", element.line),
            Err(_) => format!("{}!", element.line),
        });
    }
    out
}

#[test]
fn rows_are_found_in_arrays_lines_envelopes_and_single_objects() {
    assert_eq!(all("[\n {\"a\":1},\n {\"a\":2}\n]"), ["2: {\"a\":1}", "3: {\"a\":2}"]);
    assert_eq!(all("{\"a\":1}\n\n{\"a\":2}\n"), ["1: {\"a\":1}", "3: {\"a\":2}"]);
    assert_eq!(all("{\"next\":null,\n\"value\":[\n{\"a\":\"]}\\\"\"}], \"x\": {}}\n"), ["3: {\"a\":\"]}\\\"\"}"]);
    assert_eq!(
        all("{\"Records\":[{\"a\":1}]}\n{\"Records\":[{\"a\":2},{\"a\":3}]}"),
        ["1: {\"a\":1}", "2: {\"a\":2}", "2: {\"a\":3}"]
    );
    assert_eq!(all("{\n\"a\": 1\n}"), ["1: {\"a\":1}"]);
    assert_eq!(
        all("{\"data\": {\"n\": [1],\n\"users\": [\n{\"a\":1},{\"a\":2}], \"x\": []}, \"y\": {}}\n[{\"a\":3}]"),
        ["3: {\"a\":1}", "3: {\"a\":2}", "4: {\"a\":3}"]
    );
    assert_eq!(all("{\"data\":{\"users\":[{\"a\":1}]}}\n{\"data\":{\"users\":[{\"a\":2}]}}\n"), ["1: {\"a\":1}", "2: {\"a\":2}"]);
    assert_eq!(all("{\"data\":{\"other\":[]}}"), ["1: {\"data\":{\"other\":[]}}"]);
    assert_eq!(all("[]"), Vec::<String>::new());
    assert_eq!(all(""), Vec::<String>::new());
}

#[test]
fn a_key_that_may_be_part_of_a_row_holds_rows_where_it_comes_first() {
    let all = |text: &str| {
        let mut elements = Elements::new(text.as_bytes(), vec!["^events".into()]);
        std::iter::from_fn(|| elements.next().unwrap()).map(|e| e.value().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(all("{\n \"events\": [\n {\"a\":1}, {\"a\":2}], \"next\": null}"), ["{\"a\":1}", "{\"a\":2}"]);
    assert_eq!(all("{\"a\":1,\"events\":[{\"a\":1}]}"), ["{\"a\":1,\"events\":[{\"a\":1}]}"]);
    assert_eq!(all("{\"events\":[\"a\"]}"), ["{\"events\":[\"a\"]}"]);
    assert_eq!(all("{\"events\":[]}"), Vec::<String>::new());
    assert_eq!(
        all("{\"x\":1}\n{\"events\":[{\"a\":1}]}\n{\"events\":[{\"a\":2}],\"id\":3}\n"),
        ["{\"x\":1}", "{\"a\":1}", "{\"events\":[{\"a\":2}],\"id\":3}"]
    );
}

#[test]
fn a_line_is_an_envelope_or_a_row_however_much_of_it_is_wanted() {
    let text =
        "{\"id\":0}\n{\"events\":[{\"id\":1,\"x\":2}]}\n{\"events\":[{\"id\":2}],\"x\":3}\n{\"value\":[{\"id\":4}],\"x\":5}\n";
    let id = super::super::path::path("id");
    for wanted in [Wanted::All, Wanted::along(std::iter::once(&id[..]))] {
        let mut elements = Elements::new(text.as_bytes(), vec!["^events".into(), "value".into()]);
        let mut rows = Vec::new();
        while let Some(lot) = elements.lot().unwrap() {
            lot.each(&wanted, &mut |record| {
                rows.push((record.line, record.value.unwrap().get("id").map(ToString::to_string)));
                Ok(())
            })
            .unwrap();
        }
        let id = |id: &str| Some(id.to_owned());
        assert_eq!(rows, [(1, id("0")), (2, id("1")), (3, None), (4, id("4"))]);
    }
}

#[test]
fn a_broken_element_costs_one_row() {
    assert_eq!(all("{\"a\":1}\n{\"a\":\n{\"a\":3}"), ["1: {\"a\":1}", "2!", "3: {\"a\":3}"]);
    assert_eq!(all("[\n{\"a\":1},\n{\"a\":,},\n{\"a\":3}\n]"), ["2: {\"a\":1}", "3!", "4: {\"a\":3}"]);
    assert_eq!(all("[\n{\"a\":1},\n{\"a\":\"x},\n{\"a\":3}\n]"), ["2: {\"a\":1}", "3!", "4: {\"a\":3}"]);
}

#[test]
fn what_is_no_value_costs_one_row_a_line() {
    assert_eq!(all("\"b\":2, \"c\":[1]}\n{\"a\":1}\n{\"a\":2}\n"), ["1!", "2: {\"a\":1}", "3: {\"a\":2}"]);
    assert_eq!(all("{\n\"a\": 1\n}\nend of file\n"), ["1: {\"a\":1}", "4!"]);
}

#[test]
fn long_lines_do_not_lie_in_the_memory_together() {
    let line = format!("{{\"a\":\"{}\"}}\n", "x".repeat(ENOUGH));
    let text = line.repeat(10);
    let mut elements = Elements::new(text.as_bytes(), Vec::new());
    let mut counts = Vec::new();
    while let Some(lot) = elements.lot().unwrap() {
        let mut count = 0;
        lot.each(&Wanted::All, &mut |record| {
            count += usize::from(record.value.is_ok());
            Ok(())
        })
        .unwrap();
        counts.push(count);
    }
    assert_eq!(counts.iter().sum::<usize>(), 10);
    assert!(counts.iter().all(|count| *count <= 2), "{counts:?}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic_or_hang(text in "[\\[\\]{}\",:a1\\\\\n ]{0,50}") {
        let _ = all(&text);
    }
}
