//! Every account of everybody who left, measured; and for all accounts whether the newest evidence says usable.

use std::ops::Range;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::cascade::{Closed, closed, cut, under};
use super::departure::Standing;
use super::outcome::{latency_seconds, outcome};
use crate::case::Case;
use crate::identity::Link;
use crate::ingest::Listed;
use crate::model::account::{Account, AccountId, Status};
use crate::model::event::Action;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::person::{People, PersonId};
use crate::model::revocation::{Departure, Ended, Outcome, Revocation, Revoked};
use crate::model::span::{Contradiction, Span, State};
use crate::model::system::{Snapshot, SystemId};
use crate::parallel;
use crate::timeline::{Collected, Ending, Histories, History, Timeline, aftermath, contradictions, cut_off, interrupted, proofs};

/// Accounts that are looked at side by side before what was seen of them is entered.
const TOGETHER: usize = 1 << 14;

/// What was measured.
pub struct Measured {
    /// A row for each account of each leaver, and for each account still open of somebody who left before; by person id,
    /// system and account id.
    pub revocations: Vec<Revocation>,
    /// Where those of each person lie among them.
    rows: HashMap<PersonId, Range<usize>>,
    /// By [`AccountId`]: how it ended.
    pub ended: Vec<Ended>,
    /// When the log shows that an account was made, of people who left, started or changed roles.
    pub made: HashMap<AccountId, (Instant, Origin)>,
}

impl Measured {
    /// The rows of one person.
    #[must_use]
    pub fn revocations_of(&self, person: PersonId) -> &[Revocation] {
        self.rows.get(&person).and_then(|rows| self.revocations.get(rows.clone())).unwrap_or_default()
    }
}

/// An account of somebody who left, by its own evidence.
struct Own {
    person: PersonId,
    account: AccountId,
    system: SystemId,
    departure: Departure,
    /// Whether the departure lies before the period.
    before: bool,
    ending: Ending,
    timeline: Vec<Span>,
    contradictions: Vec<Contradiction>,
    reactivated_at: Vec<Origin>,
    last_used: Option<(Instant, Origin)>,
    /// The newest sign-in or change of a credential.
    trace: Option<Instant>,
    uses: (u64, Vec<Origin>),
    /// Every use after the departure that a log shows.
    used_at: Vec<Instant>,
    touches: Vec<(Instant, Action, bool, Origin)>,
}

impl Own {
    /// Where it was usable itself when people could sign in again, it was usable again.
    fn open_again(&mut self, closed: &[Closed]) {
        for (at, row) in closed.iter().filter(|closed| closed.to > self.departure.latest).filter_map(|closed| closed.opened) {
            // What its newest evidence shows, it shows at that very instant.
            let shown = |span: &Span| {
                span.state == State::Usable && span.from.is_none_or(|from| from <= at) && span.to.is_none_or(|to| to >= at)
            };
            let gone = |span: &Span| span.state == State::NotUsable && span.from == Some(at);
            let usable = self.timeline.iter().any(shown) && !self.timeline.iter().any(gone);
            if usable && !self.reactivated_at.contains(&row) {
                self.reactivated_at.push(row);
            }
        }
    }

    /// Takes the stretches after the departure in which nobody could sign in out of its timeline; none where it was used or changed in
    /// one of them, for then there is another way in.
    fn interrupt(&mut self, closed: &[Closed]) {
        let within = |closed: &Closed, at: Instant| closed.from.max(self.departure.latest) < at && at < closed.to;
        let mut traces = self.used_at.iter().copied().chain(self.touches.iter().map(|touch| touch.0)).chain(self.trace);
        if traces.any(|at| closed.iter().any(|closed| within(closed, at))) {
            return;
        }
        self.open_again(closed);
        for Closed { from, to, known_again, evidence_at, .. } in closed {
            for (from, to, state) in [(*from, *to, State::NotUsable), (*to, *known_again, State::Unknown)] {
                let from = from.max(self.departure.latest);
                if from < to {
                    self.timeline = interrupted(std::mem::take(&mut self.timeline), from, to, state, evidence_at);
                }
            }
        }
    }
}

