//! Privileged accounts that people sign in to on most working days, though they have an ordinary one.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::model::account::{AccountId, Kind};
use crate::model::columns::SourceKind;
use crate::model::finding::Severity;
use crate::model::person::PersonId;
use crate::model::system::SystemId;

/// See `privileged-daily-use.md`.
pub struct PrivilegedDailyUse;

impl Rule for PrivilegedDailyUse {
    fn facts(&self) -> Facts {
        Facts {
            id: "privileged-daily-use",
            title: "Nobody does the daily work with a privileged account",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("privileged-daily-use.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        // Few accounts are privileged: only their holders' others are looked at.
        let holder = |id: AccountId| Some((examined.links[id.0 as usize].person()?, examined.listed.accounts.get(id).system));
        let mut each: BTreeMap<(PersonId, SystemId), Vec<AccountId>> = BTreeMap::new();
        for (id, ..) in examined.accounts().filter(|(id, ..)| examined.privileged(*id)) {
            each.extend(holder(id).map(|key| (key, Vec::new())));
        }
        for (id, ..) in examined.accounts().filter(|(id, ..)| examined.usable(*id)) {
            let Some(accounts) = holder(id).and_then(|key| each.get_mut(&key)) else { continue };
            if !matches!(examined.kind(id), Some(Kind::Service | Kind::Shared | Kind::BreakGlass)) {
                accounts.push(id);
            }
        }
        each.retain(|(person, _), _| examined.gone(*person).is_none());
        for ((person, system), accounts) in each {
            let (privileged, ordinary): (Vec<AccountId>, Vec<AccountId>) =
                accounts.into_iter().partition(|id| examined.privileged(*id));
            if ordinary.is_empty() {
                // The only account that somebody has in a system is the one to work with.
                continue;
            }
            for id in privileged {
                let days = working_days(examined, system);
                if days < LEAST {
                    verdict(Verdict::NotEvaluable);
                    continue;
                }
                let (start, end) = examined.case.period;
                let used = examined.days_used.get(&id);
                let used = used.map_or(0, |days| days.range(start..=end).filter(|day| works(**day)).count());
                if used * 2 < days {
                    verdict(Verdict::Pass);
                    continue;
                }
                let mut evidence_at: Vec<_> = examined.row_of(id).into_iter().collect();
                evidence_at.extend(examined.last_used(id).map(|(_, origin)| origin));
                verdict(Verdict::Finding(Draft {
                    person: Some(person),
                    account: Some(id),
                    detail: format!(
                        "{} is privileged and was signed in to on {used} of {days} working days, though {} has an ordinary one there: {}",
                        examined.account_words(id),
                        examined.people.name(person),
                        examined.account_words(ordinary[0])
                    ),
                    evidence_at,
                    ..Draft::default()
                }));
            }
        }
    }
}

/// Over fewer working days of a log nothing is said.
const LEAST: usize = 10;

fn works(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The working days of the period that the logs of a system reach over.
fn working_days(examined: &Examined, system: SystemId) -> usize {
    let logs = || examined.files.iter().filter(|file| file.system == Some(system) && file.kind == SourceKind::Events);
    let (first, last) = (logs().filter_map(|file| file.first_at).min(), logs().filter_map(|file| file.last_at).max());
    let (Some(first), Some(last)) = (first, last) else { return 0 };
    let (start, end) = examined.case.period;
    let (from, to) = (start.max(first.to_chrono().date_naive()), end.min(last.to_chrono().date_naive()));
    from.iter_days().take_while(|day| *day <= to).filter(|day| works(*day)).count()
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "8.2"),
    Control("NIST SP 800-53r5", "AC-6(2)"),
    Control("SOC 2", "CC6.3"),
    Control("CIS Controls v8", "5.4"),
];
