//! Systems into which people sign in through another one only: checked, and what is assumed of them.

use super::checker::Checker;
use super::{System, raw};
use crate::error::Result;
use crate::model::system::SystemId;

impl Checker<'_> {
    /// Enters for each system the one through which people sign in. A circle is an error.
    pub(super) fn sign_in(&self, written: &[raw::System], systems: &mut [System]) -> Result<()> {
        for written in written {
            let Some(through) = &written.sign_in else { continue };
            let provider = self.system(through, systems)?;
            let own = self.system(&written.name, systems)?;
            systems[usize::from(own.0)].provider = Some(provider);
            if written.local_login != Some(true) {
                systems[usize::from(own.0)].sign_in = Some(provider);
            }
            if in_a_circle(own, systems) {
                let help = "one of them has a sign-in of its own: take its sign_in out, or say local_login = true there";
                return Err(self.at(through, "these systems are each reached through the other only", help));
            }
        }
        Ok(())
    }
}

/// Whether the ways to sign in lead from a system back to itself.
fn in_a_circle(own: SystemId, systems: &[System]) -> bool {
    let next = |id: &SystemId| systems[usize::from(id.0)].sign_in;
    std::iter::successors(next(&own), next).take(systems.len()).any(|id| id == own)
}

/// What is assumed of a system into which people sign in through another, as a sentence.
pub(super) fn words(system: &raw::System) -> Option<String> {
    let (name, provider) = (system.name.get_ref(), system.sign_in.as_ref()?.get_ref());
    Some(if system.local_login == Some(true) {
        format!(
            "People sign in to {name} through {provider}, but also directly: its accounts are measured by their own evidence alone."
        )
    } else {
        format!(
            "People sign in to {name} through {provider} only, says the case: a revocation there ends the access here too, unless a sign-in or a change of a credential after it shows another way in."
        )
    })
}
