//! The working paper of a leaver test: a row for each account of each leaver drawn, with what the evidence holds and fields for what only the
//! tester can know.

use std::collections::HashMap;
use std::io::Write;

use super::{Leaver, Sample, Tested};
use crate::error::Result;
use crate::identity::Link;
use crate::latency;
use crate::model::account::{Account, AccountId};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::PersonId;
use crate::model::revocation::{Basis, Outcome, Revocation, Revoked};
use crate::model::step::{Stage, Step};
use crate::report::leaver::{self, Verdict};
use crate::report::sheet::Sheet;
use crate::sample::{Fate, Lot};

/// What the leaver is: the first columns of each row.
const LEAVER: [&str; 19] = [
    "sample_no",
    "person_id",
    "person",
    "worker_type",
    "departure_cause",
    "department",
    "departed_at",
    "departure_basis",
    "departed_on",
    "departure_zone",
    "departure_evidence_at",
    "recorded_at",
    "recorded_not_before",
    "recorded_not_after",
    "told_at",
    "told_not_before",
    "told_not_after",
    "told_evidence_at",
    "no_account_in",
];

/// What became of the account.
const ACCOUNT: [&str; 23] = [
    "system",
    "account_id",
    "login",
    "match_rule",
    "match_score",
    "privileged",
    "revoked_at",
    "revoked_after",
    "revoked_before",
    "evidence",
    "evidence_at",
    "latency_seconds",
    "latency_more_than_seconds",
    "latency_at_most_seconds",
    "target_seconds",
    "outcome",
    "verdict",
    "why",
    "last_used_at",
    "uses_after_departure",
    "reactivations",
    "changes_after_departure",
    "after_departure_evidence_at",
];

/// What only the tester knows: empty, to be filled in.
pub(super) const BY_HAND: [&str; 7] =
    ["exception_owner", "remediation_date", "retest", "prepared_by", "prepared_on", "reviewed_by", "reviewed_on"];

/// What is known of one leaver.
#[derive(Default)]
pub(super) struct Own<'a> {
    rows: Vec<&'a Revocation>,
    /// Accounts that may be this person's, or somebody else's: the place of the dispute and of the candidate.
    disputed: Vec<(AccountId, usize, usize)>,
    steps: Vec<&'a Step>,
}

impl Own<'_> {
    /// The verdict on each account.
    pub(super) fn verdicts(&self) -> impl Iterator<Item = Verdict> {
        self.rows.iter().map(|row| leaver::verdict(row)).chain(self.disputed.iter().map(|_| Verdict::NotEvaluable))
    }

    /// The worst outcome of the accounts that are surely this person's.
    pub(super) fn worst(&self) -> Option<Outcome> {
        self.rows.iter().map(|row| row.outcome).max_by_key(|outcome| outcome.badness())
    }
}

/// What is known of each leaver, by the place in the population.
pub(super) fn own<'a>(tested: &'a Tested, population: &[Leaver]) -> Vec<Own<'a>> {
    let places: HashMap<PersonId, usize> = population.iter().enumerate().map(|(place, leaver)| (leaver.person, place)).collect();
    let mut own: Vec<Own> = population.iter().map(|_| Own::default()).collect();
    for row in &tested.measured.revocations {
        if let Some(place) = places.get(&row.person) {
            own[*place].rows.push(row);
        }
    }
    for step in tested.steps {
        if let Some(place) = places.get(&step.person) {
            own[*place].steps.push(step);
        }
    }
    for (id, link) in (0..).map(AccountId).zip(&tested.collected.links) {
        let Link::Disputed(dispute) = link else { continue };
        for (candidate, of) in tested.disputes[*dispute as usize].candidates.iter().enumerate() {
            if let Some(place) = places.get(&of.person) {
                own[*place].disputed.push((id, *dispute as usize, candidate));
            }
        }
    }
    own
}

