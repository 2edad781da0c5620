//! The rules, each in a file of its own with its prose beside it. To add one: the file, its prose, a line in [`list`],
//! and a folder of that name under `tests/rules/`.

mod access_before_start;
mod account_changed_after_departure;
mod account_created_after_departure;
mod account_handed_on;
mod account_without_mfa;
mod badge_left;
mod beyond_role;
mod break_glass_used;
mod checklist_step_late;
mod checklist_step_open;
mod contract_end_passed;
mod contractor_without_end;
mod contradicting_evidence;
mod controls;
mod copied;
mod copied_profile;
mod decision_not_applied;
mod declared_account_unowned;
mod departure_recorded_late;
mod departure_undated;
mod device_not_returned;
mod disputed_account;
mod dormant_account;
mod dump_shrank;
mod duplicate_account;
mod duplicate_person;
mod examined;
mod external_address;
mod grants_left;
mod guest;
mod guest_unused;
mod guest_without_sponsor;
mod joiner_without_account;
mod leaver_account_open;
mod leaver_without_ticket;
mod licence_left;
mod licences;
mod local_login_left;
mod log_gap;
mod manager_left;
mod mover_kept_grants;
mod never_used_account;
mod orphaned_account;
mod password_too_old;
mod person_vanished;
mod privileged_daily_use;
mod provisioned_late;
mod reactivated_after_departure;
mod remote_access_left;
mod revocation_undated;
mod revoked_late;
mod rows_rejected;
mod rule;
mod run;
mod severity;
mod shared_secret_unchanged;
mod stale_dump;
mod still_held;
mod still_open;
mod system_unowned;
mod system_without_dump;
mod ticket_closed_early;
mod ticket_left;
mod toxic_combination;
mod undeclared_service_account;
mod unknown_words;
mod unused;
mod used_after_departure;
mod waiver_lapsed;

pub use examined::Examined;
pub use rule::{Control, Draft, Facts, Rule, Verdict};
pub use run::{Examination, run};

/// All rules, in the order in which they are told.
#[must_use]
pub fn list() -> Vec<&'static dyn Rule> {
    vec![
        &leaver_account_open::LeaverAccountOpen,
        &used_after_departure::UsedAfterDeparture,
        &reactivated_after_departure::ReactivatedAfterDeparture,
        &revoked_late::RevokedLate,
        &revocation_undated::RevocationUndated,
        &contradicting_evidence::ContradictingEvidence,
        &orphaned_account::OrphanedAccount,
        &disputed_account::DisputedAccount,
        &account_handed_on::AccountHandedOn,
        &undeclared_service_account::UndeclaredServiceAccount,
        &declared_account_unowned::DeclaredAccountUnowned,
        &duplicate_account::DuplicateAccount,
        &duplicate_person::DuplicatePerson,
        &decision_not_applied::DecisionNotApplied,
        &dormant_account::DormantAccount,
        &departure_recorded_late::DepartureRecordedLate,
        &account_created_after_departure::AccountCreatedAfterDeparture,
        &account_changed_after_departure::AccountChangedAfterDeparture,
        &manager_left::ManagerLeft,
        &system_unowned::SystemUnowned,
        &departure_undated::DepartureUndated,
        &person_vanished::PersonVanished,
        &break_glass_used::BreakGlassUsed,
        &never_used_account::NeverUsedAccount,
        &guest_without_sponsor::GuestWithoutSponsor,
        &guest_unused::GuestUnused,
        &external_address::ExternalAddress,
        &password_too_old::PasswordTooOld,
        &account_without_mfa::AccountWithoutMfa,
        &privileged_daily_use::PrivilegedDailyUse,
        &contractor_without_end::ContractorWithoutEnd,
        &contract_end_passed::ContractEndPassed,
        &remote_access_left::RemoteAccessLeft,
        &badge_left::BadgeLeft,
        &local_login_left::LocalLoginLeft,
        &system_without_dump::SystemWithoutDump,
        &stale_dump::StaleDump,
        &log_gap::LogGap,
        &dump_shrank::DumpShrank,
        &unknown_words::UnknownWords,
        &rows_rejected::RowsRejected,
        &leaver_without_ticket::LeaverWithoutTicket,
        &ticket_closed_early::TicketClosedEarly,
        &ticket_left::TicketLeft,
        &waiver_lapsed::WaiverLapsed,
        &provisioned_late::ProvisionedLate,
        &joiner_without_account::JoinerWithoutAccount,
        &access_before_start::AccessBeforeStart,
        &device_not_returned::DeviceNotReturned,
        &checklist_step_open::ChecklistStepOpen,
        &checklist_step_late::ChecklistStepLate,
        &grants_left::GrantsLeft,
        &licence_left::LicenceLeft,
        &shared_secret_unchanged::SharedSecretUnchanged,
        &beyond_role::BeyondRole,
        &mover_kept_grants::MoverKeptGrants,
        &copied_profile::CopiedProfile,
        &toxic_combination::ToxicCombination,
    ]
}

/// The ids of all rules.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    list().iter().map(|rule| rule.facts().id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_file_its_prose_and_a_folder_of_its_test() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let named = |folder: &str, ending: &str| -> Vec<String> {
            let mut names: Vec<String> = std::fs::read_dir(root.join(folder))
                .unwrap()
                .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(ending).map(str::to_owned))
                .collect();
            names.sort();
            names
        };
        let mut listed: Vec<String> = ids().iter().map(|id| (*id).to_owned()).collect();
        listed.sort();
        assert_eq!(named("src/rules", ".md"), listed);
        assert_eq!(named("tests/rules", ""), listed);
        for id in &listed {
            assert!(root.join("src/rules").join(id.replace('-', "_") + ".rs").exists(), "{id}");
        }
    }

    #[test]
    fn every_rule_says_which_controls_ask_for_it_and_what_to_do() {
        for rule in list() {
            let facts = rule.facts();
            assert!(!facts.controls.is_empty(), "{}", facts.id);
            for heading in ["## Why it matters", "## What it needs", "## Severity", "## What to do"] {
                assert!(facts.prose.contains(heading), "{} lacks {heading}", facts.id);
            }
        }
    }

    #[test]
    fn every_control_that_a_rule_names_is_listed_in_its_framework() {
        use crate::frameworks;
        let known: Vec<_> = frameworks::ids().into_iter().map(|id| frameworks::get(id).unwrap().unwrap()).collect();
        for rule in list() {
            for Control(name, id) in rule.facts().controls {
                let framework = known.iter().find(|framework| framework.name == *name);
                assert!(framework.is_none_or(|f| f.controls.iter().any(|c| c.id == *id)), "{}: {name} {id}", rule.facts().id);
            }
        }
    }
}
