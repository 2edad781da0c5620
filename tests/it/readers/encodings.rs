//! Texts in every encoding, with and without a mark.

use super::{Checked, check};
use crate::program::{Case, REVIEW, lastday, root};

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn json_lines_and_tables_in_utf_16_without_a_mark_are_read_as_they_are() {
    let people = "person_id,name,email,departs_at\nE1,Zoë Example,zoe@acme.example,2026-08-14T18:00:00Z\n";
    let okta = std::fs::read_to_string(root().join("samples/okta-users/users.json")).unwrap();
    let sources = "[[source]]\nkind = \"people\"\npath = \"people.csv\"\n\
                   [[source]]\nkind = \"accounts\"\npreset = \"okta-users\"\npath = \"users.json\"\n";
    let read = |encode: &dyn Fn(&str) -> Vec<u8>| {
        let case = Case::new(&[("lastday.toml", &format!("{REVIEW}{sources}"))]);
        case.write("people.csv", &encode(people));
        case.write("users.json", &encode(&okta));
        check(&case).into_iter().map(|Checked { accepted, rejected, .. }| (accepted, rejected)).collect::<Vec<_>>()
    };
    let plain = read(&|text| text.as_bytes().to_vec());
    assert_eq!(plain[0], (1, 0));
    assert_eq!(read(&|text| utf16(text)), plain);
    assert_eq!(read(&|text| utf16(&format!("\u{FEFF}{text}"))), plain);
}

#[test]
fn a_record_that_its_encoding_cannot_hold_is_rejected_and_not_read_with_a_replacement() {
    let case = Case::new(&[(
        "lastday.toml",
        &format!(
            "{REVIEW}[[source]]\nkind = \"people\"\npath = \"people.json\"\ncolumns = {{ person_id = \"person_id\", departs_at = \"departs_at\" }}\n"
        ),
    )]);
    let mut bytes = utf16("[{\"person_id\":\"E1\",\"departs_at\":null},\n{\"person_id\":\"E");
    bytes.extend([0x00, 0xD8]); // half a character
    bytes.extend(utf16("\",\"departs_at\":null}]"));
    case.write("people.json", &bytes);
    let file = check(&case).remove(0);
    assert_eq!((file.accepted, file.rejected), (1, 1));
}

#[test]
fn init_notices_a_letter_far_behind_the_beginning_and_guesses_its_encoding() {
    let case = Case::new(&[]);
    let mut late = b"person_id,name,email,departs_at\n".to_vec();
    for number in 0..25_000 {
        late.extend_from_slice(format!("E{number},{:60},e{number}@acme.example,2026-08-14\n", "Any Body").as_bytes());
    }
    assert!(late.len() > 2 << 20);
    late.extend_from_slice(b"Z1,Ren\xE9 Exemple,rene@acme.example,2026-08-14\n");
    case.write("late.csv", &late);
    let polish = "person_id;name;email;departs_at\nP1;Żaneta Wiśniewska;z@acme.example;2026-08-14\n\
                  P2;Grażyna Dąbrowska;g@acme.example;\nP3;Józef Łódzki;j@acme.example;\n";
    case.write("polish.csv", &encoding_rs::WINDOWS_1250.encode(polish).0);
    let output = lastday(&["init"], case.path());
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let written = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap_or_else(|e| panic!("{e}: {told}"));
    for line in ["encoding = \"windows-1252\"    # CHECK", "encoding = \"windows-1250\"    # CHECK"] {
        assert!(written.contains(line), "no {line} in:\n{written}");
    }
    let read = check(&case);
    assert!(read.iter().all(|f| f.rejected == 0 && f.accepted > 2), "{read:?}");
}

#[test]
fn damaged_utf_8_stays_utf_8_and_its_row_is_rejected() {
    let case = Case::new(&[]);
    let text = b"person_id,name,departs_at,email\nE1,J\xC3\xBCrgen,,a@acme.example\nE2,Bj\xF6rn,,b@acme.example\n";
    case.write("people.csv", text);
    lastday(&["init"], case.path());
    let written = std::fs::read_to_string(case.path().join("lastday.toml")).unwrap();
    assert!(!written.contains("encoding ="), "{written}");
    let file = check(&case).remove(0);
    assert_eq!((file.accepted, file.rejected), (1, 1));
}
