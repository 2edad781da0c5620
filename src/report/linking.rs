//! How the accounts are linked, in counts: what a key proves, what an analyst decided, what is likely, what is open.

use crate::identity::Link;
use crate::model::match_rule::Rule;
use crate::model::system::SystemId;
use crate::rules::Examined;

/// How many accounts of a system are linked in each way.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// By each rule, in the order of [`Rule::ALL`].
    pub by_rule: [usize; Rule::ALL.len()],
    /// Several people's, or contradicting.
    pub disputed: usize,
    /// Nobody's.
    pub unmatched: usize,
    /// Declared in the case.
    pub declared: usize,
}

impl Links {
    /// Counts the accounts of each system, by [`SystemId`].
    #[must_use]
    pub fn of(examined: &Examined) -> Vec<Self> {
        let mut systems = vec![Self::default(); examined.case.systems.len()];
        for (account, link) in examined.listed.accounts.rows.iter().zip(examined.links) {
            let SystemId(system) = account.system;
            systems[usize::from(system)].count(*link);
        }
        systems
    }

    fn count(&mut self, link: Link) {
        *match link {
            Link::Linked(_, rule, _) => &mut self.by_rule[rule as usize],
            Link::Disputed(_) => &mut self.disputed,
            Link::Unmatched => &mut self.unmatched,
            Link::Declared(_) => &mut self.declared,
        } += 1;
    }

    fn sum(&self, of: impl Fn(Rule) -> bool) -> usize {
        Rule::ALL.into_iter().zip(self.by_rule).filter(|(rule, _)| of(*rule)).map(|(_, count)| count).sum()
    }

    /// Linked by an exact key.
    #[must_use]
    pub fn by_key(&self) -> usize {
        self.sum(|rule| rule.certain() && rule != Rule::Override)
    }

    /// Linked by an analyst's decision.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.sum(|rule| rule == Rule::Override)
    }

    /// Linked by likelihood.
    #[must_use]
    pub fn likely(&self) -> usize {
        self.sum(|rule| !rule.certain())
    }
}

impl std::ops::AddAssign<&Links> for Links {
    fn add_assign(&mut self, other: &Self) {
        self.by_rule.iter_mut().zip(other.by_rule).for_each(|(own, more)| *own += more);
        self.disputed += other.disputed;
        self.unmatched += other.unmatched;
        self.declared += other.declared;
    }
}
