//! `[linking]`: how accounts are linked to people, checked.

use std::collections::BTreeMap;

use super::Source;
use super::checker::Checker;
use super::raw::{self, Placed};
use crate::error::{Error, Result};
use crate::model::columns::SourceKind;
use crate::model::match_rule::{Rule, Step};
use crate::presets::Layout;
use crate::presets::mapping::{Columns, RawColumns};

/// How accounts are linked to people.
pub struct Linking {
    /// The rules, in order; those that are missing are not applied.
    pub order: Vec<Step>,
    /// From this probability on an account is linked.
    pub linked: f64,
    /// From this probability on, that of the first three candidates together, an account is disputed.
    pub disputed: f64,
    /// Groups of domains that are one.
    pub aliases: Vec<Vec<String>>,
    /// Logins, with `*` and `?`, that are no person's, in place of the usual ones.
    pub service_patterns: Option<Vec<glob::Pattern>>,
    /// Affixes of administrators' second accounts, in place of the usual ones.
    pub admin_affixes: Option<Vec<String>>,
    /// Affixes of outsiders' logins, in place of the usual ones.
    pub external_affixes: Option<Vec<String>>,
}

/// The override file, unless the case names another.
const OVERRIDES: &str = "overrides.csv";
/// At this probability an account is linked, unless the case says otherwise.
pub const LINKED: f64 = 0.99;
/// At this one it is disputed.
pub const DISPUTED: f64 = 0.5;

impl Linking {
    /// Whether a rule is applied.
    #[must_use]
    pub fn uses(&self, rule: Rule) -> bool {
        self.order.contains(&Step::By(rule))
    }
}

impl Checker<'_> {
    /// Checks the section.
    pub(super) fn linking(&self, raw: &raw::Linking) -> Result<Linking> {
        let words = Step::ALL.map(Step::word);
        let mut order = Vec::new();
        for written in raw.order.iter().flatten() {
            let word = self.one_of(written, &words, "linking rule")?;
            let step = Step::ALL.into_iter().find(|step| step.word() == word).unwrap_or(Step::Declared);
            if order.contains(&step) {
                return Err(self.at(written, "this rule stands in the order twice", "name each rule once"));
            }
            order.push(step);
        }
        if raw.order.is_none() {
            order = Step::ALL.to_vec();
        }
        let linked = self.chance(raw.linked.as_ref(), LINKED)?;
        let disputed = self.chance(raw.disputed.as_ref(), DISPUTED)?;
        if let Some(written) = raw.disputed.as_ref().filter(|_| disputed > linked) {
            let span = Some(written.span().into());
            let help = Some("an account is disputed below the probability at which it is linked".to_owned());
            return Err(self.error("disputed is above linked".to_owned(), help, span));
        }
        let mut service_patterns = raw.service_patterns.as_ref().map(|_| Vec::new());
        for written in raw.service_patterns.iter().flatten() {
            let pattern = glob::Pattern::new(&written.get_ref().to_lowercase());
            service_patterns.get_or_insert_default().push(
                pattern.map_err(|e| self.at(written, &format!("this is no pattern: {e}"), "write \"svc-*\" or \"*-bot\""))?,
            );
        }
        Ok(Linking {
            order,
            linked,
            disputed,
            aliases: raw.aliases.clone(),
            service_patterns,
            admin_affixes: raw.admin_affixes.clone(),
            external_affixes: raw.external_affixes.clone(),
        })
    }

    /// The override file: the one that the case names, else `overrides.csv` where there is one.
    pub(super) fn overrides(&self, written: Option<&Placed>, missing: &mut Vec<String>) -> Result<Option<Source>> {
        let usual = Placed::new(0..0, OVERRIDES.to_owned());
        let files = self.files(written.unwrap_or(&usual))?.files;
        if let Some(written) = written.filter(|_| files.is_empty()) {
            missing.push(written.get_ref().clone());
        }
        let columns = Columns::check(SourceKind::Overrides, RawColumns::new(), BTreeMap::new()).map_err(Error::fault)?;
        Ok((!files.is_empty()).then(|| Source {
            kind: SourceKind::Overrides,
            system: None,
            preset: None,
            files,
            exported_at: None,
            zone: None,
            encoding: None,
            layout: Layout::default(),
            sheet: None,
            skip_rows: 0,
            date_order: None,
            columns,
            rows: None,
            only: Vec::new(),
        }))
    }

    fn chance(&self, written: Option<&serde_spanned::Spanned<f64>>, default: f64) -> Result<f64> {
        let Some(written) = written else { return Ok(default) };
        let chance = *written.get_ref();
        if (0.5..=1.0).contains(&chance) {
            return Ok(chance);
        }
        let help = Some("write a number from 0.5 to 1, such as 0.99".to_owned());
        Err(self.error("this is no probability that could decide anything".to_owned(), help, Some(written.span().into())))
    }
}
