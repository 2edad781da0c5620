//! Whether a usable account was used of late: what the rules on unused accounts ask.

use super::{Draft, Examined, Verdict};
use crate::case::duration_words;
use crate::model::account::AccountId;
use crate::model::finding::Severity;
use crate::model::instant::Instant;
use crate::model::origin::Origin;
use crate::model::revocation::{Outcome, Revocation};

/// The systems of which a dump knows the last use of some account: only there a missing one says that there was none.
pub fn telling(examined: &Examined) -> Vec<bool> {
    let mut tells = vec![false; examined.case.systems.len()];
    for account in &examined.listed.accounts.rows {
        tells[usize::from(account.system.0)] |= account.newest().is_some_and(|newest| newest.last_used_at.is_some());
    }
    tells
}

/// Whether the account is open though its person left: that is told as such, used or not.
pub fn left_open(examined: &Examined, id: AccountId) -> bool {
    let open = |row: &Revocation| row.account == id && row.outcome == Outcome::Open;
    examined.links[id.0 as usize].person().is_some_and(|person| examined.revocations_of(person).iter().any(open))
}

/// A verdict on an account that was used once: not too long ago.
pub fn idle(examined: &Examined, id: AccountId) -> Verdict {
    let Some((last_used, origin)) = examined.last_used(id) else { return Verdict::NotEvaluable };
    let idle = examined.age(last_used);
    if idle <= examined.case.policy.dormant_after {
        return Verdict::Pass;
    }
    let allowed = duration_words(examined.case.policy.dormant_after);
    let detail =
        format!("{} was last used {} ago; the policy allows {allowed}", examined.account_words(id), duration_words(idle));
    Verdict::Finding(draft(examined, id, last_used, detail, vec![origin]))
}

/// A verdict on an account of which no use is known: it is new, or it was never used.
pub fn never_used(examined: &Examined, id: AccountId, tells: &[bool]) -> Verdict {
    let account = examined.listed.accounts.get(id);
    let Some(made) = account.created_at.filter(|_| tells[usize::from(account.system.0)]) else { return Verdict::NotEvaluable };
    let age = examined.age(made);
    if age <= examined.case.policy.dormant_after {
        return Verdict::Pass;
    }
    let (allowed, age) = (duration_words(examined.case.policy.dormant_after), duration_words(age));
    let words = examined.account_words(id);
    let detail = format!("{words} was made {age} ago, and no use of it is known; the policy allows {allowed} without one");
    Verdict::Finding(draft(examined, id, made, detail, examined.row_of(id).into_iter().collect()))
}

/// Of an account that lies idle; worse where it is privileged.
fn draft(examined: &Examined, id: AccountId, since: Instant, detail: String, evidence_at: Vec<Origin>) -> Draft {
    Draft {
        severity: examined.privileged(id).then_some(Severity::Medium),
        because: examined.privilege(id),
        person: examined.links[id.0 as usize].person(),
        account: Some(id),
        since: Some(since),
        detail,
        evidence_at,
        ..Draft::default()
    }
}
