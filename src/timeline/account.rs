//! The timeline of one account: when it was usable, when it stopped and stayed so, and on which rows that rests.

use super::history::Says;
use super::proof::{Proof, Source};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::revocation::{EvidenceKind, Revoked};

/// What is known of an account between two instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It could be used.
    Usable,
    /// It could not.
    NotUsable,
    /// Nothing says.
    Unknown,
}

/// The timeline of one account.
pub struct Timeline<'a> {
    proofs: &'a [Proof],
    /// The newest use of all, and where it stands.
    last_use: Option<(Instant, Origin)>,
    /// The newest dump shows it with a status that is not known, at this time.
    unknown_at: Option<Instant>,
}

/// When an account was revoked, and what shows it.
pub struct Ending {
    /// When.
    pub revoked: Revoked,
    /// What kind of evidence that is.
    pub evidence: Option<EvidenceKind>,
    /// The rows.
    pub evidence_at: Vec<Origin>,
}

/// What happened after a departure.
#[derive(Default)]
pub struct Aftermath {
    /// Stretches in which it could be used.
    pub exposed: Vec<(Instant, Instant)>,
    /// Their sum in seconds, where nothing in between is unknown.
    pub exposure_seconds: Option<i64>,
    /// The proofs by which it became usable again.
    pub reactivated: Vec<Origin>,
}

impl<'a> Timeline<'a> {
    /// From proofs in the order of time. `unknown_at`: when the newest dump showed an unknown status, if it did.
    #[must_use]
    pub fn new(proofs: &'a [Proof], last_use: Option<(Instant, Origin)>, unknown_at: Option<Instant>) -> Self {
        Self { proofs, last_use, unknown_at }
    }

    /// The first proof of "not usable" after the last one of "usable".
    #[must_use]
    pub fn ending(&self) -> Ending {
        let usable = self.proofs.iter().rposition(|proof| proof.says == Says::Usable);
        let last_usable = usable.map(|place| &self.proofs[place]);
        match self.proofs.get(usable.map_or(0, |place| place + 1)) {
            Some(first) if first.exact() => Ending {
                revoked: Revoked::At(first.at),
                evidence: Some(if first.source == Source::Event { EvidenceKind::Event } else { EvidenceKind::Dump }),
                evidence_at: vec![first.origin],
            },
            Some(first) => self.bounded(last_usable, first),
            None => self.open(last_usable),
        }
    }

    fn bounded(&self, last_usable: Option<&Proof>, first: &Proof) -> Ending {
        let used = self.last_use.filter(|(at, _)| *at < first.at);
        let proof = last_usable.map(|proof| (proof.at, proof.origin));
        let after = proof.into_iter().chain(used).max_by_key(|(at, _)| *at);
        let day = first.not_before.map(|at| at.plus_seconds(-1));
        let mut evidence_at: Vec<Origin> = after.map(|(_, origin)| origin).into_iter().collect();
        if !evidence_at.contains(&first.origin) {
            evidence_at.push(first.origin);
        }
        let two_dumps = last_usable.is_some_and(|p| p.source == Source::Dump) && first.source != Source::Field;
        Ending {
            revoked: Revoked::Between { after: after.map(|(at, _)| at).max(day), before: first.at },
            evidence: Some(if two_dumps { EvidenceKind::Snapshots } else { EvidenceKind::Dump }),
            evidence_at,
        }
    }

    fn open(&self, last_usable: Option<&Proof>) -> Ending {
        let proof = last_usable.map(|proof| (proof.at, proof.origin));
        let seen = proof.into_iter().chain(self.last_use).max_by_key(|(at, _)| *at);
        let evidence_at: Vec<Origin> = seen.map(|(_, origin)| origin).into_iter().collect();
        let after = seen.map(|(at, _)| at);
        let revoked = match seen {
            Some((seen, _)) if self.unknown_at.is_none_or(|unknown| unknown < seen) => {
                let since = self.proofs.iter().rposition(|proof| proof.says == Says::NotUsable).map_or(0, |place| place + 1);
                Revoked::Not { seen, by_dump: self.proofs[since..].iter().any(|proof| proof.source == Source::Dump) }
            }
            _ => Revoked::Unknown { after },
        };
        let by_dump = matches!(revoked, Revoked::Not { .. }) && last_usable.is_some_and(|p| p.source == Source::Dump);
        Ending { revoked, evidence: by_dump.then_some(EvidenceKind::Dump), evidence_at }
    }

    /// The states between the proofs, from the beginning: each from an instant on, until the next.
    fn states(&self) -> Vec<(Option<Instant>, State)> {
        let mut states: Vec<(Option<Instant>, State)> = Vec::new();
        let before = match self.proofs.first() {
            None => State::Unknown,
            Some(first) => match (first.says, first.source) {
                (Says::Usable, Source::Dump) => State::Usable,
                (Says::Usable, _) => State::NotUsable,
                (Says::NotUsable, _) if first.exact() => State::Usable,
                (Says::NotUsable, _) => State::Unknown,
            },
        };
        states.push((None, before));
        let mut earlier = None;
        for proof in self.proofs {
            let says = if proof.says == Says::Usable { State::Usable } else { State::NotUsable };
            let state = states.last().map_or(State::Unknown, |(_, state)| *state);
            let changed_unseen = state != says && !proof.exact();
            // Being enabled shows that it was not usable just before, whatever nobody logged.
            let contradicted = state == State::Usable && says == State::Usable && proof.source == Source::Event;
            if state != State::Unknown && (changed_unseen || contradicted) {
                // It changed at some time since the proof before; a change known by its day, at some time of that day.
                let since = proof.not_before.max(earlier);
                states.push((since, State::Unknown));
            }
            states.push((Some(proof.at), says));
            earlier = Some(proof.at);
        }
        states
    }

    /// What happened after `departure`, up to the newest evidence.
    #[must_use]
    pub fn aftermath(&self, departure: Instant) -> Aftermath {
        let states = self.states();
        let end = match self.ending().revoked {
            Revoked::At(at) => at,
            Revoked::Between { before, .. } => before,
            // Nothing shows its state after the departure.
            Revoked::Not { seen, .. } if seen < departure => {
                return Aftermath { reactivated: self.reactivated(departure), ..Aftermath::default() };
            }
            Revoked::Not { seen, .. } => seen,
            Revoked::Unknown { .. } => return Aftermath { reactivated: self.reactivated(departure), ..Aftermath::default() },
        };
        let mut exposed: Vec<(Instant, Instant)> = Vec::new();
        let mut unknown = false;
        for (place, (from, state)) in states.iter().enumerate() {
            let from = from.map_or(departure, |from| from.max(departure));
            let to = states.get(place + 1).and_then(|(next, _)| *next).unwrap_or(end).min(end);
            if from >= to {
                continue;
            }
            match state {
                State::Usable => match exposed.last_mut() {
                    Some(last) if last.1 == from => last.1 = to,
                    _ => exposed.push((from, to)),
                },
                State::Unknown => unknown = true,
                State::NotUsable => {}
            }
        }
        let seconds = exposed.iter().map(|(from, to)| to.seconds_since(*from)).sum();
        Aftermath { exposed, exposure_seconds: (!unknown).then_some(seconds), reactivated: self.reactivated(departure) }
    }

    fn reactivated(&self, departure: Instant) -> Vec<Origin> {
        let again = |pair: &&[Proof]| pair[0].says == Says::NotUsable && pair[1].says == Says::Usable && pair[1].at > departure;
        self.proofs.windows(2).filter(again).map(|pair| pair[1].origin).collect()
    }
}
