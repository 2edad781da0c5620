//! Links accounts to people: declarations and an analyst's decisions, then keys, then likelihood.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::claims::Claims;
use super::keys::Keys;
use super::ladder::{Keyed, Ladder};
use super::likely::{Knowledge, Likely};
use super::link::{Candidate, Dispute, Guess, Link, Score, Why};
use super::nature::Natures;
use super::returned::merged;
use super::seats::Seats;
use super::stated::Stated;
use super::weighed::Weighed;
use crate::case::{Case, Linking};
use crate::model::account::{Account, AccountId, Accounts, Kind};
use crate::model::decision::{Decision, Verdict};
use crate::model::instant::Instant;
use crate::model::match_rule::Rule;
use crate::model::person::{People, PersonId};
use crate::model::system::SystemId;

/// How many people of a dispute must hold the true one.
const FIRST: usize = 3;
/// From links of this probability it is learnt how many accounts a person has in one system.
const SURE: f64 = 0.99;

/// Accounts that are looked up side by side before what was found of them is entered.
const TOGETHER: usize = 1 << 16;

/// Accounts whose keys are looked for together, so that the memory is not waited for again and again.
const FEW: usize = 256;

/// What is certain of an account, before it is entered.
enum Proved {
    Link(Link),
    /// By the decision at this place.
    Decided(usize),
    Disputed(Dispute),
}

/// Links accounts to people.
pub struct Linker<'a> {
    people: &'a People,
    linking: &'a Linking,
    knowledge: &'a Knowledge,
    ladder: Ladder<'a>,
    pub(super) natures: Natures<'a>,
    pub(super) stated: Stated<'a>,
    /// When each person left; `None` for those who are still there.
    departed: &'a [Option<Instant>],
    /// Who came back under a new number: what is the former row's is the present one's.
    back: &'a BTreeMap<PersonId, PersonId>,
    likely: Option<Likely<'a>>,
    /// The candidates of each disputed account.
    pub disputes: Vec<Dispute>,
    /// The links that rest on likelihood.
    pub guesses: Vec<Guess>,
    /// The place of the decision that was applied to each account.
    pub applied: HashMap<AccountId, usize>,
}

/// What likelihood says of an account.
enum Said {
    Linked(Candidate),
    Disputed(Dispute),
    Nothing,
}

impl<'a> Linker<'a> {
    /// A linker for a case.
    pub fn new(
        people: &'a People,
        case: &'a Case,
        knowledge: &'a Knowledge,
        decisions: &'a [Decision],
        (departed, back): (&'a [Option<Instant>], &'a BTreeMap<PersonId, PersonId>),
    ) -> Self {
        Self {
            people,
            linking: &case.linking,
            knowledge,
            ladder: Ladder::new(Keys::of(people, &knowledge.forms), &knowledge.forms, &case.linking),
            natures: Natures::new(case, &knowledge.forms),
            stated: Stated::of(case, decisions),
            departed,
            back,
            likely: None,
            disputes: Vec::new(),
            guesses: Vec::new(),
            applied: HashMap::new(),
        }
    }

