//! `[[conflict]]`: grants that nobody should hold together (separation of duties), checked.

use super::checker::Checker;
use super::raw::{self, Placed};
use super::{Conflict, System};
use crate::error::Result;
use crate::model::system::SystemId;

impl Checker<'_> {
    /// Checks one: `one` and `other` are lists of `"System: grant"`.
    pub(super) fn conflict(&self, raw: &raw::Conflict, systems: &[System]) -> Result<Conflict> {
        let side = |grants: &[Placed]| grants.iter().map(|written| self.granted(written, systems)).collect::<Result<Vec<_>>>();
        let sides = [side(&raw.one)?, side(&raw.other)?];
        if sides.iter().any(Vec::is_empty) {
            let help = "name at least one grant in `one` and one in `other`";
            return Err(self.at(&raw.name, "this conflict has a side without any grant", help));
        }
        Ok(Conflict { name: raw.name.get_ref().clone(), sides, line: self.line(raw.name.span().start) })
    }

    fn granted(&self, written: &Placed, systems: &[System]) -> Result<(SystemId, String)> {
        let help = "write \"System: grant\", with a system of the case";
        let Some((name, grant)) = written.get_ref().split_once(':') else {
            return Err(self.at(written, "this names no grant of a system", help));
        };
        let named = Placed::new(written.span(), name.trim().to_owned());
        Ok((self.system(&named, systems)?, grant.trim().to_owned()))
    }
}
