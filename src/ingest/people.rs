//! The HR list: one [`Person`] for each `person_id`, the newest employment of each.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use super::told::{self, Enterer, Teller};
use crate::case::{Case, Source};
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::model::columns::people::{
    CHANGED_AT, CONTRACT_ENDS_AT, DEPARTMENT, DEPARTS_AT, DEPARTURE_CAUSE, EMAIL, LOCATION, LOGIN, MANAGER_ID, NAME,
    OTHER_EMAILS, PERSON_ID, PHONE, PREVIOUS_ROLE, RECORDED_AT, ROLE, START_AT, WORKER_TYPE,
};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::{Entry, People, Person};
use crate::model::text::Pool;
use crate::presets::Presets;
use crate::time::{self, Moment};

/// Reads all people. Of several exports the newest counts; of several employments of one person in one export, the one
/// that began last.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger) -> Result<People> {
    let mut sources: Vec<&Source> = case.sources.iter().filter(|s| s.kind == SourceKind::People).collect();
    sources.sort_by_key(|s| s.exported_at);
    let mut list = List::new(case.as_of);
    for source in sources {
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            let rows = Rows { exported_at: source.exported_at, hasher: list.hasher.clone() };
            told::each(export, ledger, &rows, &mut list)?;
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

/// The people so far.
struct List {
    people: People,
    /// The rows by the hash of their numbers.
    places: HashTable<(u64, usize)>,
    /// What is known of each row besides.
    known: Vec<Known>,
    as_of: Instant,
    hasher: DefaultHashBuilder,
}

struct Known {
    content: u64,
    exported_at: Option<Instant>,
}

impl List {
    fn new(as_of: Instant) -> Self {
        let (people, places, known) = (People::default(), HashTable::new(), Vec::new());
        Self { people, places, known, as_of, hasher: DefaultHashBuilder::default() }
    }

    /// The row with this number, and the number's hash.
    fn place(&self, person_id: &str) -> (Option<usize>, u64) {
        let hash = self.hasher.hash_one(person_id);
        let same = |(_, place): &(u64, usize)| self.people.entry(&self.people.rows[*place]).person_id == person_id;
        (self.places.find(hash, same).map(|(_, place)| *place), hash)
    }
}

impl Enterer<ToldRow> for List {
    fn enter(&mut self, told: ToldRow, texts: &Pool, books: &mut Ledger) -> Verdict {
        let ToldRow { mut person, content } = told;
        let person_id = Entry::of(texts, person.entry).person_id;
        let began = |person: &Person| {
            person.start_at.map(|moment| match moment {
                Moment::At(at) => at,
                Moment::On(date) => time::day_start(date, person.zone),
            })
        };
        let (place, hash) = self.place(person_id);
        if let Some(place) = place {
            let (known, older) = (&mut self.known[place], &mut self.people.rows[place]);
            if known.content == content {
                older.listed_at = person.listed_at.max(older.listed_at);
                return Verdict::Duplicate;
            }
            let (before, now) = (began(older), began(&person));
            if known.exported_at == person.listed_at {
                // An employment that has not begun yet says nothing of today.
                let rank = |began: Instant| (began <= self.as_of, began);
                match (before, now) {
                    (Some(kept), Some(this)) if rank(kept) > rank(this) => {
                        older.came_back |= this < kept;
                        note(&person, books);
                        return Verdict::Accepted;
                    }
                    (Some(kept), Some(this)) if rank(kept) < rank(this) => {}
                    _ => {
                        let line = older.origin.line;
                        let reason =
                            format!("stands already on line {line} with other values, and start_at does not tell which is newer");
                        return Verdict::Rejected(Fault { column: "person_id".to_owned(), value: person_id.to_owned(), reason });
                    }
                }
            }
            (known.content, known.exported_at) = (content, person.listed_at);
            person.first_listed_at = older.first_listed_at;
            person.came_back |= older.came_back || before.zip(now).is_some_and(|(before, now)| before < now);
        }
        note(&person, books);
        person.entry = Entry::keep_again(&mut self.people.pool, texts, person.entry);
        if let Some(place) = place {
            self.people.rows[place] = person;
        } else {
            self.places.insert_unique(hash, (hash, self.people.rows.len()), |(hash, _)| *hash);
            self.known.push(Known { content, exported_at: person.listed_at });
            self.people.rows.push(person);
        }
        Verdict::Accepted
    }
}

/// Notes that somebody has left, and not when.
fn note(person: &Person, books: &mut Ledger) {
    if person.undated {
        let words = &mut books.file(person.origin.file).unknown_words;
        *words.entry("departs_at: left, but without a date".to_owned()).or_default() += 1;
    }
}

/// The rows of one export, which can be read before it is known what stood in the rows before them.
struct Rows {
    exported_at: Option<Instant>,
    hasher: DefaultHashBuilder,
}

/// What one row says.
struct ToldRow {
    person: Person,
    /// A hash of all that the row says.
    content: u64,
}

impl Teller for Rows {
    type Said = ToldRow;

    fn told(&self, table: &Table, row: &Row, origin: Origin, pool: &mut Pool) -> Result<ToldRow, Fault> {
        let person_id = table.required(PERSON_ID, row)?;
        let time = |column: usize| table.moment(column, row);
        let (changed_at, contract_ends_at) = (time(CHANGED_AT)?, time(CONTRACT_ENDS_AT)?);
        let (start_at, departs_at, recorded_at) = (time(START_AT)?, time(DEPARTS_AT)?, time(RECORDED_AT)?);
        let began = |moment: Moment| match moment {
            Moment::At(at) => at,
            Moment::On(date) => time::day_start(date, table.zone),
        };
        let addresses: Vec<_> = [EMAIL, OTHER_EMAILS].iter().filter_map(|column| table.text(*column, row)).collect();
        let text = |column: usize| table.text(column, row).unwrap_or_default();
        let departure_cause = text(DEPARTURE_CAUSE);
        let entry = Entry {
            person_id: &person_id,
            name: &text(NAME),
            emails: &addresses.join(";"),
            login: &text(LOGIN),
            worker_type: &text(WORKER_TYPE),
            department: &text(DEPARTMENT),
            role: &text(ROLE),
            previous_role: &text(PREVIOUS_ROLE),
            manager_id: &text(MANAGER_ID),
            location: &text(LOCATION),
            phone: &text(PHONE),
            departure_cause: &departure_cause,
        };
        let person = Person {
            entry: entry.keep(pool),
            start_at,
            came_back: start_at.zip(departs_at).is_some_and(|(start, departs)| began(start) > began(departs)),
            departs_at,
            undated: table.undated(DEPARTS_AT, row),
            dismissed: departure_cause.eq_ignore_ascii_case("involuntary"),
            first_listed_at: self.exported_at,
            listed_at: self.exported_at,
            changed_at,
            contract_ends_at,
            recorded_at,
            zone: table.zone,
            origin,
        };
        Ok(ToldRow { person, content: told::content(table, row, &self.hasher) })
    }
}
