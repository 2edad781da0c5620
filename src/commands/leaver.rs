//! `lastday leaver WHO`: the test of one leaver, system by system. Reads as the audit does, and judges one person.

use std::path::{Path, PathBuf};

use clap::Args;

use super::follow::{Followed, Grounds, follow};
use super::{Output, OutputFormat, file};
use crate::case::Case;
use crate::error::{Error, Exit, Result};
use crate::identity::{self, Keys, fold};
use crate::ingest::{self, ledger::Ledger};
use crate::latency;
use crate::model::person::{People, PersonId};
use crate::presets::Presets;
use crate::report::leaver::{Test, Verdict};
use crate::report::pdf;
use crate::rules;

/// Options of `leaver`.
#[derive(Args)]
pub struct Options {
    /// Who: HR's number, an address, a login or a part of the name
    #[arg(value_name = "WHO")]
    pub who: String,
    /// The case: a folder with a lastday.toml
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Also write the test as a sheet to be signed: FILE.html, FILE.pdf, or both where FILE has neither ending
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// How many hits are listed where a part of a name fits several people.
const MOST: usize = 20;

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let presets = Presets::load()?;
    let mut case = Case::load(&options.dir, &presets, &rules::ids())?;
    let sheets = sheets(options.out.as_deref());
    for sheet in &sheets {
        file::writable(sheet, "no sheet can be written here")?;
    }
    let mut ledger = Ledger::new(output.progress(case.bytes()));
    let people = ingest::people(&case, &presets, &mut ledger)?;
    let knowledge = identity::knowledge(&case)?;
    let person = the_one(&options.who, &people, &Keys::of(&people, &knowledge.forms))?;
    let Some(departure) = latency::standing(people.get(person), &case).departure() else {
        let help = "only somebody with a departure up to as_of can be tested";
        return Err(Error::input(&options.who, format!("{} has not left", people.name(person)), help));
    };
    // Whoever left in another quarter is tested as the leavers of that day are.
    case.period = (departure.date, departure.date);
    let grounds = Grounds::of(&case, &presets, &people, &knowledge, &mut ledger)?;
    let Followed { linker, collected, .. } = follow(&case, &presets, &people, &knowledge, &grounds, &mut ledger)?;
    let measured = latency::measure(&case, &people, &collected, &grounds.standings);

    let test = Test::of(&case, &people, (person, departure), &collected, &linker.disputes, &measured, &ledger);
    for sheet in &sheets {
        if ends(sheet, "pdf") { file::replace(sheet, pdf::leaver(&test, &case)?)? } else { file::replace(sheet, test.html()?)? }
    }
    output.result(&match options.format {
        OutputFormat::Text => test.text(),
        OutputFormat::Json => test.json()?,
    })?;
    for sheet in &sheets {
        output.note(&format!("written to {}", sheet.display()));
    }
    let read = output.read(&case.missing, ledger.rejected(), "what `lastday check` prints");
    Ok(if test.verdict() == Verdict::Fail { Exit::Failed } else { read })
}

/// The files that are written for what was asked for.
fn sheets(out: Option<&Path>) -> Vec<PathBuf> {
    let Some(out) = out else { return Vec::new() };
    if ["html", "htm", "pdf"].iter().any(|ending| ends(out, ending)) {
        return vec![out.to_owned()];
    }
    let with = |ending: &str| PathBuf::from(format!("{}.{ending}", out.display()));
    if pdf::AVAILABLE { vec![with("html"), with("pdf")] } else { vec![with("html")] }
}

fn ends(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// The one person whom `who` names: by number, address or login, else by a part of the name. Several are listed, none is guessed.
fn the_one(who: &str, people: &People, keys: &Keys) -> Result<PersonId> {
    let who = who.trim();
    let exact = [keys.by_person_id(who), keys.by_email(who), keys.by_login(who)];
    let mut found = exact.iter().find(|found| !found.is_empty()).map(|found| found.to_vec()).unwrap_or_default();
    if found.is_empty() {
        let folded = fold::fold(who);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let everybody = (0..u32::try_from(people.rows.len()).unwrap_or(u32::MAX)).map(PersonId);
        let fits = |id: &PersonId| {
            let person = people.get(*id);
            let text = [people.name(*id), people.entry(person).emails, people.person_id(*id)].join(" ");
            let text = fold::fold(&text);
            !words.is_empty() && words.iter().all(|word| text.contains(word))
        };
        found = everybody.filter(fits).collect();
    }
    match found[..] {
        [person] => Ok(person),
        [] => Err(Error::input(who, "nobody in the HR list has this number, address, login or name", "look into people.csv")),
        _ => {
            let one = |id: &PersonId| format!("{} {}", people.person_id(*id), people.name(*id));
            let mut names: Vec<String> = found.iter().take(MOST).map(one).collect();
            if found.len() > MOST {
                names.push(format!("{} more", found.len() - MOST));
            }
            let message = format!("this fits {} people: {}", found.len(), names.join("; "));
            Err(Error::input(who, message, "name one of them by the number"))
        }
    }
}
