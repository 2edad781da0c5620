//! Writes a made-up case in which a share of the accounts carries no key of its holder, for measuring linking.
//!
//! `names DIR --people N --systems S --without-key PERCENT --seed X`
//!
//! Every person has an account in each system. Those with a key carry HR's number or the address; the others a name, a login, a
//! department and a place, each damaged now and then as directories do: `Last, First`, an initial, a slip of the pen, a department of
//! before. Of a hundred accounts without a key two are nobody's. Names are drawn from 2,000 given names and 40,000 surnames, put
//! together of syllables, the frequent ones far more often than the rare (a share in proportion to 1 ÷ (rank + 10)). `truth.csv` says
//! whose each account is. The same arguments give the same bytes.

#[path = "shared/random.rs"]
mod random;

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use random::Random;

type Outcome<T> = Result<T, Box<dyn Error>>;

const GIVEN: u64 = 2_000;
const SURNAMES: u64 = 40_000;
const DEPARTMENTS: [&str; 24] = [
    "Sales North",
    "Sales South",
    "Finance",
    "Legal",
    "People",
    "Support",
    "Platform",
    "Payments",
    "Search",
    "Mobile",
    "Quality",
    "Security",
    "Data",
    "Research",
    "Design",
    "Marketing",
    "Events",
    "Facilities",
    "Purchasing",
    "Logistics",
    "Plant 1",
    "Plant 2",
    "Plant 3",
    "Audit",
];
const PLACES: [&str; 12] = [
    "Northport",
    "Southwick",
    "Eastbury",
    "Westholm",
    "Millhaven",
    "Oakridge",
    "Stonebridge",
    "Fairwater",
    "Highmoor",
    "Lowfield",
    "Kingsgate",
    "Marshend",
];
const STARTS: [&str; 40] = [
    "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gl", "gr", "h", "j", "k", "kl", "kr", "l", "m",
    "n", "p", "pl", "pr", "qu", "r", "s", "sch", "sh", "sl", "sm", "st", "t", "tr", "v", "w", "wh", "z",
];
const VOWELS: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ei", "ou", "ia", "ee"];
const ENDS: [&str; 14] = ["n", "r", "s", "l", "m", "ck", "nd", "rt", "th", "son", "ley", "man", "ton", "ski"];

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let place = self.below(words.len() as u64);
        usize::try_from(place).ok().and_then(|place| words.get(place).copied()).unwrap_or_default()
    }

    /// A rank from 0 to `n` - 1, in proportion to 1 ÷ (rank + 10): the inverse of its distribution, by whole numbers alone.
    fn rank(&mut self, n: u64) -> u64 {
        loop {
            // Octaves of rank + 10 are equally likely; within one, all ranks are.
            let octaves = 64 - u64::from(((n + 10) / 10).leading_zeros());
            let first = 10_u64 << self.below(octaves);
            let rank = first + self.below(first) - 10;
            if rank < n {
                return rank;
            }
        }
    }
}

fn sequence(seed: u64, stream: u64, item: u64) -> Random {
    Random::new(seed, stream.cast_signed(), item.cast_signed())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// The name of a rank.
fn name(stream: u64, rank: u64) -> String {
    let mut random = sequence(77, stream, rank);
    let mut word = String::new();
    for _ in 0..=random.below(2) {
        word += random.pick(&STARTS);
        word += random.pick(&VOWELS);
    }
    if stream == 1 && random.percent(50) {
        word += random.pick(&["n", "l", "s", "ra", "na", "lo"]);
    } else if stream == 2 {
        word += random.pick(&STARTS);
        word += random.pick(&VOWELS);
        word += random.pick(&ENDS);
    }
    capital(&word)
}

struct Person {
    given: String,
    surname: String,
    department: &'static str,
    place: &'static str,
}

fn person(seed: u64, index: u64) -> Person {
    let mut random = sequence(seed, 10, index);
    Person {
        given: name(1, random.rank(GIVEN)),
        surname: name(2, random.rank(SURNAMES)),
        department: random.pick(&DEPARTMENTS),
        place: random.pick(&PLACES),
    }
}

/// A slip of the pen.
fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let at = 1 + usize::try_from(random.below(letters.len() as u64 - 2)).unwrap_or(0);
    match random.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.swap(at, at + 1),
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}

