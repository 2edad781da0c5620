//! Expected access by role, for people, for programs and as a file to edit: the roles come in, text, JSON and CSV go out.

use std::fmt::Write;

use serde_json::{Value, json};

use super::sheet::Sheet;
use crate::access::{Compared, Proposal, Proposed, Role, Wanted};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::ingest::Listed;
use crate::ingest::ledger::Ledger;
use crate::model::account::AccountId;
use crate::model::person::{People, PersonId};
use crate::model::system::SystemId;

/// What names are looked up in.
pub struct RolesReport<'a> {
    /// The case.
    pub case: &'a Case,
    /// The people.
    pub people: &'a People,
    /// The accounts.
    pub listed: &'a Listed,
    /// The files.
    pub ledger: &'a Ledger,
    /// When a template was proposed.
    pub wanted: Wanted,
}

/// How many people are named in one line of text.
const NAMED: usize = 5;

impl RolesReport<'_> {
    /// The roles as text.
    #[must_use]
    pub fn text(&self, roles: &[Role]) -> String {
        let mut out = String::new();
        let with = roles.iter().filter(|role| role.template.is_some()).count();
        let people: usize = roles.iter().map(|role| role.holders.len()).sum();
        let _ = writeln!(out, "{} roles of {people} people who are here; {with} with a template", roles.len());
        for role in roles {
            let holders = if role.holders.len() == 1 { "1 holder".to_owned() } else { format!("{} holders", role.holders.len()) };
            match (&role.proposed, role.template) {
                (None, template) => {
                    let at = template.and_then(crate::access::Template::origin).map(|at| self.ledger.cite(&[at]));
                    let _ = writeln!(out, "\n{}: {holders}; template: {}", role.name, at.unwrap_or_default());
                    self.compared(&mut out, &role.compared);
                }
                (Some(proposed), _) if !proposed.enough => {
                    let few = self.wanted.holders;
                    let _ =
                        writeln!(out, "\n{}: {holders}; no template, and too few to propose one ({few} are needed)", role.name);
                }
                (Some(proposed), _) => {
                    let _ = writeln!(out, "\n{}: {holders}; no template. What they suggest:", role.name);
                    self.proposed(&mut out, proposed);
                }
            }
        }
        out
    }

    fn compared(&self, out: &mut String, compared: &[Compared]) {
        let mut as_expected = 0;
        for one in compared {
            let who = self.who(one.person);
            for (account, held) in &one.beyond {
                let at = self.ledger.cite(&[held.origin]);
                let _ = writeln!(out, "  beyond   {who}: {} \"{}\" ({at})", self.account(*account), held.grant);
            }
            for lacking in &one.lacking {
                let what = lacking.grant.as_ref().map_or("an account".to_owned(), |grant| format!("\"{grant}\""));
                let _ = writeln!(out, "  lacking  {who}: {} {what}", self.case.system_name(lacking.system));
            }
            if !one.not_evaluable.is_empty() {
                let names: Vec<&str> = one.not_evaluable.iter().map(|id| self.system_of(*id)).collect();
                let _ = writeln!(
                    out,
                    "  unknown  {who}: nothing tells of the grants in {}, or no template names it",
                    names.join(", ")
                );
            }
            as_expected += usize::from(one.beyond.is_empty() && one.lacking.is_empty() && one.not_evaluable.is_empty());
        }
        let _ = writeln!(out, "  as the template says: {as_expected} of {}", compared.len());
    }

    fn proposed(&self, out: &mut String, proposed: &Proposed) {
        for proposal in &proposed.grants {
            let (without, holders) = (self.names(&proposal.without), proposal.with.len() + proposal.without.len());
            let outliers = if without.is_empty() { String::new() } else { format!("; not {without}") };
            let _ = writeln!(
                out,
                "  {:40} {} of {holders} ({:.0} %){outliers}",
                self.what(proposal),
                proposal.support(),
                proposal.confidence() * 100.0
            );
        }
        if proposed.grants.is_empty() {
            let _ = writeln!(out, "  nothing that {:.0} % of them have", self.wanted.share * 100.0);
        }
        for proposal in &proposed.others {
            let holders = proposal.with.len() + proposal.without.len();
            let _ = writeln!(
                out,
                "  outlier: {} {} of {holders} ({})",
                self.what(proposal),
                proposal.support(),
                self.names(&proposal.with)
            );
        }
    }

    /// The roles as JSON.
    pub fn json(&self, roles: &[Role]) -> Result<String> {
        let people = |ids: &[PersonId]| ids.iter().map(|id| self.people.person_id(*id).to_owned()).collect::<Vec<_>>();
        let proposal = |p: &Proposal| {
            json!({
                "system": self.case.system_name(p.system), "grant": p.grant, "support": p.support(),
                "confidence": p.confidence(), "with": people(&p.with), "without": people(&p.without),
            })
        };
        let compared = |one: &Compared| {
            let beyond = one.beyond.iter().map(|(id, held)| {
                json!({
                    "system": self.system_of(*id), "account_id": self.account_id(*id), "grant": held.grant,
                    "evidence_at": self.ledger.cite(&[held.origin]),
                })
            });
            let lacking = one.lacking.iter().map(|l| json!({ "system": self.case.system_name(l.system), "grant": l.grant }));
            let unknown: Vec<&str> = one.not_evaluable.iter().map(|id| self.system_of(*id)).collect();
            json!({
                "person_id": self.people.person_id(one.person), "beyond": beyond.collect::<Vec<_>>(),
                "lacking": lacking.collect::<Vec<_>>(), "not_evaluable": unknown,
            })
        };
        let role = |role: &Role| -> Value {
            let at = role.template.and_then(crate::access::Template::origin).map(|at| self.ledger.cite(&[at]));
            let proposed = role.proposed.as_ref();
            json!({
                "role": role.name, "holders": people(&role.holders), "template_at": at,
                "compared": role.compared.iter().map(compared).collect::<Vec<_>>(),
                "enough_holders": proposed.map(|p| p.enough),
                "proposed": proposed.map(|p| p.grants.iter().map(proposal).collect::<Vec<_>>()),
                "outliers": proposed.map(|p| p.others.iter().map(proposal).collect::<Vec<_>>()),
            })
        };
        let all: Vec<Value> = roles.iter().map(role).collect();
        let wanted = json!({ "share": self.wanted.share, "holders": self.wanted.holders });
        Ok(serde_json::to_string_pretty(&json!({ "wanted": wanted, "roles": all })).map_err(Error::fault)? + "\n")
    }

    /// The proposed templates as a list of roles: the canonical columns, and more to read by.
    pub fn csv(&self, roles: &[Role]) -> Result<Vec<u8>> {
        let mut sheet = Sheet::new(Vec::new(), &["role", "system", "grant", "support", "holders", "confidence", "not_held_by"])?;
        for role in roles {
            for proposal in role.proposed.iter().flat_map(|proposed| &proposed.grants) {
                let without: Vec<String> = proposal.without.iter().map(|id| self.who(*id)).collect();
                sheet.row([
                    role.name,
                    self.case.system_name(proposal.system),
                    &proposal.grant,
                    &proposal.support().to_string(),
                    &role.holders.len().to_string(),
                    &format!("{:.2}", proposal.confidence()),
                    &without.join("; "),
                ])?;
            }
        }
        sheet.bytes()
    }

    fn what(&self, proposal: &Proposal) -> String {
        let system = self.case.system_name(proposal.system);
        if proposal.grant.is_empty() { format!("{system} account") } else { format!("{system} \"{}\"", proposal.grant) }
    }

    fn who(&self, person: PersonId) -> String {
        format!("{} ({})", self.people.name(person), self.people.person_id(person))
    }

    fn names(&self, people: &[PersonId]) -> String {
        let mut names: Vec<String> = people.iter().take(NAMED).map(|id| self.who(*id)).collect();
        if people.len() > NAMED {
            names.push(format!("{} more", people.len() - NAMED));
        }
        names.join(", ")
    }

    fn system_of(&self, id: AccountId) -> &str {
        let system: SystemId = self.listed.accounts.get(id).system;
        self.case.system_name(system)
    }

    fn account_id(&self, id: AccountId) -> &str {
        self.listed.accounts.names_of(id).account_id
    }

    fn account(&self, id: AccountId) -> String {
        format!("{} account \"{}\"", self.system_of(id), self.listed.accounts.names_of(id).shown())
    }
}
