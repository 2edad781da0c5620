//! The text of a drafted `lastday.toml`, with a mark at everything that no file tells.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;

use super::period::Quarter;
use super::{Draft, Drafted};
use crate::model::columns::SourceKind;

/// What the case may hold besides, for the reader to fill in.
const BESIDES: &str = include_str!("../../templates/case-besides.toml");

/// The case file of a draft of `dir`.
#[must_use]
pub fn case_file(dir: &Path, draft: &Draft) -> String {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let folder = absolute.file_name().map_or_else(|| "Review".to_owned(), |n| n.to_string_lossy().into_owned());
    let newest = draft.sources.iter().map(|s| s.at.at).max();
    let day = newest.map_or_else(NaiveDate::default, |at| at.to_chrono().date_naive());
    let departures = draft.seen.iter().filter_map(|s| s.facts.as_ref()).flat_map(|f| f.departures.iter().copied());
    let quarter = Quarter::with_departures(day, departures);
    let why = if quarter == Quarter::before(day) {
        "the last whole quarter before the newest export"
    } else {
        "CHECK: the last quarter in which somebody left"
    };
    let mut text = String::from(
        "# Written by lastday init. What no file tells is marked CHECK: read it before you rely on a figure.\n\
         # exported_at_from says how the time of an export was found. Put the right time in and delete that line; until then\n\
         # the result tells that nobody has confirmed it.\n\n[review]\n",
    );
    let lines = [
        (format!("name = {}", quoted(&format!("{folder} {quarter}"))), "names the folder of the result"),
        (format!("period = \"{}/{}\"", quarter.first, quarter.last), why),
        ("timezone = \"UTC\"".to_owned(), "CHECK: the zone of times that carry none, for example \"Europe/London\""),
    ];
    text.push_str(&commented(&lines));
    text.push_str(
        "# as_of = \"2026-10-01T09:00:00Z\": the \"now\" of the analysis; without it, the newest exported_at\n\n[policy]\n",
    );
    let lines = [
        ("revoke_within = \"1h\"".to_owned(), "the longest time from a departure to a revocation"),
        ("provision_within = \"4h\"".to_owned(), "the longest time from a start to the access that goes with it"),
        (
            "departure_time = \"unknown\"".to_owned(),
            "CHECK: when access ends on a last day given as a date, for example \"18:00\"",
        ),
        ("start_time = \"unknown\"".to_owned(), "CHECK: when it is needed on a first day given as a date, for example \"09:00\""),
        ("dormant_after = \"45d\"".to_owned(), "how long an account may go unused"),
        ("# password_max_age = \"365d\"".to_owned(), "how old a password or key may be"),
        ("# automation = [\"svc-scim\"]".to_owned(), "who in the logs is a program that gives and takes access"),
        ("# domains = [\"acme.example\"]".to_owned(), "your own domains: addresses elsewhere are outsiders'"),
    ];
    text.push_str(&commented(&lines));
    for source in &draft.sources {
        text.push_str(&one(draft, source));
    }
    for (shown, unknown) in &draft.unknown {
        let _ = write!(text, "\n# not recognised: {shown}\n#   {}\n", unknown.sentence());
    }
    text + BESIDES
}

/// Lines with their comments one under the other.
fn commented(lines: &[(String, &str)]) -> String {
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
    lines.iter().fold(String::new(), |mut text, (line, comment)| {
        let _ = writeln!(text, "{line:width$}    # {comment}");
        text
    })
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn one(draft: &Draft, source: &Drafted) -> String {
    let seen = &draft.seen[source.files[0]];
    let what = &seen.what;
    let mut text = format!("\n[[source]]\nkind = \"{}\"\n", what.kind.word());
    for doubt in &source.doubts {
        let _ = writeln!(text, "# CHECK: {doubt}");
    }
    if let Some(system) = &source.system {
        let _ = writeln!(text, "system = {}", quoted(system));
    }
    match &what.preset {
        Some(preset) => {
            let guessed =
                if preset.generic { "CHECK: no vendor's shape, look at it with `lastday check --show 3`; " } else { "" };
            let _ = writeln!(text, "preset = \"{}\"    # {guessed}{}", preset.id, preset.title);
        }
        None => text.push_str("# the canonical columns: no preset\n"),
    }
    let rows: u64 = source.files.iter().filter_map(|f| draft.seen[*f].facts.as_ref()).map(|f| f.accepted).sum();
    let _ = match source.files.len() {
        1 if rows > 0 => writeln!(text, "path = {}    # {rows} rows", quoted(&source.path)),
        1 => writeln!(text, "path = {}", quoted(&source.path)),
        files => writeln!(text, "path = {}    # {files} files, {rows} rows", quoted(&source.path)),
    };
    if matches!(what.kind, SourceKind::Accounts | SourceKind::People | SourceKind::Events) {
        let _ = writeln!(text, "exported_at = \"{}\"", source.at.at);
        let (from, why) = (source.at.basis.key().word(), source.at.basis.words());
        let _ = writeln!(text, "exported_at_from = \"{from}\"    # CHECK: {why}");
    }
    if let Some(sheet) = &what.sheet {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    if what.skip_rows > 0 {
        let _ = writeln!(text, "skip_rows = {}    # lines before the header", what.skip_rows);
    }
    if let Some(encoding) = what.encoding {
        let _ = writeln!(text, "encoding = \"{encoding}\"    # CHECK: the file is not UTF-8, and nothing in it says what it is");
    }
    match what.date_order {
        Some(order) => {
            let _ = writeln!(text, "date_order = \"{}\"    # by the values that only one order can read", order.word());
        }
        None if source.files.iter().any(|f| draft.seen[*f].facts.as_ref().is_some_and(|f| f.order_open)) => {
            text.push_str("# date_order = \"dmy\"    # CHECK: \"dmy\" or \"mdy\": nothing in the file tells day from month, and such rows are rejected\n");
        }
        None => {}
    }
    text
}
