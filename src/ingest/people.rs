//! The HR list: one [`Person`] for each `person_id`, the newest employment of each.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashMap;

use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use crate::case::{Case, Source};
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::model::columns::people::{
    CHANGED_AT, CONTRACT_ENDS_AT, DEPARTMENT, DEPARTS_AT, DEPARTURE_CAUSE, EMAIL, LOCATION, LOGIN, MANAGER_ID, NAME,
    OTHER_EMAILS, PERSON_ID, PHONE, PREVIOUS_ROLE, RECORDED_AT, ROLE, START_AT, WORKER_TYPE,
};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::{People, Person};
use crate::presets::Presets;
use crate::time::{self, Moment};

/// Reads all people. Of several exports the newest counts; of several employments of one person in one export, the one
/// that began last.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger) -> Result<People> {
    let mut sources: Vec<&Source> = case.sources.iter().filter(|s| s.kind == SourceKind::People).collect();
    sources.sort_by_key(|s| s.exported_at);
    let mut list = List::default();
    for source in sources {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            export.each(ledger, |table, row, _, origin, ledger| {
                let verdict = list.take(table, row, origin, source.exported_at, case.as_of);
                if matches!(verdict, Verdict::Accepted) && table.undated(DEPARTS_AT, row) {
                    let words = &mut ledger.file(origin.file).unknown_words;
                    *words.entry("departs_at: left, but without a date".to_owned()).or_default() += 1;
                }
                Ok(verdict)
            })?;
        }
    }
    if list.people.rows.is_empty() {
        let help = "a case needs a [[source]] with kind = \"people\" that lists the people, leavers included";
        let missing = match case.missing.join(", ") {
            none if none.is_empty() => String::new(),
            some => format!("; no file was found for {some}"),
        };
        let message = format!("no person was read: without a list of people nothing can be said{missing}");
        return Err(Error::input("lastday.toml", message, help));
    }
    Ok(list.people)
}

#[derive(Default)]
struct List {
    people: People,
    known: HashMap<String, Known>,
}

struct Known {
    place: usize,
    content: u64,
    exported_at: Option<Instant>,
}

impl List {
    fn take(&mut self, table: &Table, row: &Row, origin: Origin, exported_at: Option<Instant>, as_of: Instant) -> Verdict {
        match self.person(table, row, origin, exported_at, as_of) {
            Ok(verdict) => verdict,
            Err(fault) => Verdict::Rejected(fault),
        }
    }

    fn person(
        &mut self,
        table: &Table,
        row: &Row,
        origin: Origin,
        exported_at: Option<Instant>,
        as_of: Instant,
    ) -> Result<Verdict, Fault> {
        let person_id = table.required(PERSON_ID, row)?;
        let (changed_at, contract_ends_at) = (table.moment(CHANGED_AT, row)?, table.moment(CONTRACT_ENDS_AT, row)?);
        let times = [START_AT, DEPARTS_AT, RECORDED_AT].map(|column| table.moment(column, row));
        let [start_at, departs_at, recorded_at] = times;
        let (start_at, departs_at, recorded_at) = (start_at?, departs_at?, recorded_at?);
        let mut content = DefaultHasher::new();
        for column in 0..table.kind.columns().len() {
            table.text(column, row).hash(&mut content);
        }
        let content = content.finish();
        let began = |moment: Moment| match moment {
            Moment::At(at) => at,
            Moment::On(date) => time::day_start(date, table.zone),
        };
        if let Some(known) = self.known.get_mut(&*person_id) {
            if known.content == content {
                let listed_at = &mut self.people.rows[known.place].listed_at;
                *listed_at = exported_at.max(*listed_at);
                return Ok(Verdict::Duplicate);
            }
            let older = &mut self.people.rows[known.place];
            if known.exported_at == exported_at {
                // An employment that has not begun yet says nothing of today.
                let rank = |began: Instant| (began <= as_of, began);
                match (older.start_at.map(began), start_at.map(began)) {
                    (Some(kept), Some(this)) if rank(kept) > rank(this) => {
                        older.came_back |= this < kept;
                        return Ok(Verdict::Accepted);
                    }
                    (Some(kept), Some(this)) if rank(kept) < rank(this) => {}
                    _ => {
                        let reason = format!(
                            "stands already on line {} with other values, and start_at does not tell which is newer",
                            older.origin.line
                        );
                        return Err(table.fault(PERSON_ID, &person_id, reason));
                    }
                }
            }
            (known.content, known.exported_at) = (content, exported_at);
        }
        let pool = &mut self.people.pool;
        let mut keep = |column: usize| table.text(column, row).map(|text| pool.keep(&text)).unwrap_or_default();
        let (name, login, worker_type, department) = (keep(NAME), keep(LOGIN), keep(WORKER_TYPE), keep(DEPARTMENT));
        let (previous_role, departure_cause) = (keep(PREVIOUS_ROLE), keep(DEPARTURE_CAUSE));
        let (role, manager_id, location, phone) = (keep(ROLE), keep(MANAGER_ID), keep(LOCATION), keep(PHONE));
        let addresses: Vec<_> = [EMAIL, OTHER_EMAILS].iter().filter_map(|column| table.text(*column, row)).collect();
        let mut person = Person {
            person_id: pool.keep(&person_id),
            name,
            emails: pool.keep(&addresses.join(";")),
            login,
            worker_type,
            department,
            role,
            manager_id,
            location,
            phone,
            start_at,
            came_back: start_at.zip(departs_at).is_some_and(|(start, departs)| began(start) > began(departs)),
            departs_at,
            undated: table.undated(DEPARTS_AT, row),
            departure_cause,
            dismissed: table.text(DEPARTURE_CAUSE, row).is_some_and(|word| word.eq_ignore_ascii_case("involuntary")),
            first_listed_at: exported_at,
            listed_at: exported_at,
            changed_at,
            previous_role,
            contract_ends_at,
            recorded_at,
            zone: table.zone,
            origin,
        };
        if let Some(known) = self.known.get(&*person_id) {
            let older = &self.people.rows[known.place];
            person.first_listed_at = older.first_listed_at;
            let (before, now) = (older.start_at.map(began), person.start_at.map(began));
            person.came_back |= older.came_back || before.zip(now).is_some_and(|(before, now)| before < now);
            self.people.rows[known.place] = person;
        } else {
            self.known.insert(person_id.into_owned(), Known { place: self.people.rows.len(), content, exported_at });
            self.people.rows.push(person);
        }
        Ok(Verdict::Accepted)
    }
}
