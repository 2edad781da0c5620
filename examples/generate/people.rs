//! Who is employed, left, joined: the truth about people, and the HR list that tells it.

use std::io::Write;

use crate::draws::Random;
use crate::times::{DAY, HOUR, LOG_END, PERIOD_END, PERIOD_START, Stamp, date_text, days, from_london, london_offset, time_text};
use crate::{Case, Outcome, create};

pub const FIRST: [&str; 24] = [
    "Ada", "Bruno", "Chidi", "Dana", "Elif", "Farid", "Grace", "Hana", "Ivo", "Jo", "Kofi", "Lena", "Mira", "Noor", "Olu", "Pia",
    "Quim", "Ravi", "Sanna", "Tomás", "Uma", "Vera", "Wen", "Zoë",
];
pub const LAST: [&str; 24] = [
    "Adeyemi", "Brandt", "Castro", "Dvořák", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ito", "Jansen", "Kowalski", "Larsen",
    "Moreau", "Novak", "O'Brien", "Petrov", "Quispe", "Rossi", "Silva", "Tanaka", "Ulrich", "Vega", "Weiß", "Young",
];
pub const DEPARTMENTS: [&str; 6] = ["Engineering", "Sales", "Finance", "Support", "People", "Legal"];
pub const ROLES: [&str; 6] = ["Engineer", "Manager", "Analyst", "Agent", "Partner", "Counsel"];

#[derive(Clone, Copy, PartialEq)]
pub enum Category {
    Leaver,
    FutureRehire,
    Before,
    AfterPeriod,
    Future,
    Rehired,
    Joiner,
    Employed,
}

pub struct Person {
    pub category: Category,
    pub start: i64,
    /// The instant of the departure and its text in the HR export.
    pub departure: Option<(i64, String)>,
    pub alias: bool,
    pub shared: Option<i64>,
}

pub fn login(person: i64) -> String {
    let letter = |n: i64| char::from(b'a' + u8::try_from(n.rem_euclid(26)).unwrap_or(0));
    format!("{}{}{person:07}", letter(person * 7 + 3), letter(person / 26 * 11 + 5))
}

pub fn email(person: i64) -> String {
    format!("{}@acme.test", login(person))
}

pub fn alias(person: i64) -> String {
    format!("{}@old.test", login(person))
}

/// A departure at a clock time or by date only, written in one of the ways HR systems write it.
pub fn departure(random: &mut Random, local_day: i64) -> (i64, String) {
    let clock = if random.percent(85) { random.between(8 * HOUR, 18 * HOUR) } else { random.below(DAY) };
    let at = from_london(local_day * DAY + clock);
    match random.below(10) {
        0..=2 => (at, time_text(at, Stamp::Zulu)),
        3 => (at, time_text(at, Stamp::Offset(HOUR))),
        4 => (at, time_text(at, Stamp::Offset(2 * HOUR))),
        5 => (at, time_text(at, Stamp::Offset(-4 * HOUR))),
        _ => (from_london(local_day * DAY + 18 * HOUR), date_text(local_day * DAY)),
    }
}

pub fn person(case: &Case, index: i64) -> Person {
    let mut random = Random::new(case.seed, 1, index);
    let first_day = days(2026, 7, 1);
    let mut start = from_london(random.between(days(2015, 1, 1), days(2025, 12, 1)) * DAY + 9 * HOUR);
    let roll = random.below(10_000);
    let (category, departure) = match roll {
        0..200 => {
            let exact = match random.below(100) {
                0..4 => Some(random.between(PERIOD_END - 7 * HOUR, PERIOD_END - 1)),
                4 => Some(random.between(PERIOD_START, PERIOD_START + HOUR - 1)),
                _ => None,
            };
            let day = first_day + random.below(92);
            let when = exact.map_or_else(|| departure(&mut random, day), |at| (at, time_text(at, Stamp::Zulu)));
            (Category::Leaver, Some(when))
        }
        200..500 => {
            let day = random.between(days(2026, 1, 5), days(2026, 6, 29));
            (Category::Before, Some(departure(&mut random, day)))
        }
        500..550 => {
            let day = random.between(days(2026, 10, 2), days(2026, 12, 31));
            (Category::Future, Some(departure(&mut random, day)))
        }
        550..580 => {
            let back = if roll < 570 { first_day - random.between(5, 60) } else { first_day + random.between(30, 80) };
            let day = back - random.between(3, 28);
            let left = departure(&mut random, day);
            start = from_london(back * DAY + 9 * HOUR);
            (Category::Rehired, Some(left))
        }
        580..583 => {
            let at = random.between(PERIOD_END, LOG_END - 30 * 60);
            (Category::AfterPeriod, Some((at, time_text(at, Stamp::Zulu))))
        }
        583..783 => {
            start = from_london((first_day + random.below(85)) * DAY + 9 * HOUR);
            (Category::Joiner, None)
        }
        783..788 if case.edge => {
            let day = first_day + random.below(90);
            let left = departure(&mut random, day);
            start = from_london(random.between(days(2026, 11, 2), days(2026, 12, 1)) * DAY + 9 * HOUR);
            (Category::FutureRehire, Some(left))
        }
        _ => (Category::Employed, None),
    };
    let shared = match index % 1000 {
        7 => Some(index),
        8 => Some(index - 1),
        _ => None,
    };
    Person { category, start, departure, alias: random.percent(10), shared }
}

pub fn write_people(case: &Case) -> Outcome<()> {
    let mut out = create(&case.dir.join("people.csv"))?;
    writeln!(
        out,
        "person_id,name,email,other_emails,login,worker_type,department,role,manager_id,start_at,departs_at,recorded_at"
    )?;
    for index in 0..case.people {
        let person = person(case, index);
        let mut random = Random::new(case.seed, 2, index);
        let (first, last) = (random.pick(&FIRST), random.pick(&LAST));
        let name = if random.percent(5) { format!("\"{last}, {first}\"") } else { format!("{first} {last}") };
        let mut others = Vec::new();
        if person.alias {
            others.push(alias(index));
        }
        if let Some(pair) = person.shared {
            others.push(format!("shared{pair:07}@acme.test"));
        }
        let worker = random.pick(&["employee", "employee", "employee", "employee", "contractor"]);
        let manager = random.below(case.people);
        let (departs, recorded) = match &person.departure {
            None => (String::new(), String::new()),
            Some((at, text)) => {
                let recorded = match random.below(100) {
                    0..60 => Some(at - random.between(DAY, 30 * DAY)),
                    60..85 => Some(at - random.below(8 * HOUR)),
                    85..95 => Some(at + random.between(HOUR, 5 * DAY)).filter(|late| *late < LOG_END),
                    _ => None,
                };
                (text.clone(), recorded.map_or_else(String::new, |at| time_text(at, Stamp::Zulu)))
            }
        };
        writeln!(
            out,
            "E{index:07},{name},{},{},{},{worker},{},{},E{manager:07},{},{departs},{recorded}",
            email(index),
            others.join(";"),
            login(index),
            random.pick(&DEPARTMENTS),
            random.pick(&ROLES),
            date_text(person.start + london_offset(person.start)),
        )?;
    }
    Ok(out.flush()?)
}
