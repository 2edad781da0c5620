//! Whose an account is by likelihood: learns from the case how its accounts and people agree, and weighs candidates.

use rayon::prelude::*;

use super::agreement::Grade;
use super::blocking::blocks;
use super::blocks::Blocks;
use super::compare::{Cache, Comparer, Vector};
use super::estimate::{Group, Model, Telling};
use super::field::Field;
use super::link::Link;
use super::login::Forms;
use super::name::Words;
use super::nicknames::Nicknames;
use super::patterns::Patterns;
use super::profile::Profiles;
use super::subject::Subject;
use super::weighed::{Contender, Weighed};
use crate::model::account::{Account, Accounts};
use crate::model::match_rule::Rule;
use crate::model::person::{People, PersonId};
use crate::model::system::SystemId;

/// Accounts from which is learnt, of those linked by keys and of the others each.
const LEARN_FROM: usize = 4_000;
const RANDOM_PAIRS: usize = 200_000;
/// Candidates that are kept of an account.
const KEPT: usize = 10;
/// Candidates whose share is less than this part of the first one's are not kept.
const NEGLIGIBLE: f64 = 1e-4;

/// What comes with the tool and the case: words, forms of logins, short names.
pub struct Knowledge {
    /// Words of names.
    pub words: Words,
    /// Forms of logins.
    pub forms: Forms,
    /// Short forms of names.
    pub nicknames: Nicknames,
}

/// Weighs candidates.
pub struct Likely<'a> {
    people: &'a People,
    knowledge: &'a Knowledge,
    profiles: Profiles,
    blocks: Blocks,
    model: Model,
    patterns: Patterns,
}

impl<'a> Likely<'a> {
    /// Learns from accounts and the links that are certain.
    pub fn learn(people: &'a People, knowledge: &'a Knowledge, accounts: &Accounts, links: &[Link]) -> Self {
        let profiles = Profiles::of(people, &knowledge.words, &knowledge.forms);
        let blocks = blocks(&profiles, people);
        let mut likely = Self {
            people,
            knowledge,
            profiles,
            blocks,
            model: Model::assumed(people.rows.len(), &[]),
            patterns: Patterns::default(),
        };
        let known = spread(links, |link| matches!(link, Link::Linked(..)));
        let open = spread(links, |link| matches!(link, Link::Unmatched));
        let subject = |place: usize| Subject::of(&accounts.rows[place], accounts, &knowledge.words, &knowledge.forms);
        let linked = |place: usize| if let Link::Linked(person, rule, _) = links[place] { Some((person, rule)) } else { None };
        let known = known.into_par_iter().filter_map(|place| Some((place, linked(place)?, subject(place))));
        let known: Vec<_> = known.collect();
        for (place, (person, _), subject) in &known {
            let parts = likely.profiles.parts(likely.profiles.get(*person));
            for user in &subject.users {
                likely.patterns.learn(accounts.rows[*place].system, user, &parts);
            }
        }
        let known = known.into_par_iter().filter_map(|(_, (person, rule), mut subject)| {
            if matches!(rule, Rule::Email | Rule::EmailAlias | Rule::Login) {
                // They agree because that is why the two are linked: nothing is learnt from it.
                subject.handles.clear();
                subject.sketches.clear();
            }
            subject.number.clear();
            (!subject.name.is_empty()).then(|| (likely.group(&subject, Some(person)), subject))
        });
        let open = open.into_par_iter().map(subject).filter(|subject| !subject.tells_nothing());
        let open = open.map(|subject| (likely.group(&subject, None), subject));
        let (groups, subjects): (Vec<Group>, Vec<Subject>) = known.chain(open).collect::<Vec<_>>().into_iter().unzip();
        let random = likely.random(&subjects);
        likely.model = Model::assumed(people.rows.len(), &random).fitted(&groups);
        likely
    }

