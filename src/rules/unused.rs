//! Whether a usable account was used of late: what the rules on unused accounts ask.

use super::{Draft, Examined, Verdict};
use crate::case::duration_words;
use crate::model::account::AccountId;
use crate::model::finding::Severity;

/// The systems of which a dump knows the last use of some account: only there a missing one says that there was none.
pub fn telling(examined: &Examined) -> Vec<bool> {
    let mut tells = vec![false; examined.case.systems.len()];
    for account in &examined.listed.accounts.rows {
        tells[usize::from(account.system.0)] |= account.newest.is_some_and(|newest| newest.last_used_at.is_some());
    }
    tells
}

/// A verdict on an account that was used once: not too long ago.
pub fn idle(examined: &Examined, id: AccountId) -> Verdict {
    let Some((last_used, origin)) = examined.measured.last_used[id.0 as usize] else { return Verdict::NotEvaluable };
    let idle = examined.age(last_used);
    if idle <= examined.case.policy.dormant_after {
        return Verdict::Pass;
    }
    Verdict::Finding(Draft {
        severity: examined.privileged(id).then_some(Severity::Medium),
        because: examined.privilege(id),
        person: examined.links[id.0 as usize].person(),
        account: Some(id),
        since: Some(last_used),
        detail: format!(
            "{} was last used {} ago; the policy allows {}",
            examined.account_words(id),
            duration_words(idle),
            duration_words(examined.case.policy.dormant_after)
        ),
        evidence_at: vec![origin],
        ..Draft::default()
    })
}

/// A verdict on an account of which no use is known: it is new, or it was never used.
pub fn never_used(examined: &Examined, id: AccountId, tells: &[bool]) -> Verdict {
    let account = examined.listed.accounts.get(id);
    let Some(made) = account.created_at.filter(|_| tells[usize::from(account.system.0)]) else { return Verdict::NotEvaluable };
    let age = examined.age(made);
    if age <= examined.case.policy.dormant_after {
        return Verdict::Pass;
    }
    Verdict::Finding(Draft {
        severity: examined.privileged(id).then_some(Severity::Medium),
        because: examined.privilege(id),
        person: examined.links[id.0 as usize].person(),
        account: Some(id),
        since: Some(made),
        detail: format!(
            "{} was made {} ago, and no use of it is known; the policy allows {} without one",
            examined.account_words(id),
            duration_words(age),
            duration_words(examined.case.policy.dormant_after)
        ),
        evidence_at: examined.row_of(id).into_iter().collect(),
        ..Draft::default()
    })
}
