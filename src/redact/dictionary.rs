//! What is to be replaced: the names, addresses and logins of everybody in the HR list and of every account, and what was written into the case about findings.
//! A declared account's login is no person's and stays, unless it is an address.

use std::collections::HashSet;

use super::key::{Key, Kind};
use super::redactor::Redactor;
use crate::identity::{Link, fold};
use crate::model::account::Account;
use crate::model::names::Names;
use crate::model::particulars::{Particular, unpack};
use crate::rules::Examined;

/// The shortest part of a name by which an id or a login counts as made of a name.
const PART: usize = 4;
/// What stands in place of free texts of the case.
const LEFT_OUT: &str = "[left out]";

impl Redactor {
    /// Of everything that was examined.
    #[must_use]
    pub fn of(examined: &Examined, key: Key) -> Self {
        let mut redactor = Self::new(key);
        let parts = parts(examined);
        people(examined, &parts, &mut redactor);
        for (id, link, _) in examined.accounts() {
            let declared = matches!(link, Link::Declared(_));
            account(examined, examined.listed.accounts.get(id), declared, &parts, &mut redactor);
        }
        for former in &examined.listed.accounts.former {
            account(examined, &former.then, false, &parts, &mut redactor);
        }
        for ticket in &examined.others.tickets {
            redactor.add(Kind::Mail, &ticket.email);
        }
        for device in &examined.others.devices {
            redactor.add(Kind::Mail, &device.email);
        }
        for step in &examined.others.checklists {
            // A team is named in one word, a person mostly not.
            if step.responsible.contains([' ', '@']) {
                redactor.add(Kind::Name, &step.responsible);
            }
        }
        for decision in examined.decisions {
            redactor.add(Kind::Name, &decision.decided_by);
            redactor.instead(&decision.reason, LEFT_OUT);
        }
        for waiver in &examined.case.waivers {
            redactor.instead(&waiver.reason, LEFT_OUT);
            redactor.instead(&waiver.approved_by, LEFT_OUT);
            redactor.add(Kind::Login, waiver.login.as_deref().unwrap_or_default());
        }
        redactor
    }
}

/// The parts of all names, folded.
fn parts(examined: &Examined) -> HashSet<String> {
    let names = examined.everybody().map(|id| fold::fold(examined.people.name(id)));
    names.flat_map(|name| words(&name)).filter(|word| word.len() >= PART).collect()
}

fn words(folded: &str) -> Vec<String> {
    folded.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_owned).collect()
}

/// Whether a text holds a part of a name, or an address.
fn named(text: &str, parts: &HashSet<String>) -> bool {
    let folded = fold::fold(text);
    let bytes = folded.as_bytes();
    let holds = |from: usize| {
        (PART..=(bytes.len() - from).min(24))
            .any(|length| folded.get(from..from + length).is_some_and(|part| parts.contains(part)))
    };
    text.contains('@') || (0..bytes.len()).any(holds)
}

fn people(examined: &Examined, parts: &HashSet<String>, redactor: &mut Redactor) {
    for id in examined.everybody() {
        let entry = examined.people.entry_of(id);
        redactor.add(Kind::Name, entry.name);
        for mail in entry.emails.split(';') {
            redactor.add(Kind::Mail, mail);
        }
        redactor.add(Kind::Login, entry.login);
        if named(entry.person_id, parts) {
            redactor.add(Kind::Number, entry.person_id);
        }
    }
}

fn account(examined: &Examined, account: &Account, declared: bool, parts: &HashSet<String>, redactor: &mut Redactor) {
    let Names { account_id: id, login, email, name, particulars, .. } = examined.listed.accounts.names(account);
    redactor.add(Kind::Mail, email);
    for which in [Particular::OtherEmails, Particular::FederatedIds] {
        for other in unpack(particulars, which).split(';').filter(|other| other.contains('@')) {
            redactor.add(Kind::Mail, other);
        }
    }
    if declared {
        for own in [id, login].into_iter().filter(|own| own.contains('@')) {
            redactor.add(Kind::Mail, own);
        }
        return;
    }
    redactor.add(Kind::Name, name);
    redactor.add(Kind::Login, login);
    let (lower, own) = (id.to_lowercase(), login.to_lowercase());
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let holds = |part: &str| part.len() > 2 && part.chars().any(char::is_alphabetic) && lower.contains(part);
    if holds(&own) || holds(&local) || named(id, parts) {
        redactor.add(Kind::Account, id);
    }
}