    /// Links all accounts of the dumps, and learns from them for those that come later.
    pub fn all(&mut self, accounts: &Accounts) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::with_capacity(accounts.rows.len());
        for some in accounts.rows.chunks(TOGETHER) {
            let few = some.par_chunks(FEW).map(|few| -> Vec<Proved> {
                self.ladder.expect(few, accounts);
                few.iter().map(|account| self.proved(account, accounts)).collect()
            });
            for proved in few.collect::<Vec<_>>().into_iter().flatten() {
                let id = AccountId(u32::try_from(links.len()).unwrap_or(u32::MAX));
                links.push(self.settled(id, proved));
            }
        }
        self.keep_closed(&mut links, accounts);
        let guessing = [Rule::Probabilistic, Rule::Name, Rule::LoginPattern].iter().any(|rule| self.linking.uses(*rule));
        if !guessing || !links.contains(&Link::Unmatched) {
            return links;
        }
        let likely = Likely::learn(self.people, self.knowledge, accounts, &links);
        let mut seats = Seats::of(self.people.rows.len(), accounts, &links);
        // What accounts claim of people concerns those of the same system alone: no more than one system's are weighed at a time.
        let mut open: BTreeMap<SystemId, Vec<u32>> = BTreeMap::new();
        for row in 0..u32::try_from(links.len()).unwrap_or(u32::MAX) {
            let account = &accounts.rows[row as usize];
            if links[row as usize] == Link::Unmatched && self.guessable(account, accounts) && !self.decided(AccountId(row)) {
                open.entry(account.system).or_default().push(row);
            }
        }
        for (system, open) in open {
            let weighed: Vec<Weighed> =
                open.par_iter().map(|row| likely.weigh(&accounts.rows[*row as usize], accounts)).collect();
            let said = self.contested(system, weighed, &mut seats);
            for (row, said) in open.into_iter().zip(said) {
                links[row as usize] = self.entered(AccountId(row), said);
            }
        }
        self.likely = Some(likely);
        links
    }

    /// What likelihood says of the accounts of one system, each beside all others.
    fn contested(&self, system: SystemId, weighed: Vec<Weighed>, seats: &mut Seats) -> Vec<Said> {
        let sure: Vec<_> = weighed
            .iter()
            .filter_map(|weighed| {
                let first = weighed.chances(|person| seats.factor(system, person)).max_by(|a, b| a.1.total_cmp(&b.1))?;
                (first.1 >= SURE).then_some((system, first.0.person))
            })
            .collect();
        let mut learnt = seats.clone();
        learnt.learn(sure.into_iter());
        seats.counts_of(&learnt);
        let claims = Claims::of(&weighed, &|_| system, seats);
        weighed
            .into_par_iter()
            .enumerate()
            .map(|(place, weighed)| {
                let factor = |person| claims.factor(system, person, place, seats);
                self.judged(&weighed.candidates(factor), weighed.candidates(|_| 1.0).first().copied())
            })
            .collect()
    }

    /// Links one account that only a log knows.
    pub fn link(&mut self, id: AccountId, account: &Account, accounts: &Accounts) -> Link {
        let proved = self.proved(account, accounts);
        let link = self.settled(id, proved);
        if link != Link::Unmatched || self.decided(id) || !self.guessable(account, accounts) {
            return link;
        }
        let Some(likely) = &self.likely else { return link };
        let said = self.judged(&likely.weigh(account, accounts).candidates(|_| 1.0), None);
        self.entered(id, said)
    }

    /// Gives up what serves to link further accounts by likelihood, once there are none.
    pub fn rest(&mut self) {
        self.likely = None;
    }

    pub(super) fn ladder(&self) -> &Ladder<'a> {
        &self.ladder
    }

    /// People by their keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        self.ladder.keys()
    }

    fn entered(&mut self, account: AccountId, said: Said) -> Link {
        match said {
            Said::Nothing => Link::Unmatched,
            Said::Disputed(dispute) => self.dispute(dispute),
            Said::Linked(candidate) => {
                self.guesses.push(Guess { account, candidate });
                Link::Linked(candidate.person, candidate.rule, candidate.score.unwrap_or(Score::CERTAIN))
            }
        }
    }

    fn dispute(&mut self, dispute: Dispute) -> Link {
        self.disputes.push(dispute);
        Link::Disputed(u32::try_from(self.disputes.len() - 1).unwrap_or(u32::MAX))
    }

    /// `alone`: who would be the likeliest if nobody had another account.
    fn judged(&self, candidates: &[Candidate], alone: Option<Candidate>) -> Said {
        let candidates = &merged(candidates, self.back);
        let chance = |candidate: &Candidate| candidate.score.map_or(0.0, Score::chance);
        let Some(first) = candidates.first() else { return Said::Nothing };
        if chance(first) >= self.linking.linked && self.linking.uses(first.rule) {
            return Said::Linked(*first);
        }
        let taken = alone.is_some_and(|alone| chance(&alone) >= self.linking.linked);
        if !taken && candidates.iter().take(FIRST).map(chance).sum::<f64>() < self.linking.disputed {
            return Said::Nothing;
        }
        let floor = chance(first) / 1_000.0;
        let candidates = candidates.iter().copied().filter(|c| chance(c) >= floor).collect();
        Said::Disputed(Dispute { why: if taken { Why::Second } else { Why::Uncertain }, candidates })
    }

    /// The present row of somebody who came back under a new number.
    fn now(&self, person: PersonId) -> PersonId {
        self.back.get(&person).copied().unwrap_or(person)
    }

    /// What is certain: declarations, decisions, keys.
    fn proved(&self, account: &Account, accounts: &Accounts) -> Proved {
        use crate::model::match_rule::Step;
        let declared = self.stated.declaration(account, accounts);
        let decision = self.stated.decision(account, accounts);
        for step in &self.linking.order {
            match step {
                Step::Declared => {
                    if let Some(place) = declared {
                        return Proved::Link(Link::Declared(place));
                    }
                }
                Step::By(Rule::Override) => {
                    if let Some(place) = decision {
                        return Proved::Decided(place);
                    }
                }
                Step::By(_) => match self.ladder.climb(account, accounts) {
                    Keyed::One(person, rule) => return Proved::Link(Link::Linked(self.now(person), rule, Score::CERTAIN)),
                    Keyed::Several(mut dispute) => {
                        dispute.candidates = merged(&dispute.candidates, self.back);
                        if let [only] = dispute.candidates[..] {
                            return Proved::Link(Link::Linked(only.person, only.rule, Score::CERTAIN));
                        }
                        return match self.successor(account, &dispute) {
                            Some(heir) => Proved::Link(Link::Linked(heir.person, heir.rule, Score::CERTAIN)),
                            None => Proved::Disputed(dispute),
                        };
                    }
                    Keyed::Nobody => {}
                },
            }
        }
        Proved::Link(Link::Unmatched)
    }

    /// Enters what is certain of an account.
    fn settled(&mut self, id: AccountId, proved: Proved) -> Link {
        match proved {
            Proved::Link(link) => link,
            Proved::Decided(place) => {
                self.applied.insert(id, place);
                self.overridden(place)
            }
            Proved::Disputed(dispute) => self.dispute(dispute),
        }
    }

    /// Whose a disputed account is since it was renamed then: the one candidate who was still there, where the others had left.
    pub fn renamed_at(&self, place: u32, at: Instant) -> Option<Link> {
        let heir = self.heir(&self.disputes[place as usize], at)?;
        let stays = self.departed[heir.person.0 as usize].is_none() && heir.rule.certain();
        stays.then_some(Link::Linked(heir.person, heir.rule, Score::CERTAIN))
    }

    /// The only candidate who was not gone yet when the account was made, where the others were: a login handed on.
    fn successor(&self, account: &Account, dispute: &Dispute) -> Option<Candidate> {
        self.heir(dispute, account.created_at?)
    }

    fn heir(&self, dispute: &Dispute, made: Instant) -> Option<Candidate> {
        let mut there = dispute.candidates.iter().filter(|c| self.departed[c.person.0 as usize].is_none_or(|left| left > made));
        match (there.next(), there.next()) {
            (Some(heir), None) => Some(*heir),
            _ => None,
        }
    }

    fn overridden(&mut self, place: usize) -> Link {
        match self.stated.verdict(place) {
            Verdict::Person(person_id) => match self.ladder.keys().by_person_id(person_id)[..] {
                [person] => Link::Linked(person, Rule::Override, Score::CERTAIN),
                _ => self.dispute(Dispute { why: Why::Unknown, candidates: Vec::new() }),
            },
            Verdict::Nobody | Verdict::Kind(_) => Link::Unmatched,
        }
    }

    /// Whether an analyst's decision was applied to the account.
    pub(super) fn decided(&self, id: AccountId) -> bool {
        self.applied.contains_key(&id)
    }

    /// Whether its holder may be sought by likelihood: not where the dump or the case says that it is no person's.
    fn guessable(&self, account: &Account, accounts: &Accounts) -> bool {
        self.natures.of(account, accounts).is_none_or(|nature| matches!(nature.kind, Kind::Human | Kind::Guest))
    }
}