/// Measures everything.
#[must_use]
pub fn measure(case: &Case, people: &People, collected: &Collected, standings: &[Standing]) -> Measured {
    let (listed, accounts) = (&collected.listed, collected.links.len());
    let mut measured =
        Measured { revocations: Vec::new(), rows: HashMap::new(), ended: Vec::with_capacity(accounts), made: HashMap::new() };
    let mut left: Vec<Own> = Vec::new();
    let all: Vec<u32> = (0..u32::try_from(accounts).unwrap_or(u32::MAX)).collect();
    let one = |row: &u32| seen(case, collected, standings, AccountId(*row));
    parallel::in_order(&all, TOGETHER, one, |row, seen| {
        measured.ended.push(seen.ended);
        measured.made.extend(seen.made.map(|made| (AccountId(*row), made)));
        left.extend(seen.own.map(|own| *own));
    });
    cascade_all(case, &mut left);
    measured.revocations = left.into_iter().filter_map(|own| revocation(case, own)).collect();
    let key = |r: &Revocation| {
        let account = listed.accounts.get(r.account);
        (people.person_id(r.person), case.system_name(account.system), listed.accounts.names(account).account_id)
    };
    measured.revocations.par_sort_by_cached_key(key);
    for (place, row) in measured.revocations.iter().enumerate() {
        measured.rows.entry(row.person).or_insert(place..place).end = place + 1;
    }
    measured
}

/// What is seen of one account.
struct Seen {
    ended: Ended,
    made: Option<(Instant, Origin)>,
    /// More of it, where it is of somebody who left.
    own: Option<Box<Own>>,
}

fn seen(case: &Case, collected: &Collected, standings: &[Standing], id: AccountId) -> Seen {
    let Collected { listed, links, histories, .. } = collected;
    let account = listed.accounts.get(id);
    let snapshots = &listed.snapshots[usize::from(account.system.0)];
    let history = histories.of(id);
    let proofs = proofs(id, &listed.accounts, snapshots, &history, case.as_of);
    let last_used = last_used(id, listed, histories);
    let unknown_at = unknown_at(account, listed, snapshots);
    let timeline = Timeline::new(&proofs, last_used, unknown_at);
    let ending = timeline.ending();
    let mut seen = Seen { ended: ending.revoked.into(), made: history.created, own: None };
    let Link::Linked(person, ..) = links[id.0 as usize] else { return seen };
    let (departure, before) = match standings[person.0 as usize] {
        Standing::Leaver(departure) => (departure, false),
        Standing::Left(departure) => (departure, true),
        Standing::Employed | Standing::Coming(_) | Standing::Since(_) => return seen,
    };
    let sightings: Vec<_> = listed.accounts.sightings(id).collect();
    let revoked_by = ending.evidence_at.last().copied();
    seen.own = Some(Box::new(Own {
        person,
        account: id,
        system: account.system,
        departure,
        before,
        timeline: timeline.spans(),
        contradictions: contradictions(&proofs, &sightings, snapshots, ending.revoked, revoked_by, last_used),
        reactivated_at: timeline.reactivated(departure.latest),
        last_used,
        trace: last_used.map(|(at, _)| at).max(history.last_credential),
        used_at: history.uses.iter().map(|used| used.at).filter(|at| *at > departure.latest).collect(),
        uses: uses(&departure, &history, last_used),
        touches: touches(&departure, &history),
        ending,
    }));
    seen
}

/// Applies the revocations at systems through which people sign in to the accounts that are reached through them only; a
/// system that is itself reached through another after that one.
fn cascade_all(case: &Case, left: &mut [Own]) {
    let through = |id: &SystemId| case.systems[usize::from(id.0)].sign_in;
    let depth = |id: SystemId| std::iter::successors(through(&id), through).take(case.systems.len()).count();
    let mut places: HashMap<(PersonId, SystemId), Vec<usize>> = HashMap::new();
    for (place, own) in left.iter().enumerate() {
        places.entry((own.person, own.system)).or_default().push(place);
    }
    let mut order: Vec<(usize, usize)> = left.iter().enumerate().map(|(place, own)| (depth(own.system), place)).collect();
    order.retain(|(depth, _)| *depth > 0);
    order.sort_unstable();
    for (_, place) in order {
        let Some(provider) = through(&left[place].system) else { continue };
        let Some(there) = places.get(&(left[place].person, provider)) else { continue };
        let endings: Vec<&Ending> = there.iter().map(|place| &left[*place].ending).collect();
        let cut = cut(&endings);
        let timelines: Vec<&[Span]> = there.iter().map(|place| &left[*place].timeline[..]).collect();
        let closed = closed(&timelines);
        let own = &mut left[place];
        let ended = cut.as_ref().and_then(|cut| match cut.revoked {
            Revoked::At(before) | Revoked::Between { before, .. } => Some(before),
            Revoked::Not { .. } | Revoked::Unknown { .. } => None,
        });
        if ended.is_none_or(|ended| own.trace.is_none_or(|trace| trace <= ended)) {
            own.interrupt(&closed);
        }
        let Some(cut) = cut else { continue };
        let Some(ending) = under(&own.ending, &cut, own.trace) else { continue };
        let (after, before) = match ending.revoked {
            Revoked::At(at) => (Some(at), at),
            Revoked::Between { after, before } => (after, before),
            Revoked::Not { .. } | Revoked::Unknown { .. } => continue,
        };
        own.timeline = cut_off(std::mem::take(&mut own.timeline), after, before, &cut.evidence_at);
        own.ending = ending;
    }
}