fn written(person: &Person, random: &mut Random) -> String {
    let (mut given, mut surname) = (person.given.clone(), person.surname.clone());
    match random.below(100) {
        0..4 => given = slip(&given, random),
        4..8 => surname = slip(&surname, random),
        8..11 => given.truncate(1),
        _ => {}
    }
    match random.below(10) {
        0..2 => format!("\"{surname}, {given}\""),
        2 => format!("{} {}", given.to_uppercase(), surname.to_uppercase()),
        _ => format!("{given} {surname}"),
    }
}

fn run(dir: &Path, people: u64, systems: u64, without: u64, seed: u64) -> Outcome<()> {
    fs::create_dir_all(dir)?;
    let create = |name: &str| -> Outcome<BufWriter<File>> { Ok(BufWriter::new(File::create(dir.join(name))?)) };
    let mut list = create("people.csv")?;
    writeln!(list, "person_id,name,email,department,location,start_at,departs_at")?;
    for index in 0..people {
        let Person { given, surname, department, place } = person(seed, index);
        let gone = if index % 50 == 0 { "2026-08-14T18:00:00Z" } else { "" };
        writeln!(list, "P{index},{given} {surname},p{index}@acme.example,{department},{place},2020-01-01,{gone}")?;
    }
    list.flush()?;
    let mut truth = create("truth.csv")?;
    writeln!(truth, "system,account_id,person_id")?;
    let mut case = create("lastday.toml")?;
    writeln!(case, "[review]\nname = \"Names\"\nperiod = \"2026-07-01/2026-09-30\"\nas_of = \"2026-10-01T09:00:00Z\"")?;
    writeln!(
        case,
        "timezone = \"UTC\"\n[policy]\ndeparture_time = \"18:00\"\n[[source]]\nkind = \"people\"\npath = \"people.csv\""
    )?;
    for system in 0..systems {
        writeln!(case, "[[source]]\nkind = \"accounts\"\nsystem = \"S{system}\"\npath = \"accounts-{system}.csv\"")?;
        writeln!(case, "exported_at = \"2026-10-01T08:00:00Z\"")?;
        let mut out = create(&format!("accounts-{system}.csv"))?;
        writeln!(out, "account_id,login,email,person_id,name,department,location,status")?;
        for index in 0..people {
            let mut random = sequence(seed, 20 + system, index);
            if !random.percent(without) {
                let by_number = random.percent(50);
                let (mail, number) = if by_number {
                    (String::new(), format!("P{index}"))
                } else {
                    (format!("p{index}@acme.example"), String::new())
                };
                writeln!(out, "a{index},u{index},{mail},{number},,,,active")?;
                writeln!(truth, "S{system},a{index},P{index}")?;
                continue;
            }
            let nobodys = random.percent(2);
            let holder = if nobodys { person(seed ^ 0x5555, index) } else { person(seed, index) };
            let text = written(&holder, &mut random);
            let login = format!("{}{}{}", &holder.given[..1], holder.surname, random.below(90) + 10).to_lowercase();
            let department = if random.percent(10) { random.pick(&DEPARTMENTS) } else { holder.department };
            let place = if random.percent(5) { "" } else { holder.place };
            writeln!(out, "a{index},{login},,,{text},{department},{place},active")?;
            writeln!(truth, "S{system},a{index},{}", if nobodys { String::new() } else { format!("P{index}") })?;
        }
        out.flush()?;
    }
    truth.flush()?;
    case.flush()?;
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |flag: &str, usual: u64| {
        let place = arguments.iter().position(|a| a == flag);
        place.and_then(|place| arguments.get(place + 1)).and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let Some(dir) = arguments.first().filter(|dir| !dir.starts_with("--")) else {
        let _ = writeln!(std::io::stderr(), "usage: names DIR --people N --systems S --without-key PERCENT --seed X");
        return ExitCode::from(2);
    };
    match run(
        Path::new(dir),
        number("--people", 10_000),
        number("--systems", 6),
        number("--without-key", 50),
        number("--seed", 1),
    ) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
