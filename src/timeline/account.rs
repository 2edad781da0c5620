//! The timeline of one account: when it was usable, when it stopped and stayed so, and on which rows that rests.

use super::history::Says;
use super::proof::{Proof, Source};
use super::spans::spans;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::revocation::{EvidenceKind, Revoked};
use crate::model::span::Span;

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

impl<'a> Timeline<'a> {
    /// From proofs in the order of time. `unknown_at`: when the newest dump showed an unknown status, if it did.
    #[must_use]
    pub fn new(proofs: &'a [Proof], last_use: Option<(Instant, Origin)>, unknown_at: Option<Instant>) -> Self {
        Self { proofs, last_use, unknown_at }
    }

    /// Its spans: usable, not usable, unknown.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        spans(self.proofs, self.last_use)
    }

    /// The first proof of "not usable" after the last one of "usable".
    #[must_use]
    pub fn ending(&self) -> Ending {
        let usable = self.proofs.iter().rposition(|proof| proof.says == Says::Usable);
        let last_usable = usable.map(|place| &self.proofs[place]);
        match self.proofs.get(usable.map_or(0, |place| place + 1)) {
            Some(first) if first.exact() => Ending {
                revoked: Revoked::At(first.at),
                evidence: Some(match first.source {
                    Source::Event => EvidenceKind::Event,
                    Source::Receipt => EvidenceKind::Receipt,
                    _ => EvidenceKind::Dump,
                }),
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
        let evidence = match first.source {
            Source::Refusal => EvidenceKind::Event,
            Source::Found => EvidenceKind::Receipt,
            _ if two_dumps => EvidenceKind::Snapshots,
            _ => EvidenceKind::Dump,
        };
        Ending {
            revoked: Revoked::Between { after: after.map(|(at, _)| at).max(day), before: first.at },
            evidence: Some(evidence),
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

    /// The proofs by which it became usable again after `departure`.
    #[must_use]
    pub fn reactivated(&self, departure: Instant) -> Vec<Origin> {
        let again = |pair: &&[Proof]| pair[0].says == Says::NotUsable && pair[1].says == Says::Usable && pair[1].at > departure;
        self.proofs.windows(2).filter(again).map(|pair| pair[1].origin).collect()
    }
}
