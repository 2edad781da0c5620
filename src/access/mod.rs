//! What accounts may do, beside what the role of their holder should be allowed to do. Grants of dumps and of lists come in, with role
//! templates; what an account holds, and what of it is beyond a role, goes out.

mod compared;
mod proposed;
mod roles;

pub use compared::{Compared, Lacking};
pub use proposed::{Proposal, Proposed};
pub use roles::{Role, Roles, Wanted};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hashbrown::HashSet;

use crate::ingest::{Listed, Others};
use crate::model::account::AccountId;
use crate::model::origin::Origin;
use crate::model::system::SystemId;

/// A grant that an account holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What, as written.
    pub grant: Arc<str>,
    /// The row that shows it.
    pub origin: Origin,
}

/// The grants of all accounts, and the templates of all roles.
pub struct Access {
    held: Vec<Held>,
    /// Where the grants of each account begin among all; one entry more than there are accounts.
    begins: Vec<u32>,
    /// The systems of which the grants of any account are known.
    known: BTreeSet<SystemId>,
    /// The systems that the template of any role names.
    named: BTreeSet<SystemId>,
    templates: BTreeMap<String, Template>,
}

/// What holders of a role should have.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The grants of each system, as they are compared, each as it is first written.
    grants: BTreeMap<SystemId, BTreeMap<String, String>>,
    /// The first row that describes it.
    origin: Option<Origin>,
}

impl Access {
    /// Collects what the dumps and the lists say.
    #[must_use]
    pub fn of(listed: &Listed, others: &Others) -> Self {
        let mut access = Self {
            held: Vec::new(),
            begins: Vec::new(),
            known: BTreeSet::new(),
            named: BTreeSet::new(),
            templates: BTreeMap::new(),
        };
        let mut said: Vec<(AccountId, Held)> = Vec::new();
        let mut written: HashSet<Arc<str>> = HashSet::new();
        let mut hold = |account, grant: &str, origin| {
            let grant = grant.trim();
            if !grant.is_empty() {
                let grant = written.get_or_insert_with(grant, |grant| grant.into()).clone();
                said.push((account, Held { grant, origin }));
            }
        };
        for (row, account) in listed.accounts.rows.iter().enumerate() {
            let Some(newest) = account.newest().filter(|newest| !newest.grants.is_empty()) else { continue };
            let id = AccountId(u32::try_from(row).unwrap_or(u32::MAX));
            for grant in listed.accounts.pool.get(newest.grants).split(';') {
                hold(id, grant, newest.origin);
            }
            access.known.insert(account.system);
        }
        for grant in &others.grants {
            hold(grant.account, &grant.grant, grant.origin);
            access.known.insert(listed.accounts.get(grant.account).system);
        }
        access.enter(said, listed.accounts.rows.len());
        for row in &others.roles {
            let template = access.templates.entry(folded(&row.role)).or_default();
            template.origin.get_or_insert(row.origin);
            access.named.insert(row.system);
            let grants = template.grants.entry(row.system).or_default();
            if !row.grant.trim().is_empty() {
                grants.entry(folded(&row.grant)).or_insert_with(|| row.grant.trim().to_owned());
            }
        }
        access
    }

    /// Enters what is said of each account, what is said again left out.
    fn enter(&mut self, mut said: Vec<(AccountId, Held)>, accounts: usize) {
        said.sort_by_key(|(account, _)| *account);
        let mut said = said.into_iter().peekable();
        for row in 0..accounts {
            let begin = self.held.len();
            self.begins.push(u32::try_from(begin).unwrap_or(u32::MAX));
            while let Some((_, held)) = said.next_if(|(account, _)| account.0 as usize == row) {
                if !self.held[begin..].iter().any(|known| folded(&known.grant) == folded(&held.grant)) {
                    self.held.push(held);
                }
            }
        }
        self.begins.push(u32::try_from(self.held.len()).unwrap_or(u32::MAX));
    }

    /// What an account holds, in the order of its rows.
    #[must_use]
    pub fn held(&self, account: AccountId) -> &[Held] {
        let place = account.0 as usize;
        let range = self.begins.get(place).zip(self.begins.get(place + 1));
        range.and_then(|(from, to)| self.held.get(*from as usize..*to as usize)).unwrap_or_default()
    }

    /// Whether the grants of a system's accounts are known: then an account without any has none.
    #[must_use]
    pub fn knows(&self, system: SystemId) -> bool {
        self.known.contains(&system)
    }

    /// Whether what accounts of a system may do can be compared: their grants are known, and the template of some role names the
    /// system. A list of roles that leaves a system out says nothing of the rights there.
    #[must_use]
    pub fn compares(&self, system: SystemId) -> bool {
        self.known.contains(&system) && self.named.contains(&system)
    }

    /// The template of a role.
    #[must_use]
    pub fn template(&self, role: &str) -> Option<&Template> {
        self.templates.get(&folded(role)).filter(|_| !role.trim().is_empty())
    }
}

impl Template {
    /// Whether holders of the role should have a grant.
    #[must_use]
    pub fn allows(&self, system: SystemId, grant: &str) -> bool {
        self.grants.get(&system).is_some_and(|grants| grants.contains_key(&folded(grant)))
    }

    /// Its systems, each with its grants as written; none where holders should have an account there and no grant.
    pub fn systems(&self) -> impl Iterator<Item = (SystemId, Vec<&str>)> {
        self.grants.iter().map(|(system, grants)| (*system, grants.values().map(String::as_str).collect()))
    }

    /// The first row that describes it.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.origin
    }
}

/// A role or grant as it is compared.
pub(crate) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Grants as a sentence lists them: the first few, and how many there are besides.
#[must_use]
pub fn listed<'g>(grants: impl ExactSizeIterator<Item = &'g str>) -> String {
    const MOST: usize = 8;
    let more = grants.len().saturating_sub(MOST);
    let mut shown: Vec<String> = grants.take(MOST).map(|grant| format!("\"{grant}\"")).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join(", ")
}
