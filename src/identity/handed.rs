//! Accounts that were one person's and are another's: an older dump shows the same account id with the keys of somebody else.

use std::collections::BTreeMap;

use super::ladder::Keyed;
use super::link::{Link, Score};
use super::linker::Linker;
use crate::model::account::{AccountId, Accounts, Former, Status};
use crate::model::match_rule::Rule;
use crate::model::person::PersonId;

/// An account under another name, and whose it was.
pub struct Renamed<'a> {
    /// The account as it was, and when it was seen under other keys.
    pub former: &'a Former,
    /// Whose the former keys are, and by which rule; `None` where they are nobody's, or several people's.
    pub was: Option<(PersonId, Rule)>,
}

impl Renamed<'_> {
    /// Whether the former keys are of somebody whose account it no longer is, as the case links it now.
    #[must_use]
    pub fn handed_on(&self, link: Link) -> bool {
        self.was.is_some_and(|(person, _)| link.person() != Some(person))
    }
}

impl Linker<'_> {
    /// Links accounts that their newest dump shows closed, under keys of nobody, to whose they were by the keys of the dump before: systems
    /// scramble the name of what they delete, and nobody took it over.
    pub(super) fn keep_closed(&self, links: &mut [Link], accounts: &Accounts) {
        let mut last: BTreeMap<AccountId, &Former> = BTreeMap::new();
        for former in &accounts.former {
            let closed = accounts.get(former.account).newest().map(|newest| newest.status);
            let nobodys = links[former.account.0 as usize] == Link::Unmatched && !self.decided(former.account);
            if nobodys && matches!(closed, Some(Status::Disabled | Status::Deleted)) {
                let newest = last.entry(former.account).or_insert(former);
                if former.next.snapshot > newest.next.snapshot {
                    *newest = former;
                }
            }
        }
        for (id, former) in last {
            if let Keyed::One(person, rule) = self.ladder().climb(&former.then, accounts) {
                links[id.0 as usize] = Link::Linked(person, rule, Score::CERTAIN);
            }
        }
    }

    /// Whose the accounts were that a later dump shows under other keys, by exact keys alone.
    #[must_use]
    pub fn renamed<'a>(&self, accounts: &'a Accounts) -> Vec<Renamed<'a>> {
        let was = |former: &Former| match self.ladder().climb(&former.then, accounts) {
            Keyed::One(person, rule) => Some((person, rule)),
            Keyed::Nobody | Keyed::Several(_) => None,
        };
        accounts.former.iter().map(|former| Renamed { former, was: was(former) }).collect()
    }
}
