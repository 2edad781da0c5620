//! What the rules look at: the case and everything that was read, linked and measured.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::access::Access;
use crate::case::{Case, System};
use crate::identity::{Dispute, Guess, Keys, Knowledge, Link, Nature, Renamed, Twin};
use crate::ingest::ledger::FileEntry;
use crate::ingest::{Listed, Others};
use crate::latency::{self, Measured, Standing};
use crate::model::account::AccountId;
use crate::model::columns::SourceKind;
use crate::model::credential;
use crate::model::decision::Decision;
use crate::model::index::same;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::particulars::{Particular, unpack};
use crate::model::person::{People, PersonId};
use crate::model::revocation::{Departure, Ended, Revocation};
use crate::model::system::SystemId;
use crate::process::Process;
use crate::timeline::Histories;

/// Everything that was read, linked and measured.
pub struct Examined<'a> {
    /// The case.
    pub case: &'a Case,
    /// The people.
    pub people: &'a People,
    /// How each person stands, by [`PersonId`].
    pub standings: &'a [Standing],
    /// The accounts and dumps.
    pub listed: &'a Listed,
    /// The link of each account, by [`AccountId`].
    pub links: &'a [Link],
    /// The candidates of disputed accounts.
    pub disputes: &'a [Dispute],
    /// The links that rest on likelihood.
    pub guesses: &'a [Guess],
    /// Accounts that older dumps show under other keys.
    pub renamed: &'a [Renamed<'a>],
    /// What each account looks like where it is no person's, by [`AccountId`].
    pub natures: &'a [Option<Nature>],
    /// What analysts decided.
    pub decisions: &'a [Decision],
    /// The place of the decision that was applied to each account.
    pub applied: &'a HashMap<AccountId, usize>,
    /// People who may stand in the list twice.
    pub twice: &'a [Twin],
    /// Who came back under a new number: the former row, with the present one.
    pub back: &'a BTreeMap<PersonId, PersonId>,
    /// The days (UTC) on which privileged accounts were signed in to.
    pub days_used: &'a BTreeMap<AccountId, BTreeSet<NaiveDate>>,
    /// What is known of logins.
    pub knowledge: &'a Knowledge,
    /// What the logs show of each account.
    pub histories: &'a Histories,
    /// What was measured.
    pub measured: &'a Measured,
    /// The files that were read, with their books.
    pub files: &'a [FileEntry],
    /// Tickets, checklists, devices, grants and roles.
    pub others: &'a Others,
    /// What accounts may do, and what roles should.
    pub access: &'a Access,
    /// People by their keys.
    pub keys: &'a Keys,
    /// The steps of the process around it.
    pub process: &'a Process,
}

