//! Where the evidence on one account contradicts itself. Proofs and sightings come in; each contradiction goes out once,
//! with the rows of both sides. Which side counts is decided by the proofs alone; here it is only told.

use super::history::Says;
use super::proof::{Proof, Source};
use crate::model::account::{Sighting, Status};
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::revocation::Revoked;
use crate::model::span::{Clash, Contradiction};
use crate::model::system::Snapshot;

/// All contradictions about an account, in the order of time.
#[must_use]
pub fn contradictions(
    proofs: &[Proof],
    sightings: &[Sighting],
    snapshots: &[Snapshot],
    revoked: Revoked,
    revoked_by: Option<Origin>,
    last_use: Option<(Instant, Origin)>,
) -> Vec<Contradiction> {
    let kept_open = |origin| sightings.iter().any(|sighting| sighting.further.kept_open && sighting.origin == origin);
    let mut list = successive(proofs);
    // A key that still works is no contradiction to an account that is disabled: it is told with the account that is open.
    list.retain(|clash| !kept_open(clash.evidence_at[1]));
    for sighting in sightings {
        let Some((disabled, snapshot)) = sighting.further.disabled_at.zip(snapshots.get(usize::from(sighting.snapshot))) else {
            continue;
        };
        list.extend(within(sighting, disabled, snapshot.at, proofs));
    }
    let ended = match revoked {
        Revoked::At(at) | Revoked::Between { before: at, .. } => Some(at),
        Revoked::Not { .. } | Revoked::Unknown { .. } => None,
    };
    if let (Some(at), Some(row), Some((used, origin))) = (ended, revoked_by, last_use)
        && used > at
    {
        let clash = Clash::UsedAfterRevocation;
        list.push(Contradiction { clash, earlier: at, later: used, evidence_at: [row, origin] });
    }
    list.sort_by_key(|c| (c.later, c.earlier, c.clash, c.evidence_at));
    list.dedup_by_key(|c| (c.clash, c.earlier, c.later));
    list
}

/// A dump that shows an account active of which the proof before says that it was not, with nothing to explain it.
fn successive(proofs: &[Proof]) -> Vec<Contradiction> {
    let mut list = Vec::new();
    for pair in proofs.windows(2) {
        let [before, after] = pair else { continue };
        if before.says != Says::NotUsable || after.says != Says::Usable || after.source != Source::Dump || after.at == before.at {
            continue;
        }
        let clash = match before.source {
            Source::Event | Source::Refusal => Clash::DisabledThenActive,
            Source::Receipt | Source::Found => Clash::ReceiptThenActive,
            Source::Absence => Clash::MissingThenListed,
            Source::Field | Source::Moved | Source::Dump => continue,
        };
        list.push(Contradiction { clash, earlier: before.at, later: after.at, evidence_at: [before.origin, after.origin] });
    }
    list
}

/// A dump's dated field against its own status, and against the log.
fn within(sighting: &Sighting, disabled: Instant, dumped: Instant, proofs: &[Proof]) -> Option<Contradiction> {
    if disabled > dumped {
        return None;
    }
    let told =
        |clash, later, origin| Some(Contradiction { clash, earlier: disabled, later, evidence_at: [sighting.origin, origin] });
    match sighting.status {
        Status::Active if sighting.further.kept_open => None,
        Status::Active => told(Clash::ActiveWithDate, dumped, sighting.origin),
        Status::Disabled | Status::Deleted => {
            let last = if sighting.further.disabled_on_a_day { disabled.plus_seconds(86_400) } else { disabled };
            let enabled = |p: &&Proof| p.says == Says::Usable && p.source == Source::Event && p.at > last && p.at <= dumped;
            let enabled = proofs.iter().rev().find(enabled)?;
            told(Clash::EnabledAfterItsDate, enabled.at, enabled.origin)
        }
        Status::Unknown => None,
    }
}