    fn comparer(&self) -> Comparer<'_> {
        Comparer { people: self.people, profiles: &self.profiles, nicknames: &self.knowledge.nicknames }
    }

    fn group(&self, subject: &Subject, known: Option<PersonId>) -> Group {
        let mut people = Vec::new();
        self.blocks.candidates(subject, &mut people);
        if let Some(known) = known
            && let Err(place) = people.binary_search(&known)
        {
            people.insert(place, known);
        }
        let known = known.and_then(|known| people.binary_search(&known).ok());
        let (comparer, mut cache) = (self.comparer(), Cache::default());
        Group {
            candidates: people.iter().map(|id| comparer.compare(subject, *id, &mut cache)).collect(),
            known,
            telling: Telling::of(subject.name.is_empty()),
        }
    }

    /// Whether a login without a name is built from the person's as others of the organisation are, and how much that tells.
    fn usual(&self, system: SystemId, subject: &Subject, person: PersonId) -> (bool, f64) {
        if !subject.name.is_empty() {
            return (false, 1.0);
        }
        let parts = self.profiles.parts(self.profiles.get(person));
        let told = subject.users.iter().map(|user| self.patterns.tell(system, user, &parts));
        told.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((false, 1.0))
    }

    /// Comparisons of accounts with people taken at random, by a fixed sequence. Pairs with the same whole name are left out: in
    /// a small case many of them are the account's own person.
    fn random(&self, subjects: &[Subject]) -> Vec<Vector> {
        let people = self.people.rows.len();
        if subjects.is_empty() || people < 2 {
            return Vec::new();
        }
        let comparer = self.comparer();
        let pairs = RANDOM_PAIRS.min(people * subjects.len() / 2);
        let each = pairs / subjects.len() + 1;
        let drawn = subjects.par_iter().enumerate().map(|(row, subject)| {
            let mut cache = Cache::default();
            let draws = (0..each).map(|draw| {
                let person = usize::try_from(mixed((row * each + draw) as u64) % people as u64).unwrap_or(0);
                let id = PersonId(u32::try_from(person).unwrap_or(0));
                comparer.compare(subject, id, &mut cache).levels
            });
            let alike = |levels: &Vector, field: Field| levels[field as usize] >= Grade::Close as u8;
            draws.filter(|levels| !(alike(levels, Field::Given) && alike(levels, Field::Surname))).collect::<Vec<_>>()
        });
        drawn.collect::<Vec<_>>().concat()
    }

    /// Whose it may be.
    pub fn weigh(&self, account: &Account, accounts: &Accounts) -> Weighed {
        let subject = Subject::of(account, accounts, &self.knowledge.words, &self.knowledge.forms);
        if subject.tells_nothing() {
            return Weighed::default();
        }
        let mut people = Vec::new();
        self.blocks.candidates(&subject, &mut people);
        let (comparer, mut cache) = (self.comparer(), Cache::default());
        let telling = Telling::of(subject.name.is_empty());
        let one = |person: PersonId| {
            let compared = comparer.compare(&subject, person, &mut cache);
            let (usual, factor) = self.usual(account.system, &subject, person);
            let share = self.model.share(telling, self.model.weight(&compared)) * factor;
            Contender { person, share, levels: compared.levels, usual }
        };
        let mut contenders: Vec<Contender> = people.into_iter().map(one).collect();
        contenders.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.person.cmp(&b.person)));
        let namesakes = contenders.iter().filter(|c| c.same_name()).count();
        let floor = contenders.first().map_or(0.0, |first| first.share) * NEGLIGIBLE;
        let kept = contenders.iter().take(KEPT).take_while(|c| c.share >= floor).count();
        let rest = contenders.drain(kept..).map(|c| c.share).sum::<f64>();
        contenders.shrink_to_fit();
        Weighed { nobody: self.model.nobody(telling) + rest, contenders, namesakes: namesakes > 1, second: subject.admin }
    }
}

/// Up to [`LEARN_FROM`] places of links of a kind, spread evenly.
fn spread(links: &[Link], wanted: impl Fn(&Link) -> bool) -> Vec<usize> {
    let count = links.iter().filter(|link| wanted(link)).count();
    let stride = count.div_ceil(LEARN_FROM).max(1);
    links.iter().enumerate().filter(|(_, link)| wanted(link)).map(|(place, _)| place).step_by(stride).collect()
}

/// A fixed sequence that spreads evenly (`SplitMix64`, Steele, Lea and Flood 2014).
fn mixed(n: u64) -> u64 {
    let z = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