impl Sample<'_> {
    /// `leaver-test.csv`: by sample number, then by system and account.
    pub(super) fn paper(&self, out: impl Write) -> Result<()> {
        let header: Vec<&str> = LEAVER.into_iter().chain(ACCOUNT).chain(BY_HAND).collect();
        let mut sheet = Sheet::new(out, &header)?;
        for (number, lot) in (1..).zip(self.draw.of(Fate::Drawn)) {
            let (own, leaver) = (&self.own[lot.who], self.leaver(number, lot));
            let mut accounts: Vec<[String; ACCOUNT.len()]> = own.rows.iter().map(|row| self.account(row)).collect();
            accounts.extend(own.disputed.iter().map(|disputed| self.disputed(*disputed)));
            if accounts.is_empty() {
                accounts.push(nothing_found());
            }
            for account in accounts {
                let by_hand = BY_HAND.map(|_| "");
                sheet.row(leaver.iter().map(String::as_str).chain(account.iter().map(String::as_str)).chain(by_hand))?;
            }
        }
        sheet.end()
    }

    fn leaver(&self, number: usize, lot: &Lot) -> [String; LEAVER.len()] {
        let Leaver { person: id, departure } = &self.population[lot.who];
        let (tested, own) = (self.tested, &self.own[lot.who]);
        let person = tested.people.get(*id);
        let entry = tested.people.entry(person);
        let departed_at = match departure.basis {
            Basis::Day => departure.date.to_string(),
            Basis::Date | Basis::Instant => departure.earliest.to_string(),
        };
        // The local date is one of the review's zone where HR gives an instant, else of the row's.
        let zone = if departure.basis == Basis::Instant { tested.case.zone } else { person.zone };
        let step = |stage| own.steps.iter().find(|step| step.stage == stage);
        let cells = |stage| step(stage).map(|step| step.within.cells()).unwrap_or_default().map(String::from);
        let told = step(Stage::Told).map(|step| tested.ledger.cite(&step.evidence_at)).unwrap_or_default();
        let [recorded, recorded_first, recorded_last] = cells(Stage::Recorded);
        let [told_at, told_first, told_last] = cells(Stage::Told);
        [
            number.to_string(),
            entry.person_id.to_owned(),
            entry.name.to_owned(),
            entry.worker_type.to_owned(),
            entry.departure_cause.to_owned(),
            entry.department.to_owned(),
            departed_at,
            departure.basis.word().to_owned(),
            departure.date.to_string(),
            zone.name().to_owned(),
            tested.ledger.cite(&[person.origin]),
            recorded,
            recorded_first,
            recorded_last,
            told_at,
            told_first,
            told_last,
            told,
            self.none_in(own),
        ]
    }

    /// The systems in which no account of a leaver was found, those whose accounts are not known marked.
    fn none_in(&self, own: &Own) -> String {
        let collected = self.tested.collected;
        let accounts = own.rows.iter().map(|row| row.account).chain(own.disputed.iter().map(|(id, ..)| *id));
        let found: Vec<usize> = accounts.map(|id| usize::from(collected.listed.accounts.get(id).system.0)).collect();
        let systems = self.tested.case.systems.iter().zip(&collected.listed.snapshots).enumerate();
        let none = systems.filter(|(place, _)| !found.contains(place)).map(|(_, (system, dumps))| {
            let unread = if dumps.is_empty() { " (no list of its accounts was read)" } else { "" };
            format!("{}{unread}", system.name)
        });
        none.collect::<Vec<_>>().join("; ")
    }

    fn named(&self, account: &Account) -> [String; 3] {
        let names = self.tested.collected.listed.accounts.names(account);
        [self.tested.case.system_name(account.system), names.account_id, names.login].map(str::to_owned)
    }

    fn account(&self, row: &Revocation) -> [String; ACCOUNT.len()] {
        let tested = self.tested;
        let account = tested.collected.listed.accounts.get(row.account);
        let [system, account_id, login] = self.named(account);
        let (rule, score) = match tested.collected.links[row.account.0 as usize] {
            Link::Linked(_, rule, score) => (rule.word().to_owned(), score.words()),
            _ => Default::default(),
        };
        let (at, after, before) = match row.revoked {
            Revoked::At(at) => (Some(at), None, None),
            Revoked::Between { after, before } => (None, after, Some(before)),
            Revoked::Unknown { .. } | Revoked::Not { .. } => (None, None, None),
        };
        let bounds = latency::bounds(&row.departure, row.revoked);
        let bound = |seconds: Option<i64>| seconds.filter(|_| row.latency_seconds.is_none()).map(|s| s.to_string());
        let mut later: Vec<Origin> = row.uses_at.iter().chain(&row.reactivated_at).copied().collect();
        later.extend(row.touches.iter().map(|(.., origin)| *origin));
        later.sort_unstable();
        later.dedup();
        [
            system,
            account_id,
            login,
            rule,
            score.into(),
            account.privileged.map(|privileged| privileged.to_string()).unwrap_or_default(),
            cell(at),
            cell(after),
            cell(before),
            row.evidence.map_or("", |evidence| evidence.word()).to_owned(),
            tested.ledger.cite(&row.evidence_at),
            row.latency_seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
            bound(bounds.after).unwrap_or_default(),
            bound(bounds.until).unwrap_or_default(),
            row.target_seconds.to_string(),
            row.outcome.word().to_owned(),
            leaver::verdict(row).word().to_owned(),
            leaver::why(row),
            cell(row.last_used_at),
            row.uses_after_departure.to_string(),
            row.reactivations.to_string(),
            row.touches.len().to_string(),
            tested.ledger.cite(&later),
        ]
    }

    fn disputed(&self, (id, dispute, candidate): (AccountId, usize, usize)) -> [String; ACCOUNT.len()] {
        let account = self.tested.collected.listed.accounts.get(id);
        let dispute = &self.tested.disputes[dispute];
        let candidate = &dispute.candidates[candidate];
        let mut row = [const { String::new() }; ACCOUNT.len()];
        let [system, account_id, login] = self.named(account);
        let source: Vec<Origin> = account.row().into_iter().collect();
        let cells = [
            ("system", system),
            ("account_id", account_id),
            ("login", login),
            ("match_rule", candidate.rule.word().to_owned()),
            ("match_score", candidate.score.map(crate::identity::Score::words).unwrap_or_default().into()),
            ("privileged", account.privileged.map(|privileged| privileged.to_string()).unwrap_or_default()),
            ("evidence_at", self.tested.ledger.cite(&source)),
            ("verdict", Verdict::NotEvaluable.word().to_owned()),
            ("why", leaver::disputed(dispute)),
        ];
        put(&mut row, cells);
        row
    }
}

fn cell(at: Option<Instant>) -> String {
    Instant::cell(at).into()
}

/// The row of a leaver of whom no account was found.
fn nothing_found() -> [String; ACCOUNT.len()] {
    let mut row = [const { String::new() }; ACCOUNT.len()];
    let why = "no account of this person was found in any system that was read";
    put(&mut row, [("verdict", Verdict::NotEvaluable.word().to_owned()), ("why", why.to_owned())]);
    row
}

fn put<const N: usize>(row: &mut [String; ACCOUNT.len()], cells: [(&str, String); N]) {
    for (name, cell) in cells {
        if let Some(place) = ACCOUNT.iter().position(|column| *column == name) {
            row[place] = cell;
        }
    }
}
