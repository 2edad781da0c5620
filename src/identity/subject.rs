//! An account as it is compared with people.

use chrono::{Datelike, NaiveDate};

use super::built::Parts;
use super::login::Forms;
use super::name::{Name, Words};
use super::profile::{NO_DAY, attribute, phone};
use super::sketch::Sketch;
use crate::model::account::{Account, Accounts};
use crate::model::particulars::{Particular, unpack};

/// What an account tells of its holder.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// The holder's name.
    pub name: Name,
    /// Logins and local parts of addresses: letters and digits, and the domain of an address.
    pub handles: Vec<(String, String)>,
    /// The same in short.
    pub sketches: Vec<Sketch>,
    /// The same with their separators, for telling `j.smith` from `jsmith`.
    pub users: Vec<String>,
    /// Department, role and place of work.
    pub attributes: [String; 3],
    /// The manager as written.
    pub manager: String,
    /// The telephone number's last nine digits.
    pub phone: u32,
    /// The holder's first day.
    pub start: i32,
    /// The day of the account's making.
    pub created: i32,
    /// The number that it carries, although nobody has it.
    pub number: String,
    /// It has an affix of an administrator's second account.
    pub admin: bool,
}

impl Subject {
    /// What an account tells. `addresses`: also what its logins and addresses do, which is left out where these made the link that is
    /// being learnt from.
    #[must_use]
    pub fn of(account: &Account, accounts: &Accounts, words: &Words, forms: &Forms) -> Self {
        let names = accounts.names(account);
        let part = |which| unpack(names.particulars, which);
        let mut subject = Self {
            name: words.parts(names.name),
            attributes: [Particular::Department, Particular::Role, Particular::Location].map(|which| attribute(part(which))),
            manager: part(Particular::Manager).trim().to_lowercase(),
            phone: phone(part(Particular::Phone)),
            start: NaiveDate::parse_from_str(part(Particular::StartAt), "%Y-%m-%d")
                .map_or(NO_DAY, |date| date.num_days_from_ce()),
            created: account.created_at.map_or(NO_DAY, |at| at.to_chrono().date_naive().num_days_from_ce()),
            number: names.person_id.trim().to_lowercase(),
            ..Self::default()
        };
        let others = part(Particular::OtherEmails).split([';', ',', ' ']);
        for written in [names.login, names.email].into_iter().chain(others) {
            subject.handle(written, forms);
        }
        subject
    }

    fn handle(&mut self, written: &str, forms: &Forms) {
        let login = forms.read(written);
        self.admin |= login.admin;
        let text = login.squeezed();
        let domain = login.address.as_deref().and_then(|a| a.rsplit_once('@')).map_or("", |(_, domain)| domain).to_owned();
        if text.is_empty() || self.handles.iter().any(|(known, of)| *known == text && *of == domain) {
            return;
        }
        self.sketches.push(Sketch::of(&text));
        self.handles.push((text, domain));
        self.users.push(login.user);
    }

    /// Whether there is anything by which its holder could be found.
    #[must_use]
    pub fn tells_nothing(&self) -> bool {
        self.name.is_empty() && self.handles.is_empty()
    }

    /// The parts of the name.
    #[must_use]
    pub fn parts(&self) -> Parts<'_> {
        Parts {
            given: &self.name.given,
            middle: self.name.middle.first().map_or("", String::as_str),
            surname: self.name.surname.first().map_or("", String::as_str),
            second: self.name.surname.get(1).map_or("", String::as_str),
            particles: &self.name.particles,
        }
    }
}
