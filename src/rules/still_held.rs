//! What disabled accounts of leavers still hold: what the rules on grants and on licences ask.

use super::{Draft, Examined, Verdict};
use crate::access::{Held, listed};
use crate::model::account::{AccountId, Status};
use crate::model::system::SystemId;

/// A verdict on each disabled account of a leaver in a system that `concerns` the rule: whether it holds any grant that `counts`. `told` ends
/// the sentence on one that does, given the grants in words, and may add to the finding.
pub fn check(
    examined: &Examined,
    verdict: &mut dyn FnMut(Verdict),
    concerns: impl Fn(SystemId) -> bool,
    counts: impl Fn(AccountId, &Held) -> bool,
    told: impl Fn(AccountId, &str, &mut Draft) -> String,
) {
    for row in examined.revocations() {
        let account = examined.listed.accounts.get(row.account);
        let disabled = account.newest().filter(|newest| newest.status == Status::Disabled && concerns(account.system));
        let Some(newest) = disabled else { continue };
        if !examined.access.knows(account.system) {
            verdict(Verdict::NotEvaluable);
            continue;
        }
        let held: Vec<&Held> = examined.access.held(row.account).iter().filter(|held| counts(row.account, held)).collect();
        if held.is_empty() {
            verdict(Verdict::Pass);
            continue;
        }
        let mut draft = Draft {
            person: Some(row.person),
            account: Some(row.account),
            since: Some(row.departure.latest),
            evidence_at: vec![newest.origin],
            ..Draft::default()
        };
        draft.evidence_at.extend(held.iter().map(|held| held.origin).filter(|origin| *origin != newest.origin));
        let grants = listed(held.iter().map(|held| &*held.grant));
        let (words, name) = (examined.account_words(row.account), examined.people.name(row.person));
        let told = told(row.account, &grants, &mut draft);
        draft.detail = format!("{words} of {name} is disabled and {told}");
        verdict(Verdict::Finding(draft));
    }
}