/// The row of `revocations.csv`; none for an account that is not open any more of somebody who left before the period.
fn revocation(case: &Case, own: Own) -> Option<Revocation> {
    let (departure, revoked) = (own.departure, own.ending.revoked);
    let target = case.target_seconds(own.system);
    let outcome = outcome(&departure, revoked, target);
    if own.before && outcome != Outcome::Open {
        return None;
    }
    let after = aftermath(&own.timeline, revoked, departure.latest);
    let certain = departure.earliest == departure.latest || matches!(revoked, Revoked::At(at) if at <= departure.earliest);
    let (uses_after_departure, uses_at) = own.uses;
    Some(Revocation {
        person: own.person,
        account: own.account,
        departure,
        revoked,
        latency_seconds: latency_seconds(&departure, revoked),
        outcome,
        target_seconds: target,
        exposure_seconds: after.exposure_seconds.filter(|_| certain),
        exposed: after.exposed,
        evidence: own.ending.evidence,
        evidence_at: own.ending.evidence_at,
        last_used_at: own.last_used.map(|(at, _)| at),
        uses_after_departure,
        used_at: own.used_at,
        uses_at,
        reactivations: own.reactivated_at.len() as u64,
        reactivated_at: own.reactivated_at,
        touches: own.touches,
        timeline: own.timeline,
        contradictions: own.contradictions,
    })
}

/// When a dump left an account's state open: the newest that shows it has a status that is not known, or it is not in the
/// newest of all but may be in a row of it that was rejected.
fn unknown_at(account: &Account, listed: &Listed, snapshots: &[Snapshot]) -> Option<Instant> {
    let last = snapshots.last()?;
    if let Some(newest) = account.newest().filter(|newest| newest.status == Status::Unknown) {
        return snapshots.get(usize::from(newest.snapshot)).map(|snapshot| snapshot.at);
    }
    let listed_last = account.newest().is_some_and(|newest| usize::from(newest.snapshot) + 1 == snapshots.len());
    let names = listed.accounts.names(account).targets();
    (!listed_last && last.unread.may_hold(names)).then_some(last.at)
}

/// The newest use that a log or a dump shows.
#[must_use]
pub fn last_used(id: AccountId, listed: &Listed, histories: &Histories) -> Option<(Instant, Origin)> {
    let by_dumps = listed.accounts.sightings(id).filter_map(|s| Some((s.last_used_at?, s.origin)));
    by_dumps.chain(histories.last_use(id)).max_by_key(|(at, _)| *at)
}

/// How often it was used after the departure, and where the first and the last time stand. A dump shows one use at least.
fn uses(departure: &Departure, history: &History, last_used: Option<(Instant, Origin)>) -> (u64, Vec<Origin>) {
    let after: Vec<Origin> = history.uses.iter().filter(|u| u.at > departure.latest).map(|u| u.origin).collect();
    match (after.first(), after.last(), last_used) {
        (Some(first), Some(last), _) => {
            let mut ends = vec![*first, *last];
            ends.dedup();
            (after.len() as u64, ends)
        }
        (_, _, Some((at, origin))) if at > departure.latest => (1, vec![origin]),
        _ => (0, Vec::new()),
    }
}

/// What was changed of it after the departure.
fn touches(departure: &Departure, history: &History) -> Vec<(Instant, Action, bool, Origin)> {
    let after = history.touches.iter().filter(|touch| touch.at > departure.latest);
    after.map(|touch| (touch.at, touch.action, touch.by_itself, touch.origin)).collect()
}

/// The earliest instant of the departure of everybody who is gone, by [`PersonId`]: what a collector of events needs.
#[must_use]
pub fn departed(standings: &[Standing]) -> Vec<Option<Instant>> {
    standings.iter().map(|standing| standing.departure().map(|departure| departure.earliest)).collect()
}

/// All standings, by [`PersonId`].
#[must_use]
pub fn standings(people: &People, case: &Case) -> Vec<Standing> {
    (0..people.rows.len())
        .map(|row| super::standing(people.get(PersonId(u32::try_from(row).unwrap_or(u32::MAX))), case))
        .collect()
}
