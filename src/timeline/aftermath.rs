//! What became of an account after a departure: its spans and its revocation come in, the exposure goes out.

use crate::model::instant::Instant;
use crate::model::revocation::Revoked;
use crate::model::span::{Span, State};

/// What happened after a departure.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// Stretches in which it could be used.
    pub exposed: Vec<(Instant, Instant)>,
    /// Their sum in seconds, where nothing in between is unknown.
    pub exposure_seconds: Option<i64>,
}

/// What an account's spans show after `departure`, up to the newest evidence.
#[must_use]
pub fn aftermath(spans: &[Span], revoked: Revoked, departure: Instant) -> Aftermath {
    let end = match revoked {
        Revoked::At(at) => at,
        Revoked::Between { before, .. } => before,
        Revoked::Not { seen, .. } if seen >= departure => seen,
        // Nothing shows its state after the departure.
        Revoked::Not { .. } | Revoked::Unknown { .. } => return Aftermath::default(),
    };
    let mut exposed: Vec<(Instant, Instant)> = Vec::new();
    let mut unknown = false;
    for span in spans {
        let from = span.from.map_or(departure, |from| from.max(departure));
        let to = span.to.unwrap_or(end).min(end);
        if from >= to {
            continue;
        }
        match span.state {
            State::Usable => match exposed.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => exposed.push((from, to)),
            },
            State::Unknown => unknown = true,
            State::NotUsable => {}
        }
    }
    let seconds = exposed.iter().map(|(from, to)| to.seconds_since(*from)).sum();
    Aftermath { exposed, exposure_seconds: (!unknown).then_some(seconds) }
}