impl Examined<'_> {
    /// How many rows of the HR list were rejected.
    #[must_use]
    pub fn unread_people(&self) -> u64 {
        self.files.iter().filter(|file| file.kind == SourceKind::People).map(|file| file.rejected).sum()
    }

    /// The departure of somebody who is gone.
    #[must_use]
    pub fn gone(&self, person: PersonId) -> Option<Departure> {
        self.standings[person.0 as usize].departure()
    }

    /// Everybody in the HR list.
    pub fn everybody(&self) -> impl Iterator<Item = PersonId> {
        (0..u32::try_from(self.people.rows.len()).unwrap_or(u32::MAX)).map(PersonId)
    }

    /// Everybody who left within the period.
    pub fn leavers(&self) -> impl Iterator<Item = (PersonId, Departure)> {
        self.everybody().filter_map(|id| match self.standings[id.0 as usize] {
            Standing::Leaver(departure) => Some((id, departure)),
            _ => None,
        })
    }

    /// The person with this number.
    #[must_use]
    pub fn person(&self, person_id: &str) -> Option<PersonId> {
        self.everybody().find(|id| same(self.people.person_id(*id), person_id))
    }

    /// All systems of the case.
    pub fn systems(&self) -> impl Iterator<Item = (SystemId, &System)> {
        (0..u16::MAX).map(SystemId).zip(&self.case.systems)
    }

    /// The pairs of rows of the HR list that may be one person, with their places in [`Self::twice`].
    #[must_use]
    pub fn pairs(&self) -> HashMap<[PersonId; 2], usize> {
        self.twice.iter().enumerate().map(|(place, twin)| (pair(twin.first, twin.second), place)).collect()
    }

    /// The pair of `pairs` between which alone a disputed account stands.
    #[must_use]
    pub fn between(&self, pairs: &HashMap<[PersonId; 2], usize>, dispute: u32) -> Option<usize> {
        let [a, b] = self.disputes[dispute as usize].candidates[..] else { return None };
        pairs.get(&pair(a.person, b.person)).copied()
    }

    /// Where an account stands: its row in the newest dump that shows it, or the first line of the log that names it.
    #[must_use]
    pub fn row_of(&self, id: AccountId) -> Option<Origin> {
        self.listed.accounts.get(id).row()
    }

    /// The rows of `revocations.csv`.
    #[must_use]
    pub fn revocations(&self) -> &[Revocation] {
        &self.measured.revocations
    }

    /// The rows of one leaver.
    #[must_use]
    pub fn revocations_of(&self, person: PersonId) -> &[Revocation] {
        self.measured.revocations_of(person)
    }

    /// All accounts with their links and how they ended.
    pub fn accounts(&self) -> impl Iterator<Item = (AccountId, Link, Ended)> {
        let ids = (0..u32::try_from(self.links.len()).unwrap_or(u32::MAX)).map(AccountId);
        ids.zip(self.links.iter().copied()).zip(self.measured.ended.iter().copied()).map(|((id, link), ended)| (id, link, ended))
    }

    /// The newest use of an account that a log or a dump shows, and where that stands.
    #[must_use]
    pub fn last_used(&self, id: AccountId) -> Option<(Instant, Origin)> {
        latency::last_used(id, self.listed, self.histories)
    }

    /// Whether the newest evidence says that an account can be used.
    #[must_use]
    pub fn usable(&self, id: AccountId) -> bool {
        self.measured.ended[id.0 as usize] == Ended::Not
    }

    /// What an account looks like where it is no person's: an analyst's decision, the dump's own facts, the case's patterns.
    #[must_use]
    pub fn nature(&self, id: AccountId) -> Option<Nature> {
        self.natures[id.0 as usize]
    }

    /// Whether an account is marked as an administrator's second one by its login.
    #[must_use]
    pub fn second_account(&self, id: AccountId) -> bool {
        self.listed.accounts.names_of(id).targets().into_iter().any(|login| self.knowledge.forms.admin(login))
    }

    /// ` (linked by likelihood, 0.9951)`, where the link of an account is not certain; else nothing.
    #[must_use]
    pub fn uncertain(&self, id: AccountId) -> String {
        self.links[id.0 as usize].doubt().map(|doubt| format!(" ({doubt})")).unwrap_or_default()
    }

    /// `Okta account "ann@acme.example"`
    #[must_use]
    pub fn account_words(&self, id: AccountId) -> String {
        let account = self.listed.accounts.get(id);
        format!("{} account \"{}\"", self.case.system_name(account.system), self.listed.accounts.names(account).shown())
    }

    /// The credentials that the newest dump shows working, for the end of a sentence; empty where it lists none.
    #[must_use]
    pub fn credentials_words(&self, id: AccountId) -> String {
        let working = credential::working(self.listed.accounts.credentials(id));
        if working.is_empty() { working } else { format!("; what works: {working}") }
    }

    /// What the newest dump tells of an account or its holder; empty where it does not.
    #[must_use]
    pub fn particular(&self, id: AccountId, which: Particular) -> &str {
        unpack(self.listed.accounts.names_of(id).particulars, which)
    }

    /// Whether people sign in to an account with its own password: not through another system only, and to no door or device.
    #[must_use]
    pub fn signs_in_itself(&self, id: AccountId) -> bool {
        let system = &self.case.systems[usize::from(self.listed.accounts.get(id).system.0)];
        system.sign_in.is_none() && !matches!(system.kind.as_deref(), Some("physical" | "device"))
    }

    /// Whether an account has more rights than most, as far as the dump says.
    #[must_use]
    pub fn privileged(&self, id: AccountId) -> bool {
        self.listed.accounts.get(id).privileged == Some(true)
    }

    /// Why a privileged account weighs more, for [`super::Draft::because`]; empty for any other.
    #[must_use]
    pub fn privilege(&self, id: AccountId) -> &'static str {
        if self.privileged(id) { "the account is privileged" } else { "" }
    }

    /// The rows that show a revocation, and the HR row that shows the departure.
    #[must_use]
    pub fn evidence(&self, row: &Revocation) -> Vec<Origin> {
        let mut rows = row.evidence_at.clone();
        rows.push(self.people.get(row.person).origin);
        rows
    }

    /// Seconds since an instant, at `as_of`.
    #[must_use]
    pub fn age(&self, since: Instant) -> i64 {
        self.case.as_of.seconds_since(since)
    }
}

fn pair(a: PersonId, b: PersonId) -> [PersonId; 2] {
    [a.min(b), a.max(b)]
}
