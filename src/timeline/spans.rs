//! The timeline of an account as spans: usable, not usable, unknown. Proofs in the order of time come in; spans without a
//! gap go out, each with what it rests on.

use super::history::Says;
use super::proof::{Proof, Source};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::span::{Ground, Span, State};

/// The spans of an account. `last_use`: its newest use.
#[must_use]
pub fn spans(proofs: &[Proof], last_use: Option<(Instant, Origin)>) -> Vec<Span> {
    let mut spans = Spans(Vec::new());
    spans.begin(proofs.first());
    let mut before: Option<&Proof> = None;
    for proof in proofs {
        spans.take(before, proof);
        before = Some(proof);
    }
    spans.narrow(last_use);
    spans.end(before, last_use);
    spans.0
}

/// The spans of an account that another system's revocation cut off, after `after` (if known) and not later than `before`.
#[must_use]
pub fn cut_off(mut spans: Vec<Span>, after: Option<Instant>, before: Instant, evidence_at: &[Origin]) -> Vec<Span> {
    spans.retain(|span| after.is_some() && span.from < after);
    if let Some(last) = spans.last_mut() {
        last.to = after;
    }
    let mut add = |from, to, state| {
        spans.push(Span { from, to, state, ground: Ground::Cascade, evidence_at: evidence_at.to_vec() });
    };
    if after != Some(before) {
        add(after, Some(before), State::Unknown);
    }
    add(Some(before), None, State::NotUsable);
    spans
}

/// The spans of an account that could not be reached from `from` to `to`, because the system through which people sign in was closed
/// (`state` is not usable), or of which nothing says whether it could (it is unknown).
#[must_use]
pub fn interrupted(spans: Vec<Span>, from: Instant, to: Instant, state: State, evidence_at: &[Origin]) -> Vec<Span> {
    let mut parts = Vec::with_capacity(spans.len() + 2);
    for span in spans {
        let (first, last) = (span.from.map_or(from, |at| at.max(from)), span.to.map_or(to, |at| at.min(to)));
        if span.state == State::NotUsable || span.state == state || first >= last {
            parts.push(span);
            continue;
        }
        if span.from.is_none_or(|at| at < first) {
            parts.push(Span { to: Some(first), ..span.clone() });
        }
        let evidence_at = evidence_at.to_vec();
        parts.push(Span { from: Some(first), to: Some(last), state, ground: Ground::Cascade, evidence_at });
        if span.to.is_none_or(|at| at > last) {
            parts.push(Span { from: Some(last), ..span });
        }
    }
    parts
}

struct Spans(Vec<Span>);

impl Spans {
    fn state(&self) -> State {
        self.0.last().map_or(State::Unknown, |span| span.state)
    }

    /// Begins a new span, which ends the one before; one that has no length goes, unless it is all that shows the account usable between
    /// two stretches of which nothing is known.
    fn push(&mut self, from: Option<Instant>, state: State, ground: Ground, evidence_at: Vec<Origin>) {
        if let Some(last) = self.0.last_mut() {
            last.to = from;
            let shown_usable = last.state == State::Usable && state == State::Unknown;
            if last.from == from && !shown_usable {
                self.0.pop();
            }
        }
        if self.0.is_empty() || self.state() != state {
            self.0.push(Span { from, to: None, state, ground, evidence_at });
        } else if let Some(last) = self.0.last_mut() {
            last.to = None;
        }
    }

    /// What was before the first proof: the state that it ended or confirmed.
    fn begin(&mut self, first: Option<&Proof>) {
        let (state, ground) = match first {
            None => (State::Unknown, Ground::Nothing),
            Some(first) => match (first.says, first.source) {
                (Says::Usable, Source::Dump) => (State::Usable, Ground::Assumed),
                (Says::Usable, _) => (State::NotUsable, Ground::Assumed),
                (Says::NotUsable, _) if first.exact() => (State::Usable, Ground::Assumed),
                (Says::NotUsable, _) => (State::Unknown, Ground::Nothing),
            },
        };
        let evidence_at = first.filter(|_| ground != Ground::Nothing).map(|first| first.origin).into_iter().collect();
        self.0.push(Span { from: None, to: None, state, ground, evidence_at });
    }

