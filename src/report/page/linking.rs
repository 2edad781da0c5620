//! The table of how accounts are linked: the view's systems come in, counts as texts and a sentence go out.

use std::fmt::Write as _;

use serde::Serialize;

use super::cut::{Cut, clip, cut, weight};
use crate::report::charts::words::{count, counted};
use crate::report::linking::Links;
use crate::report::view::View;

const MOST: usize = 300;
const BYTES: usize = 120_000;

/// A system as the page shows it.
#[derive(Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Linked by a key, by a decision, by likelihood; declared, disputed, nobody's.
    pub counts: [String; 6],
}

/// The systems that the page shows.
pub fn rows(view: &View) -> Cut<Row> {
    let row = |_, s: &crate::report::view::SystemLine| Row { name: clip(&s.name), counts: counts(&s.links).map(count) };
    cut(&view.systems, MOST, BYTES, row, |r| 300 + weight(&r.name))
}

fn counts(links: &Links) -> [usize; 6] {
    [links.by_key(), links.decided(), links.likely(), links.declared, links.disputed, links.unmatched]
}

/// What that means, in a few sentences.
pub fn sentence(view: &View) -> String {
    let mut all = Links::default();
    view.systems.iter().for_each(|system| all += &system.links);
    let [keys, decided, likely, declared, disputed, unmatched] = counts(&all);
    let accounts = counted(keys + decided + likely + declared + disputed + unmatched, "account");
    let mut text = format!("Of {accounts}, an exact key links {} to one person", count(keys));
    let others = [(decided, "linked by an analyst's decision"), (declared, "declared"), (unmatched, "nobody's")];
    for (number, what) in others.into_iter().filter(|(number, _)| *number > 0) {
        let _ = write!(text, ", {} {} {what}", count(number), if number == 1 { "is" } else { "are" });
    }
    let likely_words = if likely == 1 {
        "1 link rests on likelihood alone".to_owned()
    } else {
        format!("{} links rest on likelihood alone", count(likely))
    };
    let disputed_words =
        if disputed == 1 { "1 account is disputed".to_owned() } else { format!("{} accounts are disputed", count(disputed)) };
    let open = [(likely, likely_words), (disputed, disputed_words)];
    let open: Vec<String> = open.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect();
    if open.is_empty() {
        return text + ". Nothing rests on likelihood, and nothing is disputed.";
    }
    format!("{text}. {}: matches.csv gives the reasons, for somebody to decide.", open.join(" and "))
}
