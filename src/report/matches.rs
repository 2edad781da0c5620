//! `matches.csv`: every link that is not certain and every dispute, as a work list for an analyst, whose decisions go into the
//! override file. Who is likeliest stands first.

use std::fmt::Write as _;
use std::io::Write;

use super::sheet::Sheet;
use crate::error::Result;
use crate::identity::{Candidate, Field, Link, Score, Vector, Why};
use crate::ingest::ledger::Ledger;
use crate::model::account::AccountId;
use crate::rules::Examined;

const HEADER: [&str; 15] = [
    "system",
    "account_id",
    "login",
    "name",
    "email",
    "situation",
    "rank",
    "person_id",
    "person",
    "match_rule",
    "match_score",
    "agrees",
    "differs",
    "reason",
    "evidence_at",
];

/// Writes the file.
pub fn matches(examined: &Examined, ledger: &Ledger, out: impl Write) -> Result<()> {
    let mut sheet = Sheet::new(out, &HEADER)?;
    let accounts = &examined.listed.accounts;
    let key = |id: &AccountId| (accounts.get(*id).system, accounts.names_of(*id).account_id, *id);
    let mut work: Vec<(AccountId, Work)> = examined.guesses.iter().map(|g| (g.account, Work::Guess(&g.candidate))).collect();
    work.extend(examined.accounts().filter_map(|(id, link, _)| match link {
        Link::Disputed(place) => Some((id, Work::Dispute(place))),
        _ => None,
    }));
    work.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
    for (id, work) in work {
        let (candidates, why) = match work {
            Work::Guess(candidate) => (std::slice::from_ref(candidate), None),
            Work::Dispute(place) => {
                let dispute = &examined.disputes[place as usize];
                (&dispute.candidates[..], Some(dispute.why))
            }
        };
        for (place, candidate) in candidates.iter().enumerate() {
            row(&mut sheet, examined, ledger, id, place + 1, candidate, why)?;
        }
    }
    sheet.end()
}

#[derive(Clone, Copy)]
enum Work<'a> {
    Guess(&'a Candidate),
    Dispute(u32),
}

fn row(
    sheet: &mut Sheet<impl Write>,
    examined: &Examined,
    ledger: &Ledger,
    id: AccountId,
    rank: usize,
    candidate: &Candidate,
    why: Option<Why>,
) -> Result<()> {
    let account = examined.listed.accounts.get(id);
    let names = examined.listed.accounts.names(account);
    let person = examined.people.get(candidate.person);
    let mut origins: Vec<_> = account.row().into_iter().collect();
    origins.push(person.origin);
    let reason = why.map_or("likely enough to be linked, but no key says it", Why::words);
    sheet.row([
        examined.case.system_name(account.system),
        names.account_id,
        names.login,
        names.name,
        names.email,
        examined.links[id.0 as usize].word(),
        &rank.to_string(),
        examined.people.person_id(candidate.person),
        examined.people.name(candidate.person),
        candidate.rule.word(),
        &candidate.score.map(Score::words).unwrap_or_default(),
        &fields(&candidate.levels, true),
        &fields(&candidate.levels, false),
        reason,
        &ledger.cite(&origins),
    ])
}

/// The fields that agree, or that differ.
fn fields(levels: &Vector, agree: bool) -> String {
    let mut text = String::new();
    for field in Field::ALL {
        let level = levels[field as usize];
        if field.verdict(level) != Some(agree) {
            continue;
        }
        let between = if text.is_empty() { "" } else { ", " };
        let how = field.how(level);
        let _ = write!(text, "{between}{}{how}", field.word());
    }
    text
}
