//! What the rules on accounts that outlive their owner have in common: each looks at one way in.

use super::{Draft, Examined, Verdict};
use crate::case::duration_words;
use crate::model::finding::Severity;
use crate::model::revocation::{Outcome, Revocation, Revoked};

/// By which way an account lets its owner in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// An application, directory or vault.
    Account,
    /// The network from outside.
    Remote,
    /// A door.
    Door,
    /// A login of an application's own, while the provider through which people sign in has cut the person.
    Beside,
}

impl Way {
    /// The way in of an account of somebody who left.
    pub fn of(row: &Revocation, examined: &Examined) -> Self {
        let own = &examined.case.systems[usize::from(examined.listed.accounts.get(row.account).system.0)];
        match own.kind.as_deref() {
            Some("vpn") => return Self::Remote,
            Some("physical") => return Self::Door,
            _ => {}
        }
        let Some(provider) = own.provider else { return Self::Account };
        let mut there =
            examined.revocations_of(row.person).iter().filter(|r| examined.listed.accounts.get(r.account).system == provider);
        let cut = |row: &Revocation| matches!(row.revoked, Revoked::At(_) | Revoked::Between { .. });
        let first = there.next().is_some_and(cut);
        if first && there.all(cut) { Self::Beside } else { Self::Account }
    }
}

/// A verdict on each account of a leaver of one way in; `more` ends the sentence.
pub fn check(examined: &Examined, way: Way, more: &str, verdict: &mut dyn FnMut(Verdict)) {
    let mine = |row: &&Revocation| match (Way::of(row, examined), row.outcome) {
        (own, _) if own == way => true,
        // Which way in it would have been matters only where it is open.
        (Way::Beside, outcome) => way == Way::Account && outcome != Outcome::Open,
        _ => false,
    };
    for row in examined.revocations().iter().filter(mine) {
        verdict(match row.outcome {
            Outcome::OnTime | Outcome::Late => Verdict::Pass,
            Outcome::Pending | Outcome::Undetermined => Verdict::NotEvaluable,
            Outcome::Open => Verdict::Finding(open(examined, row, more)),
        });
    }
}

fn open(examined: &Examined, row: &Revocation, more: &str) -> Draft {
    let privileged = examined.privileged(row.account);
    let seen = match row.revoked {
        Revoked::Not { seen, .. } => seen,
        _ => row.departure.latest,
    };
    let still = duration_words(seen.seconds_since(row.departure.latest));
    let used = if row.uses_after_departure > 0 { "; it was used since" } else { "" };
    let rights = if privileged { "; it is privileged" } else { "" };
    let worst = privileged || row.uses_after_departure > 0;
    Draft {
        severity: Some(if worst { Severity::Critical } else { Severity::High }),
        because: if row.uses_after_departure > 0 { "it was used after the departure" } else { examined.privilege(row.account) },
        person: Some(row.person),
        account: Some(row.account),
        since: Some(row.departure.latest),
        detail: format!(
            "{} of {} still works, {still} after the departure{more}{used}{rights}{}{}",
            examined.account_words(row.account),
            examined.people.name(row.person),
            examined.credentials_words(row.account),
            examined.cost_words(row.account)
        ),
        evidence_at: examined.evidence(row),
        ..Draft::default()
    }
}
