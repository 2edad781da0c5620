//! Of a record what anybody asks for: the rest is checked to be JSON and passed over, which takes a fraction of the time.

use std::cell::RefCell;

use super::super::path::{Step, leads_through};

/// Keys of which it is remembered whether they are wanted.
const REMEMBERED: usize = 64;

/// What is asked for of each record.
pub enum Wanted {
    /// Everything.
    All,
    /// What these paths may lead through.
    Along(Vec<Vec<Step>>),
}

impl Wanted {
    /// What lies along some paths, each from the record or from an element of it.
    pub fn along<'p>(paths: impl Iterator<Item = &'p [Step]>) -> Self {
        let from_the_record = paths.filter(|path| path.first() != Some(&Step::Element));
        let paths: Vec<Vec<Step>> = from_the_record.map(<[Step]>::to_vec).collect();
        if paths.iter().all(|path| matches!(path.first(), Some(Step::Key(_)))) { Self::Along(paths) } else { Self::All }
    }

    /// Picks by this.
    pub fn picker(&self) -> Picker<'_> {
        Picker { wanted: self, known: RefCell::default() }
    }
}

/// Picks from records one after the other, whose keys are mostly the same, in the same order.
pub struct Picker<'w> {
    wanted: &'w Wanted,
    known: RefCell<Known>,
}

/// Keys that were met, and whether they are taken.
#[derive(Default)]
struct Known {
    keys: Vec<(String, bool)>,
    /// The place of the one that is likely to be next.
    next: usize,
}

impl Picker<'_> {
    /// Whether it takes all of each record.
    pub fn takes_all(&self) -> bool {
        matches!(self.wanted, Wanted::All)
    }

    /// Whether it takes what stands under a key of the record.
    pub fn takes(&self, key: &str) -> bool {
        self.takes_or(key, |_| false)
    }

    /// The same, where what is `also` taken depends on the key alone.
    pub fn takes_or(&self, key: &str, also: impl FnOnce(&str) -> bool) -> bool {
        let Wanted::Along(paths) = self.wanted else { return true };
        let Known { keys, next } = &mut *self.known.borrow_mut();
        let at = match keys.get(*next) {
            Some((known, _)) if known == key => *next,
            _ => keys.iter().position(|(known, _)| known == key).unwrap_or(keys.len()),
        };
        *next = if at + 1 < keys.len() { at + 1 } else { 0 };
        if let Some((_, taken)) = keys.get(at) {
            return *taken;
        }
        let taken = also(key) || paths.iter().any(|path| leads_through(path, key));
        if keys.len() < REMEMBERED {
            keys.push((key.to_owned(), taken));
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::super::parse;
    use super::*;
    use crate::ingest::content;
    use crate::ingest::path::path;
    use crate::ingest::row::{Place, Row};
    use crate::ingest::value::Value;

    fn wanted(paths: &[&str]) -> Wanted {
        let paths: Vec<Vec<Step>> = paths.iter().map(|text| path(text)).collect();
        Wanted::along(paths.iter().map(Vec::as_slice))
    }

    #[test]
    fn what_nobody_asks_for_is_passed_over_and_what_is_wrong_there_too() {
        let wanted = wanted(&["actor.id", "@.name", "time"]);
        let read = |text: &'static str| parse(text.as_bytes(), &wanted.picker()).map(|value| value.to_string());
        assert_eq!(
            read(r#"{"x":{"y":["\ud800",1e999]},"actor_id":1,"TIME":"t","n":[]}"#).unwrap(),
            r#"{"actor_id":1,"TIME":"t"}"#
        );
        assert!(read(r#"{"x":{"y":[}}"#).is_err() && read(r#"{"time":"\ud800"}"#).is_err() && read("{\"x\":\"\n\"}").is_err());
    }

    #[test]
    fn paths_that_lead_from_no_key_want_everything() {
        assert!(wanted(&["[0].id", "time"]).picker().takes_all() && !wanted(&["@[0].id", "time"]).picker().takes_all());
    }

    #[test]
    fn a_row_says_the_same_read_whole_or_in_part() {
        let text = br#"{"time":"t","x":[1,{"b":2,"a":"\u0041"}]}"#;
        let wanted = wanted(&["time"]);
        let (whole, part) = (parse(text, &Wanted::All.picker()).unwrap(), parse(text, &wanted.picker()).unwrap());
        let bytes = |value: &Value, text| content::bytes(&Row::Json(value, None, text), 0, &mut Vec::new()).1.to_vec();
        assert_eq!(bytes(&whole, None), bytes(&part, Some(text)));
    }

    proptest! {
        #[test]
        fn every_path_finds_in_what_is_taken_what_it_finds_in_the_whole(
            members in proptest::collection::vec(("(_?[abAB]{1,2}[_.]?){1,3}(_s| \\[UTC\\])?", "[0-9]|\"x\"|null|\\{\"[abB]\":[0-9]\\}|\\[\\{\"b\":7\\}\\]|\"\\{\\\\\"b\\\\\": 3\\}\""), 0..6),
            asked in proptest::collection::vec("_?[abAB]{1,2}([._][abAB]{1,2}){0,2}(\\[0\\]|\\[b=7\\]|\\|json)?(\\.b)?", 1..4),
        ) {
            let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            let text = format!("{{{}}}", members.join(","));
            let asked: Vec<Vec<Step>> = asked.iter().map(|text| path(text)).collect();
            let wanted = Wanted::along(asked.iter().map(Vec::as_slice));
            let whole = parse(text.as_bytes(), &Wanted::All.picker()).unwrap();
            let part = parse(text.as_bytes(), &wanted.picker()).unwrap();
            for steps in asked {
                let place = Place::Path(steps);
                let at = |value: &Value| Row::Json(value, None, None).text(&place).map(Cow::into_owned);
                prop_assert_eq!(at(&whole), at(&part), "{} {:?}", text, place);
            }
        }
    }
}