    fn take(&mut self, before: Option<&Proof>, proof: &Proof) {
        let says = if proof.says == Says::Usable { State::Usable } else { State::NotUsable };
        let state = self.state();
        let changed_unseen = state != says && !proof.exact();
        // Being enabled shows that it was not usable just before, whatever nobody logged.
        let enabled_unseen =
            state == State::Usable && says == State::Usable && matches!(proof.source, Source::Event | Source::Receipt);
        if state != State::Unknown && (changed_unseen || enabled_unseen) {
            // It changed at some time since the proof before; a change known by its day, at some time of that day.
            let since = proof.not_before.max(before.map(|before| before.at));
            let mut rows: Vec<Origin> = before.map(|before| before.origin).into_iter().chain([proof.origin]).collect();
            rows.dedup();
            self.push(since, State::Unknown, between(before, proof), rows);
        }
        self.push(Some(proof.at), says, ground(proof), vec![proof.origin]);
    }

    /// A use within the last unknown span before a revocation shows that it was usable until then.
    fn narrow(&mut self, last_use: Option<(Instant, Origin)>) {
        let (Some((used, origin)), Some(place)) = (last_use, self.0.len().checked_sub(2)) else { return };
        let span = &self.0[place];
        let inside = span.from.is_none_or(|from| from < used) && span.to.is_some_and(|to| used < to);
        let ends = span.state == State::Unknown && self.0[place + 1].state == State::NotUsable;
        let began = place.checked_sub(1).map(|earlier| self.0[earlier].state);
        if !inside || !ends || began == Some(State::NotUsable) {
            return;
        }
        self.0[place].from = Some(used);
        if let Some(earlier) = place.checked_sub(1) {
            self.0[earlier].to = Some(used);
            if !self.0[place].evidence_at.contains(&origin) {
                self.0[place].evidence_at.insert(0, origin);
            }
        } else {
            let (state, ground) = (State::Usable, Ground::Assumed);
            self.0.insert(0, Span { from: None, to: Some(used), state, ground, evidence_at: vec![origin] });
        }
    }

    /// One that is off stays off until something shows otherwise; one that is on is shown so up to its newest evidence.
    fn end(&mut self, last: Option<&Proof>, last_use: Option<(Instant, Origin)>) {
        if self.state() != State::Usable {
            return;
        }
        let seen = last.map(|proof| proof.at).max(last_use.map(|(at, _)| at));
        if let Some(last) = self.0.last_mut() {
            // Nothing after it was enabled: the stretch has no length, and is kept for its evidence.
            last.to = seen;
            let (state, ground) = (State::Unknown, Ground::Nothing);
            self.0.push(Span { from: seen, to: None, state, ground, evidence_at: Vec::new() });
        }
    }
}

fn ground(proof: &Proof) -> Ground {
    match proof.source {
        Source::Event | Source::Refusal => Ground::Event,
        Source::Receipt | Source::Found => Ground::Receipt,
        Source::Field | Source::Moved | Source::Dump | Source::Absence => Ground::Dump,
    }
}

/// What an unseen change between two proofs rests on.
fn between(before: Option<&Proof>, proof: &Proof) -> Ground {
    let dumped = |proof: &Proof| matches!(proof.source, Source::Dump | Source::Absence | Source::Moved);
    match before {
        Some(before)
            if before.says == Says::NotUsable
                && matches!(before.source, Source::Event | Source::Refusal | Source::Receipt | Source::Found)
                && proof.source == Source::Dump =>
        {
            Ground::Contradiction
        }
        Some(before) if dumped(before) && dumped(proof) => Ground::Snapshots,
        Some(_) => ground(proof),
        None => Ground::Dump,
    }
}
